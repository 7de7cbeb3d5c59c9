
export type Json = string | number | boolean | null | { [key: string]: Json | undefined } | Json[]

export type Database = {
  
  "public": {
          Tables: {
            "t": {
                  Row: {
                    "a": Database["public"]['Enums']["Weird Type"] | null,"b": unknown
                  }
                  ComputedFields: never
                  Insert: {
                    "a"?: Database["public"]['Enums']["Weird Type"] | null,"b"?: unknown
                  }
                  Update: {
                    "a"?: Database["public"]['Enums']["Weird Type"] | null,"b"?: unknown
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
            "Weird Type": "a b"|"c'd"|"e\"f"|"g\\h"|""
          }
          CompositeTypes: {
            [_ in never]: never
          }
        }
}
