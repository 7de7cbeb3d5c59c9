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
      a: {
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
      b: {
        Row: {
          a: number | null
          id: number
        }
        Insert: {
          a?: number | null
          id: number
        }
        Update: {
          a?: number | null
          id?: number
        }
        Relationships: [
          {
            foreignKeyName: "b_a_fkey"
            columns: ["a"]
            isOneToOne: false
            referencedRelation: "a"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "b_a_fkey"
            columns: ["a"]
            isOneToOne: false
            referencedRelation: "j"
            referencedColumns: ["aid"]
          },
          {
            foreignKeyName: "b_a_fkey"
            columns: ["a"]
            isOneToOne: false
            referencedRelation: "w"
            referencedColumns: ["p"]
          },
          {
            foreignKeyName: "b_a_fkey"
            columns: ["a"]
            isOneToOne: false
            referencedRelation: "w"
            referencedColumns: ["q"]
          },
        ]
      }
    }
    Views: {
      j: {
        Row: {
          a: number | null
          aid: number | null
          id: number | null
        }
        Relationships: [
          {
            foreignKeyName: "b_a_fkey"
            columns: ["a"]
            isOneToOne: false
            referencedRelation: "a"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "b_a_fkey"
            columns: ["a"]
            isOneToOne: false
            referencedRelation: "j"
            referencedColumns: ["aid"]
          },
          {
            foreignKeyName: "b_a_fkey"
            columns: ["a"]
            isOneToOne: false
            referencedRelation: "w"
            referencedColumns: ["p"]
          },
          {
            foreignKeyName: "b_a_fkey"
            columns: ["a"]
            isOneToOne: false
            referencedRelation: "w"
            referencedColumns: ["q"]
          },
        ]
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
            foreignKeyName: "b_a_fkey"
            columns: ["x"]
            isOneToOne: false
            referencedRelation: "a"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "b_a_fkey"
            columns: ["y"]
            isOneToOne: false
            referencedRelation: "a"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "b_a_fkey"
            columns: ["x"]
            isOneToOne: false
            referencedRelation: "j"
            referencedColumns: ["aid"]
          },
          {
            foreignKeyName: "b_a_fkey"
            columns: ["y"]
            isOneToOne: false
            referencedRelation: "j"
            referencedColumns: ["aid"]
          },
          {
            foreignKeyName: "b_a_fkey"
            columns: ["x"]
            isOneToOne: false
            referencedRelation: "w"
            referencedColumns: ["p"]
          },
          {
            foreignKeyName: "b_a_fkey"
            columns: ["y"]
            isOneToOne: false
            referencedRelation: "w"
            referencedColumns: ["p"]
          },
          {
            foreignKeyName: "b_a_fkey"
            columns: ["x"]
            isOneToOne: false
            referencedRelation: "w"
            referencedColumns: ["q"]
          },
          {
            foreignKeyName: "b_a_fkey"
            columns: ["y"]
            isOneToOne: false
            referencedRelation: "w"
            referencedColumns: ["q"]
          },
        ]
      }
      w: {
        Row: {
          p: number | null
          q: number | null
        }
        Insert: {
          p?: number | null
          q?: number | null
        }
        Update: {
          p?: number | null
          q?: number | null
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
