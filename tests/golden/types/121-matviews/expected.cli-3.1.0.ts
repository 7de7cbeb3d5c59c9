
export type Json = string | number | boolean | null | { [key: string]: Json | undefined } | Json[]

export type Database = {
  
  "public": {
          Tables: {
            "t": {
                  Row: {
                    "a": string | null,"id": number
                  }
                  ComputedFields: never
                  Insert: {
                    "a"?: string | null,"id": number
                  }
                  Update: {
                    "a"?: string | null,"id"?: number
                  }
                  Relationships: [
                    
                  ]
                }
          }
          Views: {
            "mv": {
                  Row: {
                    "a": string | null,"id": number,"g": number | null
                  }
                  ComputedFields: "g"
                  Relationships: [
                    
                  ]
                }
          }
          Functions: {
            "f":
{ Args: Record<PropertyKey, never>; Returns: {
              "a": string | null,
"id": number
            }[]
                          SetofOptions: {
        from: "*"
        to: "mv"
        isOneToOne: false
        isSetofReturn: true
      } },
"g":
{ Args: { "x": Omit<Database["public"]['Views']["mv"]['Row'], Database["public"]['Views']["mv"]['ComputedFields']> }; Returns: number
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
