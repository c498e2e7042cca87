/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* journey.copy is journey.db as it was after the last change, written beside and renamed. Which of
 * the two is taken is decided here: the database, unless it is damaged, empty, gone, or behind the
 * copy. What is not taken is kept aside. */
#include "config.h"

#include "mdg-journey-copy.h"

#include <errno.h>
#include <glib/gstdio.h>

#include "mdg-journey-files.h"
#include "mdg-private-file.h"
#include "mdg-store.h"

#define ROUNDS    4
#define MAX_PAGES "PRAGMA max_page_count = 65536" /* 256 MB of 4 KB */

typedef enum
{
  COPY_NONE,
  COPY_GOOD,
  COPY_DAMAGED,
  COPY_UNREAD, /* it may be good: the machine is in trouble */
  COPY_NEWER
} CopyState;

typedef struct
{
  CopyState state;
  GBytes *image;
  MdgJourneyMark mark;
} Copy;

static void
clear_copy (Copy *copy)
{
  g_clear_pointer (&copy->image, g_bytes_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Copy, clear_copy)

static CopyState
look_at_image (Copy *copy)
{
  g_autoptr (GError) local = NULL;
  sqlite3 *db = mdg_store_database_open_image (copy->image, &mdg_journey_schema, &local);
  gboolean good = db != NULL && mdg_journey_mark_read (db, &copy->mark, &local);

  sqlite3_close_v2 (db);
  if (good)
    return COPY_GOOD;
  g_debug ("the journey's copy: %s", local->message);
  if (g_error_matches (local, MDG_STORE_ERROR, MDG_STORE_ERROR_NEWER))
    return COPY_NEWER;
  return g_error_matches (local, MDG_STORE_ERROR, MDG_STORE_ERROR_CORRUPT) ? COPY_DAMAGED
                                                                           : COPY_UNREAD;
}

static void
look_at_copy (const char *folder, Copy *copy)
{
  g_autofree char *path = g_build_filename (folder, MDG_JOURNEY_COPY, NULL);
  g_autoptr (GError) local = NULL;

  copy->image = mdg_journey_files_read (path, MDG_JOURNEY_DATABASE_MAX, &local);
  if (copy->image != NULL)
    copy->state = look_at_image (copy);
  else if (g_error_matches (local, MDG_STORE_ERROR, MDG_STORE_ERROR_FAILED))
    copy->state = COPY_UNREAD;
  else
    copy->state = local != NULL ? COPY_DAMAGED : COPY_NONE;
}

/* The new database is on the disk before the old one gets another name: a full disk changes
 * nothing, and a crash between the two is a database that is gone. */
static gboolean
restore (const char *folder, GBytes *image, GError **error)
{
  g_autofree char *path = g_build_filename (folder, MDG_JOURNEY_DATABASE, NULL);
  g_autofree char *beside = mdg_private_file_write_beside (path, image, error);

  if (beside == NULL)
    return FALSE;
  if (!mdg_journey_files_keep_aside (folder, MDG_JOURNEY_DATABASE, "damaged", error))
    {
      g_unlink (beside);
      return FALSE;
    }
  if (!mdg_private_file_put (beside, path, error))
    return FALSE;
  mdg_journey_files_trim_aside (folder, MDG_JOURNEY_DATABASE, "damaged");
  return TRUE;
}

/* What the database holds now becomes the copy, as it is on the disk. */
static gboolean
renew (sqlite3 *db, const char *folder, GError **error)
{
  g_autofree char *beside = NULL;
  g_autofree char *path = g_build_filename (folder, MDG_JOURNEY_COPY, NULL);

  beside = mdg_journey_copy_write_beside (db, folder, error);
  return beside != NULL && mdg_private_file_put (beside, path, error);
}

static void
bring_copy_up_to_date (sqlite3 *db, const char *folder, const Copy *copy, const char *identity)
{
  g_autoptr (GError) local = NULL;
  gboolean other = copy->state == COPY_GOOD && !g_str_equal (copy->mark.identity, identity);

  /* a copy of another journey, or one that could not be read, may be all that is left of something
   */
  if (other && !mdg_journey_files_keep_aside (folder, MDG_JOURNEY_COPY, "other", NULL))
    return;
  if (copy->state == COPY_UNREAD &&
      !mdg_journey_files_keep_aside (folder, MDG_JOURNEY_COPY, "unread", NULL))
    return;
  mdg_journey_files_trim_aside (folder, MDG_JOURNEY_COPY, "other");
  mdg_journey_files_trim_aside (folder, MDG_JOURNEY_COPY, "unread");
  if (!mdg_store_database_begin (db, NULL))
    return;
  /* the database is good; the next change makes the copy, or tells why not */
  if (!renew (db, folder, &local))
    g_debug ("the journey's copy was not renewed: %s", local->message);
  mdg_store_database_end (db, FALSE, NULL);
}

/* What cannot be looked at may be full. */
static gboolean
is_empty (const char *path)
{
  GStatBuf info;

  return g_stat (path, &info) == 0 ? info.st_size == 0 : errno == ENOENT;
}

/* NULL without an error: the copy has to be taken. */
static sqlite3 *
open_good (const char *folder, const char *path, const Copy *copy, GError **error)
{
  g_autoptr (GError) local = NULL;
  MdgJourneyMark mark;
  sqlite3 *db;

  if (copy->state == COPY_GOOD && is_empty (path))
    return NULL;
  db = mdg_store_database_open (path, &mdg_journey_schema, &local);
  if (db == NULL || !mdg_store_database_run (db, MAX_PAGES, &local) ||
      !mdg_journey_mark_read (db, &mark, &local))
    {
      sqlite3_close_v2 (db);
      if (copy->state != COPY_GOOD ||
          !g_error_matches (local, MDG_STORE_ERROR, MDG_STORE_ERROR_CORRUPT))
        g_propagate_error (error, g_steal_pointer (&local));
      else
        g_debug ("the journey's database: %s", local->message);
      return NULL;
    }
  if (copy->state == COPY_GOOD && g_str_equal (copy->mark.identity, mark.identity) &&
      copy->mark.revision >= mark.revision)
    {
      if (copy->mark.revision == mark.revision)
        return db;
      /* an older file was put in its place, or the disk forgot */
      sqlite3_close_v2 (db);
      return NULL;
    }
  bring_copy_up_to_date (db, folder, copy, mark.identity);
  return db;
}

/**
 * mdg_journey_copy_open:
 * @folder: the journey's folder
 * @restored: (out): whether the database was made again from the copy
 * @error: return location
 *
 * Opens the database, or makes it again from the copy where it is damaged, empty, gone or older,
 * and the copy is good. Nothing is changed where it fails.
 *
 * Thread: any, one at a time; blocking.
 * Errors: MDG_STORE_ERROR_CORRUPT where neither is good; every other of #MdgStoreError.
 *
 * Returns: (transfer full) (nullable): the database, whose copy is as new as it
 */
sqlite3 *
mdg_journey_copy_open (const char *folder, gboolean *restored, GError **error)
{
  g_autofree char *path = g_build_filename (folder, MDG_JOURNEY_DATABASE, NULL);

  *restored = FALSE;
  /* again after each restoring: another process may have been writing meanwhile */
  for (guint i = 0; i < ROUNDS; i++)
    {
      g_auto (Copy) copy = { 0 };
      g_autoptr (GError) local = NULL;
      sqlite3 *db;

      look_at_copy (folder, &copy);
      if (copy.state == COPY_NEWER)
        {
          g_set_error_literal (error, MDG_STORE_ERROR, MDG_STORE_ERROR_NEWER,
                               "the journey's copy was written by a newer program");
          return NULL;
        }
      if (copy.state == COPY_UNREAD && is_empty (path))
        {
          g_set_error (error, MDG_STORE_ERROR, MDG_STORE_ERROR_FAILED,
                       "the copy of %s cannot be read now", path);
          return NULL;
        }
      if (copy.state == COPY_DAMAGED && is_empty (path))
        break;
      db = open_good (folder, path, &copy, &local);
      if (db != NULL)
        return db;
      if (local != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&local));
          return NULL;
        }
      if (!restore (folder, copy.image, error))
        return NULL;
      *restored = TRUE;
    }
  g_set_error (error, MDG_STORE_ERROR, MDG_STORE_ERROR_CORRUPT, "%s and its copy are both damaged",
               path);
  return NULL;
}

/**
 * mdg_journey_copy_serialize:
 * @db: a journey, with an open transaction
 * @error: return location
 *
 * Thread: that of @db.
 * Errors: every code of #MdgStoreError.
 *
 * Returns: (transfer full) (nullable): the file that the transaction would make
 */
GBytes *
mdg_journey_copy_serialize (sqlite3 *db, GError **error)
{
  sqlite3_int64 length = 0;
  unsigned char *bytes = sqlite3_serialize (db, "main", &length, 0);

  if (bytes != NULL && length > 0)
    return g_bytes_new_with_free_func (bytes, (gsize) length, sqlite3_free, bytes);
  sqlite3_free (bytes);
  g_set_error_literal (error, MDG_STORE_ERROR, MDG_STORE_ERROR_FAILED,
                       "the journey cannot be copied");
  return NULL;
}

/**
 * mdg_journey_copy_write_beside:
 * @db: a journey, with an open transaction
 * @folder: its folder
 * @error: return location
 *
 * Before the commit, so that a disk that is too full for the copy refuses the change as well.
 *
 * Thread: that of @db; blocking.
 * Errors: every code of #MdgStoreError.
 *
 * Returns: (transfer full) (nullable): the file's name
 */
char *
mdg_journey_copy_write_beside (sqlite3 *db, const char *folder, GError **error)
{
  g_autofree char *path = g_build_filename (folder, MDG_JOURNEY_COPY, NULL);
  g_autoptr (GBytes) image = mdg_journey_copy_serialize (db, error);

  return image != NULL ? mdg_private_file_write_beside (path, image, error) : NULL;
}

/**
 * mdg_journey_copy_put:
 * @db: a journey whose change was committed
 * @folder: its folder
 * @beside: what was written before the commit
 * @revision: of that change
 * @error: return location
 *
 * Under the write lock, so that of two processes the later change stays; where another one was
 * faster, or took the file beside for left over, the copy is written anew.
 *
 * Thread: that of @db; blocking.
 * Errors: every code of #MdgStoreError.
 *
 * Returns: whether the copy holds the change, on the disk
 */
gboolean
mdg_journey_copy_put (sqlite3 *db,
                      const char *folder,
                      const char *beside,
                      gint64 revision,
                      GError **error)
{
  g_autofree char *path = g_build_filename (folder, MDG_JOURNEY_COPY, NULL);
  gboolean locked = mdg_store_database_begin (db, NULL);
  MdgJourneyMark mark;
  gboolean good;

  good = mdg_journey_mark_read (db, &mark, NULL) && mark.revision == revision &&
         mdg_private_file_put (beside, path, NULL);
  if (!good)
    {
      g_unlink (beside);
      good = renew (db, folder, error);
    }
  if (locked)
    sqlite3_exec (db, "ROLLBACK", NULL, NULL, NULL);
  return good;
}
