
export type Json = string | number | boolean | null | { [key: string]: Json | undefined } | Json[]

export type Database = {
  
  "public": {
          Tables: {
            "t": {
                  Row: {
                    "a": string | null,"id": number,"j": NonNullable<Json>
                  }
                  ComputedFields: never
                  Insert: {
                    "a"?: string | null,"id": number,"j": NonNullable<Json>
                  }
                  Update: {
                    "a"?: string | null,"id"?: number,"j"?: NonNullable<Json>
                  }
                  Relationships: [
                    
                  ]
                }
          }
          Views: {
            [_ in never]: never
          }
          Functions: {
            "all_t":
{ Args: Record<PropertyKey, never>; Returns: {
              "a": string | null,
"id": number,
"j": NonNullable<Json>
            }[]
                          SetofOptions: {
        from: "*"
        to: "t"
        isOneToOne: false
        isSetofReturn: true
      } },
"first_t":
{ Args: Record<PropertyKey, never>; Returns: {
              "a": string | null,
"id": number,
"j": NonNullable<Json>
            }
                          SetofOptions: {
        from: "*"
        to: "t"
        isOneToOne: true
        isSetofReturn: true
      } },
"ids":
{ Args: Record<PropertyKey, never>; Returns: number[]
                           },
"one_t":
{ Args: Record<PropertyKey, never>; Returns: {
              "a": string | null,
"id": number,
"j": NonNullable<Json>
            }
                          SetofOptions: {
        from: "*"
        to: "t"
        isOneToOne: true
        isSetofReturn: false
      } },
"one_tab":
{ Args: Record<PropertyKey, never>; Returns: {
              "id": number
            }[]
                           },
"tab":
{ Args: { "x": number }; Returns: {
              "id": number,"n": (number)[],"name": string
            }[]
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
