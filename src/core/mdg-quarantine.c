/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Keeps a plugin that brings the program down from doing so twice. Before a plugin is opened a mark
 * with its id is written and synced; after its start() the mark is removed. A mark left behind by a
 * process that is not there any more puts its plugin on a list that stays until someone asks for a
 * retry. Promises: never the reason that a good plugin does not load; where nothing can be written
 * there is no quarantine, and that is all. */
#include "config.h"

#include "mdg-quarantine.h"

#include <glib/gstdio.h>
#include <string.h>

#define MARK_PREFIX "loading."
#define LIST_NAME   "quarantine"
#define LIST_MAX    (64 * 1024)

struct _MdgQuarantine
{
  char *folder;
  char *mark;      /* path of this process's mark */
  GHashTable *ids; /* what is on the list */
};

static void
add_lines (MdgQuarantine *self, const char *text)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_strstrip (lines[i]);
      if (*lines[i] != '\0')
        g_hash_table_add (self->ids, g_strdup (lines[i]));
    }
}

static gboolean
read_file (const char *path, char **text)
{
  GStatBuf info;
  gsize length;

  return g_stat (path, &info) == 0 && info.st_size <= LIST_MAX &&
         g_file_get_contents (path, text, &length, NULL);
}

static gboolean
write_file (const char *path, const char *text)
{
  g_autoptr (GError) error = NULL;

  if (g_file_set_contents_full (path, text, -1,
                                G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, 0600,
                                &error))
    return TRUE;
  g_debug ("No quarantine: %s", error->message);
  return FALSE;
}

static void
write_list (MdgQuarantine *self)
{
  g_autofree char *path = g_build_filename (self->folder, LIST_NAME, NULL);
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GList) ids = g_list_sort (g_hash_table_get_keys (self->ids), (GCompareFunc) strcmp);

  for (GList *l = ids; l != NULL; l = l->next)
    g_string_append_printf (text, "%s\n", (const char *) l->data);
  if (text->len == 0)
    g_unlink (path);
  else
    write_file (path, text->str);
}

/* A mark of a process that lives is of one that is loading just now. One with our own number is of
 * a dead one before us: in a sandbox every process may have the same number. */
static gboolean
is_left_behind (const char *name)
{
  guint64 number;

  if (!g_str_has_prefix (name, MARK_PREFIX))
    return FALSE;
  if (!g_ascii_string_to_unsigned (name + strlen (MARK_PREFIX), 10, 1, G_MAXINT32, &number, NULL))
    return FALSE;
  return number == mdg_process_get_id () || !mdg_process_is_alive ((guint) number);
}

MdgQuarantine *
mdg_quarantine_new (const char *state_dir)
{
  MdgQuarantine *self = g_new0 (MdgQuarantine, 1);
  g_autofree char *name = g_strdup_printf (MARK_PREFIX "%u", mdg_process_get_id ());

  self->folder = state_dir != NULL ? g_strdup (state_dir)
                                   : g_build_filename (g_get_user_state_dir (), "madoguchi", NULL);
  self->mark = g_build_filename (self->folder, name, NULL);
  self->ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  return self;
}

void
mdg_quarantine_free (MdgQuarantine *self)
{
  g_hash_table_unref (self->ids);
  g_free (self->folder);
  g_free (self->mark);
  g_free (self);
}

/* Reads the list, and adds to it what marks left behind say. */
void
mdg_quarantine_collect (MdgQuarantine *self)
{
  g_autofree char *list = g_build_filename (self->folder, LIST_NAME, NULL);
  g_autofree char *listed = NULL;
  g_autoptr (GDir) dir = g_dir_open (self->folder, 0, NULL);
  g_autoptr (GPtrArray) marks = g_ptr_array_new_with_free_func (g_free);
  const char *name;

  g_hash_table_remove_all (self->ids);
  if (read_file (list, &listed))
    add_lines (self, listed);
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    if (is_left_behind (name))
      g_ptr_array_add (marks, g_build_filename (self->folder, name, NULL));
  for (guint i = 0; i < marks->len; i++)
    {
      g_autofree char *text = NULL;

      if (read_file (marks->pdata[i], &text))
        add_lines (self, text);
    }
  if (marks->len > 0)
    write_list (self);
  for (guint i = 0; i < marks->len; i++)
    g_unlink (marks->pdata[i]);
}

gboolean
mdg_quarantine_contains (MdgQuarantine *self, const char *id)
{
  return g_hash_table_contains (self->ids, id);
}

void
mdg_quarantine_release (MdgQuarantine *self, const char *id)
{
  if (g_hash_table_remove (self->ids, id))
    write_list (self);
}

void
mdg_quarantine_begin (MdgQuarantine *self, const char *id)
{
  g_mkdir_with_parents (self->folder, 0700);
  write_file (self->mark, id);
}

void
mdg_quarantine_end (MdgQuarantine *self)
{
  g_unlink (self->mark);
}
