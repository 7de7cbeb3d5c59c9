/* Globs and paths of any bytes, "pattern NUL path": both ways of matching agree, every glob matches
 * its own text, and the work is bounded. */
#include "fuzz.h"

#include "glob/glob.h"

/* A unit of the pattern makes fewer than 100 instructions, and one is done at most twice at each
 * position; in a look-ahead that is tried where it stands, at each of nine. */
static void check_steps(size_t steps, size_t pattern, size_t path)
{
	require(steps <= 100 * (pattern + 2) * 2 * 9 * (path + 2));
}

static void check_path(const Glob *glob, Str pattern, const GlobPath *path)
{
	size_t steps = 0;
	bool slowly = glob_match_slowly(glob, path, &steps);
	require(glob_match(glob, path) == slowly);
	check_steps(steps, pattern.len, path->text.len);
	if (!path->text.len)
		require(!slowly);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	ARENA_SCRATCH(scratch);
	const uint8_t *nul = size ? memchr(data, 0, size) : NULL;
	size_t length = nul ? (size_t)(nul - data) : size;
	Str pattern = fuzz_text(&scratch, data, length);
	Str text = fuzz_text(&scratch, nul ? nul + 1 : NULL, nul ? size - length - 1 : 0);
	const Glob *glob = glob_compile(&scratch, pattern);
	GlobPath path = glob_path(&scratch, text), own = glob_path(&scratch, pattern);
	check_path(glob, pattern, &path);
	check_path(glob, pattern, &own);
	require(glob_match(glob, &own) == (pattern.len > 0));
	return 0;
}
