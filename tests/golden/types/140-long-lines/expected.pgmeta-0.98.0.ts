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
      a_table_with_a_long_name_for_the_sake_of_lines: {
        Row: {
          a_column_with_a_very_long_name_as_people_have_them: Database["public"]["Enums"]["a_very_long_enumeration_name_for_lines"]
          id: number
          parent_identifier_of_this_table: number | null
        }
        Insert: {
          a_column_with_a_very_long_name_as_people_have_them: Database["public"]["Enums"]["a_very_long_enumeration_name_for_lines"]
          id: number
          parent_identifier_of_this_table?: number | null
        }
        Update: {
          a_column_with_a_very_long_name_as_people_have_them?: Database["public"]["Enums"]["a_very_long_enumeration_name_for_lines"]
          id?: number
          parent_identifier_of_this_table?: number | null
        }
        Relationships: [
          {
            foreignKeyName: "a_table_with_a_long_name_for__parent_identifier_of_this_ta_fkey"
            columns: ["parent_identifier_of_this_table"]
            isOneToOne: false
            referencedRelation: "a_table_with_a_long_name_for_the_sake_of_lines"
            referencedColumns: ["id"]
          },
        ]
      }
    }
    Views: {
      [_ in never]: never
    }
    Functions: {
      a_function_with_a_long_name: {
        Args: {
          an_argument_with_a_long_name: Database["public"]["Enums"]["a_very_long_enumeration_name_for_lines"]
          another_argument_with_a_long_name?: string
        }
        Returns: {
          a_result_column_with_a_long_name: number
          another_result_column: string
        }[]
      }
    }
    Enums: {
      a_very_long_enumeration_name_for_lines:
        | "the first label which is long"
        | "the second label which is long"
        | "the third label which is long"
    }
    CompositeTypes: {
      [_ in never]: never
    }
  }
}
