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
  api: {
    Tables: {
      t: {
        Row: {
          k: Database["public"]["Enums"]["kind"] | null
          l: Database["api"]["Enums"]["kind"] | null
        }
        Insert: {
          k?: Database["public"]["Enums"]["kind"] | null
          l?: Database["api"]["Enums"]["kind"] | null
        }
        Update: {
          k?: Database["public"]["Enums"]["kind"] | null
          l?: Database["api"]["Enums"]["kind"] | null
        }
        Relationships: []
      }
    }
    Views: {
      [_ in never]: never
    }
    Functions: {
      f: {
        Args: { x: Database["public"]["Enums"]["kind"] }
        Returns: Database["api"]["Enums"]["kind"]
      }
    }
    Enums: {
      kind: "b"
    }
    CompositeTypes: {
      [_ in never]: never
    }
  }
  public: {
    Tables: {
      t: {
        Row: {
          k: Database["public"]["Enums"]["kind"] | null
          l: Database["api"]["Enums"]["kind"] | null
        }
        Insert: {
          k?: Database["public"]["Enums"]["kind"] | null
          l?: Database["api"]["Enums"]["kind"] | null
        }
        Update: {
          k?: Database["public"]["Enums"]["kind"] | null
          l?: Database["api"]["Enums"]["kind"] | null
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
      kind: "a"
    }
    CompositeTypes: {
      [_ in never]: never
    }
  }
}
