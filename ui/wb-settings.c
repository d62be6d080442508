/* SPDX-License-Identifier: EUPL-1.2 */

/*
 * Settings of the desktop. Where the schema is not installed (a run from the build folder without
 * one, a test) they live in memory with the same defaults; so does each one that an older schema,
 * left behind by an update, does not know: GSettings ends the program that asks for it.
 */
#include "wb-settings.h"

#define SCHEMA "org.waarborg.Register"
#define DEFAULT_LOCK_AFTER_SECONDS 300
#define USUAL_TEXT_SIZE 100 /* percent */
#define REGISTERS_MAX 8     /* what a first page shows at a glance */

struct _WbSettings {
  GObject parent_instance;

  GSettings *settings;     /* (nullable) */
  GSettingsSchema *schema; /* (nullable): of @settings */
  guint lock_after_seconds;
  guint text_size;
  char *language;
  char **registers;      /* (nullable) */
  char **hidden_columns; /* (nullable) */
};

G_DEFINE_FINAL_TYPE (WbSettings, wb_settings, G_TYPE_OBJECT)

/* The schema beside the program in a build folder: ../resources/desktop from where it lies. */
static GSettingsSchema *
lookup_uninstalled (void)
{
  g_autofree char *program = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *folder = program != NULL ? g_path_get_dirname (program) : NULL;
  g_autofree char *schemas = NULL;
  g_autoptr (GSettingsSchemaSource) source = NULL;

  if (folder == NULL)
    return NULL;
  schemas = g_build_filename (folder, "..", "resources", "desktop", NULL);
  source = g_settings_schema_source_new_from_directory (schemas, NULL, TRUE, NULL);
  return source != NULL ? g_settings_schema_source_lookup (source, SCHEMA, FALSE) : NULL;
}

static GSettingsSchema *
lookup_schema (void)
{
  GSettingsSchemaSource *source = g_settings_schema_source_get_default ();
  GSettingsSchema *schema = NULL;

  if (source != NULL)
    schema = g_settings_schema_source_lookup (source, SCHEMA, TRUE);
  return schema != NULL ? schema : lookup_uninstalled ();
}

static void
wb_settings_finalize (GObject *object)
{
  WbSettings *self = WB_SETTINGS (object);

  g_clear_object (&self->settings);
  g_clear_pointer (&self->schema, g_settings_schema_unref);
  g_free (self->language);
  g_strfreev (self->registers);
  g_strfreev (self->hidden_columns);
  G_OBJECT_CLASS (wb_settings_parent_class)->finalize (object);
}

static void
wb_settings_class_init (WbSettingsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = wb_settings_finalize;
}

static void
wb_settings_init (WbSettings *self)
{
  self->schema = lookup_schema ();
  self->lock_after_seconds = DEFAULT_LOCK_AFTER_SECONDS;
  self->text_size = USUAL_TEXT_SIZE;
  if (self->schema != NULL)
    self->settings = g_settings_new_full (self->schema, NULL, NULL);
}

/* Whether the schema holds the setting, in the form in which it is asked for. */
static gboolean
is_kept (WbSettings *self, const char *key, const GVariantType *type)
{
  g_autoptr (GSettingsSchemaKey) found = NULL;

  if (self->settings == NULL || !g_settings_schema_has_key (self->schema, key))
    return FALSE;
  found = g_settings_schema_get_key (self->schema, key);
  return g_variant_type_equal (g_settings_schema_key_get_value_type (found), type);
}

WbSettings *
wb_settings_new (void)
{
  return g_object_new (WB_TYPE_SETTINGS, NULL);
}

guint
wb_settings_get_lock_after_seconds (WbSettings *self)
{
  if (is_kept (self, "lock-after-seconds", G_VARIANT_TYPE_UINT32))
    return g_settings_get_uint (self->settings, "lock-after-seconds");
  return self->lock_after_seconds;
}

void
wb_settings_set_lock_after_seconds (WbSettings *self, guint seconds)
{
  self->lock_after_seconds = seconds;
  if (is_kept (self, "lock-after-seconds", G_VARIANT_TYPE_UINT32))
    g_settings_set_uint (self->settings, "lock-after-seconds", seconds);
}

char *
wb_settings_dup_language (WbSettings *self)
{
  g_autofree char *language = is_kept (self, "language", G_VARIANT_TYPE_STRING)
                                  ? g_settings_get_string (self->settings, "language")
                                  : g_strdup (self->language);

  return language != NULL && *language != '\0' ? g_steal_pointer (&language) : NULL;
}

void
wb_settings_set_language (WbSettings *self, const char *language)
{
  g_free (self->language);
  self->language = g_strdup (language);
  if (is_kept (self, "language", G_VARIANT_TYPE_STRING))
    g_settings_set_string (self->settings, "language", language != NULL ? language : "");
}

guint
wb_settings_get_text_size (WbSettings *self)
{
  if (is_kept (self, "text-size", G_VARIANT_TYPE_UINT32))
    return g_settings_get_uint (self->settings, "text-size");
  return self->text_size;
}

void
wb_settings_set_text_size (WbSettings *self, guint percent)
{
  self->text_size = percent;
  if (is_kept (self, "text-size", G_VARIANT_TYPE_UINT32))
    g_settings_set_uint (self->settings, "text-size", percent);
}

char **
wb_settings_dup_hidden_columns (WbSettings *self)
{
  static const char *const usual[] = { "allegations", NULL };

  if (is_kept (self, "hidden-columns", G_VARIANT_TYPE_STRING_ARRAY))
    return g_settings_get_strv (self->settings, "hidden-columns");
  return g_strdupv (self->hidden_columns != NULL ? self->hidden_columns : (char **) usual);
}

void
wb_settings_set_hidden_columns (WbSettings *self, const char *const *names)
{
  g_strfreev (self->hidden_columns);
  self->hidden_columns = g_strdupv ((char **) names);
  if (is_kept (self, "hidden-columns", G_VARIANT_TYPE_STRING_ARRAY))
    g_settings_set_strv (self->settings, "hidden-columns", names);
}

char **
wb_settings_dup_registers (WbSettings *self)
{
  static const char *const none[] = { NULL };

  if (is_kept (self, "registers", G_VARIANT_TYPE_STRING_ARRAY))
    return g_settings_get_strv (self->settings, "registers");
  return g_strdupv (self->registers != NULL ? self->registers : (char **) none);
}

/* @first (nullable): comes before those that are kept; @path is not among them. */
static void
set_registers (WbSettings *self, const char *first, const char *path)
{
  g_auto (GStrv) before = wb_settings_dup_registers (self);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  guint n = 0;

  if (first != NULL)
    g_strv_builder_add (builder, first);
  for (guint i = 0; before[i] != NULL && n + 1 < REGISTERS_MAX; i++) {
    if (g_str_equal (before[i], path))
      continue;
    g_strv_builder_add (builder, before[i]);
    n++;
  }
  g_strfreev (self->registers);
  self->registers = g_strv_builder_end (builder);
  if (is_kept (self, "registers", G_VARIANT_TYPE_STRING_ARRAY))
    g_settings_set_strv (self->settings, "registers", (const char *const *) self->registers);
}

void
wb_settings_remember_register (WbSettings *self, const char *path)
{
  set_registers (self, path, path);
}

void
wb_settings_forget_register (WbSettings *self, const char *path)
{
  set_registers (self, NULL, path);
}
