
export type Json = string | number | boolean | null | { [key: string]: Json | undefined } | Json[]

export type Database = {
  
  "public": {
          Tables: {
            [_ in never]: never
          }
          Views: {
            [_ in never]: never
          }
          Functions: {
            "def":
{ Args: { "a": number,"b"?: string,"c"?: number }; Returns: undefined
                           },
"inout_":
{ Args: { "a": number }; Returns: number
                           },
"nothing":
{ Args: Record<PropertyKey, never>; Returns: number
                           },
"one":
{ Args: { "a": number }; Returns: string
                           },
"outs":
{ Args: Record<PropertyKey, never>; Returns: Record<string, unknown>
                           },
"rec":
{ Args: Record<PropertyKey, never>; Returns: Record<string, unknown>
                           },
"vari":
{ Args: { "a": (number)[] }; Returns: (number)[]
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
