
export type Json = string | number | boolean | null | { [key: string]: Json | undefined } | Json[]

export type Database = {
  
  "public": {
          Tables: {
            "t": {
                  Row: {
                    "a": number,"b": number | null,"c": string | null,"d": string,"e": boolean,"f": string
                  }
                  ComputedFields: never
                  Insert: {
                    "a"?: number,"b"?: number | null,"c"?: string | null,"d": string,"e"?: boolean,"f"?: string
                  }
                  Update: {
                    "a"?: number,"b"?: number | null,"c"?: string | null,"d"?: string,"e"?: boolean,"f"?: string
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
