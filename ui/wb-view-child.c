/* SPDX-License-Identifier: EUPL-1.2 */

/* Starts, asks and kills the program that decodes a file. Believes nothing that it says. */
#include "wb-view-child.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gio.h>
#include <glib-unix.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include "config-ui.h"

#define ANSWER_SECONDS 20 /* a page that takes longer is not waited for */
#define FULL_MAX 2000000u /* pixels of a page at 1:1 */

/* The pixels of a picture, in memory that both programs see. */
typedef struct {
  gpointer bytes;
  gsize size;
} Pixels;

struct _WbViewChild {
  GObject parent_instance;

  GSubprocess *process;
  int input;   /* -1: taken */
  int control; /* -1: over */
  guint watch, timer;
  gboolean waiting; /* for an answer */
  GArray *next;     /* (element-type WbViewRequest): still to be asked */
  Pixels *pixels;   /* (nullable): of the last picture */
};

G_DEFINE_FINAL_TYPE (WbViewChild, wb_view_child, G_TYPE_OBJECT)

enum { ANSWERED, FAILED, N_SIGNALS };
static guint signals[N_SIGNALS];
static char *program;

static void
pixels_clear (Pixels *pixels)
{
  (void) munmap (pixels->bytes, pixels->size);
}

static void
pixels_unref (gpointer pixels)
{
  g_atomic_rc_box_release_full (pixels, (GDestroyNotify) pixels_clear);
}

static void
forget_pixels (WbViewChild *self, gboolean wipe)
{
  if (self->pixels != NULL && wipe)
    explicit_bzero (self->pixels->bytes, self->pixels->size);
  g_clear_pointer (&self->pixels, pixels_unref);
}

static void
close_fd (int *fd)
{
  if (*fd >= 0)
    (void) close (*fd);
  *fd = -1;
}

static void
end (WbViewChild *self)
{
  g_clear_handle_id (&self->watch, g_source_remove);
  g_clear_handle_id (&self->timer, g_source_remove);
  close_fd (&self->input);
  close_fd (&self->control);
  if (self->process != NULL)
    g_subprocess_force_exit (self->process);
  g_clear_object (&self->process);
}

static void
fail (WbViewChild *self)
{
  if (self->control < 0)
    return;
  end (self);
  g_signal_emit (self, signals[FAILED], 0);
}

static gboolean
late_cb (gpointer user_data)
{
  WbViewChild *self = user_data;

  self->timer = 0;
  fail (self);
  return G_SOURCE_REMOVE;
}

static void
send_request (WbViewChild *self, const WbViewRequest *request)
{
  if (send (self->control, request, sizeof *request, MSG_NOSIGNAL) != (gssize) sizeof *request) {
    fail (self);
    return;
  }
  self->waiting = TRUE;
  self->timer = g_timeout_add_seconds (ANSWER_SECONDS, late_cb, self);
}

static gboolean
is_sane (const WbViewAnswer *answer)
{
  return answer->shown == 1 && answer->pages >= 1 && answer->pages <= WB_VIEW_PAGES_MAX &&
         answer->full_width <= FULL_MAX && answer->full_height <= FULL_MAX &&
         answer->width <= WB_VIEW_SIDE_MAX && answer->height <= WB_VIEW_SIDE_MAX &&
         (guint64) answer->width * answer->height <= WB_VIEW_PIXELS_MAX + WB_VIEW_SIDE_MAX;
}

/* Only of a file that has all the bytes and can no longer lose them. */
static Pixels *
map_pixels (const WbViewAnswer *answer, int fd)
{
  gsize size = (gsize) answer->width * answer->height * 4;
  const int wanted = F_SEAL_SHRINK | F_SEAL_GROW;
  int seals = fcntl (fd, F_GET_SEALS);
  struct stat info;
  gpointer bytes;
  Pixels *pixels;

  if (size == 0 || seals < 0 || (seals & wanted) != wanted || fstat (fd, &info) != 0 ||
      info.st_size != (off_t) size)
    return NULL;
  bytes = mmap (NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
  if (bytes == MAP_FAILED)
    return NULL;
  pixels = g_atomic_rc_box_new0 (Pixels);
  pixels->bytes = bytes;
  pixels->size = size;
  return pixels;
}

static GdkTexture *
make_texture (WbViewChild *self, const WbViewAnswer *answer, int fd)
{
  Pixels *pixels = map_pixels (answer, fd);
  g_autoptr (GBytes) bytes = NULL;

  if (pixels == NULL)
    return NULL;
  forget_pixels (self, FALSE);
  self->pixels = g_atomic_rc_box_acquire (pixels);
  bytes = g_bytes_new_with_free_func (pixels->bytes, pixels->size, pixels_unref, pixels);
  return gdk_memory_texture_new ((int) answer->width,
                                 (int) answer->height,
                                 GDK_MEMORY_DEFAULT,
                                 bytes,
                                 (gsize) answer->width * 4);
}

/* FALSE: no whole answer. @ret_fd is -1 where no picture came along. */
static gboolean
receive (WbViewChild *self, WbViewAnswer *ret_answer, int *ret_fd)
{
  struct iovec part = { ret_answer, sizeof *ret_answer };
  union {
    struct cmsghdr header;
    char space[CMSG_SPACE (sizeof (int))];
  } along = { 0 };
  struct msghdr message = { .msg_iov = &part,
                            .msg_iovlen = 1,
                            .msg_control = along.space,
                            .msg_controllen = sizeof along.space };
  gssize size = recvmsg (self->control, &message, MSG_CMSG_CLOEXEC);
  struct cmsghdr *header = size > 0 ? CMSG_FIRSTHDR (&message) : NULL;

  *ret_fd = -1;
  if (header != NULL && header->cmsg_type == SCM_RIGHTS &&
      header->cmsg_len == CMSG_LEN (sizeof (int)))
    memcpy (ret_fd, CMSG_DATA (header), sizeof (int));
  return size == (gssize) sizeof *ret_answer;
}

static void
take_answer (WbViewChild *self, const WbViewAnswer *answer, int fd)
{
  g_autoptr (GdkTexture) texture = fd >= 0 ? make_texture (self, answer, fd) : NULL;

  if (fd >= 0 && texture == NULL) {
    fail (self);
    return;
  }
  self->waiting = FALSE;
  if (self->next->len > 0) {
    const WbViewRequest next = g_array_index (self->next, WbViewRequest, 0);

    g_array_remove_index (self->next, 0);
    send_request (self, &next);
  }
  g_signal_emit (self, signals[ANSWERED], 0, answer, texture);
}

static gboolean
readable_cb (int fd, GIOCondition condition, gpointer user_data)
{
  g_autoptr (WbViewChild) self = g_object_ref (user_data);
  WbViewAnswer answer = { 0 };
  int picture = -1;
  gboolean whole = receive (self, &answer, &picture);

  g_clear_handle_id (&self->timer, g_source_remove);
  if (whole && self->waiting && is_sane (&answer)) {
    take_answer (self, &answer, picture);
  } else {
    self->watch = 0;
    fail (self);
  }
  close_fd (&picture);
  return self->watch != 0 ? G_SOURCE_CONTINUE : G_SOURCE_REMOVE;
}

/* Beside this program where it was built, else where it is installed. */
static char *
find_program (void)
{
  g_autofree char *self = program == NULL ? g_file_read_link ("/proc/self/exe", NULL) : NULL;
  g_autofree char *folder = self != NULL ? g_path_get_dirname (self) : NULL;
  g_autofree char *built =
      folder != NULL ? g_build_filename (folder, "..", "view", "waarborg-view", NULL) : NULL;

  if (program != NULL)
    return g_strdup (program);
  if (built != NULL && g_file_test (built, G_FILE_TEST_IS_EXECUTABLE))
    return g_steal_pointer (&built);
  return g_strdup (WB_VIEW_PROGRAM);
}

/* Nothing of this session but what sound and letters need. */
static char **
make_environment (void)
{
  static const char *const kept[] = { "HOME",         "LANG",          "LC_ALL",         "PATH",
                                      "PULSE_SERVER", "XDG_DATA_DIRS", "XDG_RUNTIME_DIR" };
  char **environment = g_new0 (char *, 1);

  for (guint i = 0; i < G_N_ELEMENTS (kept); i++)
    if (g_getenv (kept[i]) != NULL)
      environment = g_environ_setenv (environment, kept[i], g_getenv (kept[i]), TRUE);
  return environment;
}

static gboolean
spawn (WbViewChild *self, const char *kind, int input, int control)
{
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (
      G_SUBPROCESS_FLAGS_STDOUT_SILENCE | G_SUBPROCESS_FLAGS_STDERR_SILENCE);
  g_autofree char *path = find_program ();
  g_auto (GStrv) environment = make_environment ();

  g_subprocess_launcher_set_environ (launcher, environment);
  g_subprocess_launcher_take_stdin_fd (launcher, input);
  g_subprocess_launcher_take_fd (launcher, control, WB_VIEW_CONTROL);
  self->process = g_subprocess_launcher_spawn (launcher, NULL, path, kind, NULL);
  return self->process != NULL;
}

static void
wb_view_child_dispose (GObject *object)
{
  WbViewChild *self = WB_VIEW_CHILD (object);

  end (self);
  forget_pixels (self, TRUE);
  G_OBJECT_CLASS (wb_view_child_parent_class)->dispose (object);
}

static void
wb_view_child_finalize (GObject *object)
{
  g_array_unref (WB_VIEW_CHILD (object)->next);
  G_OBJECT_CLASS (wb_view_child_parent_class)->finalize (object);
}

static void
wb_view_child_class_init (WbViewChildClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = wb_view_child_dispose;
  G_OBJECT_CLASS (klass)->finalize = wb_view_child_finalize;
  /**
   * WbViewChild::answered:
   * @self: the child
   * @answer: a WbViewAnswer of which all numbers are within their limits
   * @texture: (nullable): the picture that came along
   */
  signals[ANSWERED] = g_signal_new ("answered",
                                    WB_TYPE_VIEW_CHILD,
                                    G_SIGNAL_RUN_LAST,
                                    0,
                                    NULL,
                                    NULL,
                                    NULL,
                                    G_TYPE_NONE,
                                    2,
                                    G_TYPE_POINTER,
                                    GDK_TYPE_TEXTURE);
  /**
   * WbViewChild::failed:
   * @self: the child
   *
   * The file cannot be shown, or the program came to an end.
   */
  signals[FAILED] = g_signal_new ("failed",
                                  WB_TYPE_VIEW_CHILD,
                                  G_SIGNAL_RUN_LAST,
                                  0,
                                  NULL,
                                  NULL,
                                  NULL,
                                  G_TYPE_NONE,
                                  0);
}

static void
wb_view_child_init (WbViewChild *self)
{
  self->input = self->control = -1;
  self->next = g_array_new (FALSE, FALSE, sizeof (WbViewRequest));
}

WbViewChild *
wb_view_child_new (const char *kind)
{
  g_autoptr (WbViewChild) self = g_object_new (WB_TYPE_VIEW_CHILD, NULL);
  int input[2] = { -1, -1 }, control[2] = { -1, -1 };

  if (socketpair (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, input) != 0 ||
      socketpair (AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, control) != 0) {
    close_fd (&input[0]);
    close_fd (&input[1]);
    return NULL;
  }
  self->input = input[0];
  self->control = control[0];
  if (!spawn (self, kind, input[1], control[1]))
    return NULL;
  self->watch = g_unix_fd_add (self->control, G_IO_IN | G_IO_HUP | G_IO_ERR, readable_cb, self);
  return g_steal_pointer (&self);
}

int
wb_view_child_take_input (WbViewChild *self)
{
  int input = self->input;

  self->input = -1;
  return input;
}

void
wb_view_child_ask (WbViewChild *self, const WbViewRequest *request)
{
  if (self->control < 0)
    return;
  if (!self->waiting) {
    send_request (self, request);
    return;
  }
  for (guint i = self->next->len; i > 0; i--)
    if (g_array_index (self->next, WbViewRequest, i - 1).verb == request->verb)
      g_array_remove_index (self->next, i - 1);
  g_array_append_vals (self->next, request, 1);
}

void
wb_view_child_set_program (const char *path)
{
  g_free (program);
  program = g_strdup (path);
}
