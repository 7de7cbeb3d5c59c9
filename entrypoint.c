/* supabase-promote: promotes Supabase migrations from CI. src/run.c has the modes and stages. */
#include "stage/version.h"
#include "base/err.h"
#include "base/interrupt.h"
#include "run.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* A descriptor that is closed at the start would become the next socket's, which would get the log.
 */
static bool hold_standard_streams(void)
{
	int fd;
	do
		fd = open("/dev/null", O_RDWR);
	while (fd >= 0 && fd <= STDERR_FILENO);
	return fd >= 0 && close(fd) == 0;
}

int main(int argc, char **argv)
{
	if (!hold_standard_streams())
		return err_exit_code(ERR_RUNNER);
	interrupt_install();
	if (argc == 2 && strcmp(argv[1], "--version") == 0) {
		version_print();
		return 0;
	}
	if (argc > 1) {
		fprintf(stderr, "supabase-promote: takes no argument but --version; "
				"inputs are read from INPUT_… variables\n");
		return err_exit_code(ERR_USAGE);
	}
	return run_action();
}
