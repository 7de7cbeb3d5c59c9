-- domains
create domain email as text check (value like '%@%');
create domain must as int not null;
create domain inner_one as email;
create table t (a email, b must, c inner_one, d email[], e email not null default 'a@b');
create function f(x email) returns email language sql as 'select x';
