
export type Json = string | number | boolean | null | { [key: string]: Json | undefined } | Json[]

export type Database = {
  
  "api": {
          Tables: {
            "t": {
                  Row: {
                    "k": Database["public"]['Enums']["kind"] | null,"l": Database["api"]['Enums']["kind"] | null
                  }
                  ComputedFields: never
                  Insert: {
                    "k"?: Database["public"]['Enums']["kind"] | null,"l"?: Database["api"]['Enums']["kind"] | null
                  }
                  Update: {
                    "k"?: Database["public"]['Enums']["kind"] | null,"l"?: Database["api"]['Enums']["kind"] | null
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
{ Args: { "x": Database["public"]['Enums']["kind"] }; Returns: Database["api"]['Enums']["kind"]
                           }
          }
          Enums: {
            "kind": "b"
          }
          CompositeTypes: {
            [_ in never]: never
          }
        },"public": {
          Tables: {
            "t": {
                  Row: {
                    "k": Database["public"]['Enums']["kind"] | null,"l": Database["api"]['Enums']["kind"] | null
                  }
                  ComputedFields: never
                  Insert: {
                    "k"?: Database["public"]['Enums']["kind"] | null,"l"?: Database["api"]['Enums']["kind"] | null
                  }
                  Update: {
                    "k"?: Database["public"]['Enums']["kind"] | null,"l"?: Database["api"]['Enums']["kind"] | null
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
            "kind": "a"
          }
          CompositeTypes: {
            [_ in never]: never
          }
        }
}
