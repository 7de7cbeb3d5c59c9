
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
            "j":
{ Args: { "": Json }; Returns: number
                           },
"jb":
{ Args: { "": Json }; Returns: number
                           },
"mixed":
{ Args: { ""?: string,"a": number }; Returns: number
                           },
"tx":
{ Args: { "": string }; Returns: number
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
