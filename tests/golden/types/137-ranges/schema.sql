-- ranges
create type span as range (subtype = int);
create table t (a span, b int4multirange, c span[], d tstzrange not null);
