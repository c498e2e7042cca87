/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The language of the command socket: a line each, answered with one line. It is for tests and for
 * practice; what it says is never personal, as no card here is a person's. */
#include "config.h"

#include "mdg-virtual-commands.h"

#include <string.h>

typedef struct
{
  const char *name;
  gboolean needs_rest;
  gboolean (*run) (MdgVirtualBench *self,
                   const char *rest,
                   GString *reply,
                   GCancellable *cancellable,
                   GError **error);
} Command;

static gboolean
refuse (GError **error, const char *what)
{
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, what);
  return FALSE;
}

/* insert [CN] [OPTION…]: options of this and of later insertions */
static gboolean
run_insert (MdgVirtualBench *self,
            const char *rest,
            GString *reply,
            GCancellable *cancellable,
            GError **error)
{
  g_auto (GStrv) words = g_strsplit (rest, " ", 2);
  g_autoptr (MdgVirtualOptions) options = mdg_virtual_options_copy (self->options);
  const char *more = "";

  /* the tries of an option are those of one insertion; after it, the card's own count again */
  options->tries = -1;
  if (words[0] != NULL && *words[0] != '\0')
    {
      if (!mdg_virtual_card_files_check_cn (words[0], error))
        return FALSE;
      more = words[1] != NULL ? words[1] : "";
    }
  if (!mdg_virtual_options_parse (options, more, error))
    return FALSE;
  if (words[0] != NULL && *words[0] != '\0')
    {
      g_free (self->cn);
      self->cn = g_strdup (words[0]);
    }
  mdg_virtual_options_free (self->options);
  self->options = g_steal_pointer (&options);
  return mdg_virtual_bench_insert (self, cancellable, error);
}

static gboolean
run_remove (MdgVirtualBench *self,
            const char *rest,
            GString *reply,
            GCancellable *cancellable,
            GError **error)
{
  return mdg_virtual_slot_remove (self->slot) || refuse (error, "there is no card");
}

static gboolean
run_unplug (MdgVirtualBench *self,
            const char *rest,
            GString *reply,
            GCancellable *cancellable,
            GError **error)
{
  mdg_virtual_slot_set_plugged (self->slot, FALSE);
  return TRUE;
}

static gboolean
run_plug (MdgVirtualBench *self,
          const char *rest,
          GString *reply,
          GCancellable *cancellable,
          GError **error)
{
  mdg_virtual_slot_set_plugged (self->slot, TRUE);
  return TRUE;
}

static gboolean
run_fault (MdgVirtualBench *self,
           const char *rest,
           GString *reply,
           GCancellable *cancellable,
           GError **error)
{
  return mdg_virtual_slot_add_fault (self->slot, rest, error);
}

static gboolean
run_latency (MdgVirtualBench *self,
             const char *rest,
             GString *reply,
             GCancellable *cancellable,
             GError **error)
{
  MdgVirtualLatency latency;

  if (!mdg_virtual_latency_parse (rest, &latency, error))
    return FALSE;
  mdg_virtual_slot_set_latency (self->slot, &latency);
  return TRUE;
}

static gboolean
run_tries (MdgVirtualBench *self,
           const char *rest,
           GString *reply,
           GCancellable *cancellable,
           GError **error)
{
  guint64 tries = 0;

  if (!g_ascii_string_to_unsigned (rest, 10, 0, 3, &tries, NULL))
    return refuse (error, "tries are a number from 0 to 3");
  return mdg_virtual_slot_set_tries (self->slot, (guint) tries) ||
         refuse (error, "there is no card");
}

/* log FILE; log none */
static gboolean
run_log (MdgVirtualBench *self,
         const char *rest,
         GString *reply,
         GCancellable *cancellable,
         GError **error)
{
  MdgVirtualLog *log = NULL;

  if (!g_str_equal (rest, "none") && (log = mdg_virtual_log_new (rest, FALSE, error)) == NULL)
    return FALSE;
  mdg_virtual_slot_take_log (self->slot, log);
  return TRUE;
}

static gboolean
run_status (MdgVirtualBench *self,
            const char *rest,
            GString *reply,
            GCancellable *cancellable,
            GError **error)
{
  int tries = mdg_virtual_slot_get_tries (self->slot);

  g_string_append_printf (reply, " plugged=%s card=%s",
                          mdg_virtual_slot_get_plugged (self->slot) ? "yes" : "no",
                          tries >= 0 ? self->cn : "none");
  if (tries >= 0)
    g_string_append_printf (reply, " tries=%d exchanges=%u working=%s", tries,
                            mdg_virtual_slot_get_exchanges (self->slot),
                            mdg_virtual_slot_get_working (self->slot) ? "yes" : "no");
  return TRUE;
}

static const Command commands[] = {
  { "insert", FALSE, run_insert }, { "remove", FALSE, run_remove },
  { "unplug", FALSE, run_unplug }, { "plug", FALSE, run_plug },
  { "fault", TRUE, run_fault },    { "latency", TRUE, run_latency },
  { "tries", TRUE, run_tries },    { "log", TRUE, run_log },
  { "status", FALSE, run_status },
};

static const Command *
find_command (const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (commands); i++)
    if (g_str_equal (commands[i].name, name))
      return &commands[i];
  return NULL;
}

/* An error's message goes into one line, whatever is in it. */
static char *
format_error (const GError *error)
{
  return g_strdelimit (g_strdup_printf ("error %s", error->message), "\r\n", ' ');
}

/**
 * mdg_virtual_bench_new:
 * @directory: the folder of virtual cards
 * @cn: (nullable): the card that `insert` means when it names none
 * @options: what kind of card it is; copied
 *
 * Returns: (transfer full): an empty slot and what goes into it
 *
 * Thread: any; then one.
 *
 * Errors: none.
 */
MdgVirtualBench *
mdg_virtual_bench_new (const char *directory, const char *cn, const MdgVirtualOptions *options)
{
  MdgVirtualBench *self = g_new0 (MdgVirtualBench, 1);

  self->slot = mdg_virtual_slot_new ();
  self->directory = g_strdup (directory);
  self->cn = g_strdup (cn != NULL && *cn != '\0' ? cn : MDG_VIRTUAL_DEFAULT_CN);
  self->options = mdg_virtual_options_copy (options);
  return self;
}

/**
 * mdg_virtual_bench_free:
 * @self: (transfer full) (nullable): a bench
 *
 * Thread: its own.
 *
 * Errors: none.
 */
void
mdg_virtual_bench_free (MdgVirtualBench *self)
{
  if (self == NULL)
    return;
  mdg_virtual_slot_set_func (self->slot, NULL, NULL);
  mdg_virtual_slot_unref (self->slot);
  mdg_virtual_options_free (self->options);
  g_free (self->directory);
  g_free (self->cn);
  g_free (self);
}

/**
 * mdg_virtual_bench_insert:
 * @self: a bench
 * @cancellable: (nullable): ends the making of keys
 * @error: (nullable): an error
 *
 * Puts the card of the bench in, making its keys and certificates at first use.
 *
 * Returns: whether it is in
 *
 * Thread: its own; not the main one.
 *
 * Errors: as mdg_virtual_card_files_new().
 */
gboolean
mdg_virtual_bench_insert (MdgVirtualBench *self, GCancellable *cancellable, GError **error)
{
  g_autoptr (MdgVirtualCardFiles) files = mdg_virtual_card_files_new (
      self->directory, self->cn, self->options->expired, cancellable, error);

  if (files == NULL)
    return FALSE;
  mdg_virtual_slot_insert (self->slot, files, self->options);
  return TRUE;
}

/**
 * mdg_virtual_bench_command:
 * @self: a bench
 * @line: a command and what belongs to it, without the line's end
 * @cancellable: (nullable): ends the making of keys
 * @quit: (out): whether the command was `quit`
 *
 * Carries out one line. The commands are in README.md.
 *
 * Returns: (transfer full): `ok`, `ok …` or `error …`, without a line's end
 *
 * Thread: its own; not the main one.
 *
 * Errors: none.
 */
char *
mdg_virtual_bench_command (MdgVirtualBench *self,
                           const char *line,
                           GCancellable *cancellable,
                           gboolean *quit)
{
  g_autofree char *copy = g_strstrip (g_strdup (line));
  g_autoptr (GString) reply = g_string_new ("ok");
  g_autoptr (GError) error = NULL;
  char *rest = strchr (copy, ' ');
  const Command *command;

  if (rest != NULL)
    *rest++ = '\0';
  *quit = g_str_equal (copy, "quit");
  if (*quit)
    return g_string_free (g_steal_pointer (&reply), FALSE);
  command = find_command (copy);
  if (!g_utf8_validate (line, -1, NULL) || command == NULL)
    refuse (&error, "unknown command");
  else if (command->needs_rest && (rest == NULL || *rest == '\0'))
    refuse (&error, "something is missing");
  else if (command->run (self, rest != NULL ? g_strstrip (rest) : "", reply, cancellable, &error))
    return g_string_free (g_steal_pointer (&reply), FALSE);
  return format_error (error);
}
