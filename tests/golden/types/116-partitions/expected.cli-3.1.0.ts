
export type Json = string | number | boolean | null | { [key: string]: Json | undefined } | Json[]

export type Database = {
  
  "public": {
          Tables: {
            "m": {
                  Row: {
                    "at": string,"id": number
                  }
                  ComputedFields: never
                  Insert: {
                    "at": string,"id": number
                  }
                  Update: {
                    "at"?: string,"id"?: number
                  }
                  Relationships: [
                    
                  ]
                },"m1": {
                  Row: {
                    "at": string,"id": number
                  }
                  ComputedFields: never
                  Insert: {
                    "at": string,"id": number
                  }
                  Update: {
                    "at"?: string,"id"?: number
                  }
                  Relationships: [
                    
                  ]
                },"r": {
                  Row: {
                    "at": string | null,"id": number | null
                  }
                  ComputedFields: never
                  Insert: {
                    "at"?: string | null,"id"?: number | null
                  }
                  Update: {
                    "at"?: string | null,"id"?: number | null
                  }
                  Relationships: [
                    {
      foreignKeyName: "r_id_at_fkey"
      columns: ["id","at"]
isOneToOne: false
      referencedRelation: "m"
      referencedColumns: ["id","at"]
    }
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
