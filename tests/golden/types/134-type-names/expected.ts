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
          b: number[] | null
          c: string | null
        }
        Insert: {
          a?: string | null
          b?: number[] | null
          c?: string | null
        }
        Update: {
          a?: string | null
          b?: number[] | null
          c?: string | null
        }
        Relationships: []
      }
    }
    Views: {
      [_ in never]: never
    }
    Functions: {
      [_ in never]: never
    }
    Enums: {
      citext: "x"
    }
    CompositeTypes: {
      [_ in never]: never
    }
  }
}
