create extension file_fdw schema pg_catalog;
create server srv09 foreign data wrapper file_fdw;
grant usage on foreign server srv09 to postgres;
grant pg_read_server_files to postgres;
create schema s25 authorization postgres;
create function s25.win() returns bigint language internal window as 'window_row_number';
