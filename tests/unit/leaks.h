/* What LeakSanitizer is not to report: libpg_query itself loses a byte for each DO block that the
 * parser of PL/pgSQL refuses. valgrind.supp says the same to valgrind. */
#ifndef TESTS_LEAKS_H
#define TESTS_LEAKS_H

const char *__lsan_default_suppressions(void);
const char *__lsan_default_suppressions(void)
{
	return "leak:pg_query_raw_parse";
}

#endif
