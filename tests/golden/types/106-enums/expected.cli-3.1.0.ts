
export type Json = string | number | boolean | null | { [key: string]: Json | undefined } | Json[]

export type Database = {
  
  "public": {
          Tables: {
            "t": {
                  Row: {
                    "a": Database["public"]['Enums']["mood"] | null,"b": Database["public"]['Enums']["mood"],"c": (Database["public"]['Enums']["mood"])[] | null
                  }
                  ComputedFields: never
                  Insert: {
                    "a"?: Database["public"]['Enums']["mood"] | null,"b"?: Database["public"]['Enums']["mood"],"c"?: (Database["public"]['Enums']["mood"])[] | null
                  }
                  Update: {
                    "a"?: Database["public"]['Enums']["mood"] | null,"b"?: Database["public"]['Enums']["mood"],"c"?: (Database["public"]['Enums']["mood"])[] | null
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
{ Args: { "m": Database["public"]['Enums']["mood"] }; Returns: (Database["public"]['Enums']["mood"])[]
                           }
          }
          Enums: {
            "mood": "sad"|"ok"|"happy"
          }
          CompositeTypes: {
            [_ in never]: never
          }
        }
}
