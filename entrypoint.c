/* supabase-promote: promotes Supabase migrations from CI. src/run.c has the modes and stages. */
#include "stage/command.h"
#include "base/err.h"
#include "base/interrupt.h"
#include "run.h"

#include <fcntl.h>
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
	ARENA_SCRATCH(arguments);
	CommandLine line;
	int status;
	return command_ends(&arguments, argc, argv, &line, &status) ? status : run_action(&line);
}
