/* Preloaded into a command and all its children (git's too): counts every libc call that changes something below
 * INJECT_ROOT, over all processes together, and does something at call INJECT_AT.
 *
 * INJECT_HOW  kill    the whole process group dies before the call
 *             torn    as kill; of a write, half is done first
 *             child   only the process that makes the call dies, before it
 *             parent  only the command itself dies; the process that makes the call goes on
 *             fail    that one call fails with INJECT_ERRNO
 *             failing that call and all later ones fail
 *             gone    INJECT_ROOT is no longer where it was, and the call is made
 *
 * INJECT_OF   only calls whose name begins with one of these letters count, and only they fail
 * INJECT_MAIN the command's own process; with INJECT_BY=child only the calls of others count
 *
 * INJECT_COUNTER is a file whose first four bytes count; INJECT_LOG gets a line a call: number (0: does not count), call,
 * inode, whether a child made it, path. A process that was forked, not started, calls inject_begin() for itself.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

enum how { COUNT, KILL, TORN, CHILD, PARENT, FAIL, FAILING, GONE };
enum verdict { GO, REFUSE, HALF };

static int *counter, at = -1, log_to = -1, wrong = ENOSPC;
static enum how how;
static const char *root, *letters;
static size_t root_length;
static int begun, children_only;
static pid_t command;

static void begin(void) {
  static const char *names[] = {"count", "kill", "torn", "child", "parent", "fail", "failing", "gone"};
  if (begun) return;
  begun = 1;
  const char *file = getenv("INJECT_COUNTER"), *word = getenv("INJECT_HOW"), *log = getenv("INJECT_LOG");
  const char *by = getenv("INJECT_BY");
  root = getenv("INJECT_ROOT");
  if (!file || !root) return;
  int fd = syscall(SYS_openat, AT_FDCWD, file, O_RDWR | O_CLOEXEC, 0);
  if (fd < 0) return;
  counter = mmap(NULL, sizeof(int), PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
  syscall(SYS_close, fd);
  if (counter == MAP_FAILED) { counter = NULL; return; }
  root_length = strlen(root);
  if (getenv("INJECT_AT")) at = atoi(getenv("INJECT_AT"));
  if (getenv("INJECT_MAIN")) command = atoi(getenv("INJECT_MAIN"));
  children_only = by && !strcmp(by, "child");
  letters = getenv("INJECT_OF");
  if (getenv("INJECT_ERRNO")) wrong = atoi(getenv("INJECT_ERRNO"));
  for (int i = 0; word && i < 8; i++) if (!strcmp(word, names[i])) how = i;
  if (log) {
    fd = syscall(SYS_openat, AT_FDCWD, log, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600);
    log_to = fd < 0 ? -1 : fcntl(fd, F_DUPFD_CLOEXEC, 700);
    syscall(SYS_close, fd);
  }
}

void inject_begin(void) { begun = 0; begin(); }

static void of_handle(int fd, char *path, size_t size) {
  char link[64];
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  ssize_t n = syscall(SYS_readlinkat, AT_FDCWD, link, path, size - 1);
  path[n < 0 ? 0 : n] = 0;
}

static void absolute(int folder, const char *name, char *path, size_t size) {
  char base[2048] = "";
  if (name[0] == '/') { snprintf(path, size, "%s", name); return; }
  if (folder != AT_FDCWD) of_handle(folder, base, sizeof base);
  else if (syscall(SYS_getcwd, base, sizeof base) < 0) base[0] = 0;
  snprintf(path, size, "%s/%s", base, name);
}

static int ours(const char *path) { return counter && !strncmp(path, root, root_length); }

static void die(void) { kill(how == CHILD ? getpid() : 0, SIGKILL); for (;;) pause(); }

/* The folder is no longer where it was, as a stick that is pulled out: what is open stays open. */
static void pull(void) {
  char from[4096], to[4200];
  snprintf(from, sizeof from, "%.*s", (int)root_length - 1, root);
  snprintf(to, sizeof to, "%s.gone", from);
  syscall(SYS_renameat, AT_FDCWD, from, AT_FDCWD, to);
}

static void tell(int number, const char *call, unsigned long inode, const char *path) {
  char line[4400];
  if (log_to < 0) return;
  int n = snprintf(line, sizeof line, "%d\t%s\t%lu\t%d\t%s\n", number, call, inode, getpid() != command, path);
  syscall(SYS_write, log_to, line, n);
}

/* One call is about to be made: counted, told of, and perhaps stopped. */
static enum verdict step(const char *call, unsigned long inode, const char *path) {
  if ((letters && !strchr(letters, call[0])) || (children_only && getpid() == command)) {
    tell(0, call, inode, path);
    return GO;
  }
  int number = __sync_add_and_fetch(counter, 1);
  if (how == FAILING && at > 0 && number >= at) return REFUSE;
  if (number == at) {
    if (how == TORN && call[0] == 'w') { tell(number, call, inode, path); return HALF; }
    if (how == KILL || how == TORN || how == CHILD) die();
    if (how == PARENT) kill(command, SIGKILL);
    if (how == FAIL) return REFUSE;
    if (how == GONE) pull();
  }
  tell(number, call, inode, path);
  return GO;
}

static unsigned long inode_of(int fd) { struct stat found; return fstat(fd, &found) ? 0 : found.st_ino; }

static enum verdict on_handle(const char *call, int fd) {
  char path[4096];
  begin();
  if (!counter || fd <= 2) return GO;
  of_handle(fd, path, sizeof path);
  return ours(path) ? step(call, inode_of(fd), path) : GO;
}

static enum verdict on_name(const char *call, int folder, const char *name) {
  char path[4096];
  begin();
  if (!counter) return GO;
  absolute(folder, name, path, sizeof path);
  return ours(path) ? step(call, 0, path) : GO;
}

#define REFUSED(v) if ((v) == REFUSE) { errno = wrong; return -1; }
#define REAL(name) static __typeof__(name) *real; if (!real) real = dlsym(RTLD_NEXT, #name);

static int opened(int folder, const char *name, int flags, mode_t mode) {
  begin();
  if (counter && (flags & (O_CREAT | O_TRUNC)) && (flags & (O_WRONLY | O_RDWR))) {
    char path[4096];
    struct stat found;
    absolute(folder, name, path, sizeof path);
    int there = !stat(path, &found);
    if (ours(path) && (!there || ((flags & O_TRUNC) && found.st_size))) {
      enum verdict v = step(there ? "truncate" : "create", there ? found.st_ino : 0, path);
      REFUSED(v);
      return syscall(SYS_openat, folder, name, flags, mode);
    }
  }
  return syscall(SYS_openat, folder, name, flags, mode);
}

#define OPEN(name) int name(const char *path, int flags, ...) { va_list more; va_start(more, flags); \
  mode_t mode = flags & (O_CREAT | O_TMPFILE) ? va_arg(more, mode_t) : 0; va_end(more); return opened(AT_FDCWD, path, flags, mode); }
#define OPENAT(name) int name(int folder, const char *path, int flags, ...) { va_list more; va_start(more, flags); \
  mode_t mode = flags & (O_CREAT | O_TMPFILE) ? va_arg(more, mode_t) : 0; va_end(more); return opened(folder, path, flags, mode); }
OPEN(open) OPEN(open64) OPENAT(openat) OPENAT(openat64)
int creat(const char *path, mode_t mode) { return opened(AT_FDCWD, path, O_CREAT | O_WRONLY | O_TRUNC, mode); }

ssize_t write(int fd, const void *data, size_t size) {
  enum verdict v = on_handle("write", fd);
  REFUSED(v);
  if (v == HALF) { syscall(SYS_write, fd, data, size / 2); die(); }
  return syscall(SYS_write, fd, data, size);
}

static ssize_t written_at(int fd, const void *data, size_t size, off_t place) {
  enum verdict v = on_handle("write", fd);
  REFUSED(v);
  if (v == HALF) { syscall(SYS_pwrite64, fd, data, size / 2, place); die(); }
  return syscall(SYS_pwrite64, fd, data, size, place);
}
ssize_t pwrite(int fd, const void *data, size_t size, off_t place) { return written_at(fd, data, size, place); }
ssize_t pwrite64(int fd, const void *data, size_t size, off64_t place) { return written_at(fd, data, size, place); }

ssize_t writev(int fd, const struct iovec *parts, int count) {
  enum verdict v = on_handle("write", fd);
  REFUSED(v);
  if (v == HALF) { if (count) syscall(SYS_write, fd, parts[0].iov_base, parts[0].iov_len / 2); die(); }
  return syscall(SYS_writev, fd, parts, count);
}

static ssize_t sent(int to, int from, off_t *place, size_t size) {
  enum verdict v = on_handle("write", to);
  REFUSED(v);
  if (v == HALF) { syscall(SYS_sendfile, to, from, place, size / 2); die(); }
  return syscall(SYS_sendfile, to, from, place, size);
}
ssize_t sendfile(int to, int from, off_t *place, size_t size) { return sent(to, from, place, size); }
ssize_t sendfile64(int to, int from, off64_t *place, size_t size) { return sent(to, from, (off_t *)place, size); }

ssize_t copy_file_range(int from, off64_t *a, int to, off64_t *b, size_t size, unsigned flags) {
  enum verdict v = on_handle("write", to);
  REFUSED(v);
  if (v == HALF) { syscall(SYS_copy_file_range, from, a, to, b, size / 2, flags); die(); }
  return syscall(SYS_copy_file_range, from, a, to, b, size, flags);
}

#define ON_HANDLE(call, fd, rest) enum verdict v = on_handle(call, fd); REFUSED(v); return rest
#define ON_NAME(call, folder, name, rest) enum verdict v = on_name(call, folder, name); REFUSED(v); return rest
#define THERE(folder, name) ({ struct stat found_; !fstatat(folder, name, &found_, AT_SYMLINK_NOFOLLOW); })

int rename(const char *a, const char *b) { REAL(rename) ON_NAME("rename", AT_FDCWD, b, real(a, b)); }
int renameat(int d, const char *a, int e, const char *b) { REAL(renameat) ON_NAME("rename", e, b, real(d, a, e, b)); }
int renameat2(int d, const char *a, int e, const char *b, unsigned f) { REAL(renameat2) ON_NAME("rename", e, b, real(d, a, e, b, f)); }
int link(const char *a, const char *b) { REAL(link) ON_NAME("link", AT_FDCWD, b, real(a, b)); }
int linkat(int d, const char *a, int e, const char *b, int f) { REAL(linkat) ON_NAME("link", e, b, real(d, a, e, b, f)); }
int symlink(const char *a, const char *b) { REAL(symlink) ON_NAME("link", AT_FDCWD, b, real(a, b)); }
int unlink(const char *a) { REAL(unlink) if (!THERE(AT_FDCWD, a)) return real(a); ON_NAME("unlink", AT_FDCWD, a, real(a)); }
int unlinkat(int d, const char *a, int f) { REAL(unlinkat) if (!THERE(d, a)) return real(d, a, f); ON_NAME("unlink", d, a, real(d, a, f)); }
int rmdir(const char *a) { REAL(rmdir) if (!THERE(AT_FDCWD, a)) return real(a); ON_NAME("unlink", AT_FDCWD, a, real(a)); }
int mkdir(const char *a, mode_t m) { REAL(mkdir) if (THERE(AT_FDCWD, a)) return real(a, m); ON_NAME("mkdir", AT_FDCWD, a, real(a, m)); }
int mkdirat(int d, const char *a, mode_t m) { REAL(mkdirat) if (THERE(d, a)) return real(d, a, m); ON_NAME("mkdir", d, a, real(d, a, m)); }
int truncate(const char *a, off_t n) { REAL(truncate) ON_NAME("truncate", AT_FDCWD, a, real(a, n)); }
int chmod(const char *a, mode_t m) { REAL(chmod) ON_NAME("permit", AT_FDCWD, a, real(a, m)); }
int fchmod(int fd, mode_t m) { REAL(fchmod) ON_HANDLE("permit", fd, real(fd, m)); }
int fsync(int fd) { REAL(fsync) ON_HANDLE("sync", fd, real(fd)); }
int fdatasync(int fd) { REAL(fdatasync) ON_HANDLE("sync", fd, real(fd)); }
int ftruncate(int fd, off_t n) { REAL(ftruncate) ON_HANDLE("truncate", fd, real(fd, n)); }
int ftruncate64(int fd, off64_t n) { REAL(ftruncate64) ON_HANDLE("truncate", fd, real(fd, n)); }
int fallocate(int fd, int m, off_t o, off_t n) { REAL(fallocate) ON_HANDLE("write", fd, real(fd, m, o, n)); }

#define FOPEN(name) FILE *name(const char *path, const char *mode) { REAL(name) \
  if (strpbrk(mode, "wa")) { enum verdict v = on_name("create", AT_FDCWD, path); if (v == REFUSE) { errno = wrong; return NULL; } } \
  return real(path, mode); }
FOPEN(fopen) FOPEN(fopen64)
