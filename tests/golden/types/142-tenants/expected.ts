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
      accounts: {
        Row: {
          id: string
          name: string
          settings: NonNullable<Json>
        }
        Insert: {
          id: string
          name: string
          settings?: NonNullable<Json>
        }
        Update: {
          id?: string
          name?: string
          settings?: NonNullable<Json>
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
  tenant: {
    Tables: {
      invites: {
        Row: {
          account_id: string | null
          id: string
          user_id: string | null
        }
        Insert: {
          account_id?: string | null
          id?: string
          user_id?: string | null
        }
        Update: {
          account_id?: string | null
          id?: string
          user_id?: string | null
        }
        Relationships: [
          {
            foreignKeyName: "invites_account_id_user_id_fkey"
            columns: ["account_id", "user_id"]
            isOneToOne: false
            referencedRelation: "members"
            referencedColumns: ["account_id", "user_id"]
          },
        ]
      }
      members: {
        Row: {
          account_id: string
          role: string
          user_id: string
        }
        Insert: {
          account_id: string
          role?: string
          user_id: string
        }
        Update: {
          account_id?: string
          role?: string
          user_id?: string
        }
        Relationships: []
      }
    }
    Views: {
      seats: {
        Row: {
          account_id: string | null
          n: number | null
        }
        Relationships: []
      }
    }
    Functions: {
      is_member: { Args: { account: string }; Returns: boolean }
    }
    Enums: {
      [_ in never]: never
    }
    CompositeTypes: {
      [_ in never]: never
    }
  }
}
