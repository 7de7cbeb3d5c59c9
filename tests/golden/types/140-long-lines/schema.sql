-- long lines
create type a_very_long_enumeration_name_for_lines as enum ('the first label which is long', 'the second label which is long', 'the third label which is long');
create table a_table_with_a_long_name_for_the_sake_of_lines (id int primary key, a_column_with_a_very_long_name_as_people_have_them a_very_long_enumeration_name_for_lines not null, parent_identifier_of_this_table int references a_table_with_a_long_name_for_the_sake_of_lines);
create function a_function_with_a_long_name(an_argument_with_a_long_name a_very_long_enumeration_name_for_lines, another_argument_with_a_long_name text default 'x') returns table (a_result_column_with_a_long_name int, another_result_column text) language sql as $$select 1, ''$$;
