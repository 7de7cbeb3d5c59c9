export type Json =
	| string
	| number
	| boolean
	| null
	| { [key: string]: Json | undefined }
	| Json[];

export type Database = {
	// Allows to automatically instantiate createClient with right options
	// instead of createClient<Database, { PostgrestVersion: 'XX' }>(URL, KEY)
	__InternalSupabase: {
		PostgrestVersion: '13.0.5';
	};
	public: {
		Tables: {
			bills: {
				Row: {
					due: string | null;
					order_id: number;
				};
				Insert: {
					due?: string | null;
					order_id: number;
				};
				Update: {
					due?: string | null;
					order_id?: number;
				};
				Relationships: [
					{
						foreignKeyName: 'bills_order_id_fkey';
						columns: ['order_id'];
						isOneToOne: true;
						referencedRelation: 'open_orders';
						referencedColumns: ['id'];
					},
					{
						foreignKeyName: 'bills_order_id_fkey';
						columns: ['order_id'];
						isOneToOne: true;
						referencedRelation: 'orders';
						referencedColumns: ['id'];
					}
				];
			};
			customers: {
				Row: {
					created_at: string;
					email: string;
					id: string;
					profile: Json | null;
				};
				Insert: {
					created_at?: string;
					email: string;
					id?: string;
					profile?: Json | null;
				};
				Update: {
					created_at?: string;
					email?: string;
					id?: string;
					profile?: Json | null;
				};
				Relationships: [];
			};
			items: {
				Row: {
					n: number;
					order_id: number;
					product_id: number;
				};
				Insert: {
					n?: number;
					order_id: number;
					product_id: number;
				};
				Update: {
					n?: number;
					order_id?: number;
					product_id?: number;
				};
				Relationships: [
					{
						foreignKeyName: 'items_order_id_fkey';
						columns: ['order_id'];
						isOneToOne: false;
						referencedRelation: 'open_orders';
						referencedColumns: ['id'];
					},
					{
						foreignKeyName: 'items_order_id_fkey';
						columns: ['order_id'];
						isOneToOne: false;
						referencedRelation: 'orders';
						referencedColumns: ['id'];
					},
					{
						foreignKeyName: 'items_product_id_fkey';
						columns: ['product_id'];
						isOneToOne: false;
						referencedRelation: 'products';
						referencedColumns: ['id'];
					}
				];
			};
			orders: {
				Row: {
					customer_id: string;
					id: number;
					meta: NonNullable<Json>;
					state: Database['public']['Enums']['status'];
					total: number | null;
				};
				Insert: {
					customer_id: string;
					id?: number;
					meta?: NonNullable<Json>;
					state?: Database['public']['Enums']['status'];
					total?: number | null;
				};
				Update: {
					customer_id?: string;
					id?: number;
					meta?: NonNullable<Json>;
					state?: Database['public']['Enums']['status'];
					total?: number | null;
				};
				Relationships: [
					{
						foreignKeyName: 'orders_customer_id_fkey';
						columns: ['customer_id'];
						isOneToOne: false;
						referencedRelation: 'customers';
						referencedColumns: ['id'];
					}
				];
			};
			products: {
				Row: {
					id: number;
					name: string;
					price: number;
					tags: string[];
				};
				Insert: {
					id?: never;
					name: string;
					price: number;
					tags?: string[];
				};
				Update: {
					id?: never;
					name?: string;
					price?: number;
					tags?: string[];
				};
				Relationships: [];
			};
		};
		Views: {
			open_orders: {
				Row: {
					customer_id: string | null;
					email: string | null;
					id: number | null;
					total: number | null;
				};
				Relationships: [
					{
						foreignKeyName: 'orders_customer_id_fkey';
						columns: ['customer_id'];
						isOneToOne: false;
						referencedRelation: 'customers';
						referencedColumns: ['id'];
					}
				];
			};
			sales: {
				Row: {
					product_id: number | null;
					sold: number | null;
				};
				Relationships: [
					{
						foreignKeyName: 'items_product_id_fkey';
						columns: ['product_id'];
						isOneToOne: false;
						referencedRelation: 'products';
						referencedColumns: ['id'];
					}
				];
			};
		};
		Functions: {
			search: {
				Args: {
					max?: number;
					q: string;
				};
				Returns: {
					id: number;
					name: string;
					price: number;
					tags: string[];
				}[];
				SetofOptions: {
					from: '*';
					to: 'products';
					isOneToOne: false;
					isSetofReturn: true;
				};
			};
			summary: {
				Args: Record<
					PropertyKey,
					never
				>;
				Returns: {
					n: number;
					state: Database['public']['Enums']['status'];
				}[];
			};
			total_of: {
				Args: { order_id: number };
				Returns: number;
			};
		};
		Enums: {
			status: 'new' | 'paid' | 'sent';
		};
		CompositeTypes: {
			[_ in never]: never;
		};
	};
};
