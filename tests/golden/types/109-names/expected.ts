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
      "Has Space": {
        Row: {
          $x: number | null
          "1st": number | null
          "a-b": string | null
          'a"b': string | null
          class: string | null
          été: string | null
          "q'q": number | null
          名前: string | null
        }
        Insert: {
          $x?: number | null
          "1st"?: number | null
          "a-b"?: string | null
          'a"b'?: string | null
          class?: string | null
          été?: string | null
          "q'q"?: number | null
          名前?: string | null
        }
        Update: {
          $x?: number | null
          "1st"?: number | null
          "a-b"?: string | null
          'a"b'?: string | null
          class?: string | null
          été?: string | null
          "q'q"?: number | null
          名前?: string | null
        }
        Relationships: []
      }
      UPPER: {
        Row: {
          Id: number
        }
        Insert: {
          Id: number
        }
        Update: {
          Id?: number
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
