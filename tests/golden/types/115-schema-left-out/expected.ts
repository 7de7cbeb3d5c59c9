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
          a: "x" | "y" | null
          b: unknown
          c: number | null
          d: ("x" | "y")[] | null
        }
        Insert: {
          a?: "x" | "y" | null
          b?: unknown
          c?: number | null
          d?: ("x" | "y")[] | null
        }
        Update: {
          a?: "x" | "y" | null
          b?: unknown
          c?: number | null
          d?: ("x" | "y")[] | null
        }
        Relationships: []
      }
    }
    Views: {
      [_ in never]: never
    }
    Functions: {
      f: { Args: Record<PropertyKey, never>; Returns: "x" | "y"[] }
    }
    Enums: {
      [_ in never]: never
    }
    CompositeTypes: {
      [_ in never]: never
    }
  }
}
