
export type Json = string | number | boolean | null | { [key: string]: Json | undefined } | Json[]

export type Database = {
  
  "public": {
          Tables: {
            "c": {
                  Row: {
                    "a": number | null,"b": number | null,"d": number | null
                  }
                  ComputedFields: never
                  Insert: {
                    "a"?: number | null,"b"?: number | null,"d"?: number | null
                  }
                  Update: {
                    "a"?: number | null,"b"?: number | null,"d"?: number | null
                  }
                  Relationships: [
                    {
      foreignKeyName: "c_a_fkey"
      columns: ["a"]
isOneToOne: false
      referencedRelation: "p"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "c_b_fkey"
      columns: ["b"]
isOneToOne: false
      referencedRelation: "p"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "c_d_fkey"
      columns: ["d"]
isOneToOne: true
      referencedRelation: "p"
      referencedColumns: ["id"]
    }
                  ]
                },"p": {
                  Row: {
                    "id": number
                  }
                  ComputedFields: never
                  Insert: {
                    "id": number
                  }
                  Update: {
                    "id"?: number
                  }
                  Relationships: [
                    
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
