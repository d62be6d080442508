/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include <waarborg/waarborg.h>

G_BEGIN_DECLS

/* Exit codes: the documented ones, and nothing else. */
typedef enum { CTL_DONE = 0, CTL_REFUSED = 1, CTL_USAGE = 2, CTL_VERIFY = 3 } CtlExit;

/* What all commands share: options and the register they open. */
typedef struct {
  char *user;
  char *passphrase_file;
  char *now;
  gboolean json;
  char **arguments; /* what is left after the options */
  guint n_arguments;
} Ctl;

typedef struct {
  const char *name;
  const char *arguments; /* "REG FILE.json…" */
  const char *summary;   /* N_() */
  CtlExit (*run) (Ctl *ctl, int argc, char **argv);
} CtlCommand;

/* Parses the shared options and those of the command; refuses too few or too many arguments. */
gboolean ctl_parse (Ctl *ctl,
                    const char *name,
                    const GOptionEntry *entries,
                    guint least,
                    guint most,
                    int argc,
                    char **argv,
                    CtlExit *ret_exit);
void ctl_clear (Ctl *ctl);
#define CTL_MANY G_MAXUINT

CtlExit ctl_fail (GError *error); /* prints the one line; takes nothing */
CtlExit ctl_usage (const char *format, ...) G_GNUC_PRINTF (1, 2);
WbRegister *ctl_open (Ctl *ctl, const char *path, GError **error) G_GNUC_WARN_UNUSED_RESULT;
char *ctl_find_user (Ctl *ctl, const char *path, GError **error);
char *ctl_format_prompt (const char *user, const char *path);
WbSecret *ctl_read_passphrase (const char *file, const char *prompt, gboolean twice, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;
/* A file named on the command line, and at most one byte more than @limit; says in our words why
 * it cannot be read. */
GBytes *ctl_read_file (const char *path, gsize limit, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* Text from outside: UTF-8 without NUL, at most @limit bytes. */
char *ctl_read_text (const char *path, gsize limit, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* (nullable) @path: standard output. Nothing may be there yet. */
gboolean ctl_write_text (const char *path, const char *text, GError **error);
gboolean ctl_write_sheet (const WbSheet *sheet, const char *path, GError **error); /* as PDF */
GInputStream *ctl_open_file (const char *path, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean ctl_is_fingerprint (const char *text);
CtlExit ctl_report_verification (Ctl *ctl, WbVerification *result);
void ctl_show_progress (guint64 done, guint64 total, gpointer user_data); /* int *shown, -1 first */
void ctl_print_json (JsonNode *node);
void ctl_print_json_object (JsonObject *object); /* takes it */
void ctl_print_json_array (JsonArray *array);    /* takes it */
/* One row of an answer, for programs and for people. */
typedef JsonObject *(*CtlRowToJson) (WbRegister *reg, gconstpointer row);
typedef void (*CtlRowPrint) (WbRegister *reg, gconstpointer row);
/* The whole answer, in the form that was asked for; (nullable) @none: what people read where there
 * is no row. */
void ctl_print_rows (const Ctl *ctl,
                     WbRegister *reg,
                     GPtrArray *rows,
                     CtlRowToJson to_json,
                     CtlRowPrint print,
                     const char *none);
/* Text from records, without control characters that a terminal would obey. */
void ctl_print (const char *format, ...) G_GNUC_PRINTF (1, 2);
char *ctl_pad (const char *text, guint width); /* for a column; counts places, not bytes */
void ctl_set_text (JsonObject *object, const char *name, const char *text); /* NULL: null */
void ctl_set_instant (JsonObject *object, const char *name, WbInstant instant);
/* (nullable) @text: now; the end of that day in the body's zone, or the instant itself. */
gboolean ctl_parse_as_of (WbRegister *reg, const char *text, WbInstant *ret_as_of, GError **error);
/* A record with all its fields, and names of those that are hidden. */
JsonObject *ctl_record_to_json (WbRegister *reg, gconstpointer record);
void ctl_print_record (WbRegister *reg, gconstpointer record);
/* Who sealed a value, and for whom; ctl-reseal.c. */
char **ctl_split_users (const char *text);
char *ctl_sealed_to_words (const WbSealed *sealed);
JsonArray *ctl_sealed_to_json (WbRegister *reg, const char *reference); /* (transfer full) */
const char *ctl_label (WbRegister *reg, const char *code);              /* in the user's language */

/* One a line: every command stands by itself. */
extern const CtlCommand CTL_CREATE;
extern const CtlCommand CTL_MOVES;
extern const CtlCommand CTL_REFER;
extern const CtlCommand CTL_DECIDE;
extern const CtlCommand CTL_RESEAL;
extern const CtlCommand CTL_CONSENTS;
extern const CtlCommand CTL_DUPLICATES;
extern const CtlCommand CTL_USER;
extern const CtlCommand CTL_RECORD;
extern const CtlCommand CTL_CHANGE;
extern const CtlCommand CTL_LIST;
extern const CtlCommand CTL_SHOW;
extern const CtlCommand CTL_SEARCH;
extern const CtlCommand CTL_DEADLINES;
extern const CtlCommand CTL_AGES;
extern const CtlCommand CTL_OVERRUN;
extern const CtlCommand CTL_REGIME;
extern const CtlCommand CTL_DUE;
extern const CtlCommand CTL_ATTACH;
extern const CtlCommand CTL_EXPORT;
extern const CtlCommand CTL_IMPORT;
extern const CtlCommand CTL_VERIFY_;
extern const CtlCommand CTL_CHECKPOINT;
extern const CtlCommand CTL_PROVE;
extern const CtlCommand CTL_WITNESS;
extern const CtlCommand CTL_LOG;
extern const CtlCommand CTL_MODEL;
extern const CtlCommand CTL_REBUILD;
extern const CtlCommand CTL_VISIT;
extern const CtlCommand CTL_SAMPLE;
extern const CtlCommand CTL_SLIP;
extern const CtlCommand CTL_RETENTION;
extern const CtlCommand CTL_ERASE;
extern const CtlCommand CTL_RECIPIENTS;
extern const CtlCommand CTL_CERTIFICATE;
extern const CtlCommand CTL_WITHHELD;
extern const CtlCommand CTL_STATS;
extern const CtlCommand CTL_BACKUP;
extern const CtlCommand CTL_RESTORE;
extern const CtlCommand CTL_REHEARSE;

G_END_DECLS
