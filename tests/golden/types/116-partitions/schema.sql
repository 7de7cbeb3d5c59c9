-- partitions
create table m (id int, at date not null, primary key (id, at)) partition by range (at);
create table m1 partition of m for values from ('2020-01-01') to ('2021-01-01');
create table r (id int, at date, foreign key (id, at) references m);

