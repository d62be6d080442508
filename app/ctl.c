/* SPDX-License-Identifier: EUPL-1.2 */

/* What the commands of waarborgctl share: options, the passphrase, the register, output. */
#include "ctl.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#define PASSPHRASE_MAX 1024 /* bytes: longer is a file given by mistake */

/**
 * ctl_parse:
 * @ctl: filled; its strings live as long as the process
 * @name: the command's name and arguments, for its help; marked with N_()
 * @entries: (nullable): the command's own options
 * @least: fewest arguments
 * @most: most arguments, or CTL_MANY
 * @argc: of the command line without the program's name
 * @argv: the same
 * @ret_exit: the code to leave with when %FALSE is returned
 *
 * Returns: whether to go on
 */
gboolean
ctl_parse (Ctl *ctl,
           const char *name,
           const GOptionEntry *entries,
           guint least,
           guint most,
           int argc,
           char **argv,
           CtlExit *ret_exit)
{
  const GOptionEntry shared[] = {
    { "user",
      'u',
      0,
      G_OPTION_ARG_STRING,
      &ctl->user,
      _ ("whose key opens the register"),
      _ ("NAME") },
    { "passphrase-file",
      0,
      0,
      G_OPTION_ARG_FILENAME,
      &ctl->passphrase_file,
      _ ("read the passphrase from the first line of a file (- for standard input)"),
      _ ("FILE") },
    { "json", 0, 0, G_OPTION_ARG_NONE, &ctl->json, _ ("print JSON"), NULL },
    { "now",
      0,
      0,
      G_OPTION_ARG_STRING,
      &ctl->now,
      _ ("test clock: take this as the time now"),
      _ ("INSTANT") },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &ctl->arguments, NULL, NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (GOptionContext) context = g_option_context_new (_ (name));
  g_autoptr (GError) error = NULL;
  WbInstant now;

  g_option_context_add_main_entries (context, shared, NULL);
  if (entries != NULL)
    g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error)) {
    *ret_exit = ctl_usage ("%s", error->message);
    return FALSE;
  }
  ctl->n_arguments = ctl->arguments != NULL ? g_strv_length (ctl->arguments) : 0;
  if (ctl->n_arguments < least || ctl->n_arguments > most) {
    *ret_exit = ctl_usage (_ ("Usage: waarborgctl %s"), _ (name));
    return FALSE;
  }
  if (ctl->now != NULL) {
    if (!wb_instant_parse (ctl->now, &now, &error)) {
      *ret_exit = ctl_usage ("--now: %s", error->message);
      return FALSE;
    }
    wb_clock_set (now);
  }
  return TRUE;
}

void
ctl_clear (Ctl *ctl)
{
  g_free (ctl->user);
  g_free (ctl->passphrase_file);
  g_free (ctl->now);
  g_strfreev (ctl->arguments);
}

CtlExit
ctl_fail (GError *error)
{
  fprintf (stderr, "waarborgctl: %s\n", error->message);
  return error->domain == WB_ERROR && error->code == WB_ERROR_VERIFY ? CTL_VERIFY : CTL_REFUSED;
}

CtlExit
ctl_usage (const char *format, ...)
{
  g_autofree char *text = NULL;
  va_list arguments;

  va_start (arguments, format);
  text = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  fprintf (stderr, "waarborgctl: %s\n%s\n", text, _ ("See “waarborgctl help”."));
  return CTL_USAGE;
}

/* With one user there is no choice; with several it must be said. */
char *
ctl_find_user (Ctl *ctl, const char *path, GError **error)
{
  g_auto (GStrv) names = NULL;
  g_autofree char *list = NULL;

  if (ctl->user != NULL)
    return g_strdup (ctl->user);
  names = wb_register_list_user_names (path, error);
  if (names == NULL)
    return NULL;
  if (g_strv_length (names) == 1)
    return g_strdup (names[0]);
  list = g_strjoinv (", ", names);
  g_set_error (error,
               WB_ERROR,
               WB_ERROR_INVALID,
               _ ("Say with --user who opens the register; its users are: %s."),
               list);
  return NULL;
}

/* While nothing typed is shown; what a signal has to put back before it ends the program. */
static struct {
  int tty;
  struct termios before;
} hidden;

static const int ENDING[] = { SIGINT, SIGTERM, SIGHUP, SIGQUIT };

static void
restore_and_die (int number)
{
  (void) tcsetattr (hidden.tty, TCSAFLUSH, &hidden.before);
  (void) signal (number, SIG_DFL);
  (void) raise (number);
}

static void
handle_ending (void (*handler) (int))
{
  for (guint i = 0; i < G_N_ELEMENTS (ENDING); i++)
    (void) signal (ENDING[i], handler);
}

static WbSecret *
ask_once (int tty, const char *prompt, GError **error)
{
  struct termios silent;
  WbSecret *secret;

  if (tcgetattr (tty, &hidden.before) != 0) {
    g_set_error_literal (error,
                         WB_ERROR,
                         WB_ERROR_IO,
                         _ ("The terminal cannot hide what is typed; use --passphrase-file."));
    return NULL;
  }
  hidden.tty = tty;
  silent = hidden.before;
  silent.c_lflag &= ~((tcflag_t) ECHO);
  silent.c_cc[VSUSP] = _POSIX_VDISABLE; /* stopped here, the shell would be left without echo */
  dprintf (tty, "%s ", prompt);
  handle_ending (restore_and_die);
  (void) tcsetattr (tty, TCSAFLUSH, &silent);
  secret = wb_secret_new_from_fd (tty, PASSPHRASE_MAX, TRUE, error);
  (void) tcsetattr (tty, TCSAFLUSH, &hidden.before);
  handle_ending (SIG_DFL);
  dprintf (tty, "\n");
  return secret;
}

static WbSecret *
ask (const char *prompt, gboolean twice, GError **error)
{
  g_autoptr (WbSecret) first = NULL;
  g_autoptr (WbSecret) second = NULL;
  int tty = open ("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY);

  if (tty < 0) {
    g_set_error_literal (
        error,
        WB_ERROR,
        WB_ERROR_INVALID,
        _ ("There is no terminal to ask the passphrase on; use --passphrase-file."));
    return NULL;
  }
  first = ask_once (tty, prompt, error);
  if (first != NULL && twice) {
    second = ask_once (tty, _ ("The same once more:"), error);
    if (second != NULL && !wb_secret_equal (first, second)) {
      g_set_error_literal (error,
                           WB_ERROR,
                           WB_ERROR_INVALID,
                           _ ("The two passphrases differ: nothing was done."));
      g_clear_pointer (&second, wb_secret_unref);
    }
    if (second == NULL)
      g_clear_pointer (&first, wb_secret_unref);
  }
  close (tty);
  return g_steal_pointer (&first);
}

/**
 * ctl_read_passphrase:
 * @file: (nullable): its first line; "-" is standard input; %NULL asks on the terminal
 * @prompt: what to ask
 * @twice: ask for it again, where it is a new one
 * @error: return location for an error
 *
 * Returns: (transfer full): the passphrase, never anywhere but in locked memory
 */
WbSecret *
ctl_read_passphrase (const char *file, const char *prompt, gboolean twice, GError **error)
{
  WbSecret *secret;
  int fd;

  if (!wb_secret_memory_init (error))
    return NULL;
  if (file == NULL)
    return ask (prompt, twice, error);
  if (g_str_equal (file, "-"))
    return wb_secret_new_from_fd (STDIN_FILENO, PASSPHRASE_MAX, TRUE, error);
  fd = open (file, O_RDONLY | O_CLOEXEC);
  if (fd < 0) {
    g_set_error (error,
                 WB_ERROR,
                 WB_ERROR_IO,
                 _ ("The passphrase file cannot be read: %s."),
                 g_strerror (errno));
    return NULL;
  }
  secret = wb_secret_new_from_fd (fd, PASSPHRASE_MAX, TRUE, error);
  close (fd);
  return secret;
}

/* With several registers at hand one must see which is being opened. */
char *
ctl_format_prompt (const char *user, const char *path)
{
  g_autofree char *name = g_path_get_basename (path);
  g_autofree char *shown = g_filename_display_name (name);

  /* TRANSLATORS: name of a user, name of the register's folder. */
  return g_strdup_printf (_ ("Passphrase of %s for %s:"), user, shown);
}

WbRegister *
ctl_open (Ctl *ctl, const char *path, GError **error)
{
  g_autofree char *user = ctl_find_user (ctl, path, error);
  g_autoptr (WbSecret) passphrase = NULL;
  g_autofree char *prompt = NULL;

  if (user == NULL)
    return NULL;
  prompt = ctl_format_prompt (user, path);
  passphrase = ctl_read_passphrase (ctl->passphrase_file, prompt, FALSE, error);
  return passphrase != NULL ? wb_register_open (path, user, passphrase, error) : NULL;
}

static void
set_read_error (GError **error, const char *path, const GError *cause)
{
  const char *format = _ ("%s cannot be read: check the disk and try again.");

  if (g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_NOT_FOUND) ||
      g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_NOT_DIRECTORY))
    format = _ ("There is no file %s: check its name.");
  else if (g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_IS_DIRECTORY))
    format = _ ("%s is a folder: name a file.");
  else if (g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED))
    format = _ ("You may not read %s: ask for the right to, or choose another file.");
  g_set_error (error, WB_ERROR, WB_ERROR_IO, format, path);
}

char *
ctl_read_text (const char *path, gsize limit, GError **error)
{
  g_autoptr (GBytes) bytes = ctl_read_file (path, limit, error);
  const char *text;
  gsize size;

  if (bytes == NULL)
    return NULL;
  text = g_bytes_get_data (bytes, &size);
  if (size > limit) {
    g_set_error_literal (error,
                         WB_ERROR,
                         WB_ERROR_TOO_LARGE,
                         _ ("That file is too large for a checkpoint."));
    return NULL;
  }
  return wb_text_check (text, size, error) ? g_strndup (text, size) : NULL;
}

gboolean
ctl_write_text (const char *path, const char *text, GError **error)
{
  g_autoptr (GFile) file = NULL;
  g_autoptr (GFileOutputStream) stream = NULL;
  g_autoptr (GError) problem = NULL;

  if (path == NULL) {
    fputs (text, stdout); /* a failure is told at the end, see waarborgctl.c */
    return TRUE;
  }
  file = g_file_new_for_commandline_arg (path);
  stream = g_file_create (file, G_FILE_CREATE_NONE, NULL, &problem);
  if (stream != NULL &&
      g_output_stream_write_all (G_OUTPUT_STREAM (stream),
                                 text,
                                 strlen (text),
                                 NULL,
                                 NULL,
                                 &problem) &&
      g_output_stream_close (G_OUTPUT_STREAM (stream), NULL, &problem))
    return TRUE;
  if (g_error_matches (problem, G_IO_ERROR, G_IO_ERROR_EXISTS))
    g_set_error (error,
                 WB_ERROR,
                 WB_ERROR_EXISTS,
                 _ ("There is a file %s already: choose another name."),
                 path);
  else
    g_set_error (error,
                 WB_ERROR,
                 WB_ERROR_IO,
                 _ ("The file %s cannot be written: make room or choose another place for it."),
                 path);
  return FALSE;
}

GInputStream *
ctl_open_file (const char *path, GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_commandline_arg (path);
  g_autoptr (GError) cause = NULL;
  GFileInputStream *stream = g_file_read (file, NULL, &cause);

  if (stream == NULL)
    set_read_error (error, path, cause);
  return (GInputStream *) stream;
}

/* The buffer is not made smaller: a copy of a key could stay behind. */
GBytes *
ctl_read_file (const char *path, gsize limit, GError **error)
{
  g_autoptr (GInputStream) stream = ctl_open_file (path, error);
  g_autoptr (GError) cause = NULL;
  g_autofree char *bytes = NULL;
  gsize size;

  if (stream == NULL)
    return NULL;
  bytes = g_malloc (limit + 1);
  if (!g_input_stream_read_all (stream, bytes, limit + 1, &size, NULL, &cause)) {
    set_read_error (error, path, cause);
    return NULL;
  }
  return g_bytes_new_take (g_steal_pointer (&bytes), size);
}

void
ctl_print_json (JsonNode *node)
{
  g_autofree char *text = json_to_string (node, TRUE);

  puts (text);
}

void
ctl_print_json_object (JsonObject *object)
{
  g_autoptr (JsonNode) node = json_node_init_object (json_node_alloc (), object);

  json_object_unref (object);
  ctl_print_json (node);
}

void
ctl_print_json_array (JsonArray *array)
{
  g_autoptr (JsonNode) node = json_node_init_array (json_node_alloc (), array);

  json_array_unref (array);
  ctl_print_json (node);
}

static void
print_rows_json (WbRegister *reg, GPtrArray *rows, CtlRowToJson to_json)
{
  JsonArray *array = json_array_sized_new (rows->len);

  for (guint i = 0; i < rows->len; i++)
    json_array_add_object_element (array, to_json (reg, g_ptr_array_index (rows, i)));
  ctl_print_json_array (array);
}

void
ctl_print_rows (const Ctl *ctl,
                WbRegister *reg,
                GPtrArray *rows,
                CtlRowToJson to_json,
                CtlRowPrint print,
                const char *none)
{
  if (ctl->json) {
    print_rows_json (reg, rows, to_json);
    return;
  }
  for (guint i = 0; i < rows->len; i++)
    print (reg, g_ptr_array_index (rows, i));
  if (rows->len == 0 && none != NULL)
    puts (none);
}

/* A record may hold an escape sequence: it is shown, never obeyed. */
void
ctl_print (const char *format, ...)
{
  g_autofree char *text = NULL;
  va_list arguments;

  va_start (arguments, format);
  text = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at)) {
    gunichar c = g_utf8_get_char (at);

    if (g_unichar_iscntrl (c) && c != '\n' && c != '\t')
      fputs ("\xef\xbf\xbd", stdout); /* U+FFFD */
    else
      fwrite (at, 1, (gsize) (g_utf8_next_char (at) - at), stdout);
  }
}

char *
ctl_pad (const char *text, guint width)
{
  GString *padded = g_string_new (text);
  guint places = 0;

  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at)) {
    gunichar c = g_utf8_get_char (at);

    if (!g_unichar_iszerowidth (c))
      places += g_unichar_iswide (c) ? 2 : 1;
  }
  for (; places < width; places++)
    g_string_append_c (padded, ' ');
  return g_string_free (padded, FALSE);
}

void
ctl_set_text (JsonObject *object, const char *name, const char *text)
{
  if (text != NULL)
    json_object_set_string_member (object, name, text);
  else
    json_object_set_null_member (object, name);
}

void
ctl_set_instant (JsonObject *object, const char *name, WbInstant instant)
{
  g_autofree char *text = instant != WB_INSTANT_NONE ? wb_instant_format (instant) : NULL;

  ctl_set_text (object, name, text);
}

const char *
ctl_label (WbRegister *reg, const char *code)
{
  const WbTerm *term = code != NULL ? wb_model_find_term (wb_register_get_model (reg), code) : NULL;

  if (term != NULL)
    return term->label[wb_language_current ()];
  return code != NULL ? code : "–";
}
