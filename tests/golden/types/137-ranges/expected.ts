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
          a: unknown
          b: unknown
          c: unknown[] | null
          d: unknown
        }
        Insert: {
          a?: unknown
          b?: unknown
          c?: unknown[] | null
          d: unknown
        }
        Update: {
          a?: unknown
          b?: unknown
          c?: unknown[] | null
          d?: unknown
        }
        Relationships: []
      }
    }
    Views: {
      [_ in never]: never
    }
    Functions: {
      span_multirange: { Args: Record<PropertyKey, never>; Returns: unknown }
    }
    Enums: {
      [_ in never]: never
    }
    CompositeTypes: {
      [_ in never]: never
    }
  }
}
