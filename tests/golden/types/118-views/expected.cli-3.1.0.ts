
export type Json = string | number | boolean | null | { [key: string]: Json | undefined } | Json[]

export type Database = {
  
  "public": {
          Tables: {
            "t": {
                  Row: {
                    "a": string,"b": number | null,"id": number
                  }
                  ComputedFields: never
                  Insert: {
                    "a": string,"b"?: number | null,"id": number
                  }
                  Update: {
                    "a"?: string,"b"?: number | null,"id"?: number
                  }
                  Relationships: [
                    
                  ]
                }
          }
          Views: {
            "v1": {
                  Row: {
                    "a": string,"b": number | null,"id": number
                  }
                  ComputedFields: never
                  Insert: {
                           "a"?: string | null,"b"?: number | null,"id"?: number | null
                         }
                        Update: {
                           "a"?: string | null,"b"?: number | null,"id"?: number | null
                         }
                        Relationships: [
                    
                  ]
                },"v2": {
                  Row: {
                    "a": string | null,"id": number
                  }
                  ComputedFields: never
                  Insert: {
                           "a"?: never,"id"?: number | null
                         }
                        Update: {
                           "a"?: never,"id"?: number | null
                         }
                        Relationships: [
                    
                  ]
                },"v3": {
                  Row: {
                    "n": number | null
                  }
                  ComputedFields: never
                  Relationships: [
                    
                  ]
                },"v4": {
                  Row: {
                    "a": string
                  }
                  ComputedFields: never
                  Relationships: [
                    
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
