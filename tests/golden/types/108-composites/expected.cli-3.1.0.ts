
export type Json = string | number | boolean | null | { [key: string]: Json | undefined } | Json[]

export type Database = {
  
  "public": {
          Tables: {
            "t": {
                  Row: {
                    "x": Database["public"]['CompositeTypes']["pair"] | null,"y": Database["public"]['CompositeTypes']["nest"]
                  }
                  ComputedFields: never
                  Insert: {
                    "x"?: Database["public"]['CompositeTypes']["pair"] | null,"y": Database["public"]['CompositeTypes']["nest"]
                  }
                  Update: {
                    "x"?: Database["public"]['CompositeTypes']["pair"] | null,"y"?: Database["public"]['CompositeTypes']["nest"]
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
{ Args: { "p": Database["public"]['CompositeTypes']["pair"] }; Returns: Database["public"]['CompositeTypes']["nest"]
                          SetofOptions: {
        from: "pair"
        to: "nest"
        isOneToOne: true
        isSetofReturn: false
      } }
          }
          Enums: {
            [_ in never]: never
          }
          CompositeTypes: {
            "nest": {
                        "p": Database["public"]['CompositeTypes']["pair"] | null,"q": (Database["public"]['CompositeTypes']["pair"])[] | null
                      },"pair": {
                        "a": number | null,"b": string | null
                      }
          }
        }
}
