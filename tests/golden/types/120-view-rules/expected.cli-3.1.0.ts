
export type Json = string | number | boolean | null | { [key: string]: Json | undefined } | Json[]

export type Database = {
  
  "public": {
          Tables: {
            "t": {
                  Row: {
                    "a": string | null,"id": number
                  }
                  ComputedFields: never
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
                    "a": string | null,"id": number,"one": number | null
                  }
                  ComputedFields: never
                  Insert: {
                           "a"?: string | null,"id"?: number | null,"one"?: number | null
                         }
                        Update: {
                           "a"?: string | null,"id"?: number | null,"one"?: number | null
                         }
                        Relationships: [
                    
                  ]
                },"w": {
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
