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
          a: string
          b: number | null
          id: number
        }
        Insert: {
          a: string
          b?: number | null
          id: number
        }
        Update: {
          a?: string
          b?: number | null
          id?: number
        }
        Relationships: []
      }
    }
    Views: {
      v1: {
        Row: {
          a: string | null
          b: number | null
          id: number | null
        }
        Insert: {
          a?: string | null
          b?: number | null
          id?: number | null
        }
        Update: {
          a?: string | null
          b?: number | null
          id?: number | null
        }
        Relationships: []
      }
      v2: {
        Row: {
          a: string | null
          id: number | null
        }
        Insert: {
          a?: never
          id?: number | null
        }
        Update: {
          a?: never
          id?: number | null
        }
        Relationships: []
      }
      v3: {
        Row: {
          n: number | null
        }
        Relationships: []
      }
      v4: {
        Row: {
          a: string | null
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
