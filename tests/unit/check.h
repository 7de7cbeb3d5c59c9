/* What the unit tests share: cmocka, comparisons of Str, temporary folders, a captured log.
 * Included first: it asks the system's headers for GNU's names. */
#ifndef TESTS_CHECK_H
#define TESTS_CHECK_H

#define _GNU_SOURCE /* memfd_create, mkdtemp, nftw, pipe2 */

#include "base/str.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#define TEST(name) static void name(void **state __attribute__((unused)))
#define COUNT(array) (sizeof(array) / sizeof *(array))

/* A Str with the literal's bytes behind no terminator: an overrun is seen by the sanitizer. */
#define EXACT(arena, literal) check_exact((arena), STR(literal))

static inline Str check_exact(Arena *arena, Str s)
{
	char *copy = arena_alloc(arena, s.len);
	if (s.len)
		memcpy(copy, s.ptr, s.len);
	return (Str){copy, s.len};
}

/* `label` tells the row of a table that failed. */
#define check_row(label, actual, expected)                                                         \
	check_str_at((actual), (expected), (label), __FILE__, __LINE__)
#define check_str(actual, expected) check_row("", actual, expected)

static inline void check_str_at(
	Str actual, Str expected, const char *label, const char *file, int line)
{
	ARENA_SCRATCH(scratch);
	if (str_equal(actual, expected))
		return;
	Str is = str_visible(&scratch, actual), should = str_visible(&scratch, expected);
	print_error("%s: is '%.*s', not '%.*s'\n", label, STR_ARG(is), STR_ARG(should));
	_fail(file, line);
}

/* Fails with the row's label if a condition does not hold. */
#define check_that(label, condition)                                                               \
	do {                                                                                       \
		if (!(condition)) {                                                                \
			print_error("%s: %s\n", (label), #condition);                              \
			_fail(__FILE__, __LINE__);                                                 \
		}                                                                                  \
	} while (0)

#define check_contains(text, part)                                                                 \
	do {                                                                                       \
		Str text_ = (text);                                                                \
		if (!str_contains(text_, STR(part))) {                                             \
			print_error("'%s' is not in '%.*s'\n", part, STR_ARG(text_));              \
			_fail(__FILE__, __LINE__);                                                 \
		}                                                                                  \
	} while (0)

/* `count` times `part`. */
static inline Str check_repeat(Arena *arena, const char *part, size_t count)
{
	Buf buf = buf_new(arena, SIZE_MAX);
	for (size_t i = 0; i < count; i++)
		buf_add(&buf, str_from(part));
	return buf_str(&buf);
}

/* A file in memory; what has been written to it. */
static inline int check_capture(void)
{
	int fd = memfd_create("captured", MFD_CLOEXEC);
	assert_true(fd >= 0);
	return fd;
}

static inline Str check_captured(Arena *arena, int fd)
{
	struct stat status;
	assert_int_equal(fstat(fd, &status), 0);
	char *text = arena_alloc(arena, (size_t)status.st_size + 1);
	assert_int_equal(pread(fd, text, (size_t)status.st_size, 0), status.st_size);
	assert_int_equal(ftruncate(fd, 0), 0);
	assert_int_equal(lseek(fd, 0, SEEK_SET), 0);
	return (Str){text, (size_t)status.st_size};
}

/* A new folder of its own, without symbolic links in its path. */
static inline Str check_folder(Arena *arena)
{
	char name[] = "/tmp/promote-unit-XXXXXX", resolved[4096];
	assert_non_null(mkdtemp(name));
	assert_non_null(realpath(name, resolved));
	return str_copy(arena, str_from(resolved));
}

static inline int check_remove_one(
	const char *path, const struct stat *status, int type, struct FTW *walk)
{
	(void)status, (void)type, (void)walk;
	return remove(path);
}

static inline void check_remove(Arena *arena, Str folder)
{
	nftw(str_z(arena, folder), check_remove_one, 16, FTW_DEPTH | FTW_PHYS);
}

static inline const char *check_path(Arena *arena, Str folder, const char *name)
{
	return str_z(arena, str_format(arena, "%.*s/%s", STR_ARG(folder), name));
}

/* Makes folder/name with all folders that lead to it. */
static inline void check_mkdir(Arena *arena, Str folder, const char *name)
{
	char *path = str_z(arena, str_from(check_path(arena, folder, name)));
	for (char *at = path + folder.len + 1;; at++) {
		if (*at && *at != '/')
			continue;
		char end = *at;
		*at = '\0';
		mkdir(path, 0755);
		*at = end;
		if (!end)
			return;
	}
}

static inline void check_write(Arena *arena, Str folder, const char *name, Str content)
{
	FILE *file = fopen(check_path(arena, folder, name), "wb");
	assert_non_null(file);
	assert_int_equal(fwrite(content.ptr, 1, content.len, file), content.len);
	assert_int_equal(fclose(file), 0);
}

#endif
