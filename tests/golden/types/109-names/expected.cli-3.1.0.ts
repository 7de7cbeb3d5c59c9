
export type Json = string | number | boolean | null | { [key: string]: Json | undefined } | Json[]

export type Database = {
  
  "public": {
          Tables: {
            "Has Space": {
                  Row: {
                    "$x": number | null,"1st": number | null,"a-b": string | null,"a\"b": string | null,"class": string | null,"été": string | null,"q'q": number | null,"名前": string | null
                  }
                  ComputedFields: never
                  Insert: {
                    "$x"?: number | null,"1st"?: number | null,"a-b"?: string | null,"a\"b"?: string | null,"class"?: string | null,"été"?: string | null,"q'q"?: number | null,"名前"?: string | null
                  }
                  Update: {
                    "$x"?: number | null,"1st"?: number | null,"a-b"?: string | null,"a\"b"?: string | null,"class"?: string | null,"été"?: string | null,"q'q"?: number | null,"名前"?: string | null
                  }
                  Relationships: [
                    
                  ]
                },"UPPER": {
                  Row: {
                    "Id": number
                  }
                  ComputedFields: never
                  Insert: {
                    "Id": number
                  }
                  Update: {
                    "Id"?: number
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
