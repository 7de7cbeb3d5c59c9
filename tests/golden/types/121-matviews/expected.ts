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
          a: string | null
          id: number
        }
        Insert: {
          a?: string | null
          id: number
        }
        Update: {
          a?: string | null
          id?: number
        }
        Relationships: []
      }
    }
    Views: {
      mv: {
        Row: {
          a: string | null
          id: number | null
          g: number | null
        }
        Relationships: []
      }
    }
    Functions: {
      f: {
        Args: Record<PropertyKey, never>
        Returns: {
          a: string | null
          id: number | null
        }[]
        SetofOptions: {
          from: "*"
          to: "mv"
          isOneToOne: false
          isSetofReturn: true
        }
      }
      g: {
        Args: { x: Database["public"]["Views"]["mv"]["Row"] }
        Returns: number
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
