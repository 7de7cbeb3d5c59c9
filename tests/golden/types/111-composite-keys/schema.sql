-- composite keys
create table p (x int, y int, z int, primary key (x, y), unique (y, z));
create table c (x int, y int, z int, foreign key (x, y) references p, foreign key (y, z) references p (y, z), primary key (x, y));
create table d (x int, y int, unique (y, x), foreign key (x, y) references p (x, y)) ;
