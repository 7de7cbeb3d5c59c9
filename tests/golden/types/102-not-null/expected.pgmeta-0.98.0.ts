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
          a: Json
          b: Json
          c: string
          d: string[]
          e: number[] | null
          f: string
          id: number
        }
        Insert: {
          a: Json
          b?: Json
          c?: string
          d: string[]
          e?: number[] | null
          f?: string
          id: number
        }
        Update: {
          a?: Json
          b?: Json
          c?: string
          d?: string[]
          e?: number[] | null
          f?: string
          id?: number
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
      [_ in never]: never
    }
    CompositeTypes: {
      [_ in never]: never
    }
  }
}
