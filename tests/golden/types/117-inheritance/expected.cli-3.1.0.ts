
export type Json = string | number | boolean | null | { [key: string]: Json | undefined } | Json[]

export type Database = {
  
  "public": {
          Tables: {
            "base": {
                  Row: {
                    "id": number,"name": string | null
                  }
                  ComputedFields: never
                  Insert: {
                    "id": number,"name"?: string | null
                  }
                  Update: {
                    "id"?: number,"name"?: string | null
                  }
                  Relationships: [
                    
                  ]
                },"kid": {
                  Row: {
                    "extra": number | null,"id": number,"name": string | null
                  }
                  ComputedFields: never
                  Insert: {
                    "extra"?: number | null,"id": number,"name"?: string | null
                  }
                  Update: {
                    "extra"?: number | null,"id"?: number,"name"?: string | null
                  }
                  Relationships: [
                    
                  ]
                },"u": {
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
