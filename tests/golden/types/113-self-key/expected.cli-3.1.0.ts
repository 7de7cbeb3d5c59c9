
export type Json = string | number | boolean | null | { [key: string]: Json | undefined } | Json[]

export type Database = {
  
  "public": {
          Tables: {
            "t": {
                  Row: {
                    "id": number,"owner": number | null,"parent": number | null
                  }
                  ComputedFields: never
                  Insert: {
                    "id": number,"owner"?: number | null,"parent"?: number | null
                  }
                  Update: {
                    "id"?: number,"owner"?: number | null,"parent"?: number | null
                  }
                  Relationships: [
                    {
      foreignKeyName: "t_owner_fkey"
      columns: ["owner"]
isOneToOne: false
      referencedRelation: "t"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "t_parent_fkey"
      columns: ["parent"]
isOneToOne: false
      referencedRelation: "t"
      referencedColumns: ["id"]
    }
                  ]
                }
          }
          Views: {
            [_ in never]: never
          }
          Functions: {
            [_ in never]: never
          }
          Enums: {
            [_ in never]: never
          }
          CompositeTypes: {
            [_ in never]: never
          }
        }
}
