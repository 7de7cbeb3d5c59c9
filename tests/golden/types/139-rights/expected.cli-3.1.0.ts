
export type Json = string | number | boolean | null | { [key: string]: Json | undefined } | Json[]

export type Database = {
  
  "public": {
          Tables: {
            "open": {
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
                },"shut": {
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
            "v": {
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
          Functions: {
            "f":
{ Args: Record<PropertyKey, never>; Returns: number
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
