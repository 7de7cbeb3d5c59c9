create table public.ext (id uuid primary key default uuid_generate_v4(), c citext not null, h hstore, l ltree[], q cube, i isbn);
