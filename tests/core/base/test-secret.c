/* SPDX-License-Identifier: EUPL-1.2 */
#include "wb-secret.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "wb-test.h"

/* AddressSanitizer makes mlock() do nothing and say it did. */
#ifdef __SANITIZE_ADDRESS__
#define MLOCK_WORKS FALSE
#else
#define MLOCK_WORKS TRUE
#endif

static int
start_memory (void **state)
{
  return wb_secret_memory_init (NULL) ? 0 : -1;
}

static void
the_process_leaves_no_dump (void **state)
{
  struct rlimit limit;

  assert_true (wb_secret_memory_init (NULL));
  assert_int_equal (prctl (PR_GET_DUMPABLE), 0);
  assert_int_equal (getrlimit (RLIMIT_CORE, &limit), 0);
  assert_true (limit.rlim_cur == 0 && limit.rlim_max == 0);
}

/* The flags of the mapping that holds @address, as the kernel tells them. */
static char *
read_flags (gconstpointer address)
{
  g_autofree char *smaps = NULL;
  g_auto (GStrv) lines = NULL;
  gboolean here = FALSE;

  assert_true (g_file_get_contents ("/proc/self/smaps", &smaps, NULL, NULL));
  lines = g_strsplit (smaps, "\n", -1);
  for (char **line = lines; *line != NULL; line++) {
    guint64 start, end;

    if (sscanf (*line, "%" G_GINT64_MODIFIER "x-%" G_GINT64_MODIFIER "x ", &start, &end) == 2)
      here = (guintptr) address >= start && (guintptr) address < end;
    if (here && g_str_has_prefix (*line, "VmFlags:"))
      return g_strconcat (*line, " ", NULL);
  }
  return NULL;
}

static void
a_secret_is_locked_and_kept_out_of_dumps_and_children (void **state)
{
  g_autoptr (WbSecret) secret = wb_secret_new_copy ("hush", 4, NULL);
  g_autofree char *flags = read_flags (wb_secret_peek (secret, NULL));

  assert_non_null (flags);
  assert_non_null (strstr (flags, " dd "));
  assert_non_null (strstr (flags, " wf "));
  if (MLOCK_WORKS && wb_secret_memory_is_locked ())
    assert_non_null (strstr (flags, " lo "));
}

/* Runs @act in a child; returns the signal that ended it, or 0. */
static int
run_in_child (void (*act) (WbSecret *secret), WbSecret *secret)
{
  int status;
  pid_t child = fork ();

  if (child == 0) {
    signal (SIGSEGV, SIG_DFL);
    signal (SIGABRT, SIG_DFL);
    act (secret);
    _exit (0);
  }
  assert_int_equal (waitpid (child, &status, 0), child);
  if (WIFSIGNALED (status))
    return WTERMSIG (status);
  assert_int_equal (WEXITSTATUS (status), 0);
  return 0;
}

static void
write_after (WbSecret *secret)
{
  *(volatile guint8 *) (wb_secret_peek_writable (secret) + wb_secret_get_size (secret)) = 1;
}

static void
write_far_before (WbSecret *secret)
{
  *(volatile guint8 *) (wb_secret_peek_writable (secret) - 4096) = 1;
}

static void
write_just_before (WbSecret *secret)
{
  g_autoptr (WbSecret) own = wb_secret_new (16, NULL);

  *(volatile guint8 *) (wb_secret_peek_writable (own) - 1) = 1;
}

static void
look_in_child (WbSecret *secret)
{
  if (memcmp (wb_secret_peek (secret, NULL), "\0\0\0\0", 4) != 0)
    _exit (1);
  wb_secret_unref (secret);
}

static void
one_byte_too_far_ends_the_program (void **state)
{
  g_autoptr (WbSecret) secret = wb_secret_new_copy ("hush", 4, NULL);

  assert_int_equal (run_in_child (write_after, secret), SIGSEGV);
  assert_int_equal (run_in_child (write_far_before, secret), SIGSEGV);
  assert_int_equal (run_in_child (write_just_before, secret), SIGABRT);
}

static void
a_forked_child_sees_zeros (void **state)
{
  g_autoptr (WbSecret) secret = wb_secret_new_copy ("hush", 4, NULL);

  assert_int_equal (run_in_child (look_in_child, secret), 0);
  assert_memory_equal (wb_secret_peek (secret, NULL), "hush", 4);
}

static void
secrets_are_compared_by_their_bytes (void **state)
{
  g_autoptr (WbSecret) one = wb_secret_new_copy ("hush", 4, NULL);
  g_autoptr (WbSecret) same = wb_secret_new_copy ("hush", 4, NULL);
  g_autoptr (WbSecret) other = wb_secret_new_copy ("husk", 4, NULL);
  g_autoptr (WbSecret) shorter = wb_secret_new_copy ("hus", 3, NULL);
  g_autoptr (WbSecret) empty = wb_secret_new (0, NULL);

  assert_true (wb_secret_equal (one, same));
  assert_false (wb_secret_equal (one, other));
  assert_false (wb_secret_equal (one, shorter));
  assert_int_equal (wb_secret_get_size (empty), 0);
  assert_true (wb_bytes_equal_constant_time ("", "", 0));
}

static void
the_last_reference_unmaps (void **state)
{
  WbSecret *secret = wb_secret_new_copy ("hush", 4, NULL);
  gconstpointer bytes = wb_secret_peek (secret, NULL);
  guintptr page = (guintptr) bytes & ~(guintptr) (sysconf (_SC_PAGESIZE) - 1);
  unsigned char vector;

  wb_secret_unref (wb_secret_ref (secret));
  assert_memory_equal (bytes, "hush", 4);
  wb_secret_unref (secret);
  assert_int_equal (mincore ((void *) page, 1, &vector), -1);
  wb_secret_unref (NULL);
}

static void
what_is_too_large_is_refused (void **state)
{
  g_autoptr (GError) error = NULL;

  assert_null (wb_secret_new (G_MAXSIZE, &error));
  wb_assert_error (error, WB_ERROR, WB_ERROR_TOO_LARGE);
}

static int
open_pipe (gconstpointer bytes, gsize size)
{
  int ends[2];

  assert_int_equal (pipe (ends), 0);
  assert_int_equal (write (ends[1], bytes, size), size);
  close (ends[1]);
  return ends[0];
}

static WbSecret *
read_line (const char *bytes, gsize size, gsize limit, GError **error)
{
  int fd = open_pipe (bytes, size);
  WbSecret *secret = wb_secret_new_from_fd (fd, limit, TRUE, error);

  close (fd);
  return secret;
}

static void
a_passphrase_is_the_first_line (void **state)
{
  static const char *const right[] = { "hush", "hush\n", "hush\r\n", "hush\nmore\n" };

  for (gsize i = 0; i < G_N_ELEMENTS (right); i++) {
    g_autoptr (WbSecret) secret = read_line (right[i], strlen (right[i]), 4, NULL);
    gsize size;

    assert_non_null (secret);
    assert_memory_equal (wb_secret_peek (secret, &size), "hush", 4);
    assert_int_equal (size, 4);
  }
}

static void
the_next_line_is_left_for_the_next_reader (void **state)
{
  int fd = open_pipe ("first\nsecond\n", 13);
  g_autoptr (WbSecret) first = wb_secret_new_from_fd (fd, 100, TRUE, NULL);
  g_autoptr (WbSecret) second = wb_secret_new_from_fd (fd, 100, TRUE, NULL);

  assert_memory_equal (wb_secret_peek (first, NULL), "first", 5);
  assert_memory_equal (wb_secret_peek (second, NULL), "second", 6);
  assert_null (wb_secret_new_from_fd (fd, 100, TRUE, NULL));
  close (fd);
}

static void
no_passphrase_at_all_is_refused (void **state)
{
  static const struct {
    const char *bytes;
    gsize size;
    int code;
  } wrong[] = {
    { "", 0, WB_ERROR_INVALID },
    { "\n", 1, WB_ERROR_INVALID },
    { "\r\nx", 3, WB_ERROR_INVALID },
    { "hu\0sh\n", 6, WB_ERROR_INVALID },
    { "hushes", 6, WB_ERROR_TOO_LARGE },
    { "hushes\n", 7, WB_ERROR_TOO_LARGE },
    { "hushes it all\n", 14, WB_ERROR_TOO_LARGE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++) {
    g_autoptr (GError) error = NULL;

    assert_null (read_line (wrong[i].bytes, wrong[i].size, 5, &error));
    wb_assert_error (error, WB_ERROR, wrong[i].code);
  }
}

static void
a_key_is_read_whole (void **state)
{
  int fd = open_pipe ("a\0b\nc", 5);
  g_autoptr (WbSecret) secret = wb_secret_new_from_fd (fd, 5, FALSE, NULL);

  close (fd);
  assert_int_equal (wb_secret_get_size (secret), 5);
  assert_memory_equal (wb_secret_peek (secret, NULL), "a\0b\nc", 5);
}

static void
a_folder_cannot_be_read_as_a_passphrase (void **state)
{
  g_autoptr (GError) error = NULL;
  int fd = open ("/", O_RDONLY);

  assert_null (wb_secret_new_from_fd (fd, 5, TRUE, &error));
  wb_assert_error (error, WB_ERROR, WB_ERROR_IO);
  close (fd);
}

static gpointer
start_in_thread (gpointer data)
{
  return GINT_TO_POINTER (wb_secret_memory_init (NULL));
}

static void
threads_may_start_memory_at_once (void **state)
{
  GThread *threads[8];

  for (gsize i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("start", start_in_thread, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (threads); i++)
    assert_true (GPOINTER_TO_INT (g_thread_join (threads[i])));
}

/* A user whose share of lockable memory is small still works, and is told. */
static void
spend_share (WbSecret *secret)
{
  WbSecret *held[600];
  const struct rlimit small = { 64 * 1024, 64 * 1024 };

  if (geteuid () == 0 &&
      (setrlimit (RLIMIT_MEMLOCK, &small) != 0 || setresuid (65534, 65534, 65534) != 0))
    _exit (2);
  for (gsize i = 0; i < G_N_ELEMENTS (held); i++) {
    held[i] = wb_secret_new_copy ("hush", 4, NULL);
    if (held[i] == NULL)
      _exit (3);
  }
  if (geteuid () != 0 && wb_secret_memory_is_locked ())
    _exit (4);
  for (gsize i = 0; i < G_N_ELEMENTS (held); i++)
    wb_secret_unref (held[i]);
}

static void
running_out_of_lockable_memory_is_told (void **state)
{
  if (geteuid () != 0 || !MLOCK_WORKS)
    skip ();
  assert_int_equal (run_in_child (spend_share, NULL), 0);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (threads_may_start_memory_at_once),
    cmocka_unit_test (the_process_leaves_no_dump),
    cmocka_unit_test (a_secret_is_locked_and_kept_out_of_dumps_and_children),
    cmocka_unit_test (one_byte_too_far_ends_the_program),
    cmocka_unit_test (a_forked_child_sees_zeros),
    cmocka_unit_test (secrets_are_compared_by_their_bytes),
    cmocka_unit_test (the_last_reference_unmaps),
    cmocka_unit_test (what_is_too_large_is_refused),
    cmocka_unit_test (a_passphrase_is_the_first_line),
    cmocka_unit_test (the_next_line_is_left_for_the_next_reader),
    cmocka_unit_test (no_passphrase_at_all_is_refused),
    cmocka_unit_test (a_key_is_read_whole),
    cmocka_unit_test (a_folder_cannot_be_read_as_a_passphrase),
    cmocka_unit_test (running_out_of_lockable_memory_is_told),
  };

  return cmocka_run_group_tests (tests, start_memory, NULL);
}
