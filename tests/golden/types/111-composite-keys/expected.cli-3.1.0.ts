
export type Json = string | number | boolean | null | { [key: string]: Json | undefined } | Json[]

export type Database = {
  
  "public": {
          Tables: {
            "c": {
                  Row: {
                    "x": number,"y": number,"z": number | null
                  }
                  ComputedFields: never
                  Insert: {
                    "x": number,"y": number,"z"?: number | null
                  }
                  Update: {
                    "x"?: number,"y"?: number,"z"?: number | null
                  }
                  Relationships: [
                    {
      foreignKeyName: "c_x_y_fkey"
      columns: ["x","y"]
isOneToOne: true
      referencedRelation: "p"
      referencedColumns: ["x","y"]
    },{
      foreignKeyName: "c_y_z_fkey"
      columns: ["y","z"]
isOneToOne: false
      referencedRelation: "p"
      referencedColumns: ["y","z"]
    }
                  ]
                },"d": {
                  Row: {
                    "x": number | null,"y": number | null
                  }
                  ComputedFields: never
                  Insert: {
                    "x"?: number | null,"y"?: number | null
                  }
                  Update: {
                    "x"?: number | null,"y"?: number | null
                  }
                  Relationships: [
                    {
      foreignKeyName: "d_x_y_fkey"
      columns: ["x","y"]
isOneToOne: true
      referencedRelation: "p"
      referencedColumns: ["x","y"]
    }
                  ]
                },"p": {
                  Row: {
                    "x": number,"y": number,"z": number | null
                  }
                  ComputedFields: never
                  Insert: {
                    "x": number,"y": number,"z"?: number | null
                  }
                  Update: {
                    "x"?: number,"y"?: number,"z"?: number | null
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
