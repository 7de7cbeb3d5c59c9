/* The log, fed with any bytes: the runner sees no command in it, and no secret is left. */
#define _GNU_SOURCE /* memfd_create */
#include "../unit/runner.h"
#include "fuzz.h"

#include "base/log.h"

#include <sys/mman.h>
#include <unistd.h>

static Str written(Arena *arena, int fd)
{
	off_t size = lseek(fd, 0, SEEK_CUR);
	require(size >= 0);
	char *text = arena_alloc(arena, (size_t)size);
	lseek(fd, 0, SEEK_SET);
	require(read(fd, text, (size_t)size) == size);
	lseek(fd, 0, SEEK_SET);
	return (Str){text, (size_t)size};
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static int fd = -1;
	ARENA_SCRATCH(scratch);
	Secrets secrets = {.arena = &scratch};
	secret_add(&secrets, STR("tiger99"));
	secret_add(&secrets, STR("er99\nlily"));
	if (fd < 0)
		fd = memfd_create("log", MFD_CLOEXEC);
	Log log = {.fd = fd, .secrets = &secrets};
	Str text = fuzz_text(&scratch, data, size), line, all = text;

	log_foreign(&log, text);
	Str foreign = written(&scratch, fd), rest = foreign;
	require(runner_log_is_safe(foreign) && foreign.len);
	while (runner_next_line(&rest, &line))
		require(str_starts(line, STR("| ")));
	log_line(&log, "%.*s", STR_ARG(text));
	require(runner_log_is_safe(written(&scratch, fd)));
	log_line(&log, "##%.*s[%.*s", STR_ARG(text), STR_ARG(text));
	require(runner_log_is_safe(written(&scratch, fd)));
	while (runner_next_line(&all, &line))
		require(!runner_sees_command(log_harmless(&scratch, line)));
	require(!str_contains(secret_redact(&secrets, &scratch, text), STR("tiger99")));
	return 0;
}
