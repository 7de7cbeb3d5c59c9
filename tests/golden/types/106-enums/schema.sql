-- enums
create type mood as enum ('sad', 'ok', 'happy');
create table t (a mood, b mood not null default 'ok', c mood[]);
create function f(m mood) returns mood[] language sql as 'select array[m]';
