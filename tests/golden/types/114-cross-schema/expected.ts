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
      c: {
        Row: {
          id: number
          p: number | null
        }
        Insert: {
          id: number
          p?: number | null
        }
        Update: {
          id?: number
          p?: number | null
        }
        Relationships: []
      }
      d: {
        Row: {
          c: number | null
        }
        Insert: {
          c?: number | null
        }
        Update: {
          c?: number | null
        }
        Relationships: [
          {
            foreignKeyName: "d_c_fkey"
            columns: ["c"]
            isOneToOne: false
            referencedRelation: "c"
            referencedColumns: ["id"]
          },
        ]
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
  public: {
    Tables: {
      p: {
        Row: {
          id: number
        }
        Insert: {
          id: number
        }
        Update: {
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
