/* SPDX-License-Identifier: EUPL-1.2 */

/* What tests of every folder share: a fresh folder on disk, and the outside test suites. */
#include "wb-test.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

static void
remove_tree (GFile *file)
{
  g_autoptr (GFileEnumerator) children =
      g_file_enumerate_children (file,
                                 G_FILE_ATTRIBUTE_STANDARD_NAME,
                                 G_FILE_QUERY_INFO_NOFOLLOW_SYMLINKS,
                                 NULL,
                                 NULL);
  GFile *child;

  while (children != NULL && g_file_enumerator_iterate (children, NULL, &child, NULL, NULL) &&
         child != NULL)
    remove_tree (child);
  (void) g_file_delete (file, NULL, NULL);
}

/* *state becomes the path of a fresh, empty folder. */
int
wb_test_folder_setup (void **state)
{
  *state = g_dir_make_tmp ("waarborg-test-XXXXXX", NULL);
  return *state != NULL ? 0 : -1;
}

int
wb_test_folder_teardown (void **state)
{
  g_autofree char *path = *state;
  g_autoptr (GFile) folder = g_file_new_for_path (path);

  remove_tree (folder);
  return 0;
}

/**
 * wb_test_vectors:
 * @suite: a folder of the outside test suites, such as "wycheproof"
 *
 * Looks in the folder named by WAARBORG_VECTORS, else beside the project.
 *
 * Returns: (transfer full) (nullable): the path; %NULL where the folder is absent: skip() then
 */
char *
wb_test_vectors (const char *suite)
{
  const char *base = g_getenv ("WAARBORG_VECTORS");
  g_autofree char *beside = NULL;
  g_autofree char *path = NULL;

  if (base == NULL) {
    beside = g_build_filename (g_getenv ("WAARBORG_SOURCE"), "..", "shared", "vectors", NULL);
    base = beside;
  }
  path = g_build_filename (base, suite, NULL);
  if (!g_file_test (path, G_FILE_TEST_IS_DIR))
    return NULL;
  return g_steal_pointer (&path);
}

/* ./dev test gathers these lines into its closing table. */
void
wb_test_count (const char *suite, guint cases)
{
  print_message ("suite %s: %u cases\n", suite, cases);
}

char *
wb_test_read (const char *path, gsize *ret_size)
{
  g_autoptr (GError) error = NULL;
  char *bytes = NULL;

  g_file_get_contents (path, &bytes, ret_size, &error);
  wb_assert_no_error (error);
  return bytes;
}

JsonNode *
wb_test_read_json (const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonParser) parser = json_parser_new ();

  json_parser_load_from_file (parser, path, &error);
  wb_assert_no_error (error);
  return json_parser_steal_root (parser);
}

GBytes *
wb_test_hex (const char *hex)
{
  gsize size = strlen (hex) / 2;
  guint8 *bytes = g_malloc (size + 1);

  for (gsize i = 0; i < size; i++)
    bytes[i] =
        (guint8) (g_ascii_xdigit_value (hex[2 * i]) << 4 | g_ascii_xdigit_value (hex[2 * i + 1]));
  return g_bytes_new_take (bytes, size);
}

/* Whether our own memory from @start to @end holds the bytes of which @masked is the complement. */
static gboolean
search_mapping (int fd, guint64 start, guint64 end, const guint8 *masked, gsize size)
{
  g_autofree guint8 *bytes = g_malloc (end - start);
  gssize got = pread (fd, bytes, end - start, (off_t) start);
  const guint8 *end_of_starts = got >= (gssize) size ? bytes + got - size + 1 : bytes;
  const guint8 *at = bytes;
  gboolean found = FALSE;

  /* From one possible first byte to the next. */
  while (!found && at < end_of_starts &&
         (at = memchr (at, masked[0] ^ 0xff, (gsize) (end_of_starts - at))) != NULL) {
    gsize same = 1;

    while (same < size && at[same] + masked[same] == 0xff)
      same++;
    found = same == size;
    at++;
  }
  if (got > 0)
    explicit_bzero (bytes, (gsize) got);
  return found;
}

/**
 * wb_test_memory_holds:
 * @masked: the complement of what is looked for, so that the test itself does not hold it
 * @size: how many bytes
 *
 * Looks through all writable memory of the process but what sanitizers reserve for themselves.
 */
gboolean
wb_test_memory_holds (const guint8 *masked, gsize size)
{
  g_autofree char *maps = NULL;
  g_auto (GStrv) lines = NULL;
  int fd = open ("/proc/self/mem", O_RDONLY | O_CLOEXEC);
  gboolean found = FALSE;

  assert_true (fd >= 0 && g_file_get_contents ("/proc/self/maps", &maps, NULL, NULL));
  lines = g_strsplit (maps, "\n", -1);
  for (char **line = lines; *line != NULL; line++) {
    guint64 start, end;
    char rights[5];

    if (sscanf (*line,
                "%" G_GINT64_MODIFIER "x-%" G_GINT64_MODIFIER "x %4s",
                &start,
                &end,
                rights) == 3 &&
        g_str_has_prefix (rights, "rw") && end - start <= 64 * 1024 * 1024)
      found = search_mapping (fd, start, end, masked, size) || found;
  }
  close (fd);
  return found;
}

void
wb_test_no_mark (const char *text)
{
  static const char *const MARKS[] = { "[V:", "[K]", "[?]" };

  for (guint i = 0; i < G_N_ELEMENTS (MARKS); i++)
    if (text != NULL && strstr (text, MARKS[i]) != NULL)
      fail_msg ("a mark is left in: %s", text);
}
