/* Reads lines of "PATTERN PATH PATH…", each in UTF-8 in hexadecimal, and prints for each a line: 1
 * or 0 for every path, `!` where the two ways of matching differ, and behind a blank why the
 * pattern is not supported, if so. Used by compare.js. */
#define _GNU_SOURCE /* getline */

#include "glob/glob.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static Str decode(Arena *arena, Str hex)
{
	char *text = arena_alloc(arena, hex.len / 2 + 1);
	if (hex.len < 2)
		return (Str){text, 0};
	for (size_t i = 0; i < hex.len / 2; i++) {
		char digits[] = {hex.ptr[2 * i], hex.ptr[2 * i + 1], '\0'};
		text[i] = (char)strtoul(digits, NULL, 16);
	}
	return (Str){text, hex.len / 2};
}

static void answer(Str line)
{
	ARENA_SCRATCH(scratch);
	Str word;
	if (!str_next(&line, ' ', &word))
		return;
	const Glob *glob = glob_compile(&scratch, decode(&scratch, word));
	while (str_next(&line, ' ', &word)) {
		GlobPath path = glob_path(&scratch, decode(&scratch, word));
		bool matches = glob_match(glob, &path);
		bool differs = matches != glob_match_slowly(glob, &path, NULL);
		putchar(differs ? '!' : matches ? '1' : '0');
	}
	printf(" %.*s\n", STR_ARG(glob_unsupported(glob)));
}

int main(void)
{
	char *line = NULL;
	size_t capacity = 0;
	ssize_t length;
	while ((length = getline(&line, &capacity, stdin)) > 0)
		answer(str_trim((Str){line, (size_t)length}));
	free(line);
	return 0;
}
