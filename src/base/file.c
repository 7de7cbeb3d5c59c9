#define _GNU_SOURCE /* O_CLOEXEC, realpath */
#include "base/file.h"

#include "base/fd.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static bool read_exactly(int fd, char *to, size_t size, Str *reason)
{
	while (size) {
		ssize_t got = read(fd, to, size);
		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0) {
			*reason = got ? str_from(strerror(errno))
				      : STR("it changed while it was read");
			return false;
		}
		to += got;
		size -= (size_t)got;
	}
	return true;
}

bool file_read(Arena *arena, Str path, size_t max, Str *content, Str *reason)
{
	struct stat status;
	/* not blocking: a FIFO must not hold us up */
	AUTO_FD fd = open(str_z(arena, path), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	if (fd < 0 || fstat(fd, &status) != 0) {
		*reason = str_from(strerror(errno));
		return false;
	}
	if (!S_ISREG(status.st_mode)) {
		*reason = S_ISDIR(status.st_mode) ? STR("it is a directory")
						  : STR("it is not a regular file");
		return false;
	}
	if ((uint64_t)status.st_size > max) {
		*reason = str_format(arena, "it has %lld bytes, more than the limit of %zu MiB",
			(long long)status.st_size, max >> 20);
		return false;
	}
	size_t size = (size_t)status.st_size;
	char *text = arena_alloc(arena, size + 1);
	if (!read_exactly(fd, text, size, reason))
		return false;
	*content = (Str){text, size};
	return true;
}

bool file_list(Arena *arena, Str path, Names *names, Str *reason)
{
	DIR *folder = opendir(str_z(arena, path));
	if (!folder) {
		*reason = str_from(strerror(errno));
		return false;
	}
	errno = 0;
	for (struct dirent *entry; (entry = readdir(folder));) {
		Str name = str_from(entry->d_name);
		if (!str_equal(name, STR(".")) && !str_equal(name, STR("..")))
			*vec_add(arena, names) = str_copy(arena, name);
	}
	int error = errno;
	closedir(folder);
	if (error) {
		*reason = str_from(strerror(error));
		return false;
	}
	if (names->count)
		qsort(names->items, names->count, sizeof *names->items, str_order);
	return true;
}

bool file_append(Str path, Str content, Str *reason)
{
	ARENA_SCRATCH(scratch);
	AUTO_FD fd = open(str_z(&scratch, path), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644);
	while (fd >= 0 && content.len) {
		ssize_t written = write(fd, content.ptr, content.len);
		if (written < 0 && errno == EINTR)
			continue;
		if (written <= 0)
			break;
		content = str_skip(content, (size_t)written);
	}
	if (fd >= 0 && !content.len)
		return true;
	*reason = str_from(strerror(errno));
	return false;
}

FileType file_type(Str path)
{
	ARENA_SCRATCH(scratch);
	struct stat status;
	if (stat(str_z(&scratch, path), &status) != 0)
		return FILE_MISSING;
	return S_ISREG(status.st_mode)   ? FILE_REGULAR
	       : S_ISDIR(status.st_mode) ? FILE_FOLDER
					 : FILE_OTHER;
}

bool file_is_symlink(Str path)
{
	ARENA_SCRATCH(scratch);
	struct stat status;
	return lstat(str_z(&scratch, path), &status) == 0 && S_ISLNK(status.st_mode);
}

Str file_resolve(Arena *arena, Str path)
{
	ARENA_SCRATCH(scratch);
	char *resolved = realpath(str_z(&scratch, path), NULL);
	Str copy = resolved ? str_copy(arena, str_from(resolved)) : (Str){0};
	free(resolved);
	return copy;
}

Str file_normal(Arena *arena, Str path)
{
	Buf buf = buf_new(arena, SIZE_MAX);
	Str rest = path, part;
	while (str_next(&rest, '/', &part)) {
		if (!part.len || str_equal(part, STR(".")))
			continue;
		if (!str_equal(part, STR(".."))) {
			buf_format(&buf, "/%.*s", STR_ARG(part));
			continue;
		}
		while (buf.len && buf.ptr[--buf.len] != '/')
			;
	}
	return buf.len ? buf_str(&buf) : STR("/");
}

static Str read_link(Arena *arena, Str path)
{
	ARENA_SCRATCH(scratch);
	char target[4096]; /* PATH_MAX */
	ssize_t length = readlink(str_z(&scratch, path), target, sizeof target);
	return length > 0 && (size_t)length < sizeof target
		       ? str_copy(arena, (Str){target, (size_t)length})
		       : (Str){0};
}

Str file_follow_link(Arena *arena, Str path)
{
	Str normal = file_normal(arena, path);
	for (size_t i = 1; i <= normal.len; i++) {
		Str here = str_head(normal, i);
		if (i < normal.len && normal.ptr[i] != '/')
			continue;
		Str target = read_link(arena, here);
		if (!target.len)
			continue;
		Str there = file_join(arena, file_parent(here), target);
		return file_normal(arena, str_format(arena, "%.*s%.*s", STR_ARG(there),
						  STR_ARG(str_skip(normal, i))));
	}
	return (Str){0};
}

bool file_is_within(Str path, Str folder)
{
	if (str_equal(folder, STR("/")))
		return true;
	return str_starts(path, folder) && (path.len == folder.len || path.ptr[folder.len] == '/');
}

Str file_below(Str folder, Str path)
{
	if (!file_is_within(path, folder))
		return path;
	Str rest = str_skip(path, folder.len);
	return str_starts(rest, STR("/")) ? str_skip(rest, 1) : rest;
}

bool file_is_content(Str path, Str folder)
{
	if (!file_is_within(path, folder))
		return false;
	Str rest = str_skip(path, folder.len), name;
	while (rest.len && str_next(&rest, '/', &name))
		if (str_equal(name, STR(".git")))
			return false;
	return true;
}

Str file_join(Arena *arena, Str folder, Str name)
{
	if (str_starts(name, STR("/")))
		return name;
	while (str_starts(name, STR("./")))
		name = str_skip(name, 2);
	if (!name.len || str_equal(name, STR(".")))
		return folder;
	const char *separator = str_ends(folder, STR("/")) ? "" : "/";
	return str_format(arena, "%.*s%s%.*s", STR_ARG(folder), separator, STR_ARG(name));
}

Str file_base(Str path)
{
	for (size_t i = path.len; i > 0; i--)
		if (path.ptr[i - 1] == '/')
			return str_skip(path, i);
	return path;
}

Str file_parent(Str path)
{
	for (size_t i = path.len; i > 0; i--)
		if (path.ptr[i - 1] == '/')
			return i == 1 ? STR("/") : str_head(path, i - 1);
	return STR(".");
}
