
export type Json = string | number | boolean | null | { [key: string]: Json | undefined } | Json[]

export type Database = {
  
  "public": {
          Tables: {
            "t": {
                  Row: {
                    "a": string | null,"b": (number)[] | null,"c": string | null
                  }
                  ComputedFields: never
                  Insert: {
                    "a"?: string | null,"b"?: (number)[] | null,"c"?: string | null
                  }
                  Update: {
                    "a"?: string | null,"b"?: (number)[] | null,"c"?: string | null
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
            "citext": "x"
          }
          CompositeTypes: {
            [_ in never]: never
          }
        }
}
