
export type Json = string | number | boolean | null | { [key: string]: Json | undefined } | Json[]

export type Database = {
  
  "public": {
          Tables: {
            "t": {
                  Row: {
                    "a": string | null,"b": number,"c": unknown,"d": (unknown)[] | null,"e": string
                  }
                  ComputedFields: never
                  Insert: {
                    "a"?: string | null,"b": number,"c"?: unknown,"d"?: (unknown)[] | null,"e"?: string
                  }
                  Update: {
                    "a"?: string | null,"b"?: number,"c"?: unknown,"d"?: (unknown)[] | null,"e"?: string
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
{ Args: { "x": unknown }; Returns: unknown
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
