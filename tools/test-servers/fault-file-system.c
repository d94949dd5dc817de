/*
 * A FUSE file system that passes all through to a folder, and fails the operations that a file names:
 *
 *   fault-file-system <folder> <faults> <mount point> [options of FUSE]
 *
 * <faults> is read at each operation. Each line is "<operation> <number>": the errno with which chmod, opendir, create, write,
 * flush (the close of a file), fsync, fsyncdir or rename fails from now on. At -1 it hangs until the line is gone, and makes the
 * file "<faults>.hangs". With "mode" the number is the mode (decimal) that each new file gets, whatever is asked.
 *
 * It stays in the foreground, and unmounts at SIGTERM and when the process that started it has ended.
 */
#define FUSE_USE_VERSION 31
#define _GNU_SOURCE
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <fuse.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <unistd.h>

#define HANG -1

static const char *folder;
static const char *faults;

/* The number beside an operation, or 0. */
static int number_of(const char *operation)
{
	char name[32];
	int number, found = 0;
	FILE *file = fopen(faults, "re");
	if (file == NULL)
		return 0;
	while (fscanf(file, "%31s %d", name, &number) == 2)
		if (strcmp(name, operation) == 0)
			found = number;
	fclose(file);
	return found;
}

/* The same, once it is not HANG. */
static int fault(const char *operation)
{
	char mark[PATH_MAX];
	int number;
	while ((number = number_of(operation)) == HANG) {
		snprintf(mark, sizeof mark, "%s.hangs", faults);
		close(open(mark, O_CREAT | O_WRONLY | O_CLOEXEC, 0600));
		usleep(10000);
	}
	return number;
}

static int below(char *real, const char *path)
{
	return snprintf(real, PATH_MAX, "%s%s", folder, path) < PATH_MAX ? 0 : -ENAMETOOLONG;
}

static int outcome(int result)
{
	return result == -1 ? -errno : result;
}

/* What is made belongs to who made it, not to this process. */
static int give(const char *real)
{
	struct fuse_context *context = fuse_get_context();
	if (geteuid() != 0)
		return 0;
	return outcome(lchown(real, context->uid, context->gid));
}

static void *fs_init(struct fuse_conn_info *connection, struct fuse_config *config)
{
	(void)connection;
	config->use_ino = 1;
	config->entry_timeout = 0;
	config->attr_timeout = 0;
	config->negative_timeout = 0;
	return NULL;
}

static int fs_getattr(const char *path, struct stat *found, struct fuse_file_info *info)
{
	char real[PATH_MAX];
	if (info != NULL)
		return outcome(fstat(info->fh, found));
	int error = below(real, path);
	return error != 0 ? error : outcome(lstat(real, found));
}

static int fs_chmod(const char *path, mode_t mode, struct fuse_file_info *info)
{
	char real[PATH_MAX];
	int error = fault("chmod");
	if (error != 0)
		return -error;
	if (info != NULL)
		return outcome(fchmod(info->fh, mode));
	error = below(real, path);
	return error != 0 ? error : outcome(chmod(real, mode));
}

static int fs_chown(const char *path, uid_t user, gid_t group, struct fuse_file_info *info)
{
	char real[PATH_MAX];
	(void)info;
	int error = below(real, path);
	return error != 0 ? error : outcome(lchown(real, user, group));
}

static int fs_utimens(const char *path, const struct timespec times[2], struct fuse_file_info *info)
{
	char real[PATH_MAX];
	(void)info;
	int error = below(real, path);
	return error != 0 ? error : outcome(utimensat(AT_FDCWD, real, times, AT_SYMLINK_NOFOLLOW));
}

static int fs_truncate(const char *path, off_t size, struct fuse_file_info *info)
{
	char real[PATH_MAX];
	if (info != NULL)
		return outcome(ftruncate(info->fh, size));
	int error = below(real, path);
	return error != 0 ? error : outcome(truncate(real, size));
}

static int fs_mkdir(const char *path, mode_t mode)
{
	char real[PATH_MAX];
	int error = below(real, path);
	if (error == 0)
		error = outcome(mkdir(real, mode));
	return error != 0 ? error : give(real);
}

static int fs_rmdir(const char *path)
{
	char real[PATH_MAX];
	int error = below(real, path);
	return error != 0 ? error : outcome(rmdir(real));
}

static int fs_unlink(const char *path)
{
	char real[PATH_MAX];
	int error = below(real, path);
	return error != 0 ? error : outcome(unlink(real));
}

static int fs_rename(const char *from, const char *to, unsigned int flags)
{
	char real_from[PATH_MAX], real_to[PATH_MAX];
	int error = fault("rename");
	if (error != 0)
		return -error;
	if (flags != 0)
		return -EINVAL;
	error = below(real_from, from);
	if (error == 0)
		error = below(real_to, to);
	return error != 0 ? error : outcome(rename(real_from, real_to));
}

static int fs_create(const char *path, mode_t mode, struct fuse_file_info *info)
{
	char real[PATH_MAX];
	int error = fault("create");
	if (error != 0)
		return -error;
	error = below(real, path);
	if (error != 0)
		return error;
	int handle = open(real, info->flags, mode);
	if (handle == -1)
		return -errno;
	int forced = fault("mode");
	if (forced != 0)
		fchmod(handle, forced);
	info->fh = handle;
	return give(real);
}

static int fs_open(const char *path, struct fuse_file_info *info)
{
	char real[PATH_MAX];
	int error = below(real, path);
	if (error != 0)
		return error;
	int handle = open(real, info->flags);
	if (handle == -1)
		return -errno;
	info->fh = handle;
	return 0;
}

static int fs_read(const char *path, char *bytes, size_t size, off_t at, struct fuse_file_info *info)
{
	(void)path;
	return outcome(pread(info->fh, bytes, size, at));
}

static int fs_write(const char *path, const char *bytes, size_t size, off_t at, struct fuse_file_info *info)
{
	(void)path;
	int error = fault("write");
	return error != 0 ? -error : outcome(pwrite(info->fh, bytes, size, at));
}

static int fs_flush(const char *path, struct fuse_file_info *info)
{
	(void)path;
	(void)info;
	return -fault("flush");
}

static int fs_release(const char *path, struct fuse_file_info *info)
{
	(void)path;
	return outcome(close(info->fh));
}

static int fs_fsync(const char *path, int data_only, struct fuse_file_info *info)
{
	(void)path;
	(void)data_only;
	int error = fault("fsync");
	return error != 0 ? -error : outcome(fsync(info->fh));
}

static int fs_opendir(const char *path, struct fuse_file_info *info)
{
	(void)path;
	(void)info;
	return -fault("opendir");
}

static int fs_readdir(const char *path, void *list, fuse_fill_dir_t fill, off_t at, struct fuse_file_info *info,
		      enum fuse_readdir_flags flags)
{
	char real[PATH_MAX];
	struct dirent *entry;
	(void)at;
	(void)info;
	(void)flags;
	int error = below(real, path);
	if (error != 0)
		return error;
	DIR *directory = opendir(real);
	if (directory == NULL)
		return -errno;
	while ((entry = readdir(directory)) != NULL)
		fill(list, entry->d_name, NULL, 0, 0);
	closedir(directory);
	return 0;
}

static int fs_fsyncdir(const char *path, int data_only, struct fuse_file_info *info)
{
	(void)path;
	(void)data_only;
	(void)info;
	return -fault("fsyncdir");
}

static const struct fuse_operations operations = {
	.init = fs_init,
	.getattr = fs_getattr,
	.chmod = fs_chmod,
	.chown = fs_chown,
	.utimens = fs_utimens,
	.truncate = fs_truncate,
	.mkdir = fs_mkdir,
	.rmdir = fs_rmdir,
	.unlink = fs_unlink,
	.rename = fs_rename,
	.create = fs_create,
	.open = fs_open,
	.read = fs_read,
	.write = fs_write,
	.flush = fs_flush,
	.release = fs_release,
	.fsync = fs_fsync,
	.opendir = fs_opendir,
	.readdir = fs_readdir,
	.fsyncdir = fs_fsyncdir,
};

int main(int count, char **arguments)
{
	pid_t parent = getppid();
	if (count < 4) {
		fprintf(stderr, "usage: %s <folder> <faults> <mount point> [options of FUSE]\n", arguments[0]);
		return 2;
	}
	prctl(PR_SET_PDEATHSIG, SIGTERM);
	if (getppid() != parent)
		return 1;
	umask(0);
	folder = arguments[1];
	faults = arguments[2];
	arguments[2] = arguments[0];
	return fuse_main(count - 2, arguments + 2, &operations, NULL);
}
