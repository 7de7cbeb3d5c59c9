
export type Json = string | number | boolean | null | { [key: string]: Json | undefined } | Json[]

export type Database = {
  
  "public": {
          Tables: {
            "a": {
                  Row: {
                    "code": string | null,"id": number
                  }
                  ComputedFields: never
                  Insert: {
                    "code"?: string | null,"id": number
                  }
                  Update: {
                    "code"?: string | null,"id"?: number
                  }
                  Relationships: [
                    
                  ]
                },"b": {
                  Row: {
                    "a1": number | null,"a2": number | null,"code": string | null,"id": number
                  }
                  ComputedFields: never
                  Insert: {
                    "a1"?: number | null,"a2"?: number | null,"code"?: string | null,"id": number
                  }
                  Update: {
                    "a1"?: number | null,"a2"?: number | null,"code"?: string | null,"id"?: number
                  }
                  Relationships: [
                    {
      foreignKeyName: "b_a1_fkey"
      columns: ["a1"]
isOneToOne: false
      referencedRelation: "a"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "b_a2_fkey"
      columns: ["a2"]
isOneToOne: false
      referencedRelation: "a"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "b_code_fkey"
      columns: ["code"]
isOneToOne: false
      referencedRelation: "a"
      referencedColumns: ["code"]
    },{
      foreignKeyName: "b_id_fkey"
      columns: ["id"]
isOneToOne: true
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
