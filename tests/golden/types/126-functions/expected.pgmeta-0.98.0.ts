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
      [_ in never]: never
    }
    Views: {
      [_ in never]: never
    }
    Functions: {
      def: { Args: { a: number; b?: string; c?: number }; Returns: undefined }
      inout_: { Args: { a: number }; Returns: number }
      nothing: { Args: never; Returns: number }
      one: { Args: { a: number }; Returns: string }
      outs: { Args: never; Returns: Record<string, unknown> }
      rec: { Args: never; Returns: Record<string, unknown> }
      vari: { Args: { a: number[] }; Returns: number[] }
    }
    Enums: {
      [_ in never]: never
    }
    CompositeTypes: {
      [_ in never]: never
    }
  }
}
