
export type Json = string | number | boolean | null | { [key: string]: Json | undefined } | Json[]

export type Database = {
  
  "public": {
          Tables: {
            "t": {
                  Row: {
                    "a": string | null,"id": number,"full_name": string | null,"self": {
              "a": string | null,
"id": number
            } | null,"tags": (string)[] | null
                  }
                  ComputedFields: "full_name" | "self" | "tags"
                  Insert: {
                    "a"?: string | null,"id": number
                  }
                  Update: {
                    "a"?: string | null,"id"?: number
                  }
                  Relationships: [
                    
                  ]
                }
          }
          Views: {
            "v": {
                  Row: {
                    "id": number,"vf": number | null
                  }
                  ComputedFields: "vf"
                  Insert: {
                           "id"?: number | null
                         }
                        Update: {
                           "id"?: number | null
                         }
                        Relationships: [
                    
                  ]
                }
          }
          Functions: {
            "full_name":
{ Args: { "": Database["public"]['Tables']["t"]['Row'] }; Returns: { error: true } & "the function public.full_name with parameter or with a single unnamed json/jsonb parameter, but no matches were found in the schema cache"
                           },
"id":
{ Args: { "": Database["public"]['Tables']["t"]['Row'] }; Returns: { error: true } & "the function public.id with parameter or with a single unnamed json/jsonb parameter, but no matches were found in the schema cache"
                           },
"self":
{ Args: { "": Database["public"]['Tables']["t"]['Row'] }; Returns: { error: true } & "the function public.self with parameter or with a single unnamed json/jsonb parameter, but no matches were found in the schema cache"
                          SetofOptions: {
        from: "t"
        to: "t"
        isOneToOne: false
        isSetofReturn: true
      } },
"tags":
{ Args: { "r": Omit<Database["public"]['Tables']["t"]['Row'], Database["public"]['Tables']["t"]['ComputedFields']> }; Returns: (string)[]
                           },
"vf":
{ Args: { "": Database["public"]['Views']["v"]['Row'] }; Returns: { error: true } & "the function public.vf with parameter or with a single unnamed json/jsonb parameter, but no matches were found in the schema cache"
                           }
          }
          Enums: {
            [_ in never]: never
          }
          CompositeTypes: {
            [_ in never]: never
          }
        }
}
