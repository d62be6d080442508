/* SPDX-License-Identifier: EUPL-1.2 */

/*
 * Decodes one file for the register, with no register in it: waarborg-view KIND, started by the
 * desktop program only. See wb-view-protocol.h. It ends when the other side lets go, or kills it.
 */
#include "wb-view.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

#define PIECE (1u << 20)

/* NULL: it is larger than what is shown. */
static GBytes *
read_file (void)
{
  g_autoptr (GByteArray) file = g_byte_array_new ();

  for (;;) {
    guint before = file->len;
    gssize size;

    g_byte_array_set_size (file, before + PIECE);
    size = read (STDIN_FILENO, file->data + before, PIECE);
    if (size < 0 && errno != EINTR)
      return NULL;
    g_byte_array_set_size (file, before + (guint) MAX (size, 0));
    if (size == 0)
      return g_byte_array_free_to_bytes (g_steal_pointer (&file));
    if (file->len > WB_VIEW_FILE_MAX)
      return NULL;
  }
}

/* A memory file that can no longer change its size under the reader; -1: there is no room. */
static int
pack_pixels (cairo_surface_t *surface, WbViewAnswer *answer)
{
  guint width = (guint) cairo_image_surface_get_width (surface);
  guint height = (guint) cairo_image_surface_get_height (surface);
  gsize row = (gsize) width * 4;
  int fd = memfd_create ("picture", MFD_CLOEXEC | MFD_ALLOW_SEALING);
  guint8 *to;

  if (fd < 0 || ftruncate (fd, (off_t) (row * height)) != 0)
    return -1;
  to = mmap (NULL, row * height, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
  if (to == MAP_FAILED)
    return -1;
  for (guint y = 0; y < height; y++)
    memcpy (to + y * row,
            cairo_image_surface_get_data (surface) +
                (gsize) y * (gsize) cairo_image_surface_get_stride (surface),
            row);
  (void) munmap (to, row * height);
  if (fcntl (fd, F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_SEAL) != 0)
    return -1;
  answer->width = width;
  answer->height = height;
  return fd;
}

static gboolean
send_answer (const WbViewAnswer *answer, int fd)
{
  struct iovec part = { (gpointer) answer, sizeof *answer };
  union {
    struct cmsghdr header;
    char space[CMSG_SPACE (sizeof (int))];
  } along = { 0 };
  struct msghdr message = { .msg_iov = &part, .msg_iovlen = 1 };

  if (fd >= 0) {
    message.msg_control = along.space;
    message.msg_controllen = sizeof along.space;
    CMSG_FIRSTHDR (&message)->cmsg_level = SOL_SOCKET;
    CMSG_FIRSTHDR (&message)->cmsg_type = SCM_RIGHTS;
    CMSG_FIRSTHDR (&message)->cmsg_len = CMSG_LEN (sizeof fd);
    memcpy (CMSG_DATA (CMSG_FIRSTHDR (&message)), &fd, sizeof fd);
  }
  return sendmsg (WB_VIEW_CONTROL, &message, MSG_NOSIGNAL) == (gssize) sizeof *answer;
}

static gboolean
answer_one (const WbViewKind *kind, gboolean opened, const WbViewRequest *request)
{
  WbViewAnswer answer = { 0 };
  cairo_surface_t *surface = NULL;
  gboolean shown =
      opened && request->scale <= WB_VIEW_SCALE_MAX && kind->answer (request, &answer, &surface);
  int fd = shown && surface != NULL ? pack_pixels (surface, &answer) : -1;
  gboolean sent;

  answer.shown = shown && (surface == NULL || fd >= 0);
  sent = send_answer (&answer, fd);
  if (fd >= 0)
    (void) close (fd);
  if (surface != NULL)
    cairo_surface_destroy (surface);
  return sent;
}

static gboolean
receive (WbViewRequest *ret_request)
{
  return recv (WB_VIEW_CONTROL, ret_request, sizeof *ret_request, 0) == sizeof *ret_request;
}

static const WbViewKind *
find_kind (const char *name)
{
  static const WbViewKind *const kinds[] = { &wb_view_image, &wb_view_pdf, &wb_view_sound };

  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_strcmp0 (kinds[i]->name, name) == 0)
      return kinds[i];
  return NULL;
}

int
main (int argc, char **argv)
{
  const WbViewKind *kind = argc == 2 ? find_kind (argv[1]) : NULL;
  g_autoptr (GBytes) file = NULL;
  WbViewRequest request;
  gboolean opened;

  if (kind == NULL || !wb_view_limit ())
    return 2;
  if (kind->prepare != NULL)
    kind->prepare ();
  if (!wb_view_close_door (kind->talks))
    return 2;
  file = read_file ();
  opened = file != NULL && kind->open (file);
  while (receive (&request))
    if (!answer_one (kind, opened, &request))
      return 1;
  return 0;
}
