
export type Json = string | number | boolean | null | { [key: string]: Json | undefined } | Json[]

export type Database = {
  
  "public": {
          Tables: {
            "t": {
                  Row: {
                    "a": unknown,"b": unknown,"c": (unknown)[] | null,"d": unknown
                  }
                  ComputedFields: never
                  Insert: {
                    "a"?: unknown,"b"?: unknown,"c"?: (unknown)[] | null,"d": unknown
                  }
                  Update: {
                    "a"?: unknown,"b"?: unknown,"c"?: (unknown)[] | null,"d"?: unknown
                  }
                  Relationships: [
                    
                  ]
                }
          }
          Views: {
            [_ in never]: never
          }
          Functions: {
            "span_multirange":
{ Args: Record<PropertyKey, never>; Returns: unknown
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
