
export type Json = string | number | boolean | null | { [key: string]: Json | undefined } | Json[]

export type Database = {
  
  "public": {
          Tables: {
            "nothing": {
                  Row: {
                    
                  }
                  ComputedFields: never
                  Insert: {
                    
                  }
                  Update: {
                    
                  }
                  Relationships: [
                    
                  ]
                },"one": {
                  Row: {
                    "a": number | null
                  }
                  ComputedFields: never
                  Insert: {
                    "a"?: number | null
                  }
                  Update: {
                    "a"?: number | null
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
