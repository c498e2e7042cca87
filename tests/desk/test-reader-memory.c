/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What readers were found to do: kept over restarts, a yes for good, a no for 30 days. */
#include "config.h"

#include "mdg-fake-reader.h"
#include "mdg-reader-memory.h"

typedef struct
{
  char *dir;
  char *path;
  MdgStore *store;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fixture->dir = g_dir_make_tmp ("mdg-memory-XXXXXX", &error);
  g_assert_no_error (error);
  fixture->path = g_build_filename (fixture->dir, "store.sqlite", NULL);
  fixture->store = mdg_store_open (fixture->path, &error);
  g_assert_no_error (error);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  mdg_store_close (fixture->store);
  mdg_test_remove_folder (fixture->dir);
  g_free (fixture->dir);
  g_free (fixture->path);
}

/* As after a restart: another reader object, another memory. */
static MdgExtended
recall (MdgStore *store, const char *id)
{
  g_autoptr (MdgReaderMemory) memory = mdg_reader_memory_new (store);
  g_autoptr (MdgFakeReader) reader = mdg_fake_reader_new (id);

  mdg_reader_memory_attach (memory, MDG_READER (reader));
  mdg_test_settle ();
  return mdg_reader_get_extended (MDG_READER (reader));
}

static void
learn (MdgStore *store, const char *id, MdgExtended extended)
{
  g_autoptr (MdgReaderMemory) memory = mdg_reader_memory_new (store);
  g_autoptr (MdgFakeReader) reader = mdg_fake_reader_new (id);

  mdg_reader_memory_attach (memory, MDG_READER (reader));
  mdg_reader_memory_attach (memory, MDG_READER (reader)); /* once is enough */
  mdg_test_settle ();
  mdg_reader_set_extended (MDG_READER (reader), extended);
  mdg_test_settle ();
}

static void
test_keep (Fixture *fixture, gconstpointer data)
{
  g_assert_cmpint (recall (fixture->store, "a"), ==, MDG_EXTENDED_UNKNOWN);
  learn (fixture->store, "a", MDG_EXTENDED_YES);
  g_assert_cmpint (recall (fixture->store, "a"), ==, MDG_EXTENDED_YES);
  g_assert_cmpint (recall (fixture->store, "b"), ==, MDG_EXTENDED_UNKNOWN);
  learn (fixture->store, "b", MDG_EXTENDED_NO);
  g_assert_cmpint (recall (fixture->store, "b"), ==, MDG_EXTENDED_NO);
  /* a card that cannot does not unteach the reader; one that can teaches it */
  learn (fixture->store, "a", MDG_EXTENDED_NO);
  g_assert_cmpint (recall (fixture->store, "a"), ==, MDG_EXTENDED_YES);
  learn (fixture->store, "b", MDG_EXTENDED_YES);
  g_assert_cmpint (recall (fixture->store, "b"), ==, MDG_EXTENDED_YES);
}

static char *
find_key (const char *id)
{
  g_autofree char *both = g_strdup_printf ("%s\nFake reader %s", id, id);
  g_autofree char *digest = g_compute_checksum_for_string (G_CHECKSUM_SHA256, both, -1);

  return g_strconcat ("reader-extended.", digest, NULL);
}

static void
test_values (Fixture *fixture, gconstpointer data)
{
  gint64 now = g_get_real_time () / G_USEC_PER_SEC;
  gint64 day = 24 * 60 * 60;
  g_autofree char *key = find_key ("a");
  g_autofree char *fresh = g_strdup_printf ("no %" G_GINT64_FORMAT, now - 29 * day);
  g_autofree char *old = g_strdup_printf ("no %" G_GINT64_FORMAT, now - 30 * day);
  g_autofree char *future = g_strdup_printf ("no %" G_GINT64_FORMAT, now + day);
  const struct
  {
    const char *value;
    MdgExtended extended;
  } rows[] = {
    { "yes", MDG_EXTENDED_YES },       { fresh, MDG_EXTENDED_NO },
    { old, MDG_EXTENDED_UNKNOWN },     { future, MDG_EXTENDED_UNKNOWN },
    { "no", MDG_EXTENDED_UNKNOWN },    { "", MDG_EXTENDED_UNKNOWN },
    { "no -1", MDG_EXTENDED_UNKNOWN }, { "no 9999999999999999999999", MDG_EXTENDED_UNKNOWN },
    { "yes ", MDG_EXTENDED_UNKNOWN },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;

      mdg_store_set_setting (fixture->store, key, rows[i].value, &error);
      g_assert_no_error (error);
      g_test_message ("'%s'", rows[i].value);
      g_assert_cmpint (recall (fixture->store, "a"), ==, rows[i].extended);
    }
}

static void
test_no_store (void)
{
  learn (NULL, "a", MDG_EXTENDED_YES);
  g_assert_cmpint (recall (NULL, "a"), ==, MDG_EXTENDED_UNKNOWN);
}

/* A reader may go before the memory does. */
static void
test_reader_first (Fixture *fixture, gconstpointer data)
{
  g_autoptr (MdgReaderMemory) memory = mdg_reader_memory_new (fixture->store);
  MdgFakeReader *reader = mdg_fake_reader_new ("a");

  mdg_reader_memory_attach (memory, MDG_READER (reader));
  g_assert_finalize_object (reader);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/reader-memory/keep", Fixture, NULL, set_up, test_keep, tear_down);
  g_test_add ("/reader-memory/values", Fixture, NULL, set_up, test_values, tear_down);
  g_test_add ("/reader-memory/reader-first", Fixture, NULL, set_up, test_reader_first, tear_down);
  g_test_add_func ("/reader-memory/no-store", test_no_store);
  return g_test_run ();
}
