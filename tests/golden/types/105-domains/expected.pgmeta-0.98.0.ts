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
          b: number
          c: unknown
          d: unknown[] | null
          e: string
        }
        Insert: {
          a?: string | null
          b: number
          c?: unknown
          d?: unknown[] | null
          e?: string
        }
        Update: {
          a?: string | null
          b?: number
          c?: unknown
          d?: unknown[] | null
          e?: string
        }
        Relationships: []
      }
    }
    Views: {
      [_ in never]: never
    }
    Functions: {
      f: { Args: { x: unknown }; Returns: unknown }
    }
    Enums: {
      [_ in never]: never
    }
    CompositeTypes: {
      [_ in never]: never
    }
  }
}
