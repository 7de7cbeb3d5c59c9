export type Json =
  | string
  | number
  | boolean
  | null
  | { [key: string]: Json | undefined }
  | Json[]

export type Database = {
  // Allows to automatically instantiate createClient with right options
  // instead of createClient<Database, { PostgrestVersion: 'XX' }>(URL, KEY)
  __InternalSupabase: {
    PostgrestVersion: "13.0.5"
  }
  public: {
    Tables: {
      a: {
        Row: {
          id: number
          bs: {
            a_id: number | null
            id: number
          } | null
        }
        Insert: {
          id: number
        }
        Update: {
          id?: number
        }
        Relationships: []
      }
      b: {
        Row: {
          a_id: number | null
          id: number
          parent: {
            id: number
          } | null
        }
        Insert: {
          a_id?: number | null
          id: number
        }
        Update: {
          a_id?: number | null
          id?: number
        }
        Relationships: [
          {
            foreignKeyName: "b_a_id_fkey"
            columns: ["a_id"]
            isOneToOne: false
            referencedRelation: "a"
            referencedColumns: ["id"]
          },
        ]
      }
    }
    Views: {
      [_ in never]: never
    }
    Functions: {
      arr: {
        Args: { x: Database["public"]["Tables"]["a"]["Row"][] }
        Returns: Database["public"]["Tables"]["a"]["Row"][]
      }
      bs: {
        Args: { "": Database["public"]["Tables"]["a"]["Row"] }
        Returns: {
          a_id: number | null
          id: number
        }[]
        SetofOptions: {
          from: "a"
          to: "b"
          isOneToOne: false
          isSetofReturn: true
        }
      }
      named: {
        Args: { x: Database["public"]["Tables"]["a"]["Row"]; y: number }
        Returns: number
      }
      parent: {
        Args: { "": Database["public"]["Tables"]["b"]["Row"] }
        Returns: {
          id: number
        }
        SetofOptions: {
          from: "b"
          to: "a"
          isOneToOne: true
          isSetofReturn: true
        }
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
