export type Json =
  | string
  | number
  | boolean
  | null
  | { [key: string]: Json | undefined }
  | Json[]

export type Database = {
  public: {
    Tables: {
      ext: {
        Row: {
          c: string
          h: unknown
          i: unknown
          id: string
          l: unknown[] | null
          q: unknown
        }
        Insert: {
          c: string
          h?: unknown
          i?: unknown
          id?: string
          l?: unknown[] | null
          q?: unknown
        }
        Update: {
          c?: string
          h?: unknown
          i?: unknown
          id?: string
          l?: unknown[] | null
          q?: unknown
        }
        Relationships: []
      }
    }
    Views: {
      pg_stat_statements: {
        Row: {
          calls: number | null
          dbid: unknown
          jit_deform_count: number | null
          jit_deform_time: number | null
          jit_emission_count: number | null
          jit_emission_time: number | null
          jit_functions: number | null
          jit_generation_time: number | null
          jit_inlining_count: number | null
          jit_inlining_time: number | null
          jit_optimization_count: number | null
          jit_optimization_time: number | null
          local_blk_read_time: number | null
          local_blk_write_time: number | null
          local_blks_dirtied: number | null
          local_blks_hit: number | null
          local_blks_read: number | null
          local_blks_written: number | null
          max_exec_time: number | null
          max_plan_time: number | null
          mean_exec_time: number | null
          mean_plan_time: number | null
          min_exec_time: number | null
          min_plan_time: number | null
          minmax_stats_since: string | null
          plans: number | null
          query: string | null
          queryid: number | null
          rows: number | null
          shared_blk_read_time: number | null
          shared_blk_write_time: number | null
          shared_blks_dirtied: number | null
          shared_blks_hit: number | null
          shared_blks_read: number | null
          shared_blks_written: number | null
          stats_since: string | null
          stddev_exec_time: number | null
          stddev_plan_time: number | null
          temp_blk_read_time: number | null
          temp_blk_write_time: number | null
          temp_blks_read: number | null
          temp_blks_written: number | null
          toplevel: boolean | null
          total_exec_time: number | null
          total_plan_time: number | null
          userid: unknown
          wal_bytes: number | null
          wal_fpi: number | null
          wal_records: number | null
        }
        Relationships: []
      }
      pg_stat_statements_info: {
        Row: {
          dealloc: number | null
          stats_reset: string | null
        }
        Relationships: []
      }
    }
    Functions: {
      brin_metapage_info: {
        Args: { page: string }
        Returns: Record<string, unknown>
      }
      brin_page_items: {
        Args: { index_oid: unknown; page: string }
        Returns: Record<string, unknown>[]
      }
      brin_page_type: { Args: { page: string }; Returns: string }
      brin_revmap_data: { Args: { page: string }; Returns: unknown[] }
      bt_metap: { Args: { relname: string }; Returns: Record<string, unknown> }
      bt_multi_page_stats: {
        Args: { blk_count: number; blkno: number; relname: string }
        Returns: Record<string, unknown>[]
      }
      bt_page_items:
        | { Args: { page: string }; Returns: Record<string, unknown>[] }
        | {
            Args: { blkno: number; relname: string }
            Returns: Record<string, unknown>[]
          }
      bt_page_stats: {
        Args: { blkno: number; relname: string }
        Returns: Record<string, unknown>
      }
      crosstab: { Args: { "": string }; Returns: Record<string, unknown>[] }
      crosstab2: {
        Args: { "": string }
        Returns: Database["public"]["CompositeTypes"]["tablefunc_crosstab_2"][]
        SetofOptions: {
          from: "*"
          to: "tablefunc_crosstab_2"
          isOneToOne: false
          isSetofReturn: true
        }
      }
      crosstab3: {
        Args: { "": string }
        Returns: Database["public"]["CompositeTypes"]["tablefunc_crosstab_3"][]
        SetofOptions: {
          from: "*"
          to: "tablefunc_crosstab_3"
          isOneToOne: false
          isSetofReturn: true
        }
      }
      crosstab4: {
        Args: { "": string }
        Returns: Database["public"]["CompositeTypes"]["tablefunc_crosstab_4"][]
        SetofOptions: {
          from: "*"
          to: "tablefunc_crosstab_4"
          isOneToOne: false
          isSetofReturn: true
        }
      }
      daitch_mokotoff: { Args: { "": string }; Returns: string[] }
      dblink: { Args: { "": string }; Returns: Record<string, unknown>[] }
      dblink_cancel_query: { Args: { "": string }; Returns: string }
      dblink_close: { Args: { "": string }; Returns: string }
      dblink_connect: { Args: { "": string }; Returns: string }
      dblink_connect_u: { Args: { "": string }; Returns: string }
      dblink_current_query: { Args: never; Returns: string }
      dblink_disconnect:
        | { Args: never; Returns: string }
        | { Args: { "": string }; Returns: string }
      dblink_error_message: { Args: { "": string }; Returns: string }
      dblink_exec: { Args: { "": string }; Returns: string }
      dblink_fdw_validator: {
        Args: { catalog: unknown; options: string[] }
        Returns: undefined
      }
      dblink_get_connections: { Args: never; Returns: string[] }
      dblink_get_notify:
        | { Args: { conname: string }; Returns: Record<string, unknown>[] }
        | { Args: never; Returns: Record<string, unknown>[] }
      dblink_get_pkey: {
        Args: { "": string }
        Returns: Database["public"]["CompositeTypes"]["dblink_pkey_results"][]
        SetofOptions: {
          from: "*"
          to: "dblink_pkey_results"
          isOneToOne: false
          isSetofReturn: true
        }
      }
      dblink_get_result: {
        Args: { "": string }
        Returns: Record<string, unknown>[]
      }
      dblink_is_busy: { Args: { "": string }; Returns: number }
      dearmor: { Args: { "": string }; Returns: string }
      dmetaphone: { Args: { "": string }; Returns: string }
      dmetaphone_alt: { Args: { "": string }; Returns: string }
      each: { Args: { hs: unknown }; Returns: Record<string, unknown>[] }
      earth: { Args: never; Returns: number }
      fsm_page_contents: { Args: { page: string }; Returns: string }
      gen_random_uuid: { Args: never; Returns: string }
      gen_salt: { Args: { "": string }; Returns: string }
      gin_leafpage_items: {
        Args: { page: string }
        Returns: Record<string, unknown>[]
      }
      gin_metapage_info: {
        Args: { page: string }
        Returns: Record<string, unknown>
      }
      gin_page_opaque_info: {
        Args: { page: string }
        Returns: Record<string, unknown>
      }
      gist_page_items: {
        Args: { index_oid: unknown; page: string }
        Returns: Record<string, unknown>[]
      }
      gist_page_items_bytea: {
        Args: { page: string }
        Returns: Record<string, unknown>[]
      }
      gist_page_opaque_info: {
        Args: { page: string }
        Returns: Record<string, unknown>
      }
      hash_bitmap_info: {
        Args: { blkno: number; index_oid: unknown }
        Returns: Record<string, unknown>[]
      }
      hash_metapage_info: {
        Args: { page: string }
        Returns: Record<string, unknown>
      }
      hash_page_items: {
        Args: { page: string }
        Returns: Record<string, unknown>[]
      }
      hash_page_stats: {
        Args: { page: string }
        Returns: Record<string, unknown>
      }
      hash_page_type: { Args: { page: string }; Returns: string }
      heap_page_item_attrs:
        | {
            Args: { do_detoast: boolean; page: string; rel_oid: unknown }
            Returns: Record<string, unknown>[]
          }
        | {
            Args: { page: string; rel_oid: unknown }
            Returns: Record<string, unknown>[]
          }
      heap_page_items: {
        Args: { page: string }
        Returns: Record<string, unknown>[]
      }
      heap_tuple_infomask_flags: {
        Args: { t_infomask: number; t_infomask2: number }
        Returns: Record<string, unknown>
      }
      isn_weak: { Args: never; Returns: boolean }
      page_checksum: { Args: { blkno: number; page: string }; Returns: number }
      page_header: { Args: { page: string }; Returns: Record<string, unknown> }
      pg_stat_statements: {
        Args: { showtext: boolean }
        Returns: Record<string, unknown>[]
      }
      pg_stat_statements_info: { Args: never; Returns: Record<string, unknown> }
      pg_stat_statements_reset: {
        Args: {
          dbid?: unknown
          minmax_only?: boolean
          queryid?: number
          userid?: unknown
        }
        Returns: string
      }
      pgp_armor_headers: {
        Args: { "": string }
        Returns: Record<string, unknown>[]
      }
      show_limit: { Args: never; Returns: number }
      show_trgm: { Args: { "": string }; Returns: string[] }
      soundex: { Args: { "": string }; Returns: string }
      text_soundex: { Args: { "": string }; Returns: string }
      text2ltree: { Args: { "": string }; Returns: unknown }
      tuple_data_split:
        | {
            Args: {
              rel_oid: unknown
              t_bits: string
              t_data: string
              t_infomask: number
              t_infomask2: number
            }
            Returns: string[]
          }
        | {
            Args: {
              do_detoast: boolean
              rel_oid: unknown
              t_bits: string
              t_data: string
              t_infomask: number
              t_infomask2: number
            }
            Returns: string[]
          }
      unaccent: { Args: { "": string }; Returns: string }
      uuid_generate_v1: { Args: never; Returns: string }
      uuid_generate_v1mc: { Args: never; Returns: string }
      uuid_generate_v3: {
        Args: { name: string; namespace: string }
        Returns: string
      }
      uuid_generate_v4: { Args: never; Returns: string }
      uuid_generate_v5: {
        Args: { name: string; namespace: string }
        Returns: string
      }
      uuid_nil: { Args: never; Returns: string }
      uuid_ns_dns: { Args: never; Returns: string }
      uuid_ns_oid: { Args: never; Returns: string }
      uuid_ns_url: { Args: never; Returns: string }
      uuid_ns_x500: { Args: never; Returns: string }
    }
    Enums: {
      [_ in never]: never
    }
    CompositeTypes: {
      dblink_pkey_results: {
        position: number | null
        colname: string | null
      }
      tablefunc_crosstab_2: {
        row_name: string | null
        category_1: string | null
        category_2: string | null
      }
      tablefunc_crosstab_3: {
        row_name: string | null
        category_1: string | null
        category_2: string | null
        category_3: string | null
      }
      tablefunc_crosstab_4: {
        row_name: string | null
        category_1: string | null
        category_2: string | null
        category_3: string | null
        category_4: string | null
      }
    }
  }
}

