
export type Json = string | number | boolean | null | { [key: string]: Json | undefined } | Json[]

export type Database = {
  
  "public": {
          Tables: {
            "accounts": {
                  Row: {
                    "id": string,"name": string,"settings": NonNullable<Json>
                  }
                  ComputedFields: never
                  Insert: {
                    "id": string,"name": string,"settings"?: NonNullable<Json>
                  }
                  Update: {
                    "id"?: string,"name"?: string,"settings"?: NonNullable<Json>
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
        },"tenant": {
          Tables: {
            "invites": {
                  Row: {
                    "account_id": string | null,"id": string,"user_id": string | null
                  }
                  ComputedFields: never
                  Insert: {
                    "account_id"?: string | null,"id"?: string,"user_id"?: string | null
                  }
                  Update: {
                    "account_id"?: string | null,"id"?: string,"user_id"?: string | null
                  }
                  Relationships: [
                    {
      foreignKeyName: "invites_account_id_user_id_fkey"
      columns: ["account_id","user_id"]
isOneToOne: false
      referencedRelation: "members"
      referencedColumns: ["account_id","user_id"]
    }
                  ]
                },"members": {
                  Row: {
                    "account_id": string,"role": string,"user_id": string
                  }
                  ComputedFields: never
                  Insert: {
                    "account_id": string,"role"?: string,"user_id": string
                  }
                  Update: {
                    "account_id"?: string,"role"?: string,"user_id"?: string
                  }
                  Relationships: [
                    
                  ]
                }
          }
          Views: {
            "seats": {
                  Row: {
                    "account_id": string,"n": number | null
                  }
                  ComputedFields: never
                  Relationships: [
                    
                  ]
                }
          }
          Functions: {
            "is_member":
{ Args: { "account": string }; Returns: boolean
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
