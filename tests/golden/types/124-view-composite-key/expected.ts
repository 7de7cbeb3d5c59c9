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
      c: {
        Row: {
          id: number
          x: number | null
          y: number | null
        }
        Insert: {
          id: number
          x?: number | null
          y?: number | null
        }
        Update: {
          id?: number
          x?: number | null
          y?: number | null
        }
        Relationships: [
          {
            foreignKeyName: "c_x_y_fkey"
            columns: ["x", "y"]
            isOneToOne: false
            referencedRelation: "p"
            referencedColumns: ["x", "y"]
          },
          {
            foreignKeyName: "c_x_y_fkey"
            columns: ["x", "y"]
            isOneToOne: false
            referencedRelation: "vp"
            referencedColumns: ["x", "y"]
          },
        ]
      }
      p: {
        Row: {
          x: number
          y: number
        }
        Insert: {
          x: number
          y: number
        }
        Update: {
          x?: number
          y?: number
        }
        Relationships: []
      }
    }
    Views: {
      half: {
        Row: {
          id: number | null
          x: number | null
        }
        Insert: {
          id?: number | null
          x?: number | null
        }
        Update: {
          id?: number | null
          x?: number | null
        }
        Relationships: []
      }
      v: {
        Row: {
          id: number | null
          x: number | null
          y: number | null
        }
        Insert: {
          id?: number | null
          x?: number | null
          y?: number | null
        }
        Update: {
          id?: number | null
          x?: number | null
          y?: number | null
        }
        Relationships: [
          {
            foreignKeyName: "c_x_y_fkey"
            columns: ["x", "y"]
            isOneToOne: false
            referencedRelation: "p"
            referencedColumns: ["x", "y"]
          },
          {
            foreignKeyName: "c_x_y_fkey"
            columns: ["x", "y"]
            isOneToOne: false
            referencedRelation: "vp"
            referencedColumns: ["x", "y"]
          },
        ]
      }
      vp: {
        Row: {
          x: number | null
          y: number | null
        }
        Insert: {
          x?: number | null
          y?: number | null
        }
        Update: {
          x?: number | null
          y?: number | null
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
