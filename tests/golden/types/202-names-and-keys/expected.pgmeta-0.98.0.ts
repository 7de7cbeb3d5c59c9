export type Json =
  | string
  | number
  | boolean
  | null
  | { [key: string]: Json | undefined }
  | Json[]

export type Database = {
  "1st": {
    Tables: {
      t: {
        Row: {
          id: number | null
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
  "a b": {
    Tables: {
      [_ in never]: never
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
  auth: {
    Tables: {
      users: {
        Row: {
          email: string | null
          id: string
          raw_user_meta_data: Json | null
        }
        Insert: {
          email?: string | null
          id?: string
          raw_user_meta_data?: Json | null
        }
        Update: {
          email?: string | null
          id?: string
          raw_user_meta_data?: Json | null
        }
        Relationships: []
      }
    }
    Views: {
      [_ in never]: never
    }
    Functions: {
      uid: { Args: never; Returns: string }
    }
    Enums: {
      [_ in never]: never
    }
    CompositeTypes: {
      [_ in never]: never
    }
  }
  "dash-ed": {
    Tables: {
      "t-t": {
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
  "it's": {
    Tables: {
      [_ in never]: never
    }
    Views: {
      [_ in never]: never
    }
    Functions: {
      f: {
        Args: { a: Database["it's"]["CompositeTypes"]["c's"] }
        Returns: Database["it's"]["CompositeTypes"]["c's"][]
        SetofOptions: {
          from: '"it\'s"."c\'s"'
          to: "c's"
          isOneToOne: false
          isSetofReturn: true
        }
      }
    }
    Enums: {
      [_ in never]: never
    }
    CompositeTypes: {
      "c's": {
        a: Database['we"ird']["Enums"]['e"n'] | null
        b: Database["t08"]["Tables"]["t"]["Row"] | null
      }
    }
  }
  Mixed: {
    Tables: {
      t: {
        Row: {
          id: number
          o: number | null
          up: number | null
        }
        Insert: {
          id: number
          o?: number | null
          up?: number | null
        }
        Update: {
          id?: number
          o?: number | null
          up?: number | null
        }
        Relationships: [
          {
            foreignKeyName: "t_o_fkey"
            columns: ["o"]
            isOneToOne: false
            referencedRelation: "vu"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "t_up_fkey"
            columns: ["up"]
            isOneToOne: true
            referencedRelation: "t"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "t_up_fkey"
            columns: ["up"]
            isOneToOne: true
            referencedRelation: "v"
            referencedColumns: ["id"]
          },
        ]
      }
    }
    Views: {
      v: {
        Row: {
          id: number | null
          o: number | null
          up: number | null
        }
        Insert: {
          id?: number | null
          o?: number | null
          up?: number | null
        }
        Update: {
          id?: number | null
          o?: number | null
          up?: number | null
        }
        Relationships: [
          {
            foreignKeyName: "t_o_fkey"
            columns: ["o"]
            isOneToOne: false
            referencedRelation: "vu"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "t_up_fkey"
            columns: ["up"]
            isOneToOne: true
            referencedRelation: "t"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "t_up_fkey"
            columns: ["up"]
            isOneToOne: true
            referencedRelation: "v"
            referencedColumns: ["id"]
          },
        ]
      }
      vu: {
        Row: {
          id: number | null
          up: number | null
        }
        Insert: {
          id?: number | null
          up?: number | null
        }
        Update: {
          id?: number | null
          up?: number | null
        }
        Relationships: [
          {
            foreignKeyName: "t_up_fkey"
            columns: ["up"]
            isOneToOne: false
            referencedRelation: "vu"
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
  order: {
    Tables: {
      [_ in never]: never
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
      [_ in never]: never
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
  t02: {
    Tables: {
      a: {
        Row: {
          id: number
          up: number | null
        }
        Insert: {
          id: number
          up?: number | null
        }
        Update: {
          id?: number
          up?: number | null
        }
        Relationships: [
          {
            foreignKeyName: "a_up_fkey"
            columns: ["up"]
            isOneToOne: false
            referencedRelation: "a"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "a_up_fkey"
            columns: ["up"]
            isOneToOne: false
            referencedRelation: "top"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "a_up_fkey"
            columns: ["up"]
            isOneToOne: false
            referencedRelation: "top2"
            referencedColumns: ["id"]
          },
        ]
      }
    }
    Views: {
      hb: {
        Row: {
          a: number | null
          id: number | null
        }
        Insert: {
          a?: number | null
          id?: number | null
        }
        Update: {
          a?: number | null
          id?: number | null
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
            referencedRelation: "top"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "b_a_fkey"
            columns: ["a"]
            isOneToOne: false
            referencedRelation: "top2"
            referencedColumns: ["id"]
          },
        ]
      }
      top: {
        Row: {
          id: number | null
          up: number | null
        }
        Insert: {
          id?: number | null
          up?: number | null
        }
        Update: {
          id?: number | null
          up?: number | null
        }
        Relationships: [
          {
            foreignKeyName: "a_up_fkey"
            columns: ["up"]
            isOneToOne: false
            referencedRelation: "a"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "a_up_fkey"
            columns: ["up"]
            isOneToOne: false
            referencedRelation: "top"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "a_up_fkey"
            columns: ["up"]
            isOneToOne: false
            referencedRelation: "top2"
            referencedColumns: ["id"]
          },
        ]
      }
      top2: {
        Row: {
          id: number | null
          up: number | null
        }
        Insert: {
          id?: number | null
          up?: number | null
        }
        Update: {
          id?: number | null
          up?: number | null
        }
        Relationships: [
          {
            foreignKeyName: "a_up_fkey"
            columns: ["up"]
            isOneToOne: false
            referencedRelation: "a"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "a_up_fkey"
            columns: ["up"]
            isOneToOne: false
            referencedRelation: "top"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "a_up_fkey"
            columns: ["up"]
            isOneToOne: false
            referencedRelation: "top2"
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
  t04: {
    Tables: {
      a: {
        Row: {
          u: number | null
        }
        Insert: {
          u?: number | null
        }
        Update: {
          u?: number | null
        }
        Relationships: [
          {
            foreignKeyName: "fk_user"
            columns: ["u"]
            isOneToOne: false
            referencedRelation: "u"
            referencedColumns: ["id"]
          },
        ]
      }
      b: {
        Row: {
          u: string | null
        }
        Insert: {
          u?: string | null
        }
        Update: {
          u?: string | null
        }
        Relationships: [
          {
            foreignKeyName: "fk_user"
            columns: ["u"]
            isOneToOne: false
            referencedRelation: "u"
            referencedColumns: ["code"]
          },
        ]
      }
      c: {
        Row: {
          u: number | null
        }
        Insert: {
          u?: number | null
        }
        Update: {
          u?: number | null
        }
        Relationships: [
          {
            foreignKeyName: "fk_user"
            columns: ["u"]
            isOneToOne: false
            referencedRelation: "u"
            referencedColumns: ["id"]
          },
        ]
      }
      u: {
        Row: {
          code: string | null
          id: number
        }
        Insert: {
          code?: string | null
          id: number
        }
        Update: {
          code?: string | null
          id?: number
        }
        Relationships: []
      }
    }
    Views: {
      av: {
        Row: {
          u: number | null
        }
        Insert: {
          u?: number | null
        }
        Update: {
          u?: number | null
        }
        Relationships: [
          {
            foreignKeyName: "fk_user"
            columns: ["u"]
            isOneToOne: false
            referencedRelation: "u"
            referencedColumns: ["id"]
          },
        ]
      }
      uv: {
        Row: {
          code: string | null
          id: number | null
        }
        Insert: {
          code?: string | null
          id?: number | null
        }
        Update: {
          code?: string | null
          id?: number | null
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
  t05: {
    Tables: {
      c: {
        Row: {
          id: number | null
          k: number | null
        }
        Insert: {
          id?: number | null
          k?: number | null
        }
        Update: {
          id?: number | null
          k?: number | null
        }
        Relationships: [
          {
            foreignKeyName: "c_id_k_fkey"
            columns: ["id", "k"]
            isOneToOne: false
            referencedRelation: "p"
            referencedColumns: ["id", "k"]
          },
          {
            foreignKeyName: "c_id_k_fkey"
            columns: ["id", "k"]
            isOneToOne: false
            referencedRelation: "v"
            referencedColumns: ["id", "k"]
          },
        ]
      }
      d: {
        Row: {
          id: number | null
          k: number | null
        }
        Insert: {
          id?: number | null
          k?: number | null
        }
        Update: {
          id?: number | null
          k?: number | null
        }
        Relationships: [
          {
            foreignKeyName: "d_id_k_fkey"
            columns: ["id", "k"]
            isOneToOne: false
            referencedRelation: "p1"
            referencedColumns: ["id", "k"]
          },
          {
            foreignKeyName: "d_id_k_fkey"
            columns: ["id", "k"]
            isOneToOne: false
            referencedRelation: "v1"
            referencedColumns: ["id", "k"]
          },
        ]
      }
      p: {
        Row: {
          id: number
          k: number
        }
        Insert: {
          id: number
          k: number
        }
        Update: {
          id?: number
          k?: number
        }
        Relationships: []
      }
      p1: {
        Row: {
          id: number
          k: number
        }
        Insert: {
          id: number
          k: number
        }
        Update: {
          id?: number
          k?: number
        }
        Relationships: []
      }
      p2: {
        Row: {
          id: number
          k: number
        }
        Insert: {
          id: number
          k: number
        }
        Update: {
          id?: number
          k?: number
        }
        Relationships: []
      }
    }
    Views: {
      cv: {
        Row: {
          id: number | null
          k: number | null
        }
        Insert: {
          id?: number | null
          k?: number | null
        }
        Update: {
          id?: number | null
          k?: number | null
        }
        Relationships: [
          {
            foreignKeyName: "c_id_k_fkey"
            columns: ["id", "k"]
            isOneToOne: false
            referencedRelation: "p"
            referencedColumns: ["id", "k"]
          },
          {
            foreignKeyName: "c_id_k_fkey"
            columns: ["id", "k"]
            isOneToOne: false
            referencedRelation: "v"
            referencedColumns: ["id", "k"]
          },
        ]
      }
      v: {
        Row: {
          id: number | null
          k: number | null
        }
        Insert: {
          id?: number | null
          k?: number | null
        }
        Update: {
          id?: number | null
          k?: number | null
        }
        Relationships: []
      }
      v1: {
        Row: {
          id: number | null
          k: number | null
        }
        Insert: {
          id?: number | null
          k?: number | null
        }
        Update: {
          id?: number | null
          k?: number | null
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
  t06: {
    Tables: {
      profiles: {
        Row: {
          avatar_url: string | null
          created_at: string
          id: string
          username: string | null
        }
        Insert: {
          avatar_url?: string | null
          created_at?: string
          id: string
          username?: string | null
        }
        Update: {
          avatar_url?: string | null
          created_at?: string
          id?: string
          username?: string | null
        }
        Relationships: []
      }
    }
    Views: {
      me: {
        Row: {
          avatar_url: string | null
          created_at: string | null
          email: string | null
          id: string | null
          username: string | null
        }
        Relationships: []
      }
    }
    Functions: {
      custom_access_token_hook: { Args: { event: Json }; Returns: Json }
    }
    Enums: {
      [_ in never]: never
    }
    CompositeTypes: {
      [_ in never]: never
    }
  }
  t07: {
    Tables: {
      r: {
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
    }
    Views: {
      [_ in never]: never
    }
    Functions: {
      f:
        | {
            Args: never
            Returns: {
              error: true
            } & "Could not choose the best candidate function between: t07.f(), t07.f( => text). Try renaming the parameters or the function itself in the database so function overloading can be resolved"
          }
        | { Args: { ""?: string }; Returns: string }
      g:
        | {
            Args: { a: number }
            Returns: {
              error: true
            } & "Could not choose the best candidate function between: t07.g(a => int4), t07.g(a => text). Try renaming the parameters or the function itself in the database so function overloading can be resolved"
          }
        | {
            Args: { a: string }
            Returns: {
              error: true
            } & "Could not choose the best candidate function between: t07.g(a => int4), t07.g(a => text). Try renaming the parameters or the function itself in the database so function overloading can be resolved"
          }
        | { Args: { a: string; b: number }; Returns: string }
      h:
        | { Args: { a: number }; Returns: number }
        | {
            Args: { "": Database["t07"]["Tables"]["r"]["Row"] }
            Returns: {
              error: true
            } & "the function t07.h with parameter or with a single unnamed json/jsonb parameter, but no matches were found in the schema cache"
          }
      i:
        | {
            Args: { x: Database["t07"]["Tables"]["r"]["Row"] }
            Returns: {
              id: number
              n: string | null
            }
            SetofOptions: {
              from: "t07.r"
              to: "r"
              isOneToOne: true
              isSetofReturn: false
            }
          }
        | {
            Args: { x: Database["t07"]["Tables"]["r"]["Row"]; y: number }
            Returns: {
              id: number
              n: string | null
            }[]
            SetofOptions: {
              from: "*"
              to: "r"
              isOneToOne: false
              isSetofReturn: true
            }
          }
      j:
        | { Args: never; Returns: number }
        | { Args: { "": Json }; Returns: number }
        | { Args: { "": Json }; Returns: number }
      k: { Args: { a?: string[] }; Returns: string }
      l: {
        Args: { "": Database["t07"]["Tables"]["r"]["Row"] }
        Returns: {
          id: number
          n: string | null
        }
        SetofOptions: {
          from: "t07.r"
          to: "r"
          isOneToOne: true
          isSetofReturn: false
        }
      }
      m: {
        Args: never
        Returns: {
          id: number
          n: string | null
        }
        SetofOptions: {
          from: "t07.r"
          to: "r"
          isOneToOne: true
          isSetofReturn: false
        }
      }
      n: { Args: never; Returns: Record<string, unknown> }
      o: {
        Args: {
          a?: Database["t07"]["Tables"]["r"]["Row"]
          b?: Database["t07"]["Tables"]["r"]["Row"][]
        }
        Returns: Database["t07"]["Tables"]["r"]["Row"][]
      }
      p: {
        Args: { a: number; c: number; d: number[] }
        Returns: Record<string, unknown>
      }
    }
    Enums: {
      [_ in never]: never
    }
    CompositeTypes: {
      [_ in never]: never
    }
  }
  t08: {
    Tables: {
      t: {
        Row: {
          c: unknown
          cc: unknown[] | null
          d: number
          e: "m" | "n"
          ee: ("m" | "n")[]
          w: unknown
        }
        Insert: {
          c?: unknown
          cc?: unknown[] | null
          d: number
          e?: "m" | "n"
          ee: ("m" | "n")[]
          w?: unknown
        }
        Update: {
          c?: unknown
          cc?: unknown[] | null
          d?: number
          e?: "m" | "n"
          ee?: ("m" | "n")[]
          w?: unknown
        }
        Relationships: []
      }
    }
    Views: {
      v: {
        Row: {
          c: unknown
          cc: unknown[] | null
          d: number | null
          e: "m" | "n" | null
          ee: ("m" | "n")[] | null
          w: unknown
        }
        Insert: {
          c?: unknown
          cc?: unknown[] | null
          d?: number | null
          e?: "m" | "n" | null
          ee?: ("m" | "n")[] | null
          w?: unknown
        }
        Update: {
          c?: unknown
          cc?: unknown[] | null
          d?: number | null
          e?: "m" | "n" | null
          ee?: ("m" | "n")[] | null
          w?: unknown
        }
        Relationships: []
      }
    }
    Functions: {
      a: {
        Args: {
          d: Database["t05"]["Tables"]["d"]["Row"]
          x: unknown
          y: unknown[]
          z: ("m" | "n")[]
        }
        Returns: unknown[]
        SetofOptions: {
          from: "*"
          to: "c"
          isOneToOne: false
          isSetofReturn: true
        }
      }
      b: {
        Args: never
        Returns: {
          w: unknown
          x: unknown
          y: "m" | "n"
          z: ("m" | "n")[]
        }[]
      }
      c: {
        Args: { "": unknown }
        Returns: {
          error: true
        } & "the function t08.c with parameter or with a single unnamed json/jsonb parameter, but no matches were found in the schema cache"
      }
    }
    Enums: {
      [_ in never]: never
    }
    CompositeTypes: {
      comp: {
        e: "m" | "n" | null
        ee: ("m" | "n")[] | null
        d: Database["t05"]["Tables"]["d"]["Row"] | null
        w: unknown
      }
    }
  }
  t09: {
    Tables: {
      a: {
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
        Relationships: []
      }
      b: {
        Row: {
          p: number | null
          q: number
          r: number | null
          s: number | null
        }
        Insert: {
          p?: number | null
          q: number
          r?: number | null
          s?: number | null
        }
        Update: {
          p?: number | null
          q?: number
          r?: number | null
          s?: number | null
        }
        Relationships: [
          {
            foreignKeyName: "nv"
            columns: ["r"]
            isOneToOne: false
            referencedRelation: "a"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "nv"
            columns: ["r"]
            isOneToOne: false
            referencedRelation: "av"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "xy"
            columns: ["s", "r"]
            isOneToOne: false
            referencedRelation: "a"
            referencedColumns: ["x", "y"]
          },
          {
            foreignKeyName: "xy"
            columns: ["s", "r"]
            isOneToOne: false
            referencedRelation: "av"
            referencedColumns: ["x", "y"]
          },
          {
            foreignKeyName: "xy"
            columns: ["s", "r"]
            isOneToOne: false
            referencedRelation: "av2"
            referencedColumns: ["x", "y1"]
          },
          {
            foreignKeyName: "xy"
            columns: ["s", "r"]
            isOneToOne: false
            referencedRelation: "av2"
            referencedColumns: ["x", "y2"]
          },
          {
            foreignKeyName: "yy"
            columns: ["q"]
            isOneToOne: true
            referencedRelation: "a"
            referencedColumns: ["y"]
          },
          {
            foreignKeyName: "yy"
            columns: ["q"]
            isOneToOne: true
            referencedRelation: "av"
            referencedColumns: ["y"]
          },
          {
            foreignKeyName: "yy"
            columns: ["q"]
            isOneToOne: true
            referencedRelation: "av2"
            referencedColumns: ["y1"]
          },
          {
            foreignKeyName: "yy"
            columns: ["q"]
            isOneToOne: true
            referencedRelation: "av2"
            referencedColumns: ["y2"]
          },
        ]
      }
    }
    Views: {
      av: {
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
        Relationships: []
      }
      av2: {
        Row: {
          x: number | null
          y1: number | null
          y2: number | null
        }
        Insert: {
          x?: number | null
          y1?: number | null
          y2?: number | null
        }
        Update: {
          x?: number | null
          y1?: number | null
          y2?: number | null
        }
        Relationships: []
      }
      bv: {
        Row: {
          q: number | null
          r: number | null
          s: number | null
        }
        Insert: {
          q?: number | null
          r?: number | null
          s?: number | null
        }
        Update: {
          q?: number | null
          r?: number | null
          s?: number | null
        }
        Relationships: [
          {
            foreignKeyName: "nv"
            columns: ["s"]
            isOneToOne: false
            referencedRelation: "a"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "nv"
            columns: ["s"]
            isOneToOne: false
            referencedRelation: "av"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "xy"
            columns: ["r", "s"]
            isOneToOne: false
            referencedRelation: "a"
            referencedColumns: ["x", "y"]
          },
          {
            foreignKeyName: "xy"
            columns: ["r", "s"]
            isOneToOne: false
            referencedRelation: "av"
            referencedColumns: ["x", "y"]
          },
          {
            foreignKeyName: "xy"
            columns: ["r", "s"]
            isOneToOne: false
            referencedRelation: "av2"
            referencedColumns: ["x", "y1"]
          },
          {
            foreignKeyName: "xy"
            columns: ["r", "s"]
            isOneToOne: false
            referencedRelation: "av2"
            referencedColumns: ["x", "y2"]
          },
          {
            foreignKeyName: "yy"
            columns: ["q"]
            isOneToOne: true
            referencedRelation: "a"
            referencedColumns: ["y"]
          },
          {
            foreignKeyName: "yy"
            columns: ["q"]
            isOneToOne: true
            referencedRelation: "av"
            referencedColumns: ["y"]
          },
          {
            foreignKeyName: "yy"
            columns: ["q"]
            isOneToOne: true
            referencedRelation: "av2"
            referencedColumns: ["y1"]
          },
          {
            foreignKeyName: "yy"
            columns: ["q"]
            isOneToOne: true
            referencedRelation: "av2"
            referencedColumns: ["y2"]
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
  t10: {
    Tables: {
      t: {
        Row: {
          id: number | null
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
  t11: {
    Tables: {
      t: {
        Row: {
          id: number
          up: number | null
          "Weird Col": string
        }
        Insert: {
          id: number
          up?: number | null
          "Weird Col": string
        }
        Update: {
          id?: number
          up?: number | null
          "Weird Col"?: string
        }
        Relationships: [
          {
            foreignKeyName: "t_up_fkey"
            columns: ["up"]
            isOneToOne: false
            referencedRelation: "a"
            referencedColumns: ["ID"]
          },
          {
            foreignKeyName: "t_up_fkey"
            columns: ["up"]
            isOneToOne: false
            referencedRelation: "b"
            referencedColumns: ["a"]
          },
          {
            foreignKeyName: "t_up_fkey"
            columns: ["up"]
            isOneToOne: false
            referencedRelation: "c"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "t_up_fkey"
            columns: ["up"]
            isOneToOne: false
            referencedRelation: "e"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "t_up_fkey"
            columns: ["up"]
            isOneToOne: false
            referencedRelation: "o"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "t_up_fkey"
            columns: ["up"]
            isOneToOne: false
            referencedRelation: "p"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "t_up_fkey"
            columns: ["up"]
            isOneToOne: false
            referencedRelation: "t"
            referencedColumns: ["id"]
          },
        ]
      }
    }
    Views: {
      a: {
        Row: {
          ID: number | null
          "Up P": number | null
          wc: string | null
        }
        Insert: {
          ID?: number | null
          "Up P"?: number | null
          wc?: string | null
        }
        Update: {
          ID?: number | null
          "Up P"?: number | null
          wc?: string | null
        }
        Relationships: [
          {
            foreignKeyName: "t_up_fkey"
            columns: ["Up P"]
            isOneToOne: false
            referencedRelation: "a"
            referencedColumns: ["ID"]
          },
          {
            foreignKeyName: "t_up_fkey"
            columns: ["Up P"]
            isOneToOne: false
            referencedRelation: "b"
            referencedColumns: ["a"]
          },
          {
            foreignKeyName: "t_up_fkey"
            columns: ["Up P"]
            isOneToOne: false
            referencedRelation: "c"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "t_up_fkey"
            columns: ["Up P"]
            isOneToOne: false
            referencedRelation: "e"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "t_up_fkey"
            columns: ["Up P"]
            isOneToOne: false
            referencedRelation: "o"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "t_up_fkey"
            columns: ["Up P"]
            isOneToOne: false
            referencedRelation: "p"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "t_up_fkey"
            columns: ["Up P"]
            isOneToOne: false
            referencedRelation: "t"
            referencedColumns: ["id"]
          },
        ]
      }
      b: {
        Row: {
          a: number | null
          b: string | null
          c: number | null
        }
        Insert: {
          a?: number | null
          b?: string | null
          c?: number | null
        }
        Update: {
          a?: number | null
          b?: string | null
          c?: number | null
        }
        Relationships: [
          {
            foreignKeyName: "t_up_fkey"
            columns: ["c"]
            isOneToOne: false
            referencedRelation: "a"
            referencedColumns: ["ID"]
          },
          {
            foreignKeyName: "t_up_fkey"
            columns: ["c"]
            isOneToOne: false
            referencedRelation: "b"
            referencedColumns: ["a"]
          },
          {
            foreignKeyName: "t_up_fkey"
            columns: ["c"]
            isOneToOne: false
            referencedRelation: "c"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "t_up_fkey"
            columns: ["c"]
            isOneToOne: false
            referencedRelation: "e"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "t_up_fkey"
            columns: ["c"]
            isOneToOne: false
            referencedRelation: "o"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "t_up_fkey"
            columns: ["c"]
            isOneToOne: false
            referencedRelation: "p"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "t_up_fkey"
            columns: ["c"]
            isOneToOne: false
            referencedRelation: "t"
            referencedColumns: ["id"]
          },
        ]
      }
      c: {
        Row: {
          id: number | null
          up: number | null
          "Weird Col": string | null
          whole: Database["t11"]["Tables"]["t"]["Row"] | null
        }
        Insert: {
          id?: number | null
          up?: number | null
          "Weird Col"?: string | null
          whole?: never
        }
        Update: {
          id?: number | null
          up?: number | null
          "Weird Col"?: string | null
          whole?: never
        }
        Relationships: [
          {
            foreignKeyName: "t_up_fkey"
            columns: ["up"]
            isOneToOne: false
            referencedRelation: "a"
            referencedColumns: ["ID"]
          },
          {
            foreignKeyName: "t_up_fkey"
            columns: ["up"]
            isOneToOne: false
            referencedRelation: "b"
            referencedColumns: ["a"]
          },
          {
            foreignKeyName: "t_up_fkey"
            columns: ["up"]
            isOneToOne: false
            referencedRelation: "c"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "t_up_fkey"
            columns: ["up"]
            isOneToOne: false
            referencedRelation: "e"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "t_up_fkey"
            columns: ["up"]
            isOneToOne: false
            referencedRelation: "o"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "t_up_fkey"
            columns: ["up"]
            isOneToOne: false
            referencedRelation: "p"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "t_up_fkey"
            columns: ["up"]
            isOneToOne: false
            referencedRelation: "t"
            referencedColumns: ["id"]
          },
        ]
      }
      d: {
        Row: {
          up: number | null
        }
        Relationships: [
          {
            foreignKeyName: "t_up_fkey"
            columns: ["up"]
            isOneToOne: false
            referencedRelation: "a"
            referencedColumns: ["ID"]
          },
          {
            foreignKeyName: "t_up_fkey"
            columns: ["up"]
            isOneToOne: false
            referencedRelation: "b"
            referencedColumns: ["a"]
          },
          {
            foreignKeyName: "t_up_fkey"
            columns: ["up"]
            isOneToOne: false
            referencedRelation: "c"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "t_up_fkey"
            columns: ["up"]
            isOneToOne: false
            referencedRelation: "e"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "t_up_fkey"
            columns: ["up"]
            isOneToOne: false
            referencedRelation: "o"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "t_up_fkey"
            columns: ["up"]
            isOneToOne: false
            referencedRelation: "p"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "t_up_fkey"
            columns: ["up"]
            isOneToOne: false
            referencedRelation: "t"
            referencedColumns: ["id"]
          },
        ]
      }
      e: {
        Row: {
          id: number | null
          up: number | null
        }
        Relationships: []
      }
      f: {
        Row: {
          up: number | null
        }
        Relationships: [
          {
            foreignKeyName: "t_up_fkey"
            columns: ["up"]
            isOneToOne: false
            referencedRelation: "a"
            referencedColumns: ["ID"]
          },
          {
            foreignKeyName: "t_up_fkey"
            columns: ["up"]
            isOneToOne: false
            referencedRelation: "b"
            referencedColumns: ["a"]
          },
          {
            foreignKeyName: "t_up_fkey"
            columns: ["up"]
            isOneToOne: false
            referencedRelation: "c"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "t_up_fkey"
            columns: ["up"]
            isOneToOne: false
            referencedRelation: "e"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "t_up_fkey"
            columns: ["up"]
            isOneToOne: false
            referencedRelation: "o"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "t_up_fkey"
            columns: ["up"]
            isOneToOne: false
            referencedRelation: "p"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "t_up_fkey"
            columns: ["up"]
            isOneToOne: false
            referencedRelation: "t"
            referencedColumns: ["id"]
          },
        ]
      }
      g: {
        Row: {
          up: number | null
        }
        Relationships: []
      }
      h: {
        Row: {
          up: number | null
        }
        Relationships: []
      }
      i: {
        Row: {
          up: number | null
        }
        Insert: {
          up?: number | null
        }
        Update: {
          up?: number | null
        }
        Relationships: [
          {
            foreignKeyName: "t_up_fkey"
            columns: ["up"]
            isOneToOne: false
            referencedRelation: "a"
            referencedColumns: ["ID"]
          },
          {
            foreignKeyName: "t_up_fkey"
            columns: ["up"]
            isOneToOne: false
            referencedRelation: "b"
            referencedColumns: ["a"]
          },
          {
            foreignKeyName: "t_up_fkey"
            columns: ["up"]
            isOneToOne: false
            referencedRelation: "c"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "t_up_fkey"
            columns: ["up"]
            isOneToOne: false
            referencedRelation: "e"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "t_up_fkey"
            columns: ["up"]
            isOneToOne: false
            referencedRelation: "o"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "t_up_fkey"
            columns: ["up"]
            isOneToOne: false
            referencedRelation: "p"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "t_up_fkey"
            columns: ["up"]
            isOneToOne: false
            referencedRelation: "t"
            referencedColumns: ["id"]
          },
        ]
      }
      j: {
        Row: {
          column1: number | null
          column2: string | null
        }
        Relationships: []
      }
      k: {
        Row: {
          up: number | null
        }
        Relationships: [
          {
            foreignKeyName: "t_up_fkey"
            columns: ["up"]
            isOneToOne: false
            referencedRelation: "a"
            referencedColumns: ["ID"]
          },
          {
            foreignKeyName: "t_up_fkey"
            columns: ["up"]
            isOneToOne: false
            referencedRelation: "b"
            referencedColumns: ["a"]
          },
          {
            foreignKeyName: "t_up_fkey"
            columns: ["up"]
            isOneToOne: false
            referencedRelation: "c"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "t_up_fkey"
            columns: ["up"]
            isOneToOne: false
            referencedRelation: "e"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "t_up_fkey"
            columns: ["up"]
            isOneToOne: false
            referencedRelation: "o"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "t_up_fkey"
            columns: ["up"]
            isOneToOne: false
            referencedRelation: "p"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "t_up_fkey"
            columns: ["up"]
            isOneToOne: false
            referencedRelation: "t"
            referencedColumns: ["id"]
          },
        ]
      }
      l: {
        Row: {
          up: number | null
        }
        Relationships: []
      }
      m: {
        Row: {
          up: number | null
        }
        Relationships: []
      }
      n: {
        Row: {
          up: number | null
        }
        Relationships: []
      }
      o: {
        Row: {
          id: number | null
          up: number | null
        }
        Relationships: [
          {
            foreignKeyName: "t_up_fkey"
            columns: ["up"]
            isOneToOne: false
            referencedRelation: "a"
            referencedColumns: ["ID"]
          },
          {
            foreignKeyName: "t_up_fkey"
            columns: ["up"]
            isOneToOne: false
            referencedRelation: "b"
            referencedColumns: ["a"]
          },
          {
            foreignKeyName: "t_up_fkey"
            columns: ["up"]
            isOneToOne: false
            referencedRelation: "c"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "t_up_fkey"
            columns: ["up"]
            isOneToOne: false
            referencedRelation: "e"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "t_up_fkey"
            columns: ["up"]
            isOneToOne: false
            referencedRelation: "o"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "t_up_fkey"
            columns: ["up"]
            isOneToOne: false
            referencedRelation: "p"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "t_up_fkey"
            columns: ["up"]
            isOneToOne: false
            referencedRelation: "t"
            referencedColumns: ["id"]
          },
        ]
      }
      p: {
        Row: {
          id: number | null
          up: number | null
          "Weird Col": string | null
        }
        Relationships: [
          {
            foreignKeyName: "t_up_fkey"
            columns: ["up"]
            isOneToOne: false
            referencedRelation: "a"
            referencedColumns: ["ID"]
          },
          {
            foreignKeyName: "t_up_fkey"
            columns: ["up"]
            isOneToOne: false
            referencedRelation: "b"
            referencedColumns: ["a"]
          },
          {
            foreignKeyName: "t_up_fkey"
            columns: ["up"]
            isOneToOne: false
            referencedRelation: "c"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "t_up_fkey"
            columns: ["up"]
            isOneToOne: false
            referencedRelation: "e"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "t_up_fkey"
            columns: ["up"]
            isOneToOne: false
            referencedRelation: "o"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "t_up_fkey"
            columns: ["up"]
            isOneToOne: false
            referencedRelation: "p"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "t_up_fkey"
            columns: ["up"]
            isOneToOne: false
            referencedRelation: "t"
            referencedColumns: ["id"]
          },
        ]
      }
      r: {
        Row: {
          ids: number[] | null
          j: Json | null
          jb: Json | null
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
  t12: {
    Tables: {
      t: {
        Row: {
          b: number
          id: number
          s: number
        }
        Insert: {
          b?: number
          id?: never
          s?: number
        }
        Update: {
          b?: number
          id?: never
          s?: number
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
  user: {
    Tables: {
      t: {
        Row: {
          id: number
          up: number | null
        }
        Insert: {
          id: number
          up?: number | null
        }
        Update: {
          id?: number
          up?: number | null
        }
        Relationships: [
          {
            foreignKeyName: "t_up_fkey"
            columns: ["up"]
            isOneToOne: false
            referencedRelation: "t"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "t_up_fkey"
            columns: ["up"]
            isOneToOne: false
            referencedRelation: "v"
            referencedColumns: ["id"]
          },
        ]
      }
    }
    Views: {
      v: {
        Row: {
          id: number | null
          up: number | null
        }
        Insert: {
          id?: number | null
          up?: number | null
        }
        Update: {
          id?: number | null
          up?: number | null
        }
        Relationships: [
          {
            foreignKeyName: "t_up_fkey"
            columns: ["up"]
            isOneToOne: false
            referencedRelation: "t"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "t_up_fkey"
            columns: ["up"]
            isOneToOne: false
            referencedRelation: "v"
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
  'we"ird': {
    Tables: {
      't"t': {
        Row: {
          e: Database['we"ird']["Enums"]['e"n']
          id: number
          up: number | null
        }
        Insert: {
          e?: Database['we"ird']["Enums"]['e"n']
          id: number
          up?: number | null
        }
        Update: {
          e?: Database['we"ird']["Enums"]['e"n']
          id?: number
          up?: number | null
        }
        Relationships: [
          {
            foreignKeyName: 't"t_up_fkey'
            columns: ["up"]
            isOneToOne: false
            referencedRelation: 't"t'
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
      'e"n': 'a"b'
    }
    CompositeTypes: {
      [_ in never]: never
    }
  }
  "with.dot": {
    Tables: {
      "t.t": {
        Row: {
          id: number
          up: number | null
        }
        Insert: {
          id: number
          up?: number | null
        }
        Update: {
          id?: number
          up?: number | null
        }
        Relationships: [
          {
            foreignKeyName: "t.t_up_fkey"
            columns: ["up"]
            isOneToOne: false
            referencedRelation: "t.t"
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
}

