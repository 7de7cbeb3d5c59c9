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
          a: Database["public"]["Enums"]["Weird Type"] | null
          b: unknown
        }
        Insert: {
          a?: Database["public"]["Enums"]["Weird Type"] | null
          b?: unknown
        }
        Update: {
          a?: Database["public"]["Enums"]["Weird Type"] | null
          b?: unknown
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
      "Weird Type": "a b" | "c'd" | 'e"f' | "g\\h" | ""
    }
    CompositeTypes: {
      [_ in never]: never
    }
  }
}
