/* base/secret: what is registered, and what is left of a text. */
#include "check.h"

#include "base/secret.h"

TEST(short_and_common_values_are_refused)
{
	static const struct {
		const char *value;
		bool taken;
	} rows[] = {
		{"", false},
		{"abc", false},
		{"postgres", false},
		{"postgresql", false},
		{"localhost", false},
		{"password", false},
		{"supabase", false},
		{"true", false},
		{"false", false},
		{"abcd", true},
		{"postgres1", true},
		{"Postgres", true},
	};
	ARENA_SCRATCH(scratch);
	Secrets secrets = {.arena = &scratch};
	for (size_t i = 0; i < COUNT(rows); i++)
		check_that(rows[i].value,
			secret_add(&secrets, str_from(rows[i].value)) == rows[i].taken);
	assert_int_equal(secrets.values.count, 3);
	check_str(secret_redact(&secrets, &scratch, STR("postgres at localhost")),
		STR("postgres at localhost"));
}

TEST(a_value_is_kept_once_and_as_a_copy)
{
	ARENA_SCRATCH(scratch);
	Secrets secrets = {.arena = &scratch};
	char value[] = "tiger";
	assert_true(secret_add(&secrets, str_from(value)));
	assert_true(secret_add(&secrets, STR("tiger")));
	assert_int_equal(secrets.values.count, 1);
	value[0] = 'T';
	check_str(secret_redact(&secrets, &scratch, STR("a tiger")), STR("a ***"));
}

TEST(no_secret_is_left_in_a_text)
{
	static const char *const values[] = {"hunter2", "hunter2-long", "r2-l", "abab", "a\nb%c"};
	static const struct {
		const char *text, *redacted;
	} rows[] = {
		{"", ""},
		{"nothing here", "nothing here"},
		{"hunter2", "***"},
		{"hunter2hunter2", "******"},
		{"x hunter2 y hunter2", "x *** y ***"},
		{"the longest one wins: hunter2-long!", "the longest one wins: ***!"},
		{"hunter2-lon", "***-lon"},
		{"hunter", "hunter"},
		{"HUNTER2", "HUNTER2"},
		{"ababab", "***ab"},
		{"over lines: a\nb%c.", "over lines: ***."},
	};
	ARENA_SCRATCH(scratch);
	Secrets secrets = {.arena = &scratch};
	for (size_t i = 0; i < COUNT(values); i++)
		assert_true(secret_add(&secrets, str_from(values[i])));
	for (size_t i = 0; i < COUNT(rows); i++)
		check_row(rows[i].text,
			secret_redact(
				&secrets, &scratch, check_exact(&scratch, str_from(rows[i].text))),
			str_from(rows[i].redacted));
}

TEST(the_second_of_two_overlapping_secrets_is_not_shown_whole)
{
	ARENA_SCRATCH(scratch);
	Secrets secrets = {.arena = &scratch};
	secret_add(&secrets, STR("abcdef"));
	secret_add(&secrets, STR("defghi"));
	Str redacted = secret_redact(&secrets, &scratch, STR("abcdefghi defghi"));
	assert_false(
		str_contains(redacted, STR("abcdef")) || str_contains(redacted, STR("defghi")));
}

TEST(a_text_without_a_secret_is_not_copied)
{
	ARENA_SCRATCH(scratch);
	Secrets secrets = {.arena = &scratch};
	secret_add(&secrets, STR("hunter2"));
	Str text = STR("nothing here");
	assert_ptr_equal(secret_redact(&secrets, &scratch, text).ptr, text.ptr);
}

TEST(a_text_of_nothing_but_short_secrets_fits_its_redacted_form)
{
	ARENA_SCRATCH(scratch);
	Secrets secrets = {.arena = &scratch};
	secret_add(&secrets, STR("aaaa"));
	Str text = check_repeat(&scratch, "aaaa", 500);
	check_str(secret_redact(&secrets, &scratch, text), check_repeat(&scratch, "***", 500));
}

TEST(a_value_is_known_as_a_url_writes_it)
{
	static const struct {
		const char *value, *text;
	} rows[] = {
		{"p@ss/w:rd", "x p%40ss%2Fw%3Ard y"},
		{"p@ss/w:rd", "x p@ss/w:rd y"},
		{"p%40ss%2fw", "x p@ss/w y"},
		{"p%40ss%2fw", "x p%40ss%2fw y"},
		{"50%", "x 50%25 y"},
		{"100%zz", "x 100%zz y"},
		{"a\nb~c", "x a%0Ab~c y"},
	};
	ARENA_SCRATCH(scratch);
	for (size_t i = 0; i < COUNT(rows); i++) {
		Secrets secrets = {.arena = &scratch};
		secret_add_forms(&secrets, str_from(rows[i].value));
		check_row(rows[i].text, secret_redact(&secrets, &scratch, str_from(rows[i].text)),
			STR("x *** y"));
	}
}

TEST(forms_of_a_value_that_is_refused_are_told)
{
	ARENA_SCRATCH(scratch);
	Secrets secrets = {.arena = &scratch};
	assert_false(secret_add_forms(&secrets, STR("abc")));
	assert_false(secret_add_forms(&secrets, STR("postgres")));
	assert_false(secret_add_forms(&secrets, (Str){0}));
	assert_true(secret_add_forms(&secrets, STR("abcd")));
}

TEST(the_lines_of_a_value_are_secrets_of_their_own)
{
	ARENA_SCRATCH(scratch);
	Secrets secrets = {.arena = &scratch};
	assert_true(
		secret_add_lines(&secrets, STR("-----BEGIN KEY-----\r\nMIIBVgIB\nshort\n\nend\n")));
	assert_true(secret_add_lines(&secrets, STR("one line only")));
	assert_false(secret_add_lines(&secrets, STR("abc")));
	check_str(secret_redact(&secrets, &scratch, STR("x MIIBVgIB short one line only")),
		STR("x *** short ***"));
}

/* "x-access-token:TOKEN" as checkout leaves it, and the token behind one, two, three bytes. */
TEST(base64_of_a_secret_is_masked_wherever_it_begins)
{
	static const char *const texts[] = {
		"basic eC1hY2Nlc3MtdG9rZW46Z2hzX1Rva2Vu+z8/dG9rZW4=",
		"Z2hzX1Rva2Vu+z8/dG9rZW4=",
		"Z2hzX1Rva2Vu-z8_dG9rZW4=",
		"Lmdoc19Ub2tlbvs/P3Rva2VuLg==",
		"Li5naHNfVG9rZW77Pz90b2tlbi4uLg==",
		"Li4uZ2hzX1Rva2Vu+z8/dG9rZW4u",
	};
	ARENA_SCRATCH(scratch);
	Secrets secrets = {.arena = &scratch};
	assert_true(secret_add_token(&secrets, STR("ghs_Token\xFB??token")));
	for (size_t i = 0; i < COUNT(texts); i++) {
		Str seen = secret_redact(&secrets, &scratch, str_from(texts[i]));
		check_that(texts[i], str_contains(seen, STR("***")) &&
					     !str_contains(seen, STR("Rva2V")) &&
					     !str_contains(seen, STR("Ub2t")) &&
					     !str_contains(seen, STR("VG9r")));
	}
	check_str(secret_redact(&secrets, &scratch, str_from(texts[0])), STR("basic ***"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_value_is_known_as_a_url_writes_it),
		cmocka_unit_test(forms_of_a_value_that_is_refused_are_told),
		cmocka_unit_test(short_and_common_values_are_refused),
		cmocka_unit_test(a_value_is_kept_once_and_as_a_copy),
		cmocka_unit_test(no_secret_is_left_in_a_text),
		cmocka_unit_test(the_second_of_two_overlapping_secrets_is_not_shown_whole),
		cmocka_unit_test(a_text_without_a_secret_is_not_copied),
		cmocka_unit_test(a_text_of_nothing_but_short_secrets_fits_its_redacted_form),
		cmocka_unit_test(the_lines_of_a_value_are_secrets_of_their_own),
		cmocka_unit_test(base64_of_a_secret_is_masked_wherever_it_begins),
	};
	return cmocka_run_group_tests_name("secret", tests, NULL, NULL);
}
