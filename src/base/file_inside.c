#define _GNU_SOURCE /* O_PATH */
#include "base/file_inside.h"

#include "base/fd.h"
#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

/* The path below `root` (as it is written, or without the links in it), or an empty Str. */
static Str below(Arena *arena, Str root, Str path)
{
	const Str forms[] = {root, file_resolve(arena, root)};
	for (size_t i = 0; i < 2; i++) {
		Str form = forms[i];
		while (form.len > 1 && str_ends(form, STR("/")))
			form.len--;
		if (form.len > 1 && file_is_within(path, form) && path.len > form.len + 1)
			return str_skip(path, form.len + 1);
	}
	return (Str){0};
}

static Str find_root(Arena *arena, const FileInside *target, Str *inner)
{
	bool relative = !str_starts(target->path, STR("/"));
	for (size_t i = 0; i < target->root_count; i++) {
		Str root = target->roots[i];
		*inner = relative ? target->path : below(arena, root, target->path);
		if (root.len && inner->len)
			return root;
		if (relative)
			break;
	}
	return (Str){0};
}

/* Opens the folder that the last name of `inner` is in, name by name; that one is left in *name. */
static int open_folder(Arena *arena, int root, Str inner, Str *name, Str *reason)
{
	int folder = dup(root);
	str_next(&inner, '/', name);
	for (Str next; folder >= 0 && str_next(&inner, '/', &next); *name = next) {
		if (!name->len || str_equal(*name, STR(".")))
			continue;
		int inside = str_equal(*name, STR(".."))
				     ? (errno = EPERM, -1)
				     : openat(folder, str_z(arena, *name),
					       O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
		if (inside < 0)
			*reason = errno == ENOTDIR || errno == ELOOP
					  ? STR("a symbolic link or a file is on the way")
					  : str_from(strerror(errno));
		close(folder);
		folder = inside;
	}
	return folder;
}

static bool write_all(int fd, Str content)
{
	while (content.len) {
		ssize_t written = write(fd, content.ptr, content.len);
		if (written < 0 && errno == EINTR)
			continue;
		if (written <= 0)
			return false;
		content = str_skip(content, (size_t)written);
	}
	return true;
}

/* Who is not the superuser owns what it makes, and cannot give it away. */
static bool give_to_owner(int fd, int root)
{
	struct stat owner;
	if (fstat(root, &owner) != 0)
		return false;
	return geteuid() != 0 || fchown(fd, owner.st_uid, owner.st_gid) == 0;
}

/* Where a file goes. */
typedef struct Spot {
	int root, folder;
	Str name; /* in the folder */
} Spot;

/* Of the file that is replaced; of a new one, that of any other in a checkout. */
static mode_t mode_of(Arena *arena, const Spot *spot)
{
	struct stat before;
	int found = fstatat(spot->folder, str_z(arena, spot->name), &before, AT_SYMLINK_NOFOLLOW);
	return found == 0 && S_ISREG(before.st_mode) ? before.st_mode & 0777 : 0644;
}

static bool replace(Arena *arena, const Spot *spot, Str content, Str *reason)
{
	unsigned char chance[8];
	Buf buf = buf_new(arena, 64);
	if (getrandom(chance, sizeof chance, 0) != (ssize_t)sizeof chance)
		arena_exhausted();
	buf_add(&buf, STR(".supabase-promote-"));
	for (size_t i = 0; i < sizeof chance; i++)
		buf_format(&buf, "%02x", chance[i]);
	const char *temporary = str_z(arena, buf_str(&buf));
	AUTO_FD fd = openat(spot->folder, temporary,
		O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0644);
	if (fd >= 0 && write_all(fd, content) && give_to_owner(fd, spot->root) &&
		fchmod(fd, mode_of(arena, spot)) == 0 && fsync(fd) == 0 &&
		renameat(spot->folder, temporary, spot->folder, str_z(arena, spot->name)) == 0)
		return true;
	*reason = str_from(strerror(errno));
	if (fd >= 0)
		unlinkat(spot->folder, temporary, 0);
	return false;
}

bool file_inside_write(const FileInside *target, Str content, Arena *arena, Str *reason)
{
	Str inner = {0}, name = {0}, root_path = find_root(arena, target, &inner);
	if (!root_path.len) {
		*reason = STR("it lies neither in the workspace nor in RUNNER_TEMP");
		return false;
	}
	AUTO_FD root = open(str_z(arena, root_path), O_PATH | O_DIRECTORY | O_CLOEXEC);
	if (root < 0) {
		*reason = str_from(strerror(errno));
		return false;
	}
	AUTO_FD folder = open_folder(arena, root, inner, &name, reason);
	if (folder < 0)
		return false;
	if (!name.len || str_equal(name, STR(".")) || str_equal(name, STR(".."))) {
		*reason = STR("it is a folder");
		return false;
	}
	return replace(arena, &(Spot){root, folder, name}, content, reason);
}
