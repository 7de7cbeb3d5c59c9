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
          id: number
          full_name: string | null
          id: number | null
          self: {
            a: string | null
            id: number
          } | null
        }
        Insert: {
          a?: string | null
          id: number
        }
        Update: {
          a?: string | null
          id?: number
        }
        Relationships: []
      }
    }
    Views: {
      v: {
        Row: {
          id: number | null
          vf: number | null
        }
        Insert: {
          id?: number | null
        }
        Update: {
          id?: number | null
        }
        Relationships: []
      }
    }
    Functions: {
      full_name: {
        Args: { "": Database["public"]["Tables"]["t"]["Row"] }
        Returns: {
          error: true
        } & "the function public.full_name with parameter or with a single unnamed json/jsonb parameter, but no matches were found in the schema cache"
      }
      id: {
        Args: { "": Database["public"]["Tables"]["t"]["Row"] }
        Returns: {
          error: true
        } & "the function public.id with parameter or with a single unnamed json/jsonb parameter, but no matches were found in the schema cache"
      }
      self: {
        Args: { "": Database["public"]["Tables"]["t"]["Row"] }
        Returns: {
          a: string | null
          id: number
        }[]
        SetofOptions: {
          from: "t"
          to: "t"
          isOneToOne: false
          isSetofReturn: true
        }
      }
      tags: {
        Args: { r: Database["public"]["Tables"]["t"]["Row"] }
        Returns: string[]
      }
      vf: {
        Args: { "": Database["public"]["Views"]["v"]["Row"] }
        Returns: {
          error: true
        } & "the function public.vf with parameter or with a single unnamed json/jsonb parameter, but no matches were found in the schema cache"
      }
    }
    Enums: {
      [_ in never]: never
    }
    CompositeTypes: {
      [_ in never]: never
    }
  }
}
