-- every type
create table t (a boolean, b smallint, c int, d bigint, e real, f double precision, g numeric(10,2), h text, i varchar(3), j char(2), k bytea, l date, m time, n timetz, o timestamp, p timestamptz, q interval, r uuid, s json, u jsonb, v inet, w cidr, x macaddr, y xml, z money, aa bit(3), ab tsvector, ac int4range, ad oid, ae "char", af name, ag point);
