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
          n: string | null
        }
        Insert: {
          id: number
          n?: string | null
        }
        Update: {
          id?: number
          n?: string | null
        }
        Relationships: []
      }
      b: {
        Row: {
          a_id: number
          id: number
          u: number | null
        }
        Insert: {
          a_id: number
          id: number
          u?: number | null
        }
        Update: {
          a_id?: number
          id?: number
          u?: number | null
        }
        Relationships: [
          {
            foreignKeyName: "b_a_id_fkey"
            columns: ["a_id"]
            isOneToOne: false
            referencedRelation: "a"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "b_a_id_fkey"
            columns: ["a_id"]
            isOneToOne: false
            referencedRelation: "va"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "b_u_fkey"
            columns: ["u"]
            isOneToOne: true
            referencedRelation: "a"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "b_u_fkey"
            columns: ["u"]
            isOneToOne: true
            referencedRelation: "va"
            referencedColumns: ["id"]
          },
        ]
      }
    }
    Views: {
      cte: {
        Row: {
          a_id: number | null
          id: number | null
        }
        Relationships: [
          {
            foreignKeyName: "b_a_id_fkey"
            columns: ["a_id"]
            isOneToOne: false
            referencedRelation: "a"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "b_a_id_fkey"
            columns: ["a_id"]
            isOneToOne: false
            referencedRelation: "va"
            referencedColumns: ["id"]
          },
        ]
      }
      sub: {
        Row: {
          a_id: number | null
        }
        Relationships: [
          {
            foreignKeyName: "b_a_id_fkey"
            columns: ["a_id"]
            isOneToOne: false
            referencedRelation: "a"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "b_a_id_fkey"
            columns: ["a_id"]
            isOneToOne: false
            referencedRelation: "va"
            referencedColumns: ["id"]
          },
        ]
      }
      un: {
        Row: {
          a_id: number | null
        }
        Relationships: []
      }
      va: {
        Row: {
          id: number | null
          n: string | null
        }
        Insert: {
          id?: number | null
          n?: string | null
        }
        Update: {
          id?: number | null
          n?: string | null
        }
        Relationships: []
      }
      vb: {
        Row: {
          a_id: number | null
          b_id: number | null
          u: number | null
        }
        Insert: {
          a_id?: number | null
          b_id?: number | null
          u?: number | null
        }
        Update: {
          a_id?: number | null
          b_id?: number | null
          u?: number | null
        }
        Relationships: [
          {
            foreignKeyName: "b_a_id_fkey"
            columns: ["a_id"]
            isOneToOne: false
            referencedRelation: "a"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "b_a_id_fkey"
            columns: ["a_id"]
            isOneToOne: false
            referencedRelation: "va"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "b_u_fkey"
            columns: ["u"]
            isOneToOne: true
            referencedRelation: "a"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "b_u_fkey"
            columns: ["u"]
            isOneToOne: true
            referencedRelation: "va"
            referencedColumns: ["id"]
          },
        ]
      }
      vvb: {
        Row: {
          a_id: number | null
          b_id: number | null
        }
        Insert: {
          a_id?: number | null
          b_id?: number | null
        }
        Update: {
          a_id?: number | null
          b_id?: number | null
        }
        Relationships: [
          {
            foreignKeyName: "b_a_id_fkey"
            columns: ["a_id"]
            isOneToOne: false
            referencedRelation: "a"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "b_a_id_fkey"
            columns: ["a_id"]
            isOneToOne: false
            referencedRelation: "va"
            referencedColumns: ["id"]
          },
        ]
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
