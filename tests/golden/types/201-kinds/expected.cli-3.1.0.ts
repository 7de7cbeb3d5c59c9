
export type Json = string | number | boolean | null | { [key: string]: Json | undefined } | Json[]

export type Database = {
  
  "public": {
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
        },"s01": {
          Tables: {
            "shapes": {
                  Row: {
                    "e": unknown,"id": number,"p": Database["s01"]['CompositeTypes']["point3"],"pp": (Database["s01"]['CompositeTypes']["person"])[] | null,"s": Database["s01"]['CompositeTypes']["seg"] | null,"ss": (Database["s01"]['CompositeTypes']["seg"])[]
                  }
                  ComputedFields: never
                  Insert: {
                    "e"?: unknown,"id": number,"p": Database["s01"]['CompositeTypes']["point3"],"pp"?: (Database["s01"]['CompositeTypes']["person"])[] | null,"s"?: Database["s01"]['CompositeTypes']["seg"] | null,"ss": (Database["s01"]['CompositeTypes']["seg"])[]
                  }
                  Update: {
                    "e"?: unknown,"id"?: number,"p"?: Database["s01"]['CompositeTypes']["point3"],"pp"?: (Database["s01"]['CompositeTypes']["person"])[] | null,"s"?: Database["s01"]['CompositeTypes']["seg"] | null,"ss"?: (Database["s01"]['CompositeTypes']["seg"])[]
                  }
                  Relationships: [
                    
                  ]
                }
          }
          Views: {
            [_ in never]: never
          }
          Functions: {
            "mk":
{ Args: Record<PropertyKey, never>; Returns: Database["s01"]['CompositeTypes']["person"]
                          SetofOptions: {
        from: "*"
        to: "person"
        isOneToOne: true
        isSetofReturn: false
      } },
"mks":
{ Args: Record<PropertyKey, never>; Returns: Database["s01"]['CompositeTypes']["person"][]
                          SetofOptions: {
        from: "*"
        to: "person"
        isOneToOne: false
        isSetofReturn: true
      } },
"takes":
{ Args: { "p": Database["s01"]['CompositeTypes']["person"],"ps": (Database["s01"]['CompositeTypes']["person"])[] }; Returns: (Database["s01"]['CompositeTypes']["seg"])[]
                           }
          }
          Enums: {
            [_ in never]: never
          }
          CompositeTypes: {
            "person": {
                        "mail": unknown,"mails": (unknown)[] | null,"at": string | null,"many": (Database["s01"]['CompositeTypes']["seg"])[] | null
                      },"point3": {
                        "x": number | null,"y": number | null,"z": number | null
                      },"seg": {
                        "a": Database["s01"]['CompositeTypes']["point3"] | null,"b": Database["s01"]['CompositeTypes']["point3"] | null,"tags": (string)[] | null,"meta": Json | null
                      }
          }
        },"s02": {
          Tables: {
            "m": {
                  Row: {
                    "a": Database["s02"]['Enums']["mood02"] | null,"b": (Database["s02"]['Enums']["mood02"])[],"c": (Database["s02"]['Enums']["mood02"])[] | null,"d": Database["s02"]['Enums']["single02"],"e": unknown,"f": (unknown)[] | null,"id": number
                  }
                  ComputedFields: never
                  Insert: {
                    "a"?: Database["s02"]['Enums']["mood02"] | null,"b"?: (Database["s02"]['Enums']["mood02"])[],"c"?: (Database["s02"]['Enums']["mood02"])[] | null,"d": Database["s02"]['Enums']["single02"],"e"?: unknown,"f"?: (unknown)[] | null,"id"?: number
                  }
                  Update: {
                    "a"?: Database["s02"]['Enums']["mood02"] | null,"b"?: (Database["s02"]['Enums']["mood02"])[],"c"?: (Database["s02"]['Enums']["mood02"])[] | null,"d"?: Database["s02"]['Enums']["single02"],"e"?: unknown,"f"?: (unknown)[] | null,"id"?: number
                  }
                  Relationships: [
                    
                  ]
                }
          }
          Views: {
            "mv": {
                  Row: {
                    "a": Database["s02"]['Enums']["mood02"] | null,"b": (Database["s02"]['Enums']["mood02"])[],"d": Database["s02"]['Enums']["single02"]
                  }
                  ComputedFields: never
                  Insert: {
                           "a"?: Database["s02"]['Enums']["mood02"] | null,"b"?: (Database["s02"]['Enums']["mood02"])[] | null,"d"?: Database["s02"]['Enums']["single02"] | null
                         }
                        Update: {
                           "a"?: Database["s02"]['Enums']["mood02"] | null,"b"?: (Database["s02"]['Enums']["mood02"])[] | null,"d"?: Database["s02"]['Enums']["single02"] | null
                         }
                        Relationships: [
                    
                  ]
                }
          }
          Functions: {
            "fm":
{ Args: { "m"?: Database["s02"]['Enums']["mood02"],"ms"?: (Database["s02"]['Enums']["mood02"])[] }; Returns: (Database["s02"]['Enums']["mood02"])[]
                           },
"fs":
{ Args: Record<PropertyKey, never>; Returns: Database["s02"]['Enums']["mood02"][]
                           },
"fv":
{ Args: Record<PropertyKey, never>; Returns: unknown
                           }
          }
          Enums: {
            "mood02": "sad"|"ok"|"it's"|"quo\"ted"|"a\\b"|"né"|""|" lead"|"x|y"|"1","single02": "only"
          }
          CompositeTypes: {
            [_ in never]: never
          }
        },"s03": {
          Tables: {
            "d": {
                  Row: {
                    "arr": (unknown)[] | null,"c": Database["s03"]['CompositeTypes']["c03"] | null,"dd": unknown,"e": Database["s03"]['Enums']["e03"],"id": number,"j": NonNullable<Json>,"je": (unknown)[] | null,"n": number,"t": (string)[]
                  }
                  ComputedFields: never
                  Insert: {
                    "arr"?: (unknown)[] | null,"c"?: Database["s03"]['CompositeTypes']["c03"] | null,"dd"?: unknown,"e": Database["s03"]['Enums']["e03"],"id": number,"j": NonNullable<Json>,"je"?: (unknown)[] | null,"n": number,"t": (string)[]
                  }
                  Update: {
                    "arr"?: (unknown)[] | null,"c"?: Database["s03"]['CompositeTypes']["c03"] | null,"dd"?: unknown,"e"?: Database["s03"]['Enums']["e03"],"id"?: number,"j"?: NonNullable<Json>,"je"?: (unknown)[] | null,"n"?: number,"t"?: (string)[]
                  }
                  Relationships: [
                    
                  ]
                }
          }
          Views: {
            [_ in never]: never
          }
          Functions: {
            "f03":
{ Args: { "e": unknown,"j": unknown,"t": unknown }; Returns: unknown
                           },
"g03":
{ Args: Record<PropertyKey, never>; Returns: {
              "d03": Database["s03"]['Tables']["d"]['Row'],"j": unknown,"t": unknown
            }[]
                           }
          }
          Enums: {
            "e03": "p"|"q"
          }
          CompositeTypes: {
            "c03": {
                        "x": number | null
                      }
          }
        },"s04": {
          Tables: {
            "g": {
                  Row: {
                    "a": number,"b": number | null,"c": string,"id": number,"id2": number,"j": NonNullable<Json>
                  }
                  ComputedFields: never
                  Insert: {
                    "a": number,"b"?: never,"c"?: never,"id"?: number,"id2"?: never,"j"?: never
                  }
                  Update: {
                    "a"?: number,"b"?: never,"c"?: never,"id"?: number,"id2"?: never,"j"?: never
                  }
                  Relationships: [
                    
                  ]
                }
          }
          Views: {
            "gv": {
                  Row: {
                    "a": number,"b": number | null,"c": string,"id": number,"id2": number,"j": NonNullable<Json>
                  }
                  ComputedFields: never
                  Insert: {
                           "a"?: number | null,"b"?: number | null,"c"?: string | null,"id"?: number | null,"id2"?: number | null,"j"?: Json | null
                         }
                        Update: {
                           "a"?: number | null,"b"?: number | null,"c"?: string | null,"id"?: number | null,"id2"?: number | null,"j"?: Json | null
                         }
                        Relationships: [
                    
                  ]
                },"gv2": {
                  Row: {
                    "b": number | null,"id": number
                  }
                  ComputedFields: never
                  Insert: {
                           "b"?: number | null,"id"?: number | null
                         }
                        Update: {
                           "b"?: number | null,"id"?: number | null
                         }
                        Relationships: [
                    
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
        },"s05": {
          Tables: {
            "a": {
                  Row: {
                    "id": number,"n": string
                  }
                  ComputedFields: never
                  Insert: {
                    "id": number,"n": string
                  }
                  Update: {
                    "id"?: number,"n"?: string
                  }
                  Relationships: [
                    
                  ]
                },"b": {
                  Row: {
                    "a_id": number,"id": number,"v": NonNullable<Json>
                  }
                  ComputedFields: never
                  Insert: {
                    "a_id": number,"id": number,"v": NonNullable<Json>
                  }
                  Update: {
                    "a_id"?: number,"id"?: number,"v"?: NonNullable<Json>
                  }
                  Relationships: [
                    {
      foreignKeyName: "b_a_id_fkey"
      columns: ["a_id"]
isOneToOne: false
      referencedRelation: "a"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "b_a_id_fkey"
      columns: ["a_id"]
isOneToOne: false
      referencedRelation: "v1"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "b_a_id_fkey"
      columns: ["a_id"]
isOneToOne: false
      referencedRelation: "v2"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "b_a_id_fkey"
      columns: ["a_id"]
isOneToOne: false
      referencedRelation: "v3"
      referencedColumns: ["id"]
    }
                  ]
                }
          }
          Views: {
            "v1": {
                  Row: {
                    "a_id": number | null,"bid": number | null,"id": number,"n": string,"v": Json | null
                  }
                  ComputedFields: never
                  Relationships: [
                    {
      foreignKeyName: "b_a_id_fkey"
      columns: ["a_id"]
isOneToOne: false
      referencedRelation: "a"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "b_a_id_fkey"
      columns: ["a_id"]
isOneToOne: false
      referencedRelation: "v1"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "b_a_id_fkey"
      columns: ["a_id"]
isOneToOne: false
      referencedRelation: "v2"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "b_a_id_fkey"
      columns: ["a_id"]
isOneToOne: false
      referencedRelation: "v3"
      referencedColumns: ["id"]
    }
                  ]
                },"v10": {
                  Row: {
                    "a_id": number
                  }
                  ComputedFields: never
                  Relationships: [
                    {
      foreignKeyName: "b_a_id_fkey"
      columns: ["a_id"]
isOneToOne: false
      referencedRelation: "a"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "b_a_id_fkey"
      columns: ["a_id"]
isOneToOne: false
      referencedRelation: "v1"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "b_a_id_fkey"
      columns: ["a_id"]
isOneToOne: false
      referencedRelation: "v2"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "b_a_id_fkey"
      columns: ["a_id"]
isOneToOne: false
      referencedRelation: "v3"
      referencedColumns: ["id"]
    }
                  ]
                },"v11": {
                  Row: {
                    "bid": number,"strange name": number
                  }
                  ComputedFields: never
                  Insert: {
                           "bid"?: number | null,"strange name"?: number | null
                         }
                        Update: {
                           "bid"?: number | null,"strange name"?: number | null
                         }
                        Relationships: [
                    {
      foreignKeyName: "b_a_id_fkey"
      columns: ["strange name"]
isOneToOne: false
      referencedRelation: "a"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "b_a_id_fkey"
      columns: ["strange name"]
isOneToOne: false
      referencedRelation: "v1"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "b_a_id_fkey"
      columns: ["strange name"]
isOneToOne: false
      referencedRelation: "v2"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "b_a_id_fkey"
      columns: ["strange name"]
isOneToOne: false
      referencedRelation: "v3"
      referencedColumns: ["id"]
    }
                  ]
                },"v12": {
                  Row: {
                    "arr": (number)[] | null,"j": Json | null,"n": string | null,"one": number | null,"t": string | null,"x": string | null
                  }
                  ComputedFields: never
                  Relationships: [
                    
                  ]
                },"v2": {
                  Row: {
                    "a_id": number | null,"bid": number | null,"id": number,"n": string,"v": Json | null
                  }
                  ComputedFields: never
                  Relationships: [
                    {
      foreignKeyName: "b_a_id_fkey"
      columns: ["a_id"]
isOneToOne: false
      referencedRelation: "a"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "b_a_id_fkey"
      columns: ["a_id"]
isOneToOne: false
      referencedRelation: "v1"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "b_a_id_fkey"
      columns: ["a_id"]
isOneToOne: false
      referencedRelation: "v2"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "b_a_id_fkey"
      columns: ["a_id"]
isOneToOne: false
      referencedRelation: "v3"
      referencedColumns: ["id"]
    }
                  ]
                },"v3": {
                  Row: {
                    "c": number | null,"id": number,"m": string | null
                  }
                  ComputedFields: never
                  Relationships: [
                    
                  ]
                },"v4": {
                  Row: {
                    "a_id": number | null,"bid": number | null
                  }
                  ComputedFields: never
                  Relationships: [
                    
                  ]
                },"v5": {
                  Row: {
                    "a_id": number,"id": number,"sub": string | null,"v": NonNullable<Json>
                  }
                  ComputedFields: never
                  Insert: {
                           "a_id"?: number | null,"id"?: number | null,"sub"?: never,"v"?: Json | null
                         }
                        Update: {
                           "a_id"?: number | null,"id"?: number | null,"sub"?: never,"v"?: Json | null
                         }
                        Relationships: [
                    {
      foreignKeyName: "b_a_id_fkey"
      columns: ["a_id"]
isOneToOne: false
      referencedRelation: "a"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "b_a_id_fkey"
      columns: ["a_id"]
isOneToOne: false
      referencedRelation: "v1"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "b_a_id_fkey"
      columns: ["a_id"]
isOneToOne: false
      referencedRelation: "v2"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "b_a_id_fkey"
      columns: ["a_id"]
isOneToOne: false
      referencedRelation: "v3"
      referencedColumns: ["id"]
    }
                  ]
                },"v6": {
                  Row: {
                    "p": number,"q": number
                  }
                  ComputedFields: never
                  Insert: {
                           "p"?: number | null,"q"?: number | null
                         }
                        Update: {
                           "p"?: number | null,"q"?: number | null
                         }
                        Relationships: [
                    {
      foreignKeyName: "b_a_id_fkey"
      columns: ["p"]
isOneToOne: false
      referencedRelation: "a"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "b_a_id_fkey"
      columns: ["q"]
isOneToOne: false
      referencedRelation: "a"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "b_a_id_fkey"
      columns: ["p"]
isOneToOne: false
      referencedRelation: "v1"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "b_a_id_fkey"
      columns: ["q"]
isOneToOne: false
      referencedRelation: "v1"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "b_a_id_fkey"
      columns: ["p"]
isOneToOne: false
      referencedRelation: "v2"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "b_a_id_fkey"
      columns: ["q"]
isOneToOne: false
      referencedRelation: "v2"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "b_a_id_fkey"
      columns: ["p"]
isOneToOne: false
      referencedRelation: "v3"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "b_a_id_fkey"
      columns: ["q"]
isOneToOne: false
      referencedRelation: "v3"
      referencedColumns: ["id"]
    }
                  ]
                },"v7": {
                  Row: {
                    "a_id": number,"id": number,"v": NonNullable<Json>
                  }
                  ComputedFields: never
                  Relationships: [
                    {
      foreignKeyName: "b_a_id_fkey"
      columns: ["a_id"]
isOneToOne: false
      referencedRelation: "a"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "b_a_id_fkey"
      columns: ["a_id"]
isOneToOne: false
      referencedRelation: "v1"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "b_a_id_fkey"
      columns: ["a_id"]
isOneToOne: false
      referencedRelation: "v2"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "b_a_id_fkey"
      columns: ["a_id"]
isOneToOne: false
      referencedRelation: "v3"
      referencedColumns: ["id"]
    }
                  ]
                },"v8": {
                  Row: {
                    "n": number | null
                  }
                  ComputedFields: never
                  Relationships: [
                    
                  ]
                },"v9": {
                  Row: {
                    "a_id": number,"id": number,"v": NonNullable<Json>
                  }
                  ComputedFields: never
                  Relationships: [
                    {
      foreignKeyName: "b_a_id_fkey"
      columns: ["a_id"]
isOneToOne: false
      referencedRelation: "a"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "b_a_id_fkey"
      columns: ["a_id"]
isOneToOne: false
      referencedRelation: "v1"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "b_a_id_fkey"
      columns: ["a_id"]
isOneToOne: false
      referencedRelation: "v2"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "b_a_id_fkey"
      columns: ["a_id"]
isOneToOne: false
      referencedRelation: "v3"
      referencedColumns: ["id"]
    }
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
        },"s06": {
          Tables: {
            "t": {
                  Row: {
                    "id": number,"n": string,"up": number | null
                  }
                  ComputedFields: never
                  Insert: {
                    "id": number,"n": string,"up"?: number | null
                  }
                  Update: {
                    "id"?: number,"n"?: string,"up"?: number | null
                  }
                  Relationships: [
                    {
      foreignKeyName: "t_up_fkey"
      columns: ["up"]
isOneToOne: false
      referencedRelation: "m"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "t_up_fkey"
      columns: ["up"]
isOneToOne: false
      referencedRelation: "mm"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "t_up_fkey"
      columns: ["up"]
isOneToOne: false
      referencedRelation: "t"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "t_up_fkey"
      columns: ["up"]
isOneToOne: false
      referencedRelation: "vm"
      referencedColumns: ["id"]
    }
                  ]
                }
          }
          Views: {
            "m": {
                  Row: {
                    "id": number,"n": string,"up": number | null
                  }
                  ComputedFields: never
                  Relationships: [
                    {
      foreignKeyName: "t_up_fkey"
      columns: ["up"]
isOneToOne: false
      referencedRelation: "m"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "t_up_fkey"
      columns: ["up"]
isOneToOne: false
      referencedRelation: "mm"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "t_up_fkey"
      columns: ["up"]
isOneToOne: false
      referencedRelation: "t"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "t_up_fkey"
      columns: ["up"]
isOneToOne: false
      referencedRelation: "vm"
      referencedColumns: ["id"]
    }
                  ]
                },"mm": {
                  Row: {
                    "id": number,"n": string,"up": number | null
                  }
                  ComputedFields: never
                  Relationships: [
                    {
      foreignKeyName: "t_up_fkey"
      columns: ["up"]
isOneToOne: false
      referencedRelation: "m"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "t_up_fkey"
      columns: ["up"]
isOneToOne: false
      referencedRelation: "mm"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "t_up_fkey"
      columns: ["up"]
isOneToOne: false
      referencedRelation: "t"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "t_up_fkey"
      columns: ["up"]
isOneToOne: false
      referencedRelation: "vm"
      referencedColumns: ["id"]
    }
                  ]
                },"vm": {
                  Row: {
                    "id": number,"n": string,"up": number | null
                  }
                  ComputedFields: never
                  Relationships: [
                    {
      foreignKeyName: "t_up_fkey"
      columns: ["up"]
isOneToOne: false
      referencedRelation: "m"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "t_up_fkey"
      columns: ["up"]
isOneToOne: false
      referencedRelation: "mm"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "t_up_fkey"
      columns: ["up"]
isOneToOne: false
      referencedRelation: "t"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "t_up_fkey"
      columns: ["up"]
isOneToOne: false
      referencedRelation: "vm"
      referencedColumns: ["id"]
    }
                  ]
                }
          }
          Functions: {
            "one":
{ Args: Record<PropertyKey, never>; Returns: {
              "id": number,
"n": string,
"up": number | null
            }
                          SetofOptions: {
        from: "*"
        to: "m"
        isOneToOne: true
        isSetofReturn: false
      } },
"rm":
{ Args: Record<PropertyKey, never>; Returns: {
              "id": number,
"n": string,
"up": number | null
            }[]
                          SetofOptions: {
        from: "*"
        to: "m"
        isOneToOne: false
        isSetofReturn: true
      } },
"rv":
{ Args: Record<PropertyKey, never>; Returns: {
              "id": number,
"n": string,
"up": number | null
            }[]
                          SetofOptions: {
        from: "*"
        to: "vm"
        isOneToOne: false
        isSetofReturn: true
      } }
          }
          Enums: {
            [_ in never]: never
          }
          CompositeTypes: {
            [_ in never]: never
          }
        },"s07": {
          Tables: {
            "att": {
                  Row: {
                    "at": string,"id": number,"kind": string,"o": number | null
                  }
                  ComputedFields: never
                  Insert: {
                    "at": string,"id": number,"kind": string,"o"?: number | null
                  }
                  Update: {
                    "at"?: string,"id"?: number,"kind"?: string,"o"?: number | null
                  }
                  Relationships: [
                    
                  ]
                },"child": {
                  Row: {
                    "eat": string | null,"eid": number | null,"ek": string | null,"id": number
                  }
                  ComputedFields: never
                  Insert: {
                    "eat"?: string | null,"eid"?: number | null,"ek"?: string | null,"id": number
                  }
                  Update: {
                    "eat"?: string | null,"eid"?: number | null,"ek"?: string | null,"id"?: number
                  }
                  Relationships: [
                    {
      foreignKeyName: "child_eid_eat_ek_fkey"
      columns: ["eid","eat","ek"]
isOneToOne: false
      referencedRelation: "ev"
      referencedColumns: ["id","at","kind"]
    }
                  ]
                },"ev": {
                  Row: {
                    "at": string,"id": number,"kind": string,"o": number | null
                  }
                  ComputedFields: never
                  Insert: {
                    "at": string,"id": number,"kind": string,"o"?: number | null
                  }
                  Update: {
                    "at"?: string,"id"?: number,"kind"?: string,"o"?: number | null
                  }
                  Relationships: [
                    {
      foreignKeyName: "ev_o_fkey"
      columns: ["o"]
isOneToOne: false
      referencedRelation: "owner"
      referencedColumns: ["id"]
    }
                  ]
                },"ev_1": {
                  Row: {
                    "at": string,"id": number,"kind": string,"o": number | null
                  }
                  ComputedFields: never
                  Insert: {
                    "at": string,"id": number,"kind": string,"o"?: number | null
                  }
                  Update: {
                    "at"?: string,"id"?: number,"kind"?: string,"o"?: number | null
                  }
                  Relationships: [
                    
                  ]
                },"ev_2": {
                  Row: {
                    "at": string,"id": number,"kind": string,"o": number | null
                  }
                  ComputedFields: never
                  Insert: {
                    "at": string,"id": number,"kind": string,"o"?: number | null
                  }
                  Update: {
                    "at"?: string,"id"?: number,"kind"?: string,"o"?: number | null
                  }
                  Relationships: [
                    
                  ]
                },"ev_2a": {
                  Row: {
                    "at": string,"id": number,"kind": string,"o": number | null
                  }
                  ComputedFields: never
                  Insert: {
                    "at": string,"id": number,"kind": string,"o"?: number | null
                  }
                  Update: {
                    "at"?: string,"id"?: number,"kind"?: string,"o"?: number | null
                  }
                  Relationships: [
                    
                  ]
                },"ev_def": {
                  Row: {
                    "at": string,"id": number,"kind": string,"o": number | null
                  }
                  ComputedFields: never
                  Insert: {
                    "at": string,"id": number,"kind": string,"o"?: number | null
                  }
                  Update: {
                    "at"?: string,"id"?: number,"kind"?: string,"o"?: number | null
                  }
                  Relationships: [
                    
                  ]
                },"owner": {
                  Row: {
                    "id": number
                  }
                  ComputedFields: never
                  Insert: {
                    "id": number
                  }
                  Update: {
                    "id"?: number
                  }
                  Relationships: [
                    
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
        },"s08": {
          Tables: {
            "base": {
                  Row: {
                    "at": string | null,"id": number,"n": string
                  }
                  ComputedFields: never
                  Insert: {
                    "at"?: string | null,"id"?: number,"n": string
                  }
                  Update: {
                    "at"?: string | null,"id"?: number,"n"?: string
                  }
                  Relationships: [
                    
                  ]
                },"grand": {
                  Row: {
                    "at": string | null,"extra": number | null,"id": number,"more": NonNullable<Json>,"n": string
                  }
                  ComputedFields: never
                  Insert: {
                    "at"?: string | null,"extra"?: number | null,"id"?: number,"more": NonNullable<Json>,"n"?: string
                  }
                  Update: {
                    "at"?: string | null,"extra"?: number | null,"id"?: number,"more"?: NonNullable<Json>,"n"?: string
                  }
                  Relationships: [
                    
                  ]
                },"holder": {
                  Row: {
                    "id": number,"k": number | null
                  }
                  ComputedFields: never
                  Insert: {
                    "id": number,"k"?: number | null
                  }
                  Update: {
                    "id"?: number,"k"?: number | null
                  }
                  Relationships: [
                    {
      foreignKeyName: "holder_k_fkey"
      columns: ["k"]
isOneToOne: false
      referencedRelation: "base"
      referencedColumns: ["id"]
    }
                  ]
                },"kid": {
                  Row: {
                    "at": string | null,"extra": number | null,"id": number,"n": string
                  }
                  ComputedFields: never
                  Insert: {
                    "at"?: string | null,"extra"?: number | null,"id"?: number,"n": string
                  }
                  Update: {
                    "at"?: string | null,"extra"?: number | null,"id"?: number,"n"?: string
                  }
                  Relationships: [
                    
                  ]
                },"kid2": {
                  Row: {
                    "at": string | null,"id": number,"more": NonNullable<Json>,"n": string
                  }
                  ComputedFields: never
                  Insert: {
                    "at"?: string | null,"id"?: number,"more": NonNullable<Json>,"n"?: string
                  }
                  Update: {
                    "at"?: string | null,"id"?: number,"more"?: NonNullable<Json>,"n"?: string
                  }
                  Relationships: [
                    
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
        },"s09": {
          Tables: {
            "ft": {
                  Row: {
                    "d": number | null,"g": number | null,"id": number,"j": NonNullable<Json>,"n": string | null
                  }
                  ComputedFields: never
                  Insert: {
                    "d"?: number | null,"g"?: never,"id": number,"j": NonNullable<Json>,"n"?: string | null
                  }
                  Update: {
                    "d"?: number | null,"g"?: never,"id"?: number,"j"?: NonNullable<Json>,"n"?: string | null
                  }
                  Relationships: [
                    
                  ]
                }
          }
          Views: {
            "ftv": {
                  Row: {
                    "d": number | null,"g": number | null,"id": number,"j": NonNullable<Json>,"n": string | null
                  }
                  ComputedFields: never
                  Relationships: [
                    
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
        },"s10": {
          Tables: {
            "t": {
                  Row: {
                    "id": number,"n": string | null
                  }
                  ComputedFields: never
                  Insert: {
                    "id": number,"n"?: string | null
                  }
                  Update: {
                    "id"?: number,"n"?: string | null
                  }
                  Relationships: [
                    
                  ]
                }
          }
          Views: {
            [_ in never]: never
          }
          Functions: {
            "arr":
{ Args: Record<PropertyKey, never>; Returns: (Database["s10"]['Tables']["t"]['Row'])[]
                           },
"cur":
{ Args: Record<PropertyKey, never>; Returns: unknown
                           },
"deff":
{ Args: { "a": number,"b"?: string,"c"?: Json,"d"?: Database["s10"]['Enums']["s10e"] }; Returns: number
                           },
"inouts":
{ Args: { "a": number,"b"?: string }; Returns: Record<string, unknown>
                           },
"js":
{ Args: Record<PropertyKey, never>; Returns: Json
                           },
"jsb":
{ Args: Record<PropertyKey, never>; Returns: Json
                           },
"mix":
{ Args: { ""?: string,"a": number }; Returns: number
                           },
"o":
{ Args: Record<PropertyKey, never>; Returns: number
                           } |
{ Args: { "a": number }; Returns: { error: true } & "Could not choose the best candidate function between: s10.o(a => int4), s10.o(a => text). Try renaming the parameters or the function itself in the database so function overloading can be resolved"
                           } |
{ Args: { "a": number,"b": number }; Returns: number[]
                           } |
{ Args: { "a": number,"b": number,"c"?: number }; Returns: {
              "x": number,"y": string
            }[]
                           } |
{ Args: { "a": string }; Returns: { error: true } & "Could not choose the best candidate function between: s10.o(a => int4), s10.o(a => text). Try renaming the parameters or the function itself in the database so function overloading can be resolved"
                           },
"out1":
{ Args: Record<PropertyKey, never>; Returns: number
                           },
"outs":
{ Args: { "a": number }; Returns: Record<string, unknown>
                           },
"poly":
{ Args: { "a": unknown }; Returns: unknown
                           },
"polya":
{ Args: { "a": unknown }; Returns: unknown
                           },
"rec":
{ Args: Record<PropertyKey, never>; Returns: Record<string, unknown>
                           },
"rt":
{ Args: Record<PropertyKey, never>; Returns: {
              "id": number,
"n": string | null
            }
                          SetofOptions: {
        from: "*"
        to: "t"
        isOneToOne: true
        isSetofReturn: false
      } },
"setouts":
{ Args: Record<PropertyKey, never>; Returns: Record<string, unknown>[]
                           },
"si1":
{ Args: Record<PropertyKey, never>; Returns: number[]
                           },
"sj":
{ Args: Record<PropertyKey, never>; Returns: Json[]
                           },
"srec":
{ Args: Record<PropertyKey, never>; Returns: Record<string, unknown>[]
                           },
"srt":
{ Args: Record<PropertyKey, never>; Returns: {
              "id": number,
"n": string | null
            }[]
                          SetofOptions: {
        from: "*"
        to: "t"
        isOneToOne: false
        isSetofReturn: true
      } },
"srt1":
{ Args: Record<PropertyKey, never>; Returns: {
              "id": number,
"n": string | null
            }
                          SetofOptions: {
        from: "*"
        to: "t"
        isOneToOne: true
        isSetofReturn: true
      } },
"svd":
{ Args: Record<PropertyKey, never>; Returns: undefined[]
                           },
"tab1":
{ Args: Record<PropertyKey, never>; Returns: {
              "id": number
            }[]
                           },
"tabt":
{ Args: Record<PropertyKey, never>; Returns: {
              "e": (Database["s10"]['Enums']["s10e"])[],"t": Database["s10"]['Tables']["t"]['Row']
            }[]
                           },
"un1":
{ Args: { "": Json }; Returns: number
                           },
"un2":
{ Args: { "": Json }; Returns: number
                           },
"un3":
{ Args: { "": string }; Returns: number
                           },
"un7":
{ Args: { ""?: Json }; Returns: number
                           },
"unout":
{ Args: Record<PropertyKey, never>; Returns: Record<string, unknown>
                           },
"vari":
{ Args: { "xs": (number)[] }; Returns: number
                           },
"vari2":
{ Args: { "a": string,"xs": unknown }; Returns: number
                           },
"vd":
{ Args: Record<PropertyKey, never>; Returns: undefined
                           }
          }
          Enums: {
            "s10e": "z"
          }
          CompositeTypes: {
            [_ in never]: never
          }
        },"s11": {
          Tables: {
            "p": {
                  Row: {
                    "fn": string,"id": number,"ln": string | null,"full_name": string | null,"jf": Json | null,"kids": {
              "id": number,
"pid": number
            } | null,"named": string | null,"outf": Record<string, unknown> | null,"over": number | null,"setint": number | null,"tablef": {
              "a": number,"b": string
            } | null,"voidf": undefined | null
                  }
                  ComputedFields: "full_name" | "jf" | "kids" | "named" | "outf" | "over" | "setint" | "tablef" | "voidf"
                  Insert: {
                    "fn": string,"id": number,"ln"?: string | null
                  }
                  Update: {
                    "fn"?: string,"id"?: number,"ln"?: string | null
                  }
                  Relationships: [
                    
                  ]
                },"q": {
                  Row: {
                    "id": number,"pid": number,"over": number | null,"par": {
              "fn": string,
"id": number,
"ln": string | null
            } | null,"par1": {
              "fn": string,
"id": number,
"ln": string | null
            } | null
                  }
                  ComputedFields: "over" | "par" | "par1"
                  Insert: {
                    "id": number,"pid": number
                  }
                  Update: {
                    "id"?: number,"pid"?: number
                  }
                  Relationships: [
                    {
      foreignKeyName: "q_pid_fkey"
      columns: ["pid"]
isOneToOne: false
      referencedRelation: "p"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "q_pid_fkey"
      columns: ["pid"]
isOneToOne: false
      referencedRelation: "pv"
      referencedColumns: ["id"]
    }
                  ]
                }
          }
          Views: {
            "pv": {
                  Row: {
                    "fn": string,"id": number,"ln": string | null,"vfield": (number)[] | null
                  }
                  ComputedFields: "vfield"
                  Insert: {
                           "fn"?: string | null,"id"?: number | null,"ln"?: string | null
                         }
                        Update: {
                           "fn"?: string | null,"id"?: number | null,"ln"?: string | null
                         }
                        Relationships: [
                    
                  ]
                }
          }
          Functions: {
            "full_name":
{ Args: { "": Database["s11"]['Tables']["p"]['Row'] }; Returns: { error: true } & "the function s11.full_name with parameter or with a single unnamed json/jsonb parameter, but no matches were found in the schema cache"
                           },
"id":
{ Args: { "": Database["s11"]['Tables']["p"]['Row'] }; Returns: { error: true } & "the function s11.id with parameter or with a single unnamed json/jsonb parameter, but no matches were found in the schema cache"
                           },
"jf":
{ Args: { "": Database["s11"]['Tables']["p"]['Row'] }; Returns: { error: true } & "the function s11.jf with parameter or with a single unnamed json/jsonb parameter, but no matches were found in the schema cache"
                           },
"kids":
{ Args: { "": Database["s11"]['Tables']["p"]['Row'] }; Returns: { error: true } & "the function s11.kids with parameter or with a single unnamed json/jsonb parameter, but no matches were found in the schema cache"
                          SetofOptions: {
        from: "s11.p"
        to: "q"
        isOneToOne: false
        isSetofReturn: true
      } },
"named":
{ Args: { "rec": Omit<Database["s11"]['Tables']["p"]['Row'], Database["s11"]['Tables']["p"]['ComputedFields']> }; Returns: string
                           },
"outf":
{ Args: { "": Database["s11"]['Tables']["p"]['Row'] }; Returns: { error: true } & "the function s11.outf with parameter or with a single unnamed json/jsonb parameter, but no matches were found in the schema cache"
                           },
"over":
{ Args: { "": Database["s11"]['Tables']["p"]['Row'] }; Returns: { error: true } & "the function s11.over with parameter or with a single unnamed json/jsonb parameter, but no matches were found in the schema cache"
                           } |
{ Args: { "": Database["s11"]['Tables']["q"]['Row'] }; Returns: { error: true } & "the function s11.over with parameter or with a single unnamed json/jsonb parameter, but no matches were found in the schema cache"
                           },
"par":
{ Args: { "": Database["s11"]['Tables']["q"]['Row'] }; Returns: { error: true } & "the function s11.par with parameter or with a single unnamed json/jsonb parameter, but no matches were found in the schema cache"
                          SetofOptions: {
        from: "s11.q"
        to: "p"
        isOneToOne: true
        isSetofReturn: true
      } },
"par1":
{ Args: { "": Database["s11"]['Tables']["q"]['Row'] }; Returns: { error: true } & "the function s11.par1 with parameter or with a single unnamed json/jsonb parameter, but no matches were found in the schema cache"
                          SetofOptions: {
        from: "s11.q"
        to: "p"
        isOneToOne: true
        isSetofReturn: false
      } },
"setint":
{ Args: { "": Database["s11"]['Tables']["p"]['Row'] }; Returns: { error: true } & "the function s11.setint with parameter or with a single unnamed json/jsonb parameter, but no matches were found in the schema cache"
                           },
"tablef":
{ Args: { "": Database["s11"]['Tables']["p"]['Row'] }; Returns: { error: true } & "the function s11.tablef with parameter or with a single unnamed json/jsonb parameter, but no matches were found in the schema cache"
                           },
"vfield":
{ Args: { "": Database["s11"]['Views']["pv"]['Row'] }; Returns: { error: true } & "the function s11.vfield with parameter or with a single unnamed json/jsonb parameter, but no matches were found in the schema cache"
                           },
"voidf":
{ Args: { "": Database["s11"]['Tables']["p"]['Row'] }; Returns: { error: true } & "the function s11.voidf with parameter or with a single unnamed json/jsonb parameter, but no matches were found in the schema cache"
                           }
          }
          Enums: {
            [_ in never]: never
          }
          CompositeTypes: {
            [_ in never]: never
          }
        },"s12": {
          Tables: {
            "bymail": {
                  Row: {
                    "m": string | null
                  }
                  ComputedFields: never
                  Insert: {
                    "m"?: string | null
                  }
                  Update: {
                    "m"?: string | null
                  }
                  Relationships: [
                    {
      foreignKeyName: "bymail_m_fkey"
      columns: ["m"]
isOneToOne: false
      referencedRelation: "u"
      referencedColumns: ["mail"]
    },{
      foreignKeyName: "bymail_m_fkey"
      columns: ["m"]
isOneToOne: false
      referencedRelation: "uvx"
      referencedColumns: ["mail"]
    }
                  ]
                },"excl": {
                  Row: {
                    "a": number,"b": number
                  }
                  ComputedFields: never
                  Insert: {
                    "a": number,"b": number
                  }
                  Update: {
                    "a"?: number,"b"?: number
                  }
                  Relationships: [
                    {
      foreignKeyName: "excl_a_fkey"
      columns: ["a"]
isOneToOne: false
      referencedRelation: "u"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "excl_a_fkey"
      columns: ["a"]
isOneToOne: false
      referencedRelation: "um"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "excl_a_fkey"
      columns: ["a"]
isOneToOne: false
      referencedRelation: "uv"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "excl_a_fkey"
      columns: ["a"]
isOneToOne: false
      referencedRelation: "uvx"
      referencedColumns: ["uid"]
    }
                  ]
                },"inc": {
                  Row: {
                    "a": number | null,"z": number | null
                  }
                  ComputedFields: never
                  Insert: {
                    "a"?: number | null,"z"?: number | null
                  }
                  Update: {
                    "a"?: number | null,"z"?: number | null
                  }
                  Relationships: [
                    {
      foreignKeyName: "inc_a_fkey"
      columns: ["a"]
isOneToOne: true
      referencedRelation: "u"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "inc_a_fkey"
      columns: ["a"]
isOneToOne: true
      referencedRelation: "um"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "inc_a_fkey"
      columns: ["a"]
isOneToOne: true
      referencedRelation: "uv"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "inc_a_fkey"
      columns: ["a"]
isOneToOne: true
      referencedRelation: "uvx"
      referencedColumns: ["uid"]
    }
                  ]
                },"multi": {
                  Row: {
                    "a": number | null,"b": number | null,"c": number | null
                  }
                  ComputedFields: never
                  Insert: {
                    "a"?: number | null,"b"?: number | null,"c"?: number | null
                  }
                  Update: {
                    "a"?: number | null,"b"?: number | null,"c"?: number | null
                  }
                  Relationships: [
                    {
      foreignKeyName: "multi_a_fkey"
      columns: ["a"]
isOneToOne: false
      referencedRelation: "u"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "multi_a_fkey"
      columns: ["a"]
isOneToOne: false
      referencedRelation: "um"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "multi_a_fkey"
      columns: ["a"]
isOneToOne: false
      referencedRelation: "uv"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "multi_a_fkey"
      columns: ["a"]
isOneToOne: false
      referencedRelation: "uvx"
      referencedColumns: ["uid"]
    },{
      foreignKeyName: "multi_b_fkey"
      columns: ["b"]
isOneToOne: false
      referencedRelation: "u"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "multi_b_fkey"
      columns: ["b"]
isOneToOne: false
      referencedRelation: "um"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "multi_b_fkey"
      columns: ["b"]
isOneToOne: false
      referencedRelation: "uv"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "multi_b_fkey"
      columns: ["b"]
isOneToOne: false
      referencedRelation: "uvx"
      referencedColumns: ["uid"]
    },{
      foreignKeyName: "multi_c_fkey"
      columns: ["c"]
isOneToOne: false
      referencedRelation: "u"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "multi_c_fkey"
      columns: ["c"]
isOneToOne: false
      referencedRelation: "um"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "multi_c_fkey"
      columns: ["c"]
isOneToOne: false
      referencedRelation: "uv"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "multi_c_fkey"
      columns: ["c"]
isOneToOne: false
      referencedRelation: "uvx"
      referencedColumns: ["uid"]
    },{
      foreignKeyName: "weird name"
      columns: ["a"]
isOneToOne: false
      referencedRelation: "u"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "weird name"
      columns: ["a"]
isOneToOne: false
      referencedRelation: "um"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "weird name"
      columns: ["a"]
isOneToOne: false
      referencedRelation: "uv"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "weird name"
      columns: ["a"]
isOneToOne: false
      referencedRelation: "uvx"
      referencedColumns: ["uid"]
    }
                  ]
                },"nnd": {
                  Row: {
                    "a": number | null
                  }
                  ComputedFields: never
                  Insert: {
                    "a"?: number | null
                  }
                  Update: {
                    "a"?: number | null
                  }
                  Relationships: [
                    {
      foreignKeyName: "nnd_a_fkey"
      columns: ["a"]
isOneToOne: true
      referencedRelation: "u"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "nnd_a_fkey"
      columns: ["a"]
isOneToOne: true
      referencedRelation: "um"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "nnd_a_fkey"
      columns: ["a"]
isOneToOne: true
      referencedRelation: "uv"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "nnd_a_fkey"
      columns: ["a"]
isOneToOne: true
      referencedRelation: "uvx"
      referencedColumns: ["uid"]
    }
                  ]
                },"pair": {
                  Row: {
                    "a": number,"b": number
                  }
                  ComputedFields: never
                  Insert: {
                    "a": number,"b": number
                  }
                  Update: {
                    "a"?: number,"b"?: number
                  }
                  Relationships: [
                    {
      foreignKeyName: "pair_a_b_fkey"
      columns: ["a","b"]
isOneToOne: true
      referencedRelation: "u"
      referencedColumns: ["org","id"]
    },{
      foreignKeyName: "pair_a_b_fkey"
      columns: ["a","b"]
isOneToOne: true
      referencedRelation: "uv"
      referencedColumns: ["org","id"]
    },{
      foreignKeyName: "pair_a_b_fkey"
      columns: ["a","b"]
isOneToOne: true
      referencedRelation: "uvx"
      referencedColumns: ["o2","uid"]
    }
                  ]
                },"pair2": {
                  Row: {
                    "a": number | null,"b": number | null,"c": number | null
                  }
                  ComputedFields: never
                  Insert: {
                    "a"?: number | null,"b"?: number | null,"c"?: number | null
                  }
                  Update: {
                    "a"?: number | null,"b"?: number | null,"c"?: number | null
                  }
                  Relationships: [
                    {
      foreignKeyName: "pair2_a_b_fkey"
      columns: ["a","b"]
isOneToOne: true
      referencedRelation: "u"
      referencedColumns: ["org","id"]
    },{
      foreignKeyName: "pair2_a_b_fkey"
      columns: ["a","b"]
isOneToOne: true
      referencedRelation: "uv"
      referencedColumns: ["org","id"]
    },{
      foreignKeyName: "pair2_a_b_fkey"
      columns: ["a","b"]
isOneToOne: true
      referencedRelation: "uvx"
      referencedColumns: ["o2","uid"]
    },{
      foreignKeyName: "pair2_c_fkey"
      columns: ["c"]
isOneToOne: true
      referencedRelation: "u"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "pair2_c_fkey"
      columns: ["c"]
isOneToOne: true
      referencedRelation: "um"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "pair2_c_fkey"
      columns: ["c"]
isOneToOne: true
      referencedRelation: "uv"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "pair2_c_fkey"
      columns: ["c"]
isOneToOne: true
      referencedRelation: "uvx"
      referencedColumns: ["uid"]
    }
                  ]
                },"pidx": {
                  Row: {
                    "a": number | null
                  }
                  ComputedFields: never
                  Insert: {
                    "a"?: number | null
                  }
                  Update: {
                    "a"?: number | null
                  }
                  Relationships: [
                    {
      foreignKeyName: "pidx_a_fkey"
      columns: ["a"]
isOneToOne: false
      referencedRelation: "u"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "pidx_a_fkey"
      columns: ["a"]
isOneToOne: false
      referencedRelation: "um"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "pidx_a_fkey"
      columns: ["a"]
isOneToOne: false
      referencedRelation: "uv"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "pidx_a_fkey"
      columns: ["a"]
isOneToOne: false
      referencedRelation: "uvx"
      referencedColumns: ["uid"]
    }
                  ]
                },"prof": {
                  Row: {
                    "bio": string | null,"uid": number
                  }
                  ComputedFields: never
                  Insert: {
                    "bio"?: string | null,"uid": number
                  }
                  Update: {
                    "bio"?: string | null,"uid"?: number
                  }
                  Relationships: [
                    {
      foreignKeyName: "prof_uid_fkey"
      columns: ["uid"]
isOneToOne: true
      referencedRelation: "u"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "prof_uid_fkey"
      columns: ["uid"]
isOneToOne: true
      referencedRelation: "um"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "prof_uid_fkey"
      columns: ["uid"]
isOneToOne: true
      referencedRelation: "uv"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "prof_uid_fkey"
      columns: ["uid"]
isOneToOne: true
      referencedRelation: "uvx"
      referencedColumns: ["uid"]
    }
                  ]
                },"prof2": {
                  Row: {
                    "id": number,"other": number | null,"uid": number | null
                  }
                  ComputedFields: never
                  Insert: {
                    "id": number,"other"?: number | null,"uid"?: number | null
                  }
                  Update: {
                    "id"?: number,"other"?: number | null,"uid"?: number | null
                  }
                  Relationships: [
                    {
      foreignKeyName: "prof2_other_fkey"
      columns: ["other"]
isOneToOne: false
      referencedRelation: "prof"
      referencedColumns: ["uid"]
    },{
      foreignKeyName: "prof2_other_fkey"
      columns: ["other"]
isOneToOne: false
      referencedRelation: "profv"
      referencedColumns: ["uid"]
    },{
      foreignKeyName: "prof2_uid_fkey"
      columns: ["uid"]
isOneToOne: true
      referencedRelation: "u"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "prof2_uid_fkey"
      columns: ["uid"]
isOneToOne: true
      referencedRelation: "um"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "prof2_uid_fkey"
      columns: ["uid"]
isOneToOne: true
      referencedRelation: "uv"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "prof2_uid_fkey"
      columns: ["uid"]
isOneToOne: true
      referencedRelation: "uvx"
      referencedColumns: ["uid"]
    }
                  ]
                },"tree": {
                  Row: {
                    "id": number,"up": number | null,"up1": number | null
                  }
                  ComputedFields: never
                  Insert: {
                    "id": number,"up"?: number | null,"up1"?: number | null
                  }
                  Update: {
                    "id"?: number,"up"?: number | null,"up1"?: number | null
                  }
                  Relationships: [
                    {
      foreignKeyName: "tree_up_fkey"
      columns: ["up"]
isOneToOne: false
      referencedRelation: "tree"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "tree_up_fkey"
      columns: ["up"]
isOneToOne: false
      referencedRelation: "treev"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "tree_up1_fkey"
      columns: ["up1"]
isOneToOne: true
      referencedRelation: "tree"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "tree_up1_fkey"
      columns: ["up1"]
isOneToOne: true
      referencedRelation: "treev"
      referencedColumns: ["id"]
    }
                  ]
                },"twice": {
                  Row: {
                    "a": number | null
                  }
                  ComputedFields: never
                  Insert: {
                    "a"?: number | null
                  }
                  Update: {
                    "a"?: number | null
                  }
                  Relationships: [
                    {
      foreignKeyName: "k1"
      columns: ["a"]
isOneToOne: false
      referencedRelation: "u"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "k1"
      columns: ["a"]
isOneToOne: false
      referencedRelation: "um"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "k1"
      columns: ["a"]
isOneToOne: false
      referencedRelation: "uv"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "k1"
      columns: ["a"]
isOneToOne: false
      referencedRelation: "uvx"
      referencedColumns: ["uid"]
    },{
      foreignKeyName: "k2"
      columns: ["a"]
isOneToOne: false
      referencedRelation: "u"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "k2"
      columns: ["a"]
isOneToOne: false
      referencedRelation: "um"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "k2"
      columns: ["a"]
isOneToOne: false
      referencedRelation: "uv"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "k2"
      columns: ["a"]
isOneToOne: false
      referencedRelation: "uvx"
      referencedColumns: ["uid"]
    }
                  ]
                },"u": {
                  Row: {
                    "id": number,"mail": string | null,"org": number
                  }
                  ComputedFields: never
                  Insert: {
                    "id": number,"mail"?: string | null,"org": number
                  }
                  Update: {
                    "id"?: number,"mail"?: string | null,"org"?: number
                  }
                  Relationships: [
                    
                  ]
                },"uidx": {
                  Row: {
                    "a": number | null
                  }
                  ComputedFields: never
                  Insert: {
                    "a"?: number | null
                  }
                  Update: {
                    "a"?: number | null
                  }
                  Relationships: [
                    {
      foreignKeyName: "uidx_a_fkey"
      columns: ["a"]
isOneToOne: false
      referencedRelation: "u"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "uidx_a_fkey"
      columns: ["a"]
isOneToOne: false
      referencedRelation: "um"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "uidx_a_fkey"
      columns: ["a"]
isOneToOne: false
      referencedRelation: "uv"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "uidx_a_fkey"
      columns: ["a"]
isOneToOne: false
      referencedRelation: "uvx"
      referencedColumns: ["uid"]
    }
                  ]
                }
          }
          Views: {
            "halfpair": {
                  Row: {
                    "a": number
                  }
                  ComputedFields: never
                  Insert: {
                           "a"?: number | null
                         }
                        Update: {
                           "a"?: number | null
                         }
                        Relationships: [
                    
                  ]
                },"pairv": {
                  Row: {
                    "x": number,"y": number
                  }
                  ComputedFields: never
                  Insert: {
                           "x"?: number | null,"y"?: number | null
                         }
                        Update: {
                           "x"?: number | null,"y"?: number | null
                         }
                        Relationships: [
                    {
      foreignKeyName: "pair_a_b_fkey"
      columns: ["y","x"]
isOneToOne: true
      referencedRelation: "u"
      referencedColumns: ["org","id"]
    },{
      foreignKeyName: "pair_a_b_fkey"
      columns: ["y","x"]
isOneToOne: true
      referencedRelation: "uv"
      referencedColumns: ["org","id"]
    },{
      foreignKeyName: "pair_a_b_fkey"
      columns: ["y","x"]
isOneToOne: true
      referencedRelation: "uvx"
      referencedColumns: ["o2","uid"]
    }
                  ]
                },"profv": {
                  Row: {
                    "bio": string | null,"uid": number
                  }
                  ComputedFields: never
                  Insert: {
                           "bio"?: string | null,"uid"?: number | null
                         }
                        Update: {
                           "bio"?: string | null,"uid"?: number | null
                         }
                        Relationships: [
                    {
      foreignKeyName: "prof_uid_fkey"
      columns: ["uid"]
isOneToOne: true
      referencedRelation: "u"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "prof_uid_fkey"
      columns: ["uid"]
isOneToOne: true
      referencedRelation: "um"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "prof_uid_fkey"
      columns: ["uid"]
isOneToOne: true
      referencedRelation: "uv"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "prof_uid_fkey"
      columns: ["uid"]
isOneToOne: true
      referencedRelation: "uvx"
      referencedColumns: ["uid"]
    }
                  ]
                },"treev": {
                  Row: {
                    "id": number,"up": number | null,"up2": number | null
                  }
                  ComputedFields: never
                  Insert: {
                           "id"?: number | null,"up"?: number | null,"up2"?: number | null
                         }
                        Update: {
                           "id"?: number | null,"up"?: number | null,"up2"?: number | null
                         }
                        Relationships: [
                    {
      foreignKeyName: "tree_up_fkey"
      columns: ["up"]
isOneToOne: false
      referencedRelation: "tree"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "tree_up_fkey"
      columns: ["up2"]
isOneToOne: false
      referencedRelation: "tree"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "tree_up_fkey"
      columns: ["up"]
isOneToOne: false
      referencedRelation: "treev"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "tree_up_fkey"
      columns: ["up2"]
isOneToOne: false
      referencedRelation: "treev"
      referencedColumns: ["id"]
    }
                  ]
                },"um": {
                  Row: {
                    "id": number
                  }
                  ComputedFields: never
                  Relationships: [
                    
                  ]
                },"uv": {
                  Row: {
                    "id": number,"org": number
                  }
                  ComputedFields: never
                  Insert: {
                           "id"?: number | null,"org"?: number | null
                         }
                        Update: {
                           "id"?: number | null,"org"?: number | null
                         }
                        Relationships: [
                    
                  ]
                },"uvx": {
                  Row: {
                    "mail": string | null,"o2": number,"uid": number
                  }
                  ComputedFields: never
                  Insert: {
                           "mail"?: string | null,"o2"?: number | null,"uid"?: number | null
                         }
                        Update: {
                           "mail"?: string | null,"o2"?: number | null,"uid"?: number | null
                         }
                        Relationships: [
                    
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
        },"s13a": {
          Tables: {
            "t": {
                  Row: {
                    "e": Database["s13a"]['Enums']["ae"] | null,"hc": unknown,"he": "h1"|"h2" | null,"hes": ("h1"|"h2")[] | null,"hid": number | null,"ht": unknown,"id": number
                  }
                  ComputedFields: never
                  Insert: {
                    "e"?: Database["s13a"]['Enums']["ae"] | null,"hc"?: unknown,"he"?: "h1"|"h2" | null,"hes"?: ("h1"|"h2")[] | null,"hid"?: number | null,"ht"?: unknown,"id": number
                  }
                  Update: {
                    "e"?: Database["s13a"]['Enums']["ae"] | null,"hc"?: unknown,"he"?: "h1"|"h2" | null,"hes"?: ("h1"|"h2")[] | null,"hid"?: number | null,"ht"?: unknown,"id"?: number
                  }
                  Relationships: [
                    {
      foreignKeyName: "t_hid_fkey"
      columns: ["hid"]
isOneToOne: false
      referencedRelation: "hv"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "t_hid_fkey"
      columns: ["hid"]
isOneToOne: false
      referencedRelation: "hv2"
      referencedColumns: ["id"]
    }
                  ]
                }
          }
          Views: {
            "hv": {
                  Row: {
                    "e": "h1"|"h2" | null,"id": number
                  }
                  ComputedFields: never
                  Insert: {
                           "e"?: "h1"|"h2" | null,"id"?: number | null
                         }
                        Update: {
                           "e"?: "h1"|"h2" | null,"id"?: number | null
                         }
                        Relationships: [
                    
                  ]
                },"hv2": {
                  Row: {
                    "id": number
                  }
                  ComputedFields: never
                  Insert: {
                           "id"?: number | null
                         }
                        Update: {
                           "id"?: number | null
                         }
                        Relationships: [
                    
                  ]
                }
          }
          Functions: {
            [_ in never]: never
          }
          Enums: {
            "ae": "x"|"y"
          }
          CompositeTypes: {
            [_ in never]: never
          }
        },"s13b": {
          Tables: {
            "t13": {
                  Row: {
                    "e": (Database["s13a"]['Enums']["ae"])[],"hid": number | null,"id": number
                  }
                  ComputedFields: never
                  Insert: {
                    "e": (Database["s13a"]['Enums']["ae"])[],"hid"?: number | null,"id": number
                  }
                  Update: {
                    "e"?: (Database["s13a"]['Enums']["ae"])[],"hid"?: number | null,"id"?: number
                  }
                  Relationships: [
                    {
      foreignKeyName: "t13_id_fkey"
      columns: ["id"]
isOneToOne: true
      referencedRelation: "av"
      referencedColumns: ["id"]
    }
                  ]
                }
          }
          Views: {
            "av": {
                  Row: {
                    "e": Database["s13a"]['Enums']["ae"] | null,"hc": unknown,"he": "h1"|"h2" | null,"hes": ("h1"|"h2")[] | null,"hid": number | null,"ht": unknown,"id": number
                  }
                  ComputedFields: never
                  Insert: {
                           "e"?: Database["s13a"]['Enums']["ae"] | null,"hc"?: unknown,"he"?: "h1"|"h2" | null,"hes"?: ("h1"|"h2")[] | null,"hid"?: number | null,"ht"?: unknown,"id"?: number | null
                         }
                        Update: {
                           "e"?: Database["s13a"]['Enums']["ae"] | null,"hc"?: unknown,"he"?: "h1"|"h2" | null,"hes"?: ("h1"|"h2")[] | null,"hid"?: number | null,"ht"?: unknown,"id"?: number | null
                         }
                        Relationships: [
                    
                  ]
                }
          }
          Functions: {
            "comp":
{ Args: { "": Database["s13a"]['Tables']["t"]['Row'] }; Returns: { error: true } & "the function s13b.comp with parameter or with a single unnamed json/jsonb parameter, but no matches were found in the schema cache"
                           },
"hcf":
{ Args: Record<PropertyKey, never>; Returns: unknown
                          SetofOptions: {
        from: "*"
        to: "hc"
        isOneToOne: true
        isSetofReturn: false
      } },
"he":
{ Args: { "e"?: "h1"|"h2" }; Returns: "h1"|"h2"
                           },
"hes":
{ Args: Record<PropertyKey, never>; Returns: ("h1"|"h2")[]
                           },
"hrows":
{ Args: Record<PropertyKey, never>; Returns: unknown[]
                          SetofOptions: {
        from: "*"
        to: "ht"
        isOneToOne: false
        isSetofReturn: true
      } },
"rows":
{ Args: Record<PropertyKey, never>; Returns: Database["s13a"]['Tables']["t"]['Row'][]
                          SetofOptions: {
        from: "*"
        to: "t"
        isOneToOne: false
        isSetofReturn: true
      } },
"she":
{ Args: Record<PropertyKey, never>; Returns: "h1"|"h2"[]
                           }
          }
          Enums: {
            [_ in never]: never
          }
          CompositeTypes: {
            [_ in never]: never
          }
        },"s14 Ünï-codé": {
          Tables: {
            "__InternalSupabase": {
                  Row: {
                    "id": number | null
                  }
                  ComputedFields: never
                  Insert: {
                    "id"?: number | null
                  }
                  Update: {
                    "id"?: number | null
                  }
                  Relationships: [
                    
                  ]
                },"a.b\"c'd": {
                  Row: {
                    "id": number | null
                  }
                  ComputedFields: never
                  Insert: {
                    "id"?: number | null
                  }
                  Update: {
                    "id"?: number | null
                  }
                  Relationships: [
                    
                  ]
                },"order": {
                  Row: {
                    "__proto": number | null,"?": number | null,"@at": number | null,"/*c*/": number | null,"//x": number | null,"#h": number | null,"`tick`": number | null,"😀": number | null,"${x}": number | null,"$dollar": number | null,"01": number | null,"0x1": number | null,"10": number | null,"1e3": number | null,"1st": number | null,"ª": number | null,"a:b": number | null,"back\\slash": number | null,"class": number | null,"dash-ed": number | null,"default": string,"do.t": number | null,"é": number | null,"end}": number | null,"id": number,"it's": number | null,"new\nline": number | null,"null": number | null,"quo\"te": number | null,"readonly": number | null,"readonly ": number | null,"Row": number | null,"string": string | null,"tab\ttab": number | null,"type": number | null,"undefined": number | null,"with space": number | null,"zz": number | null,"ZZ": number | null,"名前": number | null
                  }
                  ComputedFields: never
                  Insert: {
                    "__proto"?: number | null,"?"?: number | null,"@at"?: number | null,"/*c*/"?: number | null,"//x"?: number | null,"#h"?: number | null,"`tick`"?: number | null,"😀"?: number | null,"${x}"?: number | null,"$dollar"?: number | null,"01"?: number | null,"0x1"?: number | null,"10"?: number | null,"1e3"?: number | null,"1st"?: number | null,"ª"?: number | null,"a:b"?: number | null,"back\\slash"?: number | null,"class"?: number | null,"dash-ed"?: number | null,"default"?: string,"do.t"?: number | null,"é"?: number | null,"end}"?: number | null,"id": number,"it's"?: number | null,"new\nline"?: number | null,"null"?: number | null,"quo\"te"?: number | null,"readonly"?: number | null,"readonly "?: number | null,"Row"?: number | null,"string"?: string | null,"tab\ttab"?: number | null,"type"?: number | null,"undefined"?: number | null,"with space"?: number | null,"zz"?: number | null,"ZZ"?: number | null,"名前"?: number | null
                  }
                  Update: {
                    "__proto"?: number | null,"?"?: number | null,"@at"?: number | null,"/*c*/"?: number | null,"//x"?: number | null,"#h"?: number | null,"`tick`"?: number | null,"😀"?: number | null,"${x}"?: number | null,"$dollar"?: number | null,"01"?: number | null,"0x1"?: number | null,"10"?: number | null,"1e3"?: number | null,"1st"?: number | null,"ª"?: number | null,"a:b"?: number | null,"back\\slash"?: number | null,"class"?: number | null,"dash-ed"?: number | null,"default"?: string,"do.t"?: number | null,"é"?: number | null,"end}"?: number | null,"id"?: number,"it's"?: number | null,"new\nline"?: number | null,"null"?: number | null,"quo\"te"?: number | null,"readonly"?: number | null,"readonly "?: number | null,"Row"?: number | null,"string"?: string | null,"tab\ttab"?: number | null,"type"?: number | null,"undefined"?: number | null,"with space"?: number | null,"zz"?: number | null,"ZZ"?: number | null,"名前"?: number | null
                  }
                  Relationships: [
                    
                  ]
                },"Row": {
                  Row: {
                    "Insert": number | null,"Relationships": string | null,"Row": number | null
                  }
                  ComputedFields: never
                  Insert: {
                    "Insert"?: number | null,"Relationships"?: string | null,"Row"?: number | null
                  }
                  Update: {
                    "Insert"?: number | null,"Relationships"?: string | null,"Row"?: number | null
                  }
                  Relationships: [
                    {
      foreignKeyName: "Row_Row_fkey"
      columns: null
isOneToOne: false
      referencedRelation: "order"
      referencedColumns: null
    },{
      foreignKeyName: "Row_Row_fkey"
      columns: ["Row"]
isOneToOne: false
      referencedRelation: "view with \"quotes\""
      referencedColumns: ["id"]
    }
                  ]
                },"Tables": {
                  Row: {
                    "Tables": number | null
                  }
                  ComputedFields: never
                  Insert: {
                    "Tables"?: number | null
                  }
                  Update: {
                    "Tables"?: number | null
                  }
                  Relationships: [
                    
                  ]
                },"uses": {
                  Row: {
                    "c": Database["s14 Ünï-codé"]['CompositeTypes']["Com'p"] | null,"cc": (Database["s14 Ünï-codé"]['CompositeTypes']["Com'p"])[] | null,"e": Database["s14 Ünï-codé"]['Enums']["En um"] | null
                  }
                  ComputedFields: never
                  Insert: {
                    "c"?: Database["s14 Ünï-codé"]['CompositeTypes']["Com'p"] | null,"cc"?: (Database["s14 Ünï-codé"]['CompositeTypes']["Com'p"])[] | null,"e"?: Database["s14 Ünï-codé"]['Enums']["En um"] | null
                  }
                  Update: {
                    "c"?: Database["s14 Ünï-codé"]['CompositeTypes']["Com'p"] | null,"cc"?: (Database["s14 Ünï-codé"]['CompositeTypes']["Com'p"])[] | null,"e"?: Database["s14 Ünï-codé"]['Enums']["En um"] | null
                  }
                  Relationships: [
                    
                  ]
                }
          }
          Views: {
            "view with \"quotes\"": {
                  Row: {
                    "id": number,"quo\"te": number | null
                  }
                  ComputedFields: never
                  Insert: {
                           "id"?: number | null,"quo\"te"?: number | null
                         }
                        Update: {
                           "id"?: number | null,"quo\"te"?: number | null
                         }
                        Relationships: [
                    
                  ]
                }
          }
          Functions: {
            "9":
{ Args: Record<PropertyKey, never>; Returns: number
                           },
"Args":
{ Args: { "Returns": number }; Returns: number
                           },
"fn name":
{ Args: { "3"?: number,"arg one": number,"arg\"2"?: string }; Returns: {
              "2": Database["s14 Ünï-codé"]['Enums']["En um"],"col 1": number
            }[]
                           },
"readonly":
{ Args: Record<PropertyKey, never>; Returns: number
                           }
          }
          Enums: {
            "En um": "A"|"b-c"
          }
          CompositeTypes: {
            "Com'p": {
                        "a b": number | null,"c\"d": (Database["s14 Ünï-codé"]['Enums']["En um"])[] | null
                      }
          }
        },"s15": {
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
        },"s16a": {
          Tables: {
            [_ in never]: never
          }
          Views: {
            [_ in never]: never
          }
          Functions: {
            "f":
{ Args: Record<PropertyKey, never>; Returns: number
                           }
          }
          Enums: {
            [_ in never]: never
          }
          CompositeTypes: {
            [_ in never]: never
          }
        },"s16b": {
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
            "e16": "a"
          }
          CompositeTypes: {
            [_ in never]: never
          }
        },"s16c": {
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
            "c16": {
                        "a": number | null
                      }
          }
        },"s16d": {
          Tables: {
            [_ in never]: never
          }
          Views: {
            "v16": {
                  Row: {
                    "a": number | null
                  }
                  ComputedFields: never
                  Relationships: [
                    
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
        },"s16e": {
          Tables: {
            "none": {
                  Row: {
                    
                  }
                  ComputedFields: never
                  Insert: {
                    
                  }
                  Update: {
                    
                  }
                  Relationships: [
                    
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
        },"s17": {
          Tables: {
            "el": {
                  Row: {
                    "e": Database["s17"]['Enums']["e17"] | null,"es": (Database["s17"]['Enums']["e17"])[] | null
                  }
                  ComputedFields: never
                  Insert: {
                    "e"?: Database["s17"]['Enums']["e17"] | null,"es"?: (Database["s17"]['Enums']["e17"])[] | null
                  }
                  Update: {
                    "e"?: Database["s17"]['Enums']["e17"] | null,"es"?: (Database["s17"]['Enums']["e17"])[] | null
                  }
                  Relationships: [
                    
                  ]
                },"wide": {
                  Row: {
                    "c1": string | null,"c10": Json | null,"c100": boolean | null,"c101": number | null,"c102": string,"c103": (string)[] | null,"c104": number | null,"c105": string,"c106": Json | null,"c107": string | null,"c108": boolean,"c109": number | null,"c11": string | null,"c110": string | null,"c111": (string)[],"c112": number | null,"c113": string | null,"c114": NonNullable<Json>,"c115": string | null,"c116": boolean | null,"c117": number,"c118": string | null,"c119": (string)[] | null,"c12": boolean,"c120": number,"c13": number | null,"c14": string | null,"c15": (string)[],"c16": number | null,"c17": string | null,"c18": NonNullable<Json>,"c19": string | null,"c2": Json | null,"c20": boolean | null,"c21": number,"c22": string | null,"c23": (string)[] | null,"c24": number,"c25": string | null,"c26": Json | null,"c27": string,"c28": boolean | null,"c29": number | null,"c3": string,"c30": string,"c31": (string)[] | null,"c32": number | null,"c33": string,"c34": Json | null,"c35": string | null,"c36": boolean,"c37": number | null,"c38": string | null,"c39": (string)[],"c4": boolean | null,"c40": number | null,"c41": string | null,"c42": NonNullable<Json>,"c43": string | null,"c44": boolean | null,"c45": number,"c46": string | null,"c47": (string)[] | null,"c48": number,"c49": string | null,"c5": number | null,"c50": Json | null,"c51": string,"c52": boolean | null,"c53": number | null,"c54": string,"c55": (string)[] | null,"c56": number | null,"c57": string,"c58": Json | null,"c59": string | null,"c6": string,"c60": boolean,"c61": number | null,"c62": string | null,"c63": (string)[],"c64": number | null,"c65": string | null,"c66": NonNullable<Json>,"c67": string | null,"c68": boolean | null,"c69": number,"c7": (string)[] | null,"c70": string | null,"c71": (string)[] | null,"c72": number,"c73": string | null,"c74": Json | null,"c75": string,"c76": boolean | null,"c77": number | null,"c78": string,"c79": (string)[] | null,"c8": number | null,"c80": number | null,"c81": string,"c82": Json | null,"c83": string | null,"c84": boolean,"c85": number | null,"c86": string | null,"c87": (string)[],"c88": number | null,"c89": string | null,"c9": string,"c90": NonNullable<Json>,"c91": string | null,"c92": boolean | null,"c93": number,"c94": string | null,"c95": (string)[] | null,"c96": number,"c97": string | null,"c98": Json | null,"c99": string
                  }
                  ComputedFields: never
                  Insert: {
                    "c1"?: string | null,"c10"?: Json | null,"c100"?: boolean | null,"c101"?: number | null,"c102": string,"c103"?: (string)[] | null,"c104"?: number | null,"c105": string,"c106"?: Json | null,"c107"?: string | null,"c108": boolean,"c109"?: number | null,"c11"?: string | null,"c110"?: string | null,"c111": (string)[],"c112"?: number | null,"c113"?: string | null,"c114": NonNullable<Json>,"c115"?: string | null,"c116"?: boolean | null,"c117": number,"c118"?: string | null,"c119"?: (string)[] | null,"c12": boolean,"c120": number,"c13"?: number | null,"c14"?: string | null,"c15": (string)[],"c16"?: number | null,"c17"?: string | null,"c18": NonNullable<Json>,"c19"?: string | null,"c2"?: Json | null,"c20"?: boolean | null,"c21": number,"c22"?: string | null,"c23"?: (string)[] | null,"c24": number,"c25"?: string | null,"c26"?: Json | null,"c27": string,"c28"?: boolean | null,"c29"?: number | null,"c3": string,"c30": string,"c31"?: (string)[] | null,"c32"?: number | null,"c33": string,"c34"?: Json | null,"c35"?: string | null,"c36": boolean,"c37"?: number | null,"c38"?: string | null,"c39": (string)[],"c4"?: boolean | null,"c40"?: number | null,"c41"?: string | null,"c42": NonNullable<Json>,"c43"?: string | null,"c44"?: boolean | null,"c45": number,"c46"?: string | null,"c47"?: (string)[] | null,"c48": number,"c49"?: string | null,"c5"?: number | null,"c50"?: Json | null,"c51": string,"c52"?: boolean | null,"c53"?: number | null,"c54": string,"c55"?: (string)[] | null,"c56"?: number | null,"c57": string,"c58"?: Json | null,"c59"?: string | null,"c6": string,"c60": boolean,"c61"?: number | null,"c62"?: string | null,"c63": (string)[],"c64"?: number | null,"c65"?: string | null,"c66": NonNullable<Json>,"c67"?: string | null,"c68"?: boolean | null,"c69": number,"c7"?: (string)[] | null,"c70"?: string | null,"c71"?: (string)[] | null,"c72": number,"c73"?: string | null,"c74"?: Json | null,"c75": string,"c76"?: boolean | null,"c77"?: number | null,"c78": string,"c79"?: (string)[] | null,"c8"?: number | null,"c80"?: number | null,"c81": string,"c82"?: Json | null,"c83"?: string | null,"c84": boolean,"c85"?: number | null,"c86"?: string | null,"c87": (string)[],"c88"?: number | null,"c89"?: string | null,"c9": string,"c90": NonNullable<Json>,"c91"?: string | null,"c92"?: boolean | null,"c93": number,"c94"?: string | null,"c95"?: (string)[] | null,"c96": number,"c97"?: string | null,"c98"?: Json | null,"c99": string
                  }
                  Update: {
                    "c1"?: string | null,"c10"?: Json | null,"c100"?: boolean | null,"c101"?: number | null,"c102"?: string,"c103"?: (string)[] | null,"c104"?: number | null,"c105"?: string,"c106"?: Json | null,"c107"?: string | null,"c108"?: boolean,"c109"?: number | null,"c11"?: string | null,"c110"?: string | null,"c111"?: (string)[],"c112"?: number | null,"c113"?: string | null,"c114"?: NonNullable<Json>,"c115"?: string | null,"c116"?: boolean | null,"c117"?: number,"c118"?: string | null,"c119"?: (string)[] | null,"c12"?: boolean,"c120"?: number,"c13"?: number | null,"c14"?: string | null,"c15"?: (string)[],"c16"?: number | null,"c17"?: string | null,"c18"?: NonNullable<Json>,"c19"?: string | null,"c2"?: Json | null,"c20"?: boolean | null,"c21"?: number,"c22"?: string | null,"c23"?: (string)[] | null,"c24"?: number,"c25"?: string | null,"c26"?: Json | null,"c27"?: string,"c28"?: boolean | null,"c29"?: number | null,"c3"?: string,"c30"?: string,"c31"?: (string)[] | null,"c32"?: number | null,"c33"?: string,"c34"?: Json | null,"c35"?: string | null,"c36"?: boolean,"c37"?: number | null,"c38"?: string | null,"c39"?: (string)[],"c4"?: boolean | null,"c40"?: number | null,"c41"?: string | null,"c42"?: NonNullable<Json>,"c43"?: string | null,"c44"?: boolean | null,"c45"?: number,"c46"?: string | null,"c47"?: (string)[] | null,"c48"?: number,"c49"?: string | null,"c5"?: number | null,"c50"?: Json | null,"c51"?: string,"c52"?: boolean | null,"c53"?: number | null,"c54"?: string,"c55"?: (string)[] | null,"c56"?: number | null,"c57"?: string,"c58"?: Json | null,"c59"?: string | null,"c6"?: string,"c60"?: boolean,"c61"?: number | null,"c62"?: string | null,"c63"?: (string)[],"c64"?: number | null,"c65"?: string | null,"c66"?: NonNullable<Json>,"c67"?: string | null,"c68"?: boolean | null,"c69"?: number,"c7"?: (string)[] | null,"c70"?: string | null,"c71"?: (string)[] | null,"c72"?: number,"c73"?: string | null,"c74"?: Json | null,"c75"?: string,"c76"?: boolean | null,"c77"?: number | null,"c78"?: string,"c79"?: (string)[] | null,"c8"?: number | null,"c80"?: number | null,"c81"?: string,"c82"?: Json | null,"c83"?: string | null,"c84"?: boolean,"c85"?: number | null,"c86"?: string | null,"c87"?: (string)[],"c88"?: number | null,"c89"?: string | null,"c9"?: string,"c90"?: NonNullable<Json>,"c91"?: string | null,"c92"?: boolean | null,"c93"?: number,"c94"?: string | null,"c95"?: (string)[] | null,"c96"?: number,"c97"?: string | null,"c98"?: Json | null,"c99"?: string
                  }
                  Relationships: [
                    
                  ]
                }
          }
          Views: {
            "widev": {
                  Row: {
                    "c1": string | null,"c10": Json | null,"c100": boolean | null,"c101": number | null,"c102": string,"c103": (string)[] | null,"c104": number | null,"c105": string,"c106": Json | null,"c107": string | null,"c108": boolean,"c109": number | null,"c11": string | null,"c110": string | null,"c111": (string)[],"c112": number | null,"c113": string | null,"c114": NonNullable<Json>,"c115": string | null,"c116": boolean | null,"c117": number,"c118": string | null,"c119": (string)[] | null,"c12": boolean,"c120": number,"c13": number | null,"c14": string | null,"c15": (string)[],"c16": number | null,"c17": string | null,"c18": NonNullable<Json>,"c19": string | null,"c2": Json | null,"c20": boolean | null,"c21": number,"c22": string | null,"c23": (string)[] | null,"c24": number,"c25": string | null,"c26": Json | null,"c27": string,"c28": boolean | null,"c29": number | null,"c3": string,"c30": string,"c31": (string)[] | null,"c32": number | null,"c33": string,"c34": Json | null,"c35": string | null,"c36": boolean,"c37": number | null,"c38": string | null,"c39": (string)[],"c4": boolean | null,"c40": number | null,"c41": string | null,"c42": NonNullable<Json>,"c43": string | null,"c44": boolean | null,"c45": number,"c46": string | null,"c47": (string)[] | null,"c48": number,"c49": string | null,"c5": number | null,"c50": Json | null,"c51": string,"c52": boolean | null,"c53": number | null,"c54": string,"c55": (string)[] | null,"c56": number | null,"c57": string,"c58": Json | null,"c59": string | null,"c6": string,"c60": boolean,"c61": number | null,"c62": string | null,"c63": (string)[],"c64": number | null,"c65": string | null,"c66": NonNullable<Json>,"c67": string | null,"c68": boolean | null,"c69": number,"c7": (string)[] | null,"c70": string | null,"c71": (string)[] | null,"c72": number,"c73": string | null,"c74": Json | null,"c75": string,"c76": boolean | null,"c77": number | null,"c78": string,"c79": (string)[] | null,"c8": number | null,"c80": number | null,"c81": string,"c82": Json | null,"c83": string | null,"c84": boolean,"c85": number | null,"c86": string | null,"c87": (string)[],"c88": number | null,"c89": string | null,"c9": string,"c90": NonNullable<Json>,"c91": string | null,"c92": boolean | null,"c93": number,"c94": string | null,"c95": (string)[] | null,"c96": number,"c97": string | null,"c98": Json | null,"c99": string
                  }
                  ComputedFields: never
                  Insert: {
                           "c1"?: string | null,"c10"?: Json | null,"c100"?: boolean | null,"c101"?: number | null,"c102"?: string | null,"c103"?: (string)[] | null,"c104"?: number | null,"c105"?: string | null,"c106"?: Json | null,"c107"?: string | null,"c108"?: boolean | null,"c109"?: number | null,"c11"?: string | null,"c110"?: string | null,"c111"?: (string)[] | null,"c112"?: number | null,"c113"?: string | null,"c114"?: Json | null,"c115"?: string | null,"c116"?: boolean | null,"c117"?: number | null,"c118"?: string | null,"c119"?: (string)[] | null,"c12"?: boolean | null,"c120"?: number | null,"c13"?: number | null,"c14"?: string | null,"c15"?: (string)[] | null,"c16"?: number | null,"c17"?: string | null,"c18"?: Json | null,"c19"?: string | null,"c2"?: Json | null,"c20"?: boolean | null,"c21"?: number | null,"c22"?: string | null,"c23"?: (string)[] | null,"c24"?: number | null,"c25"?: string | null,"c26"?: Json | null,"c27"?: string | null,"c28"?: boolean | null,"c29"?: number | null,"c3"?: string | null,"c30"?: string | null,"c31"?: (string)[] | null,"c32"?: number | null,"c33"?: string | null,"c34"?: Json | null,"c35"?: string | null,"c36"?: boolean | null,"c37"?: number | null,"c38"?: string | null,"c39"?: (string)[] | null,"c4"?: boolean | null,"c40"?: number | null,"c41"?: string | null,"c42"?: Json | null,"c43"?: string | null,"c44"?: boolean | null,"c45"?: number | null,"c46"?: string | null,"c47"?: (string)[] | null,"c48"?: number | null,"c49"?: string | null,"c5"?: number | null,"c50"?: Json | null,"c51"?: string | null,"c52"?: boolean | null,"c53"?: number | null,"c54"?: string | null,"c55"?: (string)[] | null,"c56"?: number | null,"c57"?: string | null,"c58"?: Json | null,"c59"?: string | null,"c6"?: string | null,"c60"?: boolean | null,"c61"?: number | null,"c62"?: string | null,"c63"?: (string)[] | null,"c64"?: number | null,"c65"?: string | null,"c66"?: Json | null,"c67"?: string | null,"c68"?: boolean | null,"c69"?: number | null,"c7"?: (string)[] | null,"c70"?: string | null,"c71"?: (string)[] | null,"c72"?: number | null,"c73"?: string | null,"c74"?: Json | null,"c75"?: string | null,"c76"?: boolean | null,"c77"?: number | null,"c78"?: string | null,"c79"?: (string)[] | null,"c8"?: number | null,"c80"?: number | null,"c81"?: string | null,"c82"?: Json | null,"c83"?: string | null,"c84"?: boolean | null,"c85"?: number | null,"c86"?: string | null,"c87"?: (string)[] | null,"c88"?: number | null,"c89"?: string | null,"c9"?: string | null,"c90"?: Json | null,"c91"?: string | null,"c92"?: boolean | null,"c93"?: number | null,"c94"?: string | null,"c95"?: (string)[] | null,"c96"?: number | null,"c97"?: string | null,"c98"?: Json | null,"c99"?: string | null
                         }
                        Update: {
                           "c1"?: string | null,"c10"?: Json | null,"c100"?: boolean | null,"c101"?: number | null,"c102"?: string | null,"c103"?: (string)[] | null,"c104"?: number | null,"c105"?: string | null,"c106"?: Json | null,"c107"?: string | null,"c108"?: boolean | null,"c109"?: number | null,"c11"?: string | null,"c110"?: string | null,"c111"?: (string)[] | null,"c112"?: number | null,"c113"?: string | null,"c114"?: Json | null,"c115"?: string | null,"c116"?: boolean | null,"c117"?: number | null,"c118"?: string | null,"c119"?: (string)[] | null,"c12"?: boolean | null,"c120"?: number | null,"c13"?: number | null,"c14"?: string | null,"c15"?: (string)[] | null,"c16"?: number | null,"c17"?: string | null,"c18"?: Json | null,"c19"?: string | null,"c2"?: Json | null,"c20"?: boolean | null,"c21"?: number | null,"c22"?: string | null,"c23"?: (string)[] | null,"c24"?: number | null,"c25"?: string | null,"c26"?: Json | null,"c27"?: string | null,"c28"?: boolean | null,"c29"?: number | null,"c3"?: string | null,"c30"?: string | null,"c31"?: (string)[] | null,"c32"?: number | null,"c33"?: string | null,"c34"?: Json | null,"c35"?: string | null,"c36"?: boolean | null,"c37"?: number | null,"c38"?: string | null,"c39"?: (string)[] | null,"c4"?: boolean | null,"c40"?: number | null,"c41"?: string | null,"c42"?: Json | null,"c43"?: string | null,"c44"?: boolean | null,"c45"?: number | null,"c46"?: string | null,"c47"?: (string)[] | null,"c48"?: number | null,"c49"?: string | null,"c5"?: number | null,"c50"?: Json | null,"c51"?: string | null,"c52"?: boolean | null,"c53"?: number | null,"c54"?: string | null,"c55"?: (string)[] | null,"c56"?: number | null,"c57"?: string | null,"c58"?: Json | null,"c59"?: string | null,"c6"?: string | null,"c60"?: boolean | null,"c61"?: number | null,"c62"?: string | null,"c63"?: (string)[] | null,"c64"?: number | null,"c65"?: string | null,"c66"?: Json | null,"c67"?: string | null,"c68"?: boolean | null,"c69"?: number | null,"c7"?: (string)[] | null,"c70"?: string | null,"c71"?: (string)[] | null,"c72"?: number | null,"c73"?: string | null,"c74"?: Json | null,"c75"?: string | null,"c76"?: boolean | null,"c77"?: number | null,"c78"?: string | null,"c79"?: (string)[] | null,"c8"?: number | null,"c80"?: number | null,"c81"?: string | null,"c82"?: Json | null,"c83"?: string | null,"c84"?: boolean | null,"c85"?: number | null,"c86"?: string | null,"c87"?: (string)[] | null,"c88"?: number | null,"c89"?: string | null,"c9"?: string | null,"c90"?: Json | null,"c91"?: string | null,"c92"?: boolean | null,"c93"?: number | null,"c94"?: string | null,"c95"?: (string)[] | null,"c96"?: number | null,"c97"?: string | null,"c98"?: Json | null,"c99"?: string | null
                         }
                        Relationships: [
                    
                  ]
                }
          }
          Functions: {
            "manyargs":
{ Args: { "a1": number,"a10": number,"a11": number,"a12": number,"a13": number,"a14": number,"a15": number,"a16": number,"a17": number,"a18": number,"a19": number,"a2": number,"a20": number,"a21": number,"a22": number,"a23": number,"a24": number,"a25": number,"a26": number,"a27": number,"a28": number,"a29": number,"a3": number,"a30": number,"a31": number,"a32": number,"a33": number,"a34": number,"a35": number,"a36": number,"a37": number,"a38": number,"a39": number,"a4": number,"a40": number,"a41": number,"a42": number,"a43": number,"a44": number,"a45": number,"a46": number,"a47": number,"a48": number,"a49": number,"a5": number,"a50": number,"a51"?: number,"a52"?: number,"a53"?: number,"a54"?: number,"a55"?: number,"a56"?: number,"a57"?: number,"a58"?: number,"a59"?: number,"a6": number,"a60"?: number,"a61"?: number,"a62"?: number,"a63"?: number,"a64"?: number,"a65"?: number,"a66"?: number,"a67"?: number,"a68"?: number,"a69"?: number,"a7": number,"a70"?: number,"a71"?: number,"a72"?: number,"a73"?: number,"a74"?: number,"a75"?: number,"a76"?: number,"a77"?: number,"a78"?: number,"a79"?: number,"a8": number,"a80"?: number,"a81"?: number,"a82"?: number,"a83"?: number,"a84"?: number,"a85"?: number,"a86"?: number,"a87"?: number,"a88"?: number,"a89"?: number,"a9": number,"a90"?: number,"a91"?: number,"a92"?: number,"a93"?: number,"a94"?: number,"a95"?: number,"a96"?: number,"a97"?: number,"a98"?: number,"a99"?: number }; Returns: number
                           },
"ov":
{ Args: { "a0": number,"b": number }; Returns: number
                           } |
{ Args: { "a1": number,"b": string }; Returns: number
                           } |
{ Args: { "a10": string,"b": string }; Returns: number
                           } |
{ Args: { "a11": string,"b": boolean }; Returns: number
                           } |
{ Args: { "a12": string,"b": string }; Returns: number
                           } |
{ Args: { "a13": string,"b": string }; Returns: number
                           } |
{ Args: { "a14": string,"b": Json }; Returns: number
                           } |
{ Args: { "a15": string,"b": (number)[] }; Returns: number
                           } |
{ Args: { "a16": string,"b": (string)[] }; Returns: number
                           } |
{ Args: { "a17": string,"b": string }; Returns: number
                           } |
{ Args: { "a18": boolean,"b": number }; Returns: number
                           } |
{ Args: { "a19": boolean,"b": string }; Returns: number
                           } |
{ Args: { "a2": number,"b": boolean }; Returns: number
                           } |
{ Args: { "a20": boolean,"b": boolean }; Returns: number
                           } |
{ Args: { "a21": boolean,"b": string }; Returns: number
                           } |
{ Args: { "a22": boolean,"b": string }; Returns: number
                           } |
{ Args: { "a23": boolean,"b": Json }; Returns: number
                           } |
{ Args: { "a24": boolean,"b": (number)[] }; Returns: number
                           } |
{ Args: { "a25": boolean,"b": (string)[] }; Returns: number
                           } |
{ Args: { "a26": boolean,"b": string }; Returns: number
                           } |
{ Args: { "a27": string,"b": number }; Returns: number
                           } |
{ Args: { "a28": string,"b": string }; Returns: number
                           } |
{ Args: { "a29": string,"b": boolean }; Returns: number
                           } |
{ Args: { "a3": number,"b": string }; Returns: number
                           } |
{ Args: { "a30": string,"b": string }; Returns: number
                           } |
{ Args: { "a31": string,"b": string }; Returns: number
                           } |
{ Args: { "a32": string,"b": Json }; Returns: number
                           } |
{ Args: { "a33": string,"b": (number)[] }; Returns: number
                           } |
{ Args: { "a34": string,"b": (string)[] }; Returns: number
                           } |
{ Args: { "a35": string,"b": string }; Returns: number
                           } |
{ Args: { "a36": string,"b": number }; Returns: number
                           } |
{ Args: { "a37": string,"b": string }; Returns: number
                           } |
{ Args: { "a38": string,"b": boolean }; Returns: number
                           } |
{ Args: { "a39": string,"b": string }; Returns: number
                           } |
{ Args: { "a4": number,"b": string }; Returns: number
                           } |
{ Args: { "a40": string,"b": string }; Returns: number
                           } |
{ Args: { "a41": string,"b": Json }; Returns: number
                           } |
{ Args: { "a42": string,"b": (number)[] }; Returns: number
                           } |
{ Args: { "a43": string,"b": (string)[] }; Returns: number
                           } |
{ Args: { "a44": string,"b": string }; Returns: number
                           } |
{ Args: { "a45": Json,"b": number }; Returns: number
                           } |
{ Args: { "a46": Json,"b": string }; Returns: number
                           } |
{ Args: { "a47": Json,"b": boolean }; Returns: number
                           } |
{ Args: { "a48": Json,"b": string }; Returns: number
                           } |
{ Args: { "a49": Json,"b": string }; Returns: number
                           } |
{ Args: { "a5": number,"b": Json }; Returns: number
                           } |
{ Args: { "a50": Json,"b": Json }; Returns: number
                           } |
{ Args: { "a51": Json,"b": (number)[] }; Returns: number
                           } |
{ Args: { "a52": Json,"b": (string)[] }; Returns: number
                           } |
{ Args: { "a53": Json,"b": string }; Returns: number
                           } |
{ Args: { "a54": (number)[],"b": number }; Returns: number
                           } |
{ Args: { "a55": (number)[],"b": string }; Returns: number
                           } |
{ Args: { "a56": (number)[],"b": boolean }; Returns: number
                           } |
{ Args: { "a57": (number)[],"b": string }; Returns: number
                           } |
{ Args: { "a58": (number)[],"b": string }; Returns: number
                           } |
{ Args: { "a59": (number)[],"b": Json }; Returns: number
                           } |
{ Args: { "a6": number,"b": (number)[] }; Returns: number
                           } |
{ Args: { "a60": (number)[],"b": (number)[] }; Returns: number
                           } |
{ Args: { "a61": (number)[],"b": (string)[] }; Returns: number
                           } |
{ Args: { "a62": (number)[],"b": string }; Returns: number
                           } |
{ Args: { "a63": (string)[],"b": number }; Returns: number
                           } |
{ Args: { "a64": (string)[],"b": string }; Returns: number
                           } |
{ Args: { "a65": (string)[],"b": boolean }; Returns: number
                           } |
{ Args: { "a66": (string)[],"b": string }; Returns: number
                           } |
{ Args: { "a67": (string)[],"b": string }; Returns: number
                           } |
{ Args: { "a68": (string)[],"b": Json }; Returns: number
                           } |
{ Args: { "a69": (string)[],"b": (number)[] }; Returns: number
                           } |
{ Args: { "a7": number,"b": (string)[] }; Returns: number
                           } |
{ Args: { "a8": number,"b": string }; Returns: number
                           } |
{ Args: { "a9": string,"b": number }; Returns: number
                           },
"widef":
{ Args: Record<PropertyKey, never>; Returns: {
              "c1": string | null,
"c10": Json | null,
"c100": boolean | null,
"c101": number | null,
"c102": string,
"c103": (string)[] | null,
"c104": number | null,
"c105": string,
"c106": Json | null,
"c107": string | null,
"c108": boolean,
"c109": number | null,
"c11": string | null,
"c110": string | null,
"c111": (string)[],
"c112": number | null,
"c113": string | null,
"c114": NonNullable<Json>,
"c115": string | null,
"c116": boolean | null,
"c117": number,
"c118": string | null,
"c119": (string)[] | null,
"c12": boolean,
"c120": number,
"c13": number | null,
"c14": string | null,
"c15": (string)[],
"c16": number | null,
"c17": string | null,
"c18": NonNullable<Json>,
"c19": string | null,
"c2": Json | null,
"c20": boolean | null,
"c21": number,
"c22": string | null,
"c23": (string)[] | null,
"c24": number,
"c25": string | null,
"c26": Json | null,
"c27": string,
"c28": boolean | null,
"c29": number | null,
"c3": string,
"c30": string,
"c31": (string)[] | null,
"c32": number | null,
"c33": string,
"c34": Json | null,
"c35": string | null,
"c36": boolean,
"c37": number | null,
"c38": string | null,
"c39": (string)[],
"c4": boolean | null,
"c40": number | null,
"c41": string | null,
"c42": NonNullable<Json>,
"c43": string | null,
"c44": boolean | null,
"c45": number,
"c46": string | null,
"c47": (string)[] | null,
"c48": number,
"c49": string | null,
"c5": number | null,
"c50": Json | null,
"c51": string,
"c52": boolean | null,
"c53": number | null,
"c54": string,
"c55": (string)[] | null,
"c56": number | null,
"c57": string,
"c58": Json | null,
"c59": string | null,
"c6": string,
"c60": boolean,
"c61": number | null,
"c62": string | null,
"c63": (string)[],
"c64": number | null,
"c65": string | null,
"c66": NonNullable<Json>,
"c67": string | null,
"c68": boolean | null,
"c69": number,
"c7": (string)[] | null,
"c70": string | null,
"c71": (string)[] | null,
"c72": number,
"c73": string | null,
"c74": Json | null,
"c75": string,
"c76": boolean | null,
"c77": number | null,
"c78": string,
"c79": (string)[] | null,
"c8": number | null,
"c80": number | null,
"c81": string,
"c82": Json | null,
"c83": string | null,
"c84": boolean,
"c85": number | null,
"c86": string | null,
"c87": (string)[],
"c88": number | null,
"c89": string | null,
"c9": string,
"c90": NonNullable<Json>,
"c91": string | null,
"c92": boolean | null,
"c93": number,
"c94": string | null,
"c95": (string)[] | null,
"c96": number,
"c97": string | null,
"c98": Json | null,
"c99": string
            }[]
                          SetofOptions: {
        from: "*"
        to: "wide"
        isOneToOne: false
        isSetofReturn: true
      } }
          }
          Enums: {
            "e17": "label 1"|"label 2"|"label 3"|"label 4"|"label 5"|"label 6"|"label 7"|"label 8"|"label 9"|"label 10"|"label 11"|"label 12"|"label 13"|"label 14"|"label 15"|"label 16"|"label 17"|"label 18"|"label 19"|"label 20"|"label 21"|"label 22"|"label 23"|"label 24"|"label 25"|"label 26"|"label 27"|"label 28"|"label 29"|"label 30"|"label 31"|"label 32"|"label 33"|"label 34"|"label 35"|"label 36"|"label 37"|"label 38"|"label 39"|"label 40"|"label 41"|"label 42"|"label 43"|"label 44"|"label 45"|"label 46"|"label 47"|"label 48"|"label 49"|"label 50"|"label 51"|"label 52"|"label 53"|"label 54"|"label 55"|"label 56"|"label 57"|"label 58"|"label 59"|"label 60"|"label 61"|"label 62"|"label 63"|"label 64"|"label 65"|"label 66"|"label 67"|"label 68"|"label 69"|"label 70"|"label 71"|"label 72"|"label 73"|"label 74"|"label 75"|"label 76"|"label 77"|"label 78"|"label 79"|"label 80"|"label 81"|"label 82"|"label 83"|"label 84"|"label 85"|"label 86"|"label 87"|"label 88"|"label 89"|"label 90"|"label 91"|"label 92"|"label 93"|"label 94"|"label 95"|"label 96"|"label 97"|"label 98"|"label 99"|"label 100"|"label 101"|"label 102"|"label 103"|"label 104"|"label 105"|"label 106"|"label 107"|"label 108"|"label 109"|"label 110"|"label 111"|"label 112"|"label 113"|"label 114"|"label 115"|"label 116"|"label 117"|"label 118"|"label 119"|"label 120"
          }
          CompositeTypes: {
            [_ in never]: never
          }
        },"s18": {
          Tables: {
            "has_row": {
                  Row: {
                    "r": Database["s18"]['Tables']["ty"]['Row'] | null,"t": string | null,"ts": (string)[] | null
                  }
                  ComputedFields: never
                  Insert: {
                    "r"?: Database["s18"]['Tables']["ty"]['Row'] | null,"t"?: string | null,"ts"?: (string)[] | null
                  }
                  Update: {
                    "r"?: Database["s18"]['Tables']["ty"]['Row'] | null,"t"?: string | null,"ts"?: (string)[] | null
                  }
                  Relationships: [
                    
                  ]
                },"rg": {
                  Row: {
                    "a": unknown,"b": (unknown)[] | null
                  }
                  ComputedFields: never
                  Insert: {
                    "a"?: unknown,"b"?: (unknown)[] | null
                  }
                  Update: {
                    "a"?: unknown,"b"?: (unknown)[] | null
                  }
                  Relationships: [
                    
                  ]
                },"sh": {
                  Row: {
                    "b": boolean | null,"c": boolean | null
                  }
                  ComputedFields: never
                  Insert: {
                    "b"?: boolean | null,"c"?: boolean | null
                  }
                  Update: {
                    "b"?: boolean | null,"c"?: boolean | null
                  }
                  Relationships: [
                    
                  ]
                },"text": {
                  Row: {
                    "id": number | null
                  }
                  ComputedFields: never
                  Insert: {
                    "id"?: number | null
                  }
                  Update: {
                    "id"?: number | null
                  }
                  Relationships: [
                    
                  ]
                },"ty": {
                  Row: {
                    "a": unknown,"aa": number | null,"ab": number | null,"ac": number | null,"ad": number | null,"ae": number | null,"af": unknown,"ag": (number)[] | null,"ah": (Json)[] | null,"ai": (unknown)[] | null,"aj": (unknown)[] | null,"ak": (boolean)[] | null,"al": (string)[] | null,"am": unknown,"an": unknown,"ao": unknown,"ap": unknown,"aq": (unknown)[] | null,"ar": NonNullable<Json>,"at": (Json)[],"b": unknown,"c": unknown,"d": unknown,"e": unknown,"f": unknown,"g": unknown,"h": unknown,"i": unknown,"j": unknown,"k": unknown,"l": unknown,"m": unknown,"n": unknown,"o": unknown,"p": unknown,"q": unknown,"r": unknown,"s": unknown,"t": string | null,"u": string | null,"v": string | null,"w": string | null,"x": string | null,"y": string | null,"z": string | null
                  }
                  ComputedFields: never
                  Insert: {
                    "a"?: unknown,"aa"?: number | null,"ab"?: number | null,"ac"?: number | null,"ad"?: number | null,"ae"?: number | null,"af"?: unknown,"ag"?: (number)[] | null,"ah"?: (Json)[] | null,"ai"?: (unknown)[] | null,"aj"?: (unknown)[] | null,"ak"?: (boolean)[] | null,"al"?: (string)[] | null,"am"?: unknown,"an"?: unknown,"ao"?: unknown,"ap"?: unknown,"aq"?: (unknown)[] | null,"ar": NonNullable<Json>,"at": (Json)[],"b"?: unknown,"c"?: unknown,"d"?: unknown,"e"?: unknown,"f"?: unknown,"g"?: unknown,"h"?: unknown,"i"?: unknown,"j"?: unknown,"k"?: unknown,"l"?: unknown,"m"?: unknown,"n"?: unknown,"o"?: unknown,"p"?: unknown,"q"?: unknown,"r"?: unknown,"s"?: unknown,"t"?: string | null,"u"?: string | null,"v"?: string | null,"w"?: string | null,"x"?: string | null,"y"?: string | null,"z"?: string | null
                  }
                  Update: {
                    "a"?: unknown,"aa"?: number | null,"ab"?: number | null,"ac"?: number | null,"ad"?: number | null,"ae"?: number | null,"af"?: unknown,"ag"?: (number)[] | null,"ah"?: (Json)[] | null,"ai"?: (unknown)[] | null,"aj"?: (unknown)[] | null,"ak"?: (boolean)[] | null,"al"?: (string)[] | null,"am"?: unknown,"an"?: unknown,"ao"?: unknown,"ap"?: unknown,"aq"?: (unknown)[] | null,"ar"?: NonNullable<Json>,"at"?: (Json)[],"b"?: unknown,"c"?: unknown,"d"?: unknown,"e"?: unknown,"f"?: unknown,"g"?: unknown,"h"?: unknown,"i"?: unknown,"j"?: unknown,"k"?: unknown,"l"?: unknown,"m"?: unknown,"n"?: unknown,"o"?: unknown,"p"?: unknown,"q"?: unknown,"r"?: unknown,"s"?: unknown,"t"?: string | null,"u"?: string | null,"v"?: string | null,"w"?: string | null,"x"?: string | null,"y"?: string | null,"z"?: string | null
                  }
                  Relationships: [
                    
                  ]
                },"vt": {
                  Row: {
                    "v": string | null
                  }
                  ComputedFields: never
                  Insert: {
                    "v"?: string | null
                  }
                  Update: {
                    "v"?: string | null
                  }
                  Relationships: [
                    
                  ]
                }
          }
          Views: {
            [_ in never]: never
          }
          Functions: {
            "fr_multirange":
{ Args: Record<PropertyKey, never>; Returns: unknown
                           }
          }
          Enums: {
            "bool": "yes"|"no"
          }
          CompositeTypes: {
            "json18": {
                        "a": number | null
                      }
          }
        },"s19": {
          Tables: {
            "t": {
                  Row: {
                    "a": number,"b": string | null,"id": number
                  }
                  ComputedFields: never
                  Insert: {
                    "a": number,"b"?: string | null,"id": number
                  }
                  Update: {
                    "a"?: number,"b"?: string | null,"id"?: number
                  }
                  Relationships: [
                    
                  ]
                }
          }
          Views: {
            "tv": {
                  Row: {
                    "a1": number | null,"b": string | null,"id": number
                  }
                  ComputedFields: never
                  Insert: {
                           "a1"?: number | null,"b"?: string | null,"id"?: number | null
                         }
                        Update: {
                           "a1"?: number | null,"b"?: string | null,"id"?: number | null
                         }
                        Relationships: [
                    
                  ]
                },"tv10": {
                  Row: {
                    "a": number,"b": string | null,"id": number,"up": string | null
                  }
                  ComputedFields: never
                  Insert: {
                           "a"?: number | null,"b"?: string | null,"id"?: number | null,"up"?: never
                         }
                        Update: {
                           "a"?: number | null,"b"?: string | null,"id"?: number | null,"up"?: never
                         }
                        Relationships: [
                    
                  ]
                },"tv11": {
                  Row: {
                    "a": number,"b": string | null,"id": number,"up": string | null
                  }
                  ComputedFields: never
                  Insert: {
                           "a"?: number | null,"b"?: string | null,"id"?: number | null,"up"?: never
                         }
                        Update: {
                           "a"?: number | null,"b"?: string | null,"id"?: number | null,"up"?: never
                         }
                        Relationships: [
                    
                  ]
                },"tv12": {
                  Row: {
                    "b": string | null,"id": number
                  }
                  ComputedFields: never
                  Insert: {
                           "b"?: string | null,"id"?: number | null
                         }
                        Update: {
                           "b"?: string | null,"id"?: number | null
                         }
                        Relationships: [
                    
                  ]
                },"tv13": {
                  Row: {
                    "b": string | null,"id": number
                  }
                  ComputedFields: never
                  Insert: {
                           "b"?: string | null,"id"?: number | null
                         }
                        Update: {
                           "b"?: string | null,"id"?: number | null
                         }
                        Relationships: [
                    
                  ]
                },"tv14": {
                  Row: {
                    "b": string | null,"id": number
                  }
                  ComputedFields: never
                  Insert: {
                           "b"?: string | null,"id"?: number | null
                         }
                        Update: {
                           "b"?: string | null,"id"?: number | null
                         }
                        Relationships: [
                    
                  ]
                },"tv2": {
                  Row: {
                    "c": number | null
                  }
                  ComputedFields: never
                  Update: {
                           "c"?: number | null
                         }
                        Relationships: [
                    
                  ]
                },"tv3": {
                  Row: {
                    "b": string | null,"id": number
                  }
                  ComputedFields: never
                  Insert: {
                           "b"?: string | null,"id"?: number | null
                         }
                        Update: {
                           "b"?: string | null,"id"?: number | null
                         }
                        Relationships: [
                    
                  ]
                },"tv4": {
                  Row: {
                    "b": string | null,"id": number
                  }
                  ComputedFields: never
                  Insert: {
                           "b"?: string | null,"id"?: number | null
                         }
                        Update: {
                           "b"?: string | null,"id"?: number | null
                         }
                        Relationships: [
                    
                  ]
                },"tv5": {
                  Row: {
                    "a": number,"b": string | null,"id": number
                  }
                  ComputedFields: never
                  Insert: {
                           "a"?: number | null,"b"?: string | null,"id"?: number | null
                         }
                        Update: {
                           "a"?: number | null,"b"?: string | null,"id"?: number | null
                         }
                        Relationships: [
                    
                  ]
                },"tv6": {
                  Row: {
                    "a": number,"b": string | null,"id": number
                  }
                  ComputedFields: never
                  Insert: {
                           "a"?: number | null,"b"?: string | null,"id"?: number | null
                         }
                        Update: {
                           "a"?: number | null,"b"?: string | null,"id"?: number | null
                         }
                        Relationships: [
                    
                  ]
                },"tv7": {
                  Row: {
                    "id": number
                  }
                  ComputedFields: never
                  Relationships: [
                    
                  ]
                },"tv8": {
                  Row: {
                    "a1": number | null,"b": string | null,"id": number
                  }
                  ComputedFields: never
                  Insert: {
                           "a1"?: never,"b"?: string | null,"id"?: number | null
                         }
                        Update: {
                           "a1"?: never,"b"?: string | null,"id"?: number | null
                         }
                        Relationships: [
                    
                  ]
                },"tv9": {
                  Row: {
                    "id": number
                  }
                  ComputedFields: never
                  Relationships: [
                    
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
        },"s20": {
          Tables: {
            "df": {
                  Row: {
                    "a": number,"b": string | null,"c": string,"d": string,"e": number,"f": boolean
                  }
                  ComputedFields: never
                  Insert: {
                    "a": number,"b"?: string | null,"c"?: string,"d"?: string,"e"?: number,"f": boolean
                  }
                  Update: {
                    "a"?: number,"b"?: string | null,"c"?: string,"d"?: string,"e"?: number,"f"?: boolean
                  }
                  Relationships: [
                    
                  ]
                },"ul": {
                  Row: {
                    "a": number | null,"cc": number | null,"d": number,"id": number
                  }
                  ComputedFields: never
                  Insert: {
                    "a"?: number | null,"cc"?: number | null,"d"?: number,"id": number
                  }
                  Update: {
                    "a"?: number | null,"cc"?: number | null,"d"?: number,"id"?: number
                  }
                  Relationships: [
                    
                  ]
                }
          }
          Views: {
            "dfv": {
                  Row: {
                    "a": number,"b": string | null,"c": string,"d": string,"e": number,"f": boolean
                  }
                  ComputedFields: never
                  Insert: {
                           "a"?: number | null,"b"?: string | null,"c"?: string | null,"d"?: string | null,"e"?: number | null,"f"?: boolean | null
                         }
                        Update: {
                           "a"?: number | null,"b"?: string | null,"c"?: string | null,"d"?: string | null,"e"?: number | null,"f"?: boolean | null
                         }
                        Relationships: [
                    
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
        },"s21": {
          Tables: {
            "n": {
                  Row: {
                    "id": number,"par": number | null
                  }
                  ComputedFields: never
                  Insert: {
                    "id": number,"par"?: number | null
                  }
                  Update: {
                    "id"?: number,"par"?: number | null
                  }
                  Relationships: [
                    {
      foreignKeyName: "n_par_fkey"
      columns: ["par"]
isOneToOne: false
      referencedRelation: "a"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "n_par_fkey"
      columns: ["par"]
isOneToOne: false
      referencedRelation: "b"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "n_par_fkey"
      columns: ["par"]
isOneToOne: false
      referencedRelation: "c"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "n_par_fkey"
      columns: ["par"]
isOneToOne: false
      referencedRelation: "d"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "n_par_fkey"
      columns: ["par"]
isOneToOne: false
      referencedRelation: "e"
      referencedColumns: ["id1"]
    },{
      foreignKeyName: "n_par_fkey"
      columns: ["par"]
isOneToOne: false
      referencedRelation: "e"
      referencedColumns: ["id2"]
    },{
      foreignKeyName: "n_par_fkey"
      columns: ["par"]
isOneToOne: false
      referencedRelation: "g"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "n_par_fkey"
      columns: ["par"]
isOneToOne: false
      referencedRelation: "i"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "n_par_fkey"
      columns: ["par"]
isOneToOne: false
      referencedRelation: "j"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "n_par_fkey"
      columns: ["par"]
isOneToOne: false
      referencedRelation: "l"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "n_par_fkey"
      columns: ["par"]
isOneToOne: false
      referencedRelation: "m2"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "n_par_fkey"
      columns: ["par"]
isOneToOne: false
      referencedRelation: "n"
      referencedColumns: ["id"]
    }
                  ]
                }
          }
          Views: {
            "a": {
                  Row: {
                    "id": number,"par": number | null
                  }
                  ComputedFields: never
                  Insert: {
                           "id"?: number | null,"par"?: number | null
                         }
                        Update: {
                           "id"?: number | null,"par"?: number | null
                         }
                        Relationships: [
                    {
      foreignKeyName: "n_par_fkey"
      columns: ["par"]
isOneToOne: false
      referencedRelation: "a"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "n_par_fkey"
      columns: ["par"]
isOneToOne: false
      referencedRelation: "b"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "n_par_fkey"
      columns: ["par"]
isOneToOne: false
      referencedRelation: "c"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "n_par_fkey"
      columns: ["par"]
isOneToOne: false
      referencedRelation: "d"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "n_par_fkey"
      columns: ["par"]
isOneToOne: false
      referencedRelation: "e"
      referencedColumns: ["id1"]
    },{
      foreignKeyName: "n_par_fkey"
      columns: ["par"]
isOneToOne: false
      referencedRelation: "e"
      referencedColumns: ["id2"]
    },{
      foreignKeyName: "n_par_fkey"
      columns: ["par"]
isOneToOne: false
      referencedRelation: "g"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "n_par_fkey"
      columns: ["par"]
isOneToOne: false
      referencedRelation: "i"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "n_par_fkey"
      columns: ["par"]
isOneToOne: false
      referencedRelation: "j"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "n_par_fkey"
      columns: ["par"]
isOneToOne: false
      referencedRelation: "l"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "n_par_fkey"
      columns: ["par"]
isOneToOne: false
      referencedRelation: "m2"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "n_par_fkey"
      columns: ["par"]
isOneToOne: false
      referencedRelation: "n"
      referencedColumns: ["id"]
    }
                  ]
                },"b": {
                  Row: {
                    "id": number,"par": number | null
                  }
                  ComputedFields: never
                  Insert: {
                           "id"?: number | null,"par"?: number | null
                         }
                        Update: {
                           "id"?: number | null,"par"?: number | null
                         }
                        Relationships: [
                    {
      foreignKeyName: "n_par_fkey"
      columns: ["par"]
isOneToOne: false
      referencedRelation: "a"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "n_par_fkey"
      columns: ["par"]
isOneToOne: false
      referencedRelation: "b"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "n_par_fkey"
      columns: ["par"]
isOneToOne: false
      referencedRelation: "c"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "n_par_fkey"
      columns: ["par"]
isOneToOne: false
      referencedRelation: "d"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "n_par_fkey"
      columns: ["par"]
isOneToOne: false
      referencedRelation: "e"
      referencedColumns: ["id1"]
    },{
      foreignKeyName: "n_par_fkey"
      columns: ["par"]
isOneToOne: false
      referencedRelation: "e"
      referencedColumns: ["id2"]
    },{
      foreignKeyName: "n_par_fkey"
      columns: ["par"]
isOneToOne: false
      referencedRelation: "g"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "n_par_fkey"
      columns: ["par"]
isOneToOne: false
      referencedRelation: "i"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "n_par_fkey"
      columns: ["par"]
isOneToOne: false
      referencedRelation: "j"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "n_par_fkey"
      columns: ["par"]
isOneToOne: false
      referencedRelation: "l"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "n_par_fkey"
      columns: ["par"]
isOneToOne: false
      referencedRelation: "m2"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "n_par_fkey"
      columns: ["par"]
isOneToOne: false
      referencedRelation: "n"
      referencedColumns: ["id"]
    }
                  ]
                },"c": {
                  Row: {
                    "id": number,"par": number | null
                  }
                  ComputedFields: never
                  Relationships: [
                    {
      foreignKeyName: "n_par_fkey"
      columns: ["par"]
isOneToOne: false
      referencedRelation: "a"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "n_par_fkey"
      columns: ["par"]
isOneToOne: false
      referencedRelation: "b"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "n_par_fkey"
      columns: ["par"]
isOneToOne: false
      referencedRelation: "c"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "n_par_fkey"
      columns: ["par"]
isOneToOne: false
      referencedRelation: "d"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "n_par_fkey"
      columns: ["par"]
isOneToOne: false
      referencedRelation: "e"
      referencedColumns: ["id1"]
    },{
      foreignKeyName: "n_par_fkey"
      columns: ["par"]
isOneToOne: false
      referencedRelation: "e"
      referencedColumns: ["id2"]
    },{
      foreignKeyName: "n_par_fkey"
      columns: ["par"]
isOneToOne: false
      referencedRelation: "g"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "n_par_fkey"
      columns: ["par"]
isOneToOne: false
      referencedRelation: "i"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "n_par_fkey"
      columns: ["par"]
isOneToOne: false
      referencedRelation: "j"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "n_par_fkey"
      columns: ["par"]
isOneToOne: false
      referencedRelation: "l"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "n_par_fkey"
      columns: ["par"]
isOneToOne: false
      referencedRelation: "m2"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "n_par_fkey"
      columns: ["par"]
isOneToOne: false
      referencedRelation: "n"
      referencedColumns: ["id"]
    }
                  ]
                },"d": {
                  Row: {
                    "id": number,"par": number | null
                  }
                  ComputedFields: never
                  Relationships: [
                    {
      foreignKeyName: "n_par_fkey"
      columns: ["par"]
isOneToOne: false
      referencedRelation: "a"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "n_par_fkey"
      columns: ["par"]
isOneToOne: false
      referencedRelation: "b"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "n_par_fkey"
      columns: ["par"]
isOneToOne: false
      referencedRelation: "c"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "n_par_fkey"
      columns: ["par"]
isOneToOne: false
      referencedRelation: "d"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "n_par_fkey"
      columns: ["par"]
isOneToOne: false
      referencedRelation: "e"
      referencedColumns: ["id1"]
    },{
      foreignKeyName: "n_par_fkey"
      columns: ["par"]
isOneToOne: false
      referencedRelation: "e"
      referencedColumns: ["id2"]
    },{
      foreignKeyName: "n_par_fkey"
      columns: ["par"]
isOneToOne: false
      referencedRelation: "g"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "n_par_fkey"
      columns: ["par"]
isOneToOne: false
      referencedRelation: "i"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "n_par_fkey"
      columns: ["par"]
isOneToOne: false
      referencedRelation: "j"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "n_par_fkey"
      columns: ["par"]
isOneToOne: false
      referencedRelation: "l"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "n_par_fkey"
      columns: ["par"]
isOneToOne: false
      referencedRelation: "m2"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "n_par_fkey"
      columns: ["par"]
isOneToOne: false
      referencedRelation: "n"
      referencedColumns: ["id"]
    }
                  ]
                },"e": {
                  Row: {
                    "id1": number,"id2": number,"par": number | null
                  }
                  ComputedFields: never
                  Insert: {
                           "id1"?: number | null,"id2"?: number | null,"par"?: number | null
                         }
                        Update: {
                           "id1"?: number | null,"id2"?: number | null,"par"?: number | null
                         }
                        Relationships: [
                    {
      foreignKeyName: "n_par_fkey"
      columns: ["par"]
isOneToOne: false
      referencedRelation: "a"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "n_par_fkey"
      columns: ["par"]
isOneToOne: false
      referencedRelation: "b"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "n_par_fkey"
      columns: ["par"]
isOneToOne: false
      referencedRelation: "c"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "n_par_fkey"
      columns: ["par"]
isOneToOne: false
      referencedRelation: "d"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "n_par_fkey"
      columns: ["par"]
isOneToOne: false
      referencedRelation: "e"
      referencedColumns: ["id1"]
    },{
      foreignKeyName: "n_par_fkey"
      columns: ["par"]
isOneToOne: false
      referencedRelation: "e"
      referencedColumns: ["id2"]
    },{
      foreignKeyName: "n_par_fkey"
      columns: ["par"]
isOneToOne: false
      referencedRelation: "g"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "n_par_fkey"
      columns: ["par"]
isOneToOne: false
      referencedRelation: "i"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "n_par_fkey"
      columns: ["par"]
isOneToOne: false
      referencedRelation: "j"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "n_par_fkey"
      columns: ["par"]
isOneToOne: false
      referencedRelation: "l"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "n_par_fkey"
      columns: ["par"]
isOneToOne: false
      referencedRelation: "m2"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "n_par_fkey"
      columns: ["par"]
isOneToOne: false
      referencedRelation: "n"
      referencedColumns: ["id"]
    }
                  ]
                },"f": {
                  Row: {
                    "id": number | null,"par": number | null
                  }
                  ComputedFields: never
                  Relationships: [
                    
                  ]
                },"g": {
                  Row: {
                    "id": number,"par": number | null
                  }
                  ComputedFields: never
                  Relationships: [
                    {
      foreignKeyName: "n_par_fkey"
      columns: ["par"]
isOneToOne: false
      referencedRelation: "a"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "n_par_fkey"
      columns: ["par"]
isOneToOne: false
      referencedRelation: "b"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "n_par_fkey"
      columns: ["par"]
isOneToOne: false
      referencedRelation: "c"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "n_par_fkey"
      columns: ["par"]
isOneToOne: false
      referencedRelation: "d"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "n_par_fkey"
      columns: ["par"]
isOneToOne: false
      referencedRelation: "e"
      referencedColumns: ["id1"]
    },{
      foreignKeyName: "n_par_fkey"
      columns: ["par"]
isOneToOne: false
      referencedRelation: "e"
      referencedColumns: ["id2"]
    },{
      foreignKeyName: "n_par_fkey"
      columns: ["par"]
isOneToOne: false
      referencedRelation: "g"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "n_par_fkey"
      columns: ["par"]
isOneToOne: false
      referencedRelation: "i"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "n_par_fkey"
      columns: ["par"]
isOneToOne: false
      referencedRelation: "j"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "n_par_fkey"
      columns: ["par"]
isOneToOne: false
      referencedRelation: "l"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "n_par_fkey"
      columns: ["par"]
isOneToOne: false
      referencedRelation: "m2"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "n_par_fkey"
      columns: ["par"]
isOneToOne: false
      referencedRelation: "n"
      referencedColumns: ["id"]
    }
                  ]
                },"h": {
                  Row: {
                    "id": number | null,"par": number | null
                  }
                  ComputedFields: never
                  Relationships: [
                    
                  ]
                },"i": {
                  Row: {
                    "id": number
                  }
                  ComputedFields: never
                  Insert: {
                           "id"?: number | null
                         }
                        Update: {
                           "id"?: number | null
                         }
                        Relationships: [
                    
                  ]
                },"j": {
                  Row: {
                    "id": number,"par": number | null
                  }
                  ComputedFields: never
                  Insert: {
                           "id"?: number | null,"par"?: number | null
                         }
                        Update: {
                           "id"?: number | null,"par"?: number | null
                         }
                        Relationships: [
                    {
      foreignKeyName: "n_par_fkey"
      columns: ["par"]
isOneToOne: false
      referencedRelation: "a"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "n_par_fkey"
      columns: ["par"]
isOneToOne: false
      referencedRelation: "b"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "n_par_fkey"
      columns: ["par"]
isOneToOne: false
      referencedRelation: "c"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "n_par_fkey"
      columns: ["par"]
isOneToOne: false
      referencedRelation: "d"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "n_par_fkey"
      columns: ["par"]
isOneToOne: false
      referencedRelation: "e"
      referencedColumns: ["id1"]
    },{
      foreignKeyName: "n_par_fkey"
      columns: ["par"]
isOneToOne: false
      referencedRelation: "e"
      referencedColumns: ["id2"]
    },{
      foreignKeyName: "n_par_fkey"
      columns: ["par"]
isOneToOne: false
      referencedRelation: "g"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "n_par_fkey"
      columns: ["par"]
isOneToOne: false
      referencedRelation: "i"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "n_par_fkey"
      columns: ["par"]
isOneToOne: false
      referencedRelation: "j"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "n_par_fkey"
      columns: ["par"]
isOneToOne: false
      referencedRelation: "l"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "n_par_fkey"
      columns: ["par"]
isOneToOne: false
      referencedRelation: "m2"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "n_par_fkey"
      columns: ["par"]
isOneToOne: false
      referencedRelation: "n"
      referencedColumns: ["id"]
    }
                  ]
                },"k": {
                  Row: {
                    "n": Database["s21"]['Tables']["n"]['Row'] | null
                  }
                  ComputedFields: never
                  Relationships: [
                    
                  ]
                },"l": {
                  Row: {
                    "id": number,"par": number | null
                  }
                  ComputedFields: never
                  Insert: {
                           "id"?: number | null,"par"?: number | null
                         }
                        Update: {
                           "id"?: number | null,"par"?: number | null
                         }
                        Relationships: [
                    {
      foreignKeyName: "n_par_fkey"
      columns: ["par"]
isOneToOne: false
      referencedRelation: "a"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "n_par_fkey"
      columns: ["par"]
isOneToOne: false
      referencedRelation: "b"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "n_par_fkey"
      columns: ["par"]
isOneToOne: false
      referencedRelation: "c"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "n_par_fkey"
      columns: ["par"]
isOneToOne: false
      referencedRelation: "d"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "n_par_fkey"
      columns: ["par"]
isOneToOne: false
      referencedRelation: "e"
      referencedColumns: ["id1"]
    },{
      foreignKeyName: "n_par_fkey"
      columns: ["par"]
isOneToOne: false
      referencedRelation: "e"
      referencedColumns: ["id2"]
    },{
      foreignKeyName: "n_par_fkey"
      columns: ["par"]
isOneToOne: false
      referencedRelation: "g"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "n_par_fkey"
      columns: ["par"]
isOneToOne: false
      referencedRelation: "i"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "n_par_fkey"
      columns: ["par"]
isOneToOne: false
      referencedRelation: "j"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "n_par_fkey"
      columns: ["par"]
isOneToOne: false
      referencedRelation: "l"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "n_par_fkey"
      columns: ["par"]
isOneToOne: false
      referencedRelation: "m2"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "n_par_fkey"
      columns: ["par"]
isOneToOne: false
      referencedRelation: "n"
      referencedColumns: ["id"]
    }
                  ]
                },"m2": {
                  Row: {
                    "id": number,"par": number | null
                  }
                  ComputedFields: never
                  Relationships: [
                    {
      foreignKeyName: "n_par_fkey"
      columns: ["par"]
isOneToOne: false
      referencedRelation: "a"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "n_par_fkey"
      columns: ["par"]
isOneToOne: false
      referencedRelation: "b"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "n_par_fkey"
      columns: ["par"]
isOneToOne: false
      referencedRelation: "c"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "n_par_fkey"
      columns: ["par"]
isOneToOne: false
      referencedRelation: "d"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "n_par_fkey"
      columns: ["par"]
isOneToOne: false
      referencedRelation: "e"
      referencedColumns: ["id1"]
    },{
      foreignKeyName: "n_par_fkey"
      columns: ["par"]
isOneToOne: false
      referencedRelation: "e"
      referencedColumns: ["id2"]
    },{
      foreignKeyName: "n_par_fkey"
      columns: ["par"]
isOneToOne: false
      referencedRelation: "g"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "n_par_fkey"
      columns: ["par"]
isOneToOne: false
      referencedRelation: "i"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "n_par_fkey"
      columns: ["par"]
isOneToOne: false
      referencedRelation: "j"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "n_par_fkey"
      columns: ["par"]
isOneToOne: false
      referencedRelation: "l"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "n_par_fkey"
      columns: ["par"]
isOneToOne: false
      referencedRelation: "m2"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "n_par_fkey"
      columns: ["par"]
isOneToOne: false
      referencedRelation: "n"
      referencedColumns: ["id"]
    }
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
        },"s22": {
          Tables: {
            "thing": {
                  Row: {
                    "id": number
                  }
                  ComputedFields: never
                  Insert: {
                    "id": number
                  }
                  Update: {
                    "id"?: number
                  }
                  Relationships: [
                    
                  ]
                }
          }
          Views: {
            [_ in never]: never
          }
          Functions: {
            "mood22":
{ Args: Record<PropertyKey, never>; Returns: Database["s22"]['Enums']["mood22"]
                           },
"thing":
{ Args: Record<PropertyKey, never>; Returns: {
              "id": number
            }[]
                          SetofOptions: {
        from: "*"
        to: "thing"
        isOneToOne: false
        isSetofReturn: true
      } } |
{ Args: { "id": number }; Returns: {
              "id": number
            }
                          SetofOptions: {
        from: "*"
        to: "thing"
        isOneToOne: true
        isSetofReturn: false
      } }
          }
          Enums: {
            "mood22": "a"
          }
          CompositeTypes: {
            [_ in never]: never
          }
        },"s22b": {
          Tables: {
            "thing": {
                  Row: {
                    "id": string | null,"m": Database["s22b"]['Enums']["mood22"] | null,"m2": Database["s22"]['Enums']["mood22"] | null,"t": Database["s22"]['Tables']["thing"]['Row'] | null
                  }
                  ComputedFields: never
                  Insert: {
                    "id"?: string | null,"m"?: Database["s22b"]['Enums']["mood22"] | null,"m2"?: Database["s22"]['Enums']["mood22"] | null,"t"?: Database["s22"]['Tables']["thing"]['Row'] | null
                  }
                  Update: {
                    "id"?: string | null,"m"?: Database["s22b"]['Enums']["mood22"] | null,"m2"?: Database["s22"]['Enums']["mood22"] | null,"t"?: Database["s22"]['Tables']["thing"]['Row'] | null
                  }
                  Relationships: [
                    
                  ]
                }
          }
          Views: {
            [_ in never]: never
          }
          Functions: {
            "own":
{ Args: Record<PropertyKey, never>; Returns: {
              "id": string | null,
"m": Database["s22b"]['Enums']["mood22"] | null,
"m2": Database["s22"]['Enums']["mood22"] | null,
"t": Database["s22"]['Tables']["thing"]['Row'] | null
            }[]
                          SetofOptions: {
        from: "*"
        to: "thing"
        isOneToOne: false
        isSetofReturn: true
      } },
"thing":
{ Args: Record<PropertyKey, never>; Returns: Database["s22"]['Tables']["thing"]['Row'][]
                          SetofOptions: {
        from: "*"
        to: "thing"
        isOneToOne: false
        isSetofReturn: true
      } }
          }
          Enums: {
            "mood22": "b"|"c"
          }
          CompositeTypes: {
            [_ in never]: never
          }
        },"s23": {
          Tables: {
            "lk": {
                  Row: {
                    "id": number,"n": string,"x": number | null
                  }
                  ComputedFields: never
                  Insert: {
                    "id": number,"n"?: string,"x"?: number | null
                  }
                  Update: {
                    "id"?: number,"n"?: string,"x"?: number | null
                  }
                  Relationships: [
                    
                  ]
                },"typed": {
                  Row: {
                    "id": number,"n": string
                  }
                  ComputedFields: never
                  Insert: {
                    "id": number,"n"?: string
                  }
                  Update: {
                    "id"?: number,"n"?: string
                  }
                  Relationships: [
                    
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
            "rowtype23": {
                        "id": number | null,"n": string | null
                      }
          }
        },"s24": {
          Tables: {
            "r": {
                  Row: {
                    "id": number,"j": NonNullable<Json>,"jj": Json | null,"js": (Json)[],"owner": string
                  }
                  ComputedFields: never
                  Insert: {
                    "id": number,"j": NonNullable<Json>,"jj"?: Json | null,"js": (Json)[],"owner"?: string
                  }
                  Update: {
                    "id"?: number,"j"?: NonNullable<Json>,"jj"?: Json | null,"js"?: (Json)[],"owner"?: string
                  }
                  Relationships: [
                    
                  ]
                }
          }
          Views: {
            "rv": {
                  Row: {
                    "id": number,"j": NonNullable<Json>,"jj": Json | null
                  }
                  ComputedFields: never
                  Insert: {
                           "id"?: number | null,"j"?: Json | null,"jj"?: Json | null
                         }
                        Update: {
                           "id"?: number | null,"j"?: Json | null,"jj"?: Json | null
                         }
                        Relationships: [
                    
                  ]
                }
          }
          Functions: {
            "r_search":
{ Args: { "lim"?: number,"off_"?: number,"q": string }; Returns: {
              "id": number,
"j": NonNullable<Json>,
"jj": Json | null
            }[]
                          SetofOptions: {
        from: "*"
        to: "rv"
        isOneToOne: false
        isSetofReturn: true
      } },
"rj":
{ Args: Record<PropertyKey, never>; Returns: {
              "id": number,"j": Json,"jj": Json
            }[]
                           }
          }
          Enums: {
            [_ in never]: never
          }
          CompositeTypes: {
            [_ in never]: never
          }
        },"s25": {
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
}

