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
      t: {
        Row: {
          x: Database["public"]["CompositeTypes"]["pair"] | null
          y: Database["public"]["CompositeTypes"]["nest"]
        }
        Insert: {
          x?: Database["public"]["CompositeTypes"]["pair"] | null
          y: Database["public"]["CompositeTypes"]["nest"]
        }
        Update: {
          x?: Database["public"]["CompositeTypes"]["pair"] | null
          y?: Database["public"]["CompositeTypes"]["nest"]
        }
        Relationships: []
      }
    }
    Views: {
      [_ in never]: never
    }
    Functions: {
      f: {
        Args: { p: Database["public"]["CompositeTypes"]["pair"] }
        Returns: Database["public"]["CompositeTypes"]["nest"]
        SetofOptions: {
          from: "pair"
          to: "nest"
          isOneToOne: true
          isSetofReturn: false
        }
      }
    }
    Enums: {
      [_ in never]: never
    }
    CompositeTypes: {
      nest: {
        p: Database["public"]["CompositeTypes"]["pair"] | null
        q: Database["public"]["CompositeTypes"]["pair"][] | null
      }
      pair: {
        a: number | null
        b: string | null
      }
    }
  }
}
