/* SPDX-License-Identifier: EUPL-1.2 */

/*
 * What a hostile file could reach if it took over the decoder: its own memory, for a while, and
 * files that this user may read; no network, no other program, nothing written, and no way out but
 * pixels. Whatever is not listed does not exist (ENOSYS), so that libraries fall back as they do on
 * an older kernel.
 */
#include "wb-view.h"

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <seccomp.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#define MEMORY_MAX ((rlim_t) 3 << 29) /* 1.5 GiB: the file, its decoder and the pixels */
#define TIME_MAX 60                   /* seconds of work; one page has less, see the register */
#define TIME_MAX_SOUND 3600           /* an hour of decoding plays a day */
#define FILES_MAX 256
#define WRITTEN_MAX ((rlim_t) 1 << 28) /* a picture in memory; nothing else can be written */

static const int allowed[] = {
  SCMP_SYS (access),
  SCMP_SYS (arch_prctl),
  SCMP_SYS (brk),
  SCMP_SYS (clock_getres),
  SCMP_SYS (clock_gettime),
  SCMP_SYS (clock_nanosleep),
  SCMP_SYS (close),
  SCMP_SYS (dup),
  SCMP_SYS (epoll_create1),
  SCMP_SYS (epoll_ctl),
  SCMP_SYS (epoll_pwait),
  SCMP_SYS (epoll_wait),
  SCMP_SYS (eventfd2),
  SCMP_SYS (exit),
  SCMP_SYS (exit_group),
  SCMP_SYS (faccessat),
  SCMP_SYS (faccessat2),
  SCMP_SYS (fadvise64),
  SCMP_SYS (fcntl),
  SCMP_SYS (fstat),
  SCMP_SYS (fstatfs),
  SCMP_SYS (ftruncate),
  SCMP_SYS (futex),
  SCMP_SYS (getcwd),
  SCMP_SYS (getdents64),
  SCMP_SYS (getegid),
  SCMP_SYS (geteuid),
  SCMP_SYS (getgid),
  SCMP_SYS (getpid),
  SCMP_SYS (getppid),
  SCMP_SYS (getrandom),
  SCMP_SYS (getrlimit),
  SCMP_SYS (getrusage),
  SCMP_SYS (gettid),
  SCMP_SYS (gettimeofday),
  SCMP_SYS (getuid),
  SCMP_SYS (lseek),
  SCMP_SYS (lstat),
  SCMP_SYS (madvise),
  SCMP_SYS (membarrier),
  SCMP_SYS (memfd_create),
  SCMP_SYS (mmap),
  SCMP_SYS (mprotect),
  SCMP_SYS (mremap),
  SCMP_SYS (munmap),
  SCMP_SYS (nanosleep),
  SCMP_SYS (newfstatat),
  SCMP_SYS (pipe2),
  SCMP_SYS (poll),
  SCMP_SYS (ppoll),
  SCMP_SYS (pread64),
  SCMP_SYS (pselect6),
  SCMP_SYS (read),
  SCMP_SYS (readlink),
  SCMP_SYS (readlinkat),
  SCMP_SYS (readv),
  SCMP_SYS (recvfrom),
  SCMP_SYS (recvmsg),
  SCMP_SYS (restart_syscall),
  SCMP_SYS (rseq),
  SCMP_SYS (rt_sigaction),
  SCMP_SYS (rt_sigprocmask),
  SCMP_SYS (rt_sigreturn),
  SCMP_SYS (sched_getaffinity),
  SCMP_SYS (sched_getattr),
  SCMP_SYS (sched_getparam),
  SCMP_SYS (sched_getscheduler),
  SCMP_SYS (sched_yield),
  SCMP_SYS (sendmsg),
  SCMP_SYS (set_robust_list),
  SCMP_SYS (set_tid_address),
  SCMP_SYS (sigaltstack),
  SCMP_SYS (stat),
  SCMP_SYS (statfs),
  SCMP_SYS (statx),
  SCMP_SYS (sysinfo),
  SCMP_SYS (time),
  SCMP_SYS (uname),
  SCMP_SYS (write),
  SCMP_SYS (writev),
};

/* What a sound server's client does besides: a local socket, its shared memory, real-time threads.
 */
static const int allowed_to_talk[] = {
  SCMP_SYS (bind),
  SCMP_SYS (connect),
  SCMP_SYS (getpeername),
  SCMP_SYS (getsockname),
  SCMP_SYS (getsockopt),
  SCMP_SYS (ioctl),
  SCMP_SYS (prlimit64),
  SCMP_SYS (sched_get_priority_max),
  SCMP_SYS (sched_get_priority_min),
  SCMP_SYS (sched_setattr),
  SCMP_SYS (sched_setscheduler),
  SCMP_SYS (sendto),
  SCMP_SYS (setpriority),
  SCMP_SYS (setsockopt),
  SCMP_SYS (shutdown),
  SCMP_SYS (socketpair),
  SCMP_SYS (timerfd_create),
  SCMP_SYS (timerfd_settime),
};

static gboolean
limit (__rlimit_resource_t what, rlim_t most)
{
  return setrlimit (what, &(struct rlimit){ most, most }) == 0;
}

/* Before anything is read: no memory image of it is ever written, and it dies with the register. */
gboolean
wb_view_limit (void)
{
  return prctl (PR_SET_PDEATHSIG, SIGKILL) == 0 && prctl (PR_SET_DUMPABLE, 0) == 0 &&
         prctl (PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 && limit (RLIMIT_CORE, 0) &&
         limit (RLIMIT_AS, MEMORY_MAX) && limit (RLIMIT_NOFILE, FILES_MAX) &&
         limit (RLIMIT_FSIZE, WRITTEN_MAX);
}

static int
allow_all (scmp_filter_ctx filter, const int *calls, gsize n)
{
  int failed = 0;

  for (gsize i = 0; i < n; i++)
    failed |= calls[i] >= 0 ? seccomp_rule_add (filter, SCMP_ACT_ALLOW, calls[i], 0) : 0;
  return failed;
}

/* Files to read only; threads but no processes; an end by abort() of itself; no socket but local.
 */
static int
allow_some (scmp_filter_ctx filter, gboolean talks)
{
  int failed = 0;
  const scmp_datum_t writes = O_ACCMODE | O_CREAT | O_TRUNC | O_APPEND;

  failed |= seccomp_rule_add (filter,
                              SCMP_ACT_ALLOW,
                              SCMP_SYS (openat),
                              1,
                              SCMP_A2 (SCMP_CMP_MASKED_EQ, writes, O_RDONLY));
  failed |= seccomp_rule_add (filter,
                              SCMP_ACT_ERRNO (EACCES),
                              SCMP_SYS (openat),
                              1,
                              SCMP_A2 (SCMP_CMP_MASKED_EQ, O_WRONLY, O_WRONLY));
  failed |= seccomp_rule_add (filter,
                              SCMP_ACT_ALLOW,
                              SCMP_SYS (clone),
                              1,
                              SCMP_A0 (SCMP_CMP_MASKED_EQ, CLONE_THREAD, CLONE_THREAD));
  failed |= seccomp_rule_add (filter,
                              SCMP_ACT_ALLOW,
                              SCMP_SYS (tgkill),
                              1,
                              SCMP_A0 (SCMP_CMP_EQ, (scmp_datum_t) getpid ()));
  failed |= seccomp_rule_add (filter,
                              SCMP_ACT_ALLOW,
                              SCMP_SYS (prctl),
                              1,
                              SCMP_A0 (SCMP_CMP_EQ, PR_SET_NAME));
  if (!talks)
    return failed | seccomp_rule_add (filter,
                                      SCMP_ACT_ALLOW,
                                      SCMP_SYS (prlimit64),
                                      1,
                                      SCMP_A2 (SCMP_CMP_EQ, 0));
  return failed | seccomp_rule_add (filter,
                                    SCMP_ACT_ALLOW,
                                    SCMP_SYS (socket),
                                    1,
                                    SCMP_A0 (SCMP_CMP_EQ, AF_UNIX));
}

gboolean
wb_view_close_door (gboolean talks)
{
  scmp_filter_ctx filter = seccomp_init (SCMP_ACT_ERRNO (ENOSYS));
  int failed;

  if (filter == NULL || !limit (RLIMIT_CPU, talks ? TIME_MAX_SOUND : TIME_MAX))
    return FALSE;
  failed = allow_all (filter, allowed, G_N_ELEMENTS (allowed));
  if (talks)
    failed |= allow_all (filter, allowed_to_talk, G_N_ELEMENTS (allowed_to_talk));
  failed |= allow_some (filter, talks);
  failed |= seccomp_load (filter);
  seccomp_release (filter);
  return failed == 0;
}
