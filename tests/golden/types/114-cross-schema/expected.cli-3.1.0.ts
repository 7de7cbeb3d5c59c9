
export type Json = string | number | boolean | null | { [key: string]: Json | undefined } | Json[]

export type Database = {
  
  "api": {
          Tables: {
            "c": {
                  Row: {
                    "id": number,"p": number | null
                  }
                  ComputedFields: never
                  Insert: {
                    "id": number,"p"?: number | null
                  }
                  Update: {
                    "id"?: number,"p"?: number | null
                  }
                  Relationships: [
                    
                  ]
                },"d": {
                  Row: {
                    "c": number | null
                  }
                  ComputedFields: never
                  Insert: {
                    "c"?: number | null
                  }
                  Update: {
                    "c"?: number | null
                  }
                  Relationships: [
                    {
      foreignKeyName: "d_c_fkey"
      columns: ["c"]
isOneToOne: false
      referencedRelation: "c"
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
        },"public": {
          Tables: {
            "p": {
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
