
export type Json = string | number | boolean | null | { [key: string]: Json | undefined } | Json[]

export type Database = {
  
  "public": {
          Tables: {
            "t": {
                  Row: {
                    "a": number,"b": number | null,"c": number | null,"d": number
                  }
                  ComputedFields: never
                  Insert: {
                    "a"?: never,"b"?: number | null,"c"?: never,"d"?: number
                  }
                  Update: {
                    "a"?: never,"b"?: number | null,"c"?: never,"d"?: number
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
