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
      v: {
        Row: {
          a: string | null
          id: number | null
          one: number | null
        }
        Insert: {
          a?: string | null
          id?: number | null
          one?: never
        }
        Update: {
          a?: string | null
          id?: number | null
          one?: never
        }
        Relationships: []
      }
      w: {
        Row: {
          id: number | null
        }
        Insert: {
          id?: number | null
        }
        Update: {
          id?: number | null
        }
        Relationships: []
      }
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
