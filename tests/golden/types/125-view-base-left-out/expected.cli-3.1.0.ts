
export type Json = string | number | boolean | null | { [key: string]: Json | undefined } | Json[]

export type Database = {
  
  "public": {
          Tables: {
            [_ in never]: never
          }
          Views: {
            "a": {
                  Row: {
                    "id": number
                  }
                  ComputedFields: never
                  Insert: {
                           "id"?: number | null
                         }
                        Update: {
                           "id"?: number | null
                         }
                        Relationships: [
                    
                  ]
                },"b": {
                  Row: {
                    "a": number | null,"id": number
                  }
                  ComputedFields: never
                  Insert: {
                           "a"?: number | null,"id"?: number | null
                         }
                        Update: {
                           "a"?: number | null,"id"?: number | null
                         }
                        Relationships: [
                    {
      foreignKeyName: "b_a_fkey"
      columns: ["a"]
isOneToOne: false
      referencedRelation: "a"
      referencedColumns: ["id"]
    }
                  ]
                }
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
