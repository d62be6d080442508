/* SPDX-License-Identifier: EUPL-1.2 */

/* What SQLite leaves in memory. On its own, for SQLite is set up only once in a process. */
#include "wb-test.h"

#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "wb-db-private.h"

/* The value is put together inside SQLite: nowhere else is it in one piece. */
#define SQL_SECRET                                                                                 \
  "CREATE TABLE t (a INTEGER PRIMARY KEY, b TEXT) STRICT; CREATE INDEX t_b ON t (b);"              \
  "INSERT INTO t (b) VALUES ('geheim-' || (123456789 * 3) || '-einde')"

/* Looks for @head directly followed by @tail in the memory of this process. */
static gboolean
memory_holds (const char *head, const char *tail)
{
  g_autofree char *maps = NULL;
  g_auto (GStrv) lines = NULL;
  gsize room = 1 << 20;
  guint8 *buffer = mmap (NULL, room, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  int fd = open ("/proc/self/mem", O_RDONLY);
  gboolean found = FALSE;

  assert_true (fd >= 0);
  assert_true (g_file_get_contents ("/proc/self/maps", &maps, NULL, NULL));
  lines = g_strsplit (maps, "\n", -1);
  for (char **line = lines; **line != '\0'; line++) {
    guint64 at = g_ascii_strtoull (*line, NULL, 16);
    guint64 end = g_ascii_strtoull (strchr (*line, '-') + 1, NULL, 16);

    if (strstr (*line, " rw") == NULL || end - at > (1ull << 30) ||
        (guint64) (guintptr) buffer - at < end - at)
      continue;
    for (; at < end; at += room - 64) {
      gssize got = pread (fd, buffer, MIN (room, end - at), (off_t) at);
      const guint8 *hit = buffer;

      while (got > 0 && (hit = memmem (hit, (gsize) (buffer + got - hit), head, strlen (head)))) {
        hit += strlen (head);
        found = found || ((gsize) (buffer + got - hit) >= strlen (tail) &&
                          memcmp (hit, tail, strlen (tail)) == 0);
      }
    }
  }
  close (fd);
  munmap (buffer, room);
  return found;
}

static void
no_value_stays_in_memory_after_closing (void **state)
{
  g_autofree char *path = g_build_filename (*state, "store.db", NULL);
  g_autoptr (WbSecret) key = wb_secret_new (WB_DB_KEY_SIZE, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (WbDb) db = NULL;

  if (access ("/proc/self/mem", R_OK) != 0)
    skip ();
  db = wb_db_open (path, key, TRUE, &error);
  wb_assert_no_error (error);
  wb_db_run_script (db, SQL_SECRET, &error);
  wb_assert_no_error (error);
  assert_true (memory_holds ("geheim-", "370370367"));
  g_clear_pointer (&db, wb_db_close);
  assert_false (memory_holds ("geheim-", "370370367"));
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test_setup_teardown (no_value_stays_in_memory_after_closing,
                                     wb_test_folder_setup,
                                     wb_test_folder_teardown),
  };

  return cmocka_run_group_tests_name ("db-memory", tests, NULL, NULL);
}
