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
          j: Json
        }
        Insert: {
          a?: string | null
          id: number
          j: Json
        }
        Update: {
          a?: string | null
          id?: number
          j?: Json
        }
        Relationships: []
      }
    }
    Views: {
      [_ in never]: never
    }
    Functions: {
      all_t: {
        Args: never
        Returns: {
          a: string | null
          id: number
          j: Json
        }[]
        SetofOptions: {
          from: "*"
          to: "t"
          isOneToOne: false
          isSetofReturn: true
        }
      }
      first_t: {
        Args: never
        Returns: {
          a: string | null
          id: number
          j: Json
        }
        SetofOptions: {
          from: "*"
          to: "t"
          isOneToOne: true
          isSetofReturn: true
        }
      }
      ids: { Args: never; Returns: number[] }
      one_t: {
        Args: never
        Returns: {
          a: string | null
          id: number
          j: Json
        }
        SetofOptions: {
          from: "*"
          to: "t"
          isOneToOne: true
          isSetofReturn: false
        }
      }
      one_tab: {
        Args: never
        Returns: {
          id: number
        }[]
      }
      tab: {
        Args: { x: number }
        Returns: {
          id: number
          n: number[]
          name: string
        }[]
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
