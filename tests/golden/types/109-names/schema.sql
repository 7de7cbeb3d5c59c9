-- names
create table "Has Space" ("1st" int, "a-b" text, "été" text, "class" text, "a""b" text, "q'q" int, "名前" text, "$x" int);
create table "UPPER" ("Id" int primary key);
