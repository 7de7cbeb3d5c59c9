/* supabase-promote: promotes Supabase migrations from CI. src/run.c has the modes and stages. */
#include "stage/version.h"
#include "base/err.h"
#include "base/interrupt.h"
#include "run.h"

#include <stdio.h>
#include <string.h>

int main(int argc, char **argv)
{
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
