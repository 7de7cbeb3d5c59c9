
export type Json = string | number | boolean | null | { [key: string]: Json | undefined } | Json[]

export type Database = {
  
  "public": {
          Tables: {
            "a": {
                  Row: {
                    "id": number,"bs": {
              "a_id": number | null,
"id": number
            } | null
                  }
                  ComputedFields: "bs"
                  Insert: {
                    "id": number
                  }
                  Update: {
                    "id"?: number
                  }
                  Relationships: [
                    
                  ]
                },"b": {
                  Row: {
                    "a_id": number | null,"id": number,"parent": {
              "id": number
            } | null
                  }
                  ComputedFields: "parent"
                  Insert: {
                    "a_id"?: number | null,"id": number
                  }
                  Update: {
                    "a_id"?: number | null,"id"?: number
                  }
                  Relationships: [
                    {
      foreignKeyName: "b_a_id_fkey"
      columns: ["a_id"]
isOneToOne: false
      referencedRelation: "a"
      referencedColumns: ["id"]
    }
                  ]
                }
          }
          Views: {
            [_ in never]: never
          }
          Functions: {
            "arr":
{ Args: { "x": (Database["public"]['Tables']["a"]['Row'])[] }; Returns: (Database["public"]['Tables']["a"]['Row'])[]
                           },
"bs":
{ Args: { "": Database["public"]['Tables']["a"]['Row'] }; Returns: { error: true } & "the function public.bs with parameter or with a single unnamed json/jsonb parameter, but no matches were found in the schema cache"
                          SetofOptions: {
        from: "a"
        to: "b"
        isOneToOne: false
        isSetofReturn: true
      } },
"named":
{ Args: { "x": Omit<Database["public"]['Tables']["a"]['Row'], Database["public"]['Tables']["a"]['ComputedFields']>,"y": number }; Returns: number
                           },
"parent":
{ Args: { "": Database["public"]['Tables']["b"]['Row'] }; Returns: { error: true } & "the function public.parent with parameter or with a single unnamed json/jsonb parameter, but no matches were found in the schema cache"
                          SetofOptions: {
        from: "b"
        to: "a"
        isOneToOne: true
        isSetofReturn: true
      } }
          }
          Enums: {
            [_ in never]: never
          }
          CompositeTypes: {
            [_ in never]: never
          }
        }
}
