/* Preloaded into a program, records what it does to the files under RECONTOUR_TRACE_FOLDER, in the order in which it
 * happened, into the file RECONTOUR_TRACE: opens, writes, truncations, flushes, renames, removals, and every line that
 * goes to standard output. Calls are made one at a time, so the order is the true one.
 *
 * An entry: "KIND A B LENGTH1 LENGTH2\n", then two byte strings of these lengths. What A, B and the strings mean:
 *   O inode created  path        opened; created is 1 where the file was not there before
 *   W inode offset   bytes       written
 *   T inode size                 truncated or made longer
 *   F inode 0                    fsync or fdatasync of a file came back well
 *   D 0 0            path        fsync of a folder came back well
 *   R inode 0        from to     renamed
 *   E inode inode    from to     two files have changed places: these are the inodes that lay there before
 *   U 0 0            path        a file was removed
 *   M 0 0            path        a folder was made
 *   X 0 0            path        a folder was removed
 *   S 0 0            text        said on standard output
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

static pthread_mutex_t one_at_a_time = PTHREAD_RECURSIVE_MUTEX_INITIALIZER_NP;
static int trace = -2;
static const char* folder = "";

#define REAL(result, name, ...)       \
  static result (*real)(__VA_ARGS__); \
  if (real == NULL) real = (result(*)(__VA_ARGS__))dlsym(RTLD_NEXT, name)

static ssize_t real_write(int descriptor, const void* bytes, size_t size) {
  REAL(ssize_t, "write", int, const void*, size_t);
  return real(descriptor, bytes, size);
}

static int real_open(const char* path, int flags, mode_t mode) {
  REAL(int, "open", const char*, int, ...);
  return real(path, flags, mode);
}

static void begin(void) {
  pthread_mutex_lock(&one_at_a_time);
  if (trace != -2) return;
  const char* file = getenv("RECONTOUR_TRACE");
  folder = getenv("RECONTOUR_TRACE_FOLDER");
  trace = file != NULL && folder != NULL ? real_open(file, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600) : -1;
}

static void end(void) {
  const int error = errno;
  pthread_mutex_unlock(&one_at_a_time);
  errno = error;
}

static void put(const void* bytes, size_t size) {
  const char* at = bytes;
  while (size > 0) {
    const ssize_t written = real_write(trace, at, size);
    if (written <= 0) _exit(99); /* a trace with holes proves nothing */
    at += written;
    size -= (size_t)written;
  }
}

static void record(char kind, unsigned long a, unsigned long b, const void* first, size_t first_size,
                   const void* second, size_t second_size) {
  const int error = errno;
  char head[96];
  const int length = snprintf(head, sizeof head, "%c %lu %lu %zu %zu\n", kind, a, b, first_size, second_size);
  put(head, (size_t)length);
  put(first, first_size);
  put(second, second_size);
  errno = error;
}

static int within(const char* path) { return trace >= 0 && path != NULL && strncmp(path, folder, strlen(folder)) == 0; }

static void record_path(char kind, unsigned long a, unsigned long b, const char* path) {
  if (within(path)) record(kind, a, b, path, strlen(path), "", 0);
}

/* The path of a descriptor; empty where it has none. */
static void path_of(int descriptor, char* path) {
  char link[64];
  snprintf(link, sizeof link, "/proc/self/fd/%d", descriptor);
  const ssize_t length = readlink(link, path, PATH_MAX - 1);
  path[length > 0 ? length : 0] = '\0';
}

/* The inode of a file under the folder that is no folder itself; 0 for all else. */
static unsigned long inode_of(int descriptor) {
  struct stat now;
  char path[PATH_MAX];
  if (trace < 0 || descriptor == trace || fstat(descriptor, &now) != 0 || !S_ISREG(now.st_mode)) return 0;
  path_of(descriptor, path);
  return within(path) ? now.st_ino : 0;
}

static off_t size_of(int descriptor) {
  struct stat now;
  return fstat(descriptor, &now) == 0 ? now.st_size : 0;
}

static void opened(int descriptor, int flags, int was_there) {
  char path[PATH_MAX];
  const unsigned long inode = descriptor >= 0 ? inode_of(descriptor) : 0;
  if (inode == 0 || (flags & O_ACCMODE) == O_RDONLY) return;
  path_of(descriptor, path);
  record_path('O', inode, !was_there, path);
  if (was_there && (flags & O_TRUNC)) record('T', inode, 0, "", 0, "", 0);
}

static int is_there(int at, const char* path) { return faccessat(at, path, F_OK, AT_SYMLINK_NOFOLLOW) == 0; }

static int open_file(int at, const char* path, int flags, mode_t mode) {
  REAL(int, "openat", int, const char*, int, ...);
  begin();
  const int was_there = is_there(at, path);
  const int descriptor = real(at, path, flags, mode);
  opened(descriptor, flags, was_there);
  end();
  return descriptor;
}

#define MODE_OF(flags, mode)           \
  mode_t mode = 0;                     \
  if (flags & (O_CREAT | O_TMPFILE)) { \
    va_list rest;                      \
    va_start(rest, flags);             \
    mode = va_arg(rest, mode_t);       \
    va_end(rest);                      \
  }

int open(const char* path, int flags, ...) {
  MODE_OF(flags, mode)
  return open_file(AT_FDCWD, path, flags, mode);
}
int open64(const char* path, int flags, ...) {
  MODE_OF(flags, mode)
  return open_file(AT_FDCWD, path, flags, mode);
}
int openat(int at, const char* path, int flags, ...) {
  MODE_OF(flags, mode)
  return open_file(at, path, flags, mode);
}
int openat64(int at, const char* path, int flags, ...) {
  MODE_OF(flags, mode)
  return open_file(at, path, flags, mode);
}
int creat(const char* path, mode_t mode) { return open_file(AT_FDCWD, path, O_WRONLY | O_CREAT | O_TRUNC, mode); }

static FILE* open_stream(const char* name, const char* path, const char* how) {
  FILE* (*real)(const char*, const char*) = (FILE * (*)(const char*, const char*)) dlsym(RTLD_NEXT, name);
  begin();
  const int was_there = is_there(AT_FDCWD, path);
  FILE* stream = real(path, how);
  const int flags = how[0] == 'w' ? O_WRONLY | O_TRUNC : how[0] == 'a' || strchr(how, '+') ? O_RDWR : O_RDONLY;
  if (stream != NULL) opened(fileno(stream), flags, was_there);
  end();
  return stream;
}
FILE* fopen(const char* path, const char* how) { return open_stream("fopen", path, how); }
FILE* fopen64(const char* path, const char* how) { return open_stream("fopen64", path, how); }

int mkostemp(char* pattern, int flags) {
  REAL(int, "mkostemp", char*, int);
  begin();
  const int descriptor = real(pattern, flags);
  opened(descriptor, O_RDWR, 0);
  end();
  return descriptor;
}
int mkostemp64(char* pattern, int flags) { return mkostemp(pattern, flags); }
int mkstemp(char* pattern) { return mkostemp(pattern, 0); }
int mkstemp64(char* pattern) { return mkostemp(pattern, 0); }

ssize_t write(int descriptor, const void* bytes, size_t size) {
  begin();
  const unsigned long inode = inode_of(descriptor);
  const int appends = fcntl(descriptor, F_GETFL) & O_APPEND;
  const off_t offset = inode == 0 ? 0 : appends ? size_of(descriptor) : lseek(descriptor, 0, SEEK_CUR);
  const ssize_t written = real_write(descriptor, bytes, size);
  if (written > 0 && inode != 0) record('W', inode, (unsigned long)offset, bytes, (size_t)written, "", 0);
  if (written > 0 && descriptor == 1 && trace >= 0) record('S', 0, 0, bytes, (size_t)written, "", 0);
  end();
  return written;
}

ssize_t writev(int descriptor, const struct iovec* parts, int count) {
  ssize_t total = 0;
  for (int i = 0; i < count; ++i) {
    const ssize_t written = write(descriptor, parts[i].iov_base, parts[i].iov_len);
    if (written < 0) return total > 0 ? total : written;
    total += written;
    if ((size_t)written < parts[i].iov_len) break;
  }
  return total;
}

static ssize_t write_at(int descriptor, const void* bytes, size_t size, off_t offset) {
  REAL(ssize_t, "pwrite", int, const void*, size_t, off_t);
  begin();
  const unsigned long inode = inode_of(descriptor);
  const ssize_t written = real(descriptor, bytes, size, offset);
  if (written > 0 && inode != 0) record('W', inode, (unsigned long)offset, bytes, (size_t)written, "", 0);
  end();
  return written;
}
ssize_t pwrite(int descriptor, const void* bytes, size_t size, off_t offset) {
  return write_at(descriptor, bytes, size, offset);
}
ssize_t pwrite64(int descriptor, const void* bytes, size_t size, off_t offset) {
  return write_at(descriptor, bytes, size, offset);
}

static int truncate_open(int descriptor, off_t size) {
  REAL(int, "ftruncate", int, off_t);
  begin();
  const unsigned long inode = inode_of(descriptor);
  const int result = real(descriptor, size);
  if (result == 0 && inode != 0) record('T', inode, (unsigned long)size, "", 0, "", 0);
  end();
  return result;
}
int ftruncate(int descriptor, off_t size) { return truncate_open(descriptor, size); }
int ftruncate64(int descriptor, off_t size) { return truncate_open(descriptor, size); }

static int truncate_named(const char* path, off_t size) {
  REAL(int, "truncate", const char*, off_t);
  begin();
  const int result = real(path, size);
  struct stat now;
  if (result == 0 && within(path) && stat(path, &now) == 0) record('T', now.st_ino, (unsigned long)size, "", 0, "", 0);
  end();
  return result;
}
int truncate(const char* path, off_t size) { return truncate_named(path, size); }
int truncate64(const char* path, off_t size) { return truncate_named(path, size); }

static int flush(const char* name, int descriptor) {
  int (*real)(int) = (int (*)(int))dlsym(RTLD_NEXT, name);
  begin();
  const int result = real(descriptor);
  char path[PATH_MAX];
  path_of(descriptor, path);
  const unsigned long inode = inode_of(descriptor);
  if (result == 0 && inode != 0) record('F', inode, 0, "", 0, "", 0);
  if (result == 0 && inode == 0) record_path('D', 0, 0, path);
  end();
  return result;
}
int fsync(int descriptor) { return flush("fsync", descriptor); }
int fdatasync(int descriptor) { return flush("fdatasync", descriptor); }

int rename(const char* from, const char* to) {
  REAL(int, "rename", const char*, const char*);
  begin();
  struct stat now = {0};
  const int known = lstat(from, &now) == 0;
  const int result = real(from, to);
  if (result == 0 && known && within(to))
    record('R', now.st_ino, (unsigned long)S_ISDIR(now.st_mode), from, strlen(from), to, strlen(to));
  end();
  return result;
}

static int removed(const char* name, const char* path, char kind) {
  int (*real)(const char*) = (int (*)(const char*))dlsym(RTLD_NEXT, name);
  begin();
  struct stat now = {0};
  lstat(path, &now);
  const int result = real(path);
  if (result == 0) record_path(S_ISDIR(now.st_mode) ? 'X' : kind, 0, 0, path);
  end();
  return result;
}
int unlink(const char* path) { return removed("unlink", path, 'U'); }
int remove(const char* path) { return removed("remove", path, 'U'); }
int rmdir(const char* path) { return removed("rmdir", path, 'X'); }

int mkdir(const char* path, mode_t mode) {
  REAL(int, "mkdir", const char*, mode_t);
  begin();
  const int result = real(path, mode);
  if (result == 0) record_path('M', 0, 0, path);
  end();
  return result;
}

/* What this recorder does not follow must not be used by the program: a trace with holes proves nothing. */
static int refuse(const char* call) {
  fprintf(stderr, "call_recorder: %s is not recorded\n", call);
  _exit(98);
}
int linkat(int a, const char* from, int b, const char* to, int flags) {
  (void)a, (void)from, (void)b, (void)to, (void)flags;
  return refuse("linkat");
}
int link(const char* from, const char* to) {
  (void)from, (void)to;
  return refuse("link");
}
int renameat2(int a, const char* from, int b, const char* to, unsigned flags) {
  REAL(int, "renameat2", int, const char*, int, const char*, unsigned);
  if (a != AT_FDCWD || b != AT_FDCWD || flags != RENAME_EXCHANGE) return refuse("renameat2 of this kind");
  begin();
  struct stat one = {0}, other = {0};
  const int known = lstat(from, &one) == 0 && lstat(to, &other) == 0;
  const int result = real(a, from, b, to, flags);
  if (result == 0 && known && within(to))
    record('E', one.st_ino, other.st_ino, from, strlen(from), to, strlen(to));
  end();
  return result;
}
