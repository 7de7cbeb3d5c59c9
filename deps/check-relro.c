/* Asserts that a program's relocated tables are read-only while it runs.
 *
 *     check-relro PROGRAM ARGUMENTS…
 *
 * Runs the program under ptrace up to its exit, when its memory is still there, and compares
 * /proc/PID/maps with the PT_GNU_RELRO of the file. Needs no root: the program is our child. Exit
 * status 0 when every page of the region is read-only.
 */
#define _GNU_SOURCE
#include <elf.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/wait.h>
#include <unistd.h>

static void die(const char *what)
{
	perror(what);
	exit(2);
}

/* Leaves the child stopped at its exit. */
static pid_t run_to_exit(char **command)
{
	pid_t child = fork();
	if (child < 0)
		die("fork");
	if (child == 0) {
		if (dup2(open("/dev/null", O_WRONLY), STDOUT_FILENO) < 0 ||
			ptrace(PTRACE_TRACEME, 0, NULL, NULL) != 0)
			die("ptrace");
		execv(command[0], command);
		die(command[0]);
	}

	int status;
	if (waitpid(child, &status, 0) < 0 || !WIFSTOPPED(status))
		die("exec");
	if (ptrace(PTRACE_SETOPTIONS, child, NULL, PTRACE_O_TRACEEXIT | PTRACE_O_EXITKILL) != 0)
		die("ptrace");
	for (int signal = 0; status >> 8 != (SIGTRAP | PTRACE_EVENT_EXIT << 8);) {
		if (ptrace(PTRACE_CONT, child, NULL, signal) != 0 || waitpid(child, &status, 0) < 0)
			die("wait");
		if (!WIFSTOPPED(status)) {
			fputs("the program ended before it could be looked at\n", stderr);
			exit(2);
		}
		signal = WSTOPSIG(status) == SIGTRAP ? 0 : WSTOPSIG(status);
	}
	return child;
}

/* The PT_GNU_RELRO of the file, rounded to pages as loaders do, relative to where the file is
 * loaded. */
static void region_read(const char *path, uint64_t *start, uint64_t *end)
{
	FILE *file = fopen(path, "rb");
	Elf64_Ehdr header;
	if (file == NULL || fread(&header, sizeof header, 1, file) != 1 ||
		fseek(file, (long)header.e_phoff, SEEK_SET) != 0)
		die(path);

	*start = *end = 0;
	for (int i = 0; i < header.e_phnum; i++) {
		Elf64_Phdr segment;
		if (fread(&segment, sizeof segment, 1, file) != 1)
			die(path);
		if (segment.p_type != PT_GNU_RELRO)
			continue;
		const uint64_t page_mask = ~((uint64_t)sysconf(_SC_PAGESIZE) - 1);
		*start = segment.p_vaddr & page_mask;
		*end = (segment.p_vaddr + segment.p_memsz) & page_mask;
	}
	fclose(file);
}

/* How many bytes of the region are mapped read-only. */
static uint64_t region_protected(pid_t pid, const char *program, uint64_t start, uint64_t end)
{
	char *file = realpath(program, NULL);
	char path[32];
	snprintf(path, sizeof path, "/proc/%d/maps", (int)pid);
	FILE *maps = fopen(path, "r");
	if (file == NULL || maps == NULL)
		die(path);

	uint64_t base = UINT64_MAX, found = 0;
	char line[512];
	while (fgets(line, sizeof line, maps)) {
		uint64_t low, high;
		char access[5];
		if (sscanf(line, "%lx-%lx %4s", &low, &high, access) != 3)
			continue;
		if (base == UINT64_MAX && strstr(line, file) != NULL)
			base = low; /* the first of the file's own mappings */
		if (base == UINT64_MAX)
			continue;
		if (low < base + start)
			low = base + start;
		if (high > base + end)
			high = base + end;
		if (low < high && strcmp(access, "r--p") == 0)
			found += high - low;
	}
	fclose(maps);
	free(file);
	return found;
}

int main(int count, char **arguments)
{
	if (count < 2)
		return 2;

	uint64_t start, end;
	region_read(arguments[1], &start, &end);
	pid_t child = run_to_exit(arguments + 1);
	uint64_t found = region_protected(child, arguments[1], start, end);
	ptrace(PTRACE_KILL, child, NULL, NULL);

	printf("%lu of %lu bytes are read-only\n", found, end - start);
	return end > start && found == end - start ? 0 : 1;
}
