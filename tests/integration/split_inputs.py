"""Migration files for the comparison with the CLI: what each splitter makes of them must be equal.

AGREE:  both push the file; version, name and statements are the same bytes.
DIFFER: known differences, with the reason, what we store, and how the CLI ends.
"""

AGREE = [
    ("plain", "select 1;"),
    ("no_final_semicolon", "select 1"),
    ("two_on_one_line", "select 1;select 2;"),
    ("blank_lines_around", "\n\n  select 1  ;\n\n\tselect 2\t;\n\n"),
    ("many_semicolons", "select 1;;; ;\n;select 2;;"),
    ("only_semicolons", ";;;\n;"),
    ("empty", ""),
    ("blank", " \t\n\r\n "),
    ("line_comment_only", "-- nothing here"),
    ("line_comment_only_with_newline", "-- nothing here\n"),
    ("block_comment_only", "/* nothing here */"),
    ("comment_then_semicolon", "-- a\n;\nselect 1;"),
    ("leading_comment", "-- a comment\nselect 1;"),
    ("trailing_comment", "select 1;\n-- trailing only"),
    ("trailing_comment_on_the_line", "select 1; -- why\nselect 2; /* and why */"),
    ("inner_comments", "select /* one; */ 1, -- two; '\n 2;"),
    ("semicolon_in_line_comment", "-- a; b\nselect 1;\n-- c; d"),
    ("nested_block_comment", "/* a /* b; */ c; */ select 1; select 2;"),
    ("block_comment_with_star_slash_edge", "/**/ select 1; /***/ select 2; /*/ x */ select 3;"),
    ("quote_in_comment", "-- don't\nselect 1; /* it's */ select 2;"),
    ("comment_sign_in_string", "select '-- no; comment', '/* nor; this'; select 2;"),
    ("semicolon_in_string", "select 'a;b';"),
    ("doubled_quote", "select 'it''s; fine'; select 2;"),
    ("empty_string", "select ''; select '''';"),
    ("multi_line_string", "select 'a\n;\nb'; select 2;"),
    ("backslash_in_plain_string", "select 'a\\'; select 'b';"),
    ("e_string", "select E'it\\'s; fine'; select 2;"),
    ("e_string_lower", "select e'a\\\\'; select 2;"),
    ("e_string_doubled", "select E'a''b\\''; select 2;"),
    ("e_string_continued", "select E'a'\n  '\\'; b'; select 2;"),
    ("e_string_continued_after_comment", "select E'a' -- c\n  '\\'; b'; select 2;"),
    ("identifier_ending_in_e", "select 1 as namee, name'x\\'; select 2;"),
    ("u_and_string", "select U&'d\\0061t\\+000061'; select 2;"),
    ("bit_and_hex_string", "select B'101', X'1F'; select 2;"),
    ("national_string", "select N'a;b'; select 2;"),
    ("quoted_identifier", "select 1 as \"a;b\"\"c;\"; select 2;"),
    ("quote_in_quoted_identifier", "select 1 as \"it's\"; select 2 as \"--\";"),
    ("dollar_quote", "select $$a;b$$; select 2;"),
    ("dollar_tag", "select $tag$a;$$;b$tag$; select 2;"),
    ("dollar_tag_unicode", "select $tåg$a;b$tåg$; select 2;"),
    ("dollar_tag_other_inside", "select $a$ $b$ ; $a$; select 2;"),
    ("dollar_in_identifier", "create temp table a$b$c (x int); select 1 from a$b$c; drop table a$b$c;"),
    ("parameter_like_text", "select '$1', $$ $1; $$;"),
    ("quote_in_dollar", "select $$don't; /* -- $$; select 2;"),
    ("do_block", "do $$ begin perform 1; perform 2; end $$; select 1;"),
    ("function_dollar", "create function f1() returns int language plpgsql as $body$\nbegin\n  return 1;\nend;\n"
                        "$body$;\nselect f1();"),
    ("function_quoted", "create function f2() returns int language sql as 'select 1; select 2;'; select f2();"),
    ("begin_atomic", "create function f3() returns int language sql begin atomic select 1; select 2; end; select f3();"),
    ("begin_atomic_case", "create function f4(a int) returns int language sql begin atomic\n"
                          "  select case when a = 1 then 2 else 3 end;\n  select 4 as pending;\nend;\nselect f4(1);"),
    ("begin_atomic_upper", "CREATE FUNCTION f5() RETURNS int LANGUAGE sql BEGIN\n  ATOMIC SELECT 1; END; SELECT f5();"),
    ("procedure_begin_atomic", "create procedure p1() language sql begin atomic select 1; select 2; end; call p1();"),
    ("parentheses", "select (1 + (2 * 3)); select 2;"),
    ("semicolon_in_parenthesised_string", "select ('a;b'); select 2;"),
    ("rule_with_two_actions", "create table r1 (a int); create rule r as on insert to r1 do also "
                              "(select 1; select 2); select 3;"),
    ("own_transaction", "begin;\ncreate table own1 (a int);\ncommit;"),
    ("own_transaction_with_comment", "-- wrapped\nBEGIN;\n\nselect 1;\n\nCOMMIT;\n-- done\n"),
    ("start_transaction", "start transaction; select 1; end;"),
    ("crlf", "select 1;\r\n\r\nselect\r\n  2;\r\n-- c\r\n"),
    ("crlf_in_string", "select 'a\r\nb';\r\nselect 2;\r\n"),
    ("lone_cr_ends_comment", "-- a\rselect 1;\rselect 2;"),
    ("bom", "\ufeffselect 1;\nselect 2;\n"),
    ("bom_then_comment", "\ufeff-- c\nselect 1;"),
    ("non_ascii", "select 'Grüße; 你好 🎉', 1 as \"naïve\"; select 2;"),
    ("no_break_space_in_string", "select 'a\u00a0b'; select 2;"),
    ("unicode_space_between", "select 1;\u00a0\nselect 2;\u3000\ufeff\n"),
    ("begin_atomic_with_end_in_text", "create function f6() returns text language sql begin atomic "
                                      "select 'end; end'; /* end; */ select 'x' as \"end\"; end; select f6();"),
    ("form_feed_and_vertical_tab", "\fselect 1;\f\n\fselect 2;\f"),
    ("temporary_table_quoted", "create temp table \"we;ird\" (\"a;b\" int); drop table \"we;ird\";"),
    ("policy", "create table pol (a int); alter table pol enable row level security; "
               "create policy \"own; rows\" on pol for select using (true);"),
    ("trigger", "create table trg (a int); create function trg_f() returns trigger language plpgsql as $$ begin "
                "new.a := 1; return new; end; $$; create trigger t before insert on trg for each row "
                "execute function trg_f();"),
    ("comment_on", "create table com (a int); comment on table com is 'a; -- b''s';"),
    ("operator_with_dashes", "select 1 - -1; select 2 -1;"),
    ("cast_and_slices", "select '1'::int, (array[1,2,3])[1:2]; select 2;"),
    ("json_operators", "select '{\"a\":{\"b\":1}}'::jsonb #>> '{a,b}', '{\"a\":1}'::jsonb ? 'a'; select 2;"),
    ("custom_operator_text", "select 1 where 'a' ~ '^a;$' and 'b' !~* ';'; select 2;"),
    ("values_over_lines", "create table val (a int, b text);\ninsert into val values\n  (1, 'a;'),\n  (2, $$b;$$),\n"
                          "  (3, E'c\\';');\n"),
    ("last_statement_unended_with_comment", "select 1;\nselect 2 -- no semicolon"),
    ("pg_delta", "-- pg-delta: transaction=false\nselect 1;\nselect 2;"),
    ("vacuum_between", "create table vac (a int);\nvacuum vac;\nselect 1;"),
    ("long_line", "select '" + "x" * 70000 + ";'; select 2;"),
]

# Names are compared as well: what stands between the first underscore and `.sql`.
NAMES = [
    ("1_short_version.sql", "select 1;"),
    ("007_leading_zeros.sql", "select 1;"),
    ("30000101000000_.sql", "select 1;"),
    ("30000101000001_with space.sql", "select 1;"),
    ("30000101000002_größe_日本.sql", "select 1;"),
    ("30000101000003_a.b.c.sql", "select 1;"),
    ("30000101000004_two__underscores_.sql", "select 1;"),
    ("30000101000005_x.sql.sql", "select 1;"),
    ("123456789012345678901234567890_wide.sql", "select 1;"),
]

# name, text, what we store, how the CLI ends ("fails" or what it stores), the reason
DIFFER = [
    ("rule_with_nested_parentheses",
     "create table r2 (a int); create rule r as on insert to r2 do also (insert into r2 select (1) where false; "
     "select 2);",
     ["create table r2 (a int)",
      "create rule r as on insert to r2 do also (insert into r2 select (1) where false; select 2)"],
     "fails", "the CLI's first closing parenthesis closes all levels, and it cuts the rule in two"),
    ("begin_atomic_with_a_comment_between",
     "create function g1() returns int language sql begin /* c */ atomic select 1; select 2; end; select g1();",
     ["create function g1() returns int language sql begin /* c */ atomic select 1; select 2; end", "select g1()"],
     "fails", "the CLI wants nothing but white space between BEGIN and ATOMIC"),
    ("lock_table", "create table l1 (a int); lock table l1;", ["create table l1 (a int)", "lock table l1"],
     "fails", "the CLI's implicit transaction is no transaction block"),
    ("not_utf8", b"select 'caf\xe9';", None, ["select 'caf\ufffd'"],
     "the CLI replaces bytes that are not UTF-8; we refuse the file"),
    ("left_open", "begin;\ncreate table o1 (a int);", None, "loses it",
     "the CLI reports success and loses the file; we roll back and say so"),
]
