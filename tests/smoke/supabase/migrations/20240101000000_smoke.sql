-- What the workflows of this repository push to a throw-away server.
create table smoke (id int primary key);
