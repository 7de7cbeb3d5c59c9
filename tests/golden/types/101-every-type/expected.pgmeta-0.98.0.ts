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
          a: boolean | null
          aa: unknown
          ab: unknown
          ac: unknown
          ad: unknown
          ae: unknown
          af: unknown
          ag: unknown
          b: number | null
          c: number | null
          d: number | null
          e: number | null
          f: number | null
          g: number | null
          h: string | null
          i: string | null
          j: string | null
          k: string | null
          l: string | null
          m: string | null
          n: string | null
          o: string | null
          p: string | null
          q: string | null
          r: string | null
          s: Json | null
          u: Json | null
          v: unknown
          w: unknown
          x: unknown
          y: unknown
          z: unknown
        }
        Insert: {
          a?: boolean | null
          aa?: unknown
          ab?: unknown
          ac?: unknown
          ad?: unknown
          ae?: unknown
          af?: unknown
          ag?: unknown
          b?: number | null
          c?: number | null
          d?: number | null
          e?: number | null
          f?: number | null
          g?: number | null
          h?: string | null
          i?: string | null
          j?: string | null
          k?: string | null
          l?: string | null
          m?: string | null
          n?: string | null
          o?: string | null
          p?: string | null
          q?: string | null
          r?: string | null
          s?: Json | null
          u?: Json | null
          v?: unknown
          w?: unknown
          x?: unknown
          y?: unknown
          z?: unknown
        }
        Update: {
          a?: boolean | null
          aa?: unknown
          ab?: unknown
          ac?: unknown
          ad?: unknown
          ae?: unknown
          af?: unknown
          ag?: unknown
          b?: number | null
          c?: number | null
          d?: number | null
          e?: number | null
          f?: number | null
          g?: number | null
          h?: string | null
          i?: string | null
          j?: string | null
          k?: string | null
          l?: string | null
          m?: string | null
          n?: string | null
          o?: string | null
          p?: string | null
          q?: string | null
          r?: string | null
          s?: Json | null
          u?: Json | null
          v?: unknown
          w?: unknown
          x?: unknown
          y?: unknown
          z?: unknown
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
