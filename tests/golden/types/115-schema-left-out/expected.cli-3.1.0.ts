
export type Json = string | number | boolean | null | { [key: string]: Json | undefined } | Json[]

export type Database = {
  
  "public": {
          Tables: {
            "t": {
                  Row: {
                    "a": "x"|"y" | null,"b": unknown,"c": number | null,"d": ("x"|"y")[] | null
                  }
                  ComputedFields: never
                  Insert: {
                    "a"?: "x"|"y" | null,"b"?: unknown,"c"?: number | null,"d"?: ("x"|"y")[] | null
                  }
                  Update: {
                    "a"?: "x"|"y" | null,"b"?: unknown,"c"?: number | null,"d"?: ("x"|"y")[] | null
                  }
                  Relationships: [
                    
                  ]
                }
          }
          Views: {
            [_ in never]: never
          }
          Functions: {
            "f":
{ Args: Record<PropertyKey, never>; Returns: "x"|"y"[]
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
