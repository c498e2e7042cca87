/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The journey's model against a real folder: what is shown is what is on the disk. */
#include "config.h"

#include "mdg-guide-bench.h"

#include <string.h>

#define STEP(kind) mdg_guide_get_step (f->guide, kind)

static void
test_new (GuideBench *f, gconstpointer data)
{
  g_autoptr (GPtrArray) reception = mdg_guide_get_entries (f->guide, "reception");
  g_autoptr (GPtrArray) practise = mdg_guide_get_entries (f->guide, "practise");

  g_assert_cmpuint (reception->len, ==, 7);
  g_assert_cmpuint (practise->len, ==, 0);
  g_assert_cmpuint (mdg_guide_get_n_done (f->guide), ==, 0);
  g_assert_cmpint (mdg_guide_get_next (f->guide), ==, MDG_STEP_SELECT);
  g_assert_cmpint (mdg_guide_get_health (f->guide), ==, MDG_JOURNEY_WHOLE);
  g_assert_cmpuint (mdg_guide_get_missing (f->guide)->len, ==, 0);
  g_assert_cmpstr (STEP (MDG_STEP_RECEPTION).brief, ==, "0 / 7");
  g_assert_cmpstr (mdg_guide_get_value (f->guide, "apply", "person"), ==, "");
  for (guint i = 0; i < MDG_N_STEPS; i++)
    {
      MdgStepView view = STEP ((MdgStepKind) i);
      gboolean later = i == MDG_STEP_ACTIVATE || i == MDG_STEP_GRANT;

      g_assert_cmpint (view.state, ==, MDG_STEP_OPEN);
      g_assert_true (view.allowed != later);
      g_assert_true ((*view.why == '\0') == view.allowed);
      g_assert_true (*view.date == '\0' && *view.who == '\0' && *view.note == '\0');
    }
}

/* Nothing is shown as done before it is on the disk. */
static void
test_after_the_disk (GuideBench *f, gconstpointer data)
{
  gboolean busy = FALSE;

  mdg_guide_set_step_async (f->guide, MDG_STEP_SELECT, MDG_STEP_DONE, "20261103", "窓口",
                            "メモ\n二行目", guide_bench_ready_cb, f);
  g_object_get (f->guide, "busy", &busy, NULL);
  g_assert_true (busy);
  g_assert_cmpint (STEP (MDG_STEP_SELECT).state, ==, MDG_STEP_OPEN);
  g_assert_true (mdg_guide_flush (f->guide, 10000));
  g_assert_cmpint (STEP (MDG_STEP_SELECT).state, ==, MDG_STEP_OPEN);
  guide_bench_end_well (f, NULL);
  g_assert_cmpint (STEP (MDG_STEP_SELECT).state, ==, MDG_STEP_DONE);
  g_assert_cmpuint (f->n_changed, ==, 1);
  g_object_get (f->guide, "busy", &busy, NULL);
  g_assert_false (busy);
  guide_bench_reopen (f);
  g_assert_cmpint (STEP (MDG_STEP_SELECT).state, ==, MDG_STEP_DONE);
  g_assert_cmpstr (STEP (MDG_STEP_SELECT).date, ==, "20261103");
  g_assert_cmpstr (STEP (MDG_STEP_SELECT).who, ==, "窓口");
  g_assert_cmpstr (STEP (MDG_STEP_SELECT).note, ==, "メモ\n二行目");
  g_assert_cmpuint (mdg_guide_get_n_done (f->guide), ==, 1);
  g_assert_cmpint (mdg_guide_get_next (f->guide), ==, MDG_STEP_PURCHASE);
}

/* The terminal comes with the letter, and the letter with the approval. */
static void
test_turns (GuideBench *f, gconstpointer data)
{
  mdg_guide_set_step_async (f->guide, MDG_STEP_ACTIVATE, MDG_STEP_DONE, "20261122", "", "",
                            guide_bench_ready_cb, f);
  guide_bench_end_refused (f, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT);
  /* what is queued before counts */
  mdg_guide_set_step_async (f->guide, MDG_STEP_APPLY, MDG_STEP_WAITING, "20261106", "", "", NULL,
                            NULL);
  mdg_guide_set_step_async (f->guide, MDG_STEP_ACTIVATE, MDG_STEP_DONE, "20261122", "", "",
                            guide_bench_ready_cb, f);
  guide_bench_end_well (f, NULL);
  g_assert_cmpint (STEP (MDG_STEP_APPLY).state, ==, MDG_STEP_WAITING);
  g_assert_cmpint (STEP (MDG_STEP_ACTIVATE).state, ==, MDG_STEP_DONE);
  /* everything but the grant, in no order; what was left out counts, what waits does not */
  guide_bench_set_step (f, MDG_STEP_DOCUMENTS, MDG_STEP_DONE, "");
  guide_bench_set_step (f, MDG_STEP_START, MDG_STEP_DONE, "20261201");
  guide_bench_set_step (f, MDG_STEP_RECEPTION, MDG_STEP_DONE, "");
  guide_bench_set_step (f, MDG_STEP_PURCHASE, MDG_STEP_SKIPPED, "");
  guide_bench_set_step (f, MDG_STEP_SELECT, MDG_STEP_SKIPPED, "");
  g_assert_false (STEP (MDG_STEP_GRANT).allowed);
  mdg_guide_set_step_async (f->guide, MDG_STEP_GRANT, MDG_STEP_WAITING, "", "", "",
                            guide_bench_ready_cb, f);
  guide_bench_end_refused (f, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT);
  guide_bench_set_step (f, MDG_STEP_APPLY, MDG_STEP_DONE, "");
  g_assert_true (STEP (MDG_STEP_GRANT).allowed);
  g_assert_cmpint (mdg_guide_get_next (f->guide), ==, MDG_STEP_PRACTISE);
  guide_bench_set_step (f, MDG_STEP_PRACTISE, MDG_STEP_DONE, "");
  guide_bench_set_step (f, MDG_STEP_GRANT, MDG_STEP_WAITING, "20261122");
  g_assert_cmpint (mdg_guide_get_next (f->guide), ==, MDG_STEP_GRANT);
  guide_bench_set_step (f, MDG_STEP_GRANT, MDG_STEP_DONE, "20261122");
  g_assert_cmpint (mdg_guide_get_next (f->guide), ==, MDG_N_STEPS);
  g_assert_cmpuint (mdg_guide_get_n_done (f->guide), ==, MDG_N_STEPS);
}

static void
assert_next (GuideBench *f, const char *words)
{
  g_autofree char *sentence = mdg_guide_get_next_sentence (f->guide);

  if (strstr (sentence, words) == NULL)
    g_error ("“%s” is not in “%s”", words, sentence);
}

static void
test_waiting (GuideBench *f, gconstpointer data)
{
  GDate day;

  guide_bench_set_step (f, MDG_STEP_SELECT, MDG_STEP_DONE, "20261103");
  guide_bench_set_step (f, MDG_STEP_PURCHASE, MDG_STEP_DONE, "20261105");
  assert_next (f, "Fill in the usage application");
  guide_bench_set_step (f, MDG_STEP_APPLY, MDG_STEP_WAITING, "20261106");
  g_assert_cmpstr (STEP (MDG_STEP_APPLY).brief, ==,
                   "Posted on November 6 – being reviewed (day 16)");
  g_assert_cmpint (mdg_guide_get_next (f->guide), ==, MDG_STEP_ACTIVATE);
  assert_next (f, "being reviewed");
  g_date_set_dmy (&day, 6, G_DATE_DECEMBER, 2026); /* day 30 */
  mdg_guide_set_today (f->guide, &day);
  assert_next (f, "being reviewed");
  g_date_set_dmy (&day, 7, G_DATE_DECEMBER, 2026);
  mdg_guide_set_today (f->guide, &day);
  assert_next (f, "31 days have passed");
  assert_next (f, "0800-080-4583");
  g_assert_nonnull (strstr (STEP (MDG_STEP_APPLY).brief, "no answer for 31 days"));
  g_date_set_dmy (&day, 7, G_DATE_JANUARY, 2027);
  mdg_guide_set_today (f->guide, &day);
  g_assert_nonnull (strstr (STEP (MDG_STEP_APPLY).brief, "November 6, 2026"));
  g_date_set_dmy (&day, 6, G_DATE_NOVEMBER, 2026);
  mdg_guide_set_today (f->guide, &day);
  g_assert_cmpstr (STEP (MDG_STEP_APPLY).brief, ==, "Posted today");
  guide_bench_set_step (f, MDG_STEP_APPLY, MDG_STEP_WAITING, "20261201"); /* a slip of the pen */
  g_assert_cmpstr (STEP (MDG_STEP_APPLY).brief, ==, "To be posted on December 1");
  guide_bench_set_step (f, MDG_STEP_APPLY, MDG_STEP_WAITING, "");
  g_assert_cmpstr (STEP (MDG_STEP_APPLY).brief, ==, "Posted – being reviewed");
  guide_bench_set_step (f, MDG_STEP_APPLY, MDG_STEP_DONE, "20261122");
  assert_next (f, "User settings");
}

static void
test_briefs (GuideBench *f, gconstpointer data)
{
  MdgJourneyEntry entry = { 0,    (char *) "practise", (char *) "読み取りの練習",
                            TRUE, (char *) "20261120", (char *) "窓口　花子" };

  guide_bench_set_value (f, "select", "tested", "RC-S300");
  g_assert_cmpstr (STEP (MDG_STEP_SELECT).brief, ==, "RC-S300: tested");
  guide_bench_set_value (f, "select", "extended", "yes");
  g_assert_cmpstr (STEP (MDG_STEP_SELECT).brief, ==, "RC-S300: tested, handles extended APDUs");
  for (guint i = 0; i < 2; i++) /* the same person twice */
    {
      mdg_guide_save_entry_async (f->guide, &entry, guide_bench_ready_cb, f);
      guide_bench_end_well (f, NULL);
    }
  g_assert_cmpstr (STEP (MDG_STEP_PRACTISE).brief, ==, "1 person practised");
  guide_bench_set_step (f, MDG_STEP_START, MDG_STEP_DONE, "20261122");
  g_assert_cmpstr (STEP (MDG_STEP_START).brief, ==, "In operation since November 22");
  guide_bench_set_step (f, MDG_STEP_START, MDG_STEP_DONE, "20261201");
  g_assert_cmpstr (STEP (MDG_STEP_START).brief, ==, "Planned for December 1");
  g_assert_cmpstr (STEP (MDG_STEP_GRANT).brief, ==, "The period for the application has passed");
  {
    GDate before;

    g_date_set_dmy (&before, 15, G_DATE_JANUARY, 2026);
    mdg_guide_set_today (f->guide, &before);
  }
  g_assert_cmpstr (STEP (MDG_STEP_GRANT).brief, ==, "");
  g_assert_cmpstr (STEP (MDG_STEP_PURCHASE).brief, ==, "");
}

static void
test_lists (GuideBench *f, gconstpointer data)
{
  g_autoptr (GPtrArray) entries = mdg_guide_get_entries (f->guide, "reception");
  gint64 first = ((MdgJourneyEntry *) g_ptr_array_index (entries, 0))->id;
  g_autoptr (MdgJourneyEntry) entry = mdg_journey_entry_copy (g_ptr_array_index (entries, 1));
  MdgJourneyEntry new_entry = { 0,     (char *) "reception", (char *) "往診での手順を決める",
                                FALSE, (char *) "",          (char *) "" };
  gint64 id = 0;

  entry->done = TRUE;
  mdg_guide_save_entry_async (f->guide, entry, guide_bench_ready_cb, f);
  guide_bench_end_well (f, &id);
  g_assert_cmpint (id, ==, entry->id);
  g_assert_cmpstr (STEP (MDG_STEP_RECEPTION).brief, ==, "1 / 7");
  mdg_guide_delete_entry_async (f->guide, first, guide_bench_ready_cb, f);
  guide_bench_end_well (f, NULL);
  mdg_guide_save_entry_async (f->guide, &new_entry, guide_bench_ready_cb, f);
  guide_bench_end_well (f, &id);
  g_assert_cmpint (id, >, entry->id);
  mdg_guide_move_entry_async (f->guide, id, 0, guide_bench_ready_cb, f);
  guide_bench_end_well (f, NULL);
  guide_bench_reopen (f); /* what was deleted does not come back */
  g_assert_cmpstr (STEP (MDG_STEP_RECEPTION).brief, ==, "1 / 7");
  g_ptr_array_unref (entries);
  entries = mdg_guide_get_entries (f->guide, "reception");
  g_assert_cmpint (((MdgJourneyEntry *) g_ptr_array_index (entries, 0))->id, ==, id);
  g_assert_cmpint (((MdgJourneyEntry *) g_ptr_array_index (entries, 1))->id, ==, entry->id);
  mdg_guide_delete_entry_async (f->guide, 4711, guide_bench_ready_cb, f);
  g_assert_false (guide_bench_end (f, NULL, NULL));
}

static void
test_forms (GuideBench *f, gconstpointer data)
{
  const char *fields[] = {
    "code", "1319999015", "name", "架空診療所", "phone", "03-0000-0000", NULL
  };
  g_auto (GStrv) grant = NULL;
  g_auto (GStrv) application = NULL;

  mdg_guide_set_values_async (f->guide, "apply", fields, guide_bench_ready_cb, f);
  guide_bench_end_well (f, NULL);
  guide_bench_set_value (f, "grant", "name", "架空薬局");
  guide_bench_set_value (f, "grant", "phone", "");
  guide_bench_set_step (f, MDG_STEP_START, MDG_STEP_DONE, "20261120");
  grant = mdg_guide_get_grant (f->guide);
  g_assert_cmpstr (grant[0], ==, "1319999015"); /* from the usage application */
  g_assert_cmpstr (grant[1], ==, "架空薬局");   /* its own */
  g_assert_cmpstr (grant[5], ==, "");           /* emptied on purpose */
  g_assert_cmpstr (grant[7], ==, "20261122");   /* today */
  g_assert_cmpstr (grant[8], ==, "20261120");   /* the first day of operation */
  guide_bench_set_value (f, "grant", "phone", NULL);
  g_strfreev (grant);
  grant = mdg_guide_get_grant (f->guide);
  g_assert_cmpstr (grant[5], ==, "03-0000-0000");
  application = mdg_guide_get_application (f->guide);
  g_assert_cmpstr (application[15], ==, "20261122");
  {
    g_autoptr (GPtrArray) sentences = mdg_guide_check_grant (f->guide);
    gboolean found = FALSE;

    for (guint i = 0; i < sentences->len; i++)
      found |= strstr (g_ptr_array_index (sentences, i), "something else") != NULL;
    g_assert_true (found);
  }
}

static void
refuse_value (GuideBench *f, const char *form, const char *field, const char *text)
{
  const char *fields[] = { "good", "good", field, text, NULL };

  mdg_guide_set_values_async (f->guide, form, fields, guide_bench_ready_cb, f);
  guide_bench_end_refused (f, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT);
  g_assert_cmpstr (mdg_guide_get_value (f->guide, form, "good"), ==, "");
}

static void
refuse_step (GuideBench *f, const char *date, const char *who, const char *note)
{
  mdg_guide_set_step_async (f->guide, MDG_STEP_SELECT, MDG_STEP_DONE, date, who, note,
                            guide_bench_ready_cb, f);
  guide_bench_end_refused (f, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT);
}

static void
test_bad_input (GuideBench *f, gconstpointer data)
{
  g_autofree char *text = g_strnfill (10000, 'x');
  MdgJourneyEntry entry = {
    0, (char *) "reception", (char *) "　", FALSE, (char *) "", (char *) ""
  };

  refuse_value (f, "apply", "name", text);
  refuse_value (f, "apply", "name", "\xff");
  refuse_value (f, "apply", "name", "a\x01");
  refuse_value (f, "apply", "name", "a\xe2\x80\xae");
  refuse_value (f, "apply", "password", "Abcde678"); /* is never kept */
  refuse_value (f, "apply", "no/such", "x");
  refuse_value (f, "apply", text, "x");
  refuse_value (f, "", "name", "x");
  refuse_step (f, "20260230", "", "");
  refuse_step (f, "2026-02-03", "", "");
  refuse_step (f, "20260203", text, "");
  refuse_step (f, "20260203", "", "\x1b[2J");
  mdg_guide_save_entry_async (f->guide, &entry, guide_bench_ready_cb, f);
  guide_bench_end_refused (f, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT);
  entry.text = text;
  mdg_guide_save_entry_async (f->guide, &entry, guide_bench_ready_cb, f);
  guide_bench_end_refused (f, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT);
  entry.text = (char *) "よい";
  entry.date = (char *) "99999999";
  mdg_guide_save_entry_async (f->guide, &entry, guide_bench_ready_cb, f);
  guide_bench_end_refused (f, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT);
  g_assert_cmpstr (STEP (MDG_STEP_RECEPTION).brief, ==, "0 / 7");
}

static void
test_activated (GuideBench *f, gconstpointer data)
{
  guide_bench_set_step (f, MDG_STEP_APPLY, MDG_STEP_WAITING, "20261106");
  mdg_guide_set_activated (f->guide, TRUE, "20261120");
  mdg_guide_set_activated (f->guide, TRUE, "20261121"); /* said twice, done once */
  guide_bench_set_value (f, "select", "tested", "");    /* after all of it */
  g_assert_cmpint (STEP (MDG_STEP_APPLY).state, ==, MDG_STEP_DONE);
  g_assert_cmpint (STEP (MDG_STEP_ACTIVATE).state, ==, MDG_STEP_DONE);
  g_assert_cmpstr (STEP (MDG_STEP_ACTIVATE).date, ==, "20261120");
  guide_bench_reopen (f);
  mdg_guide_set_activated (f->guide, FALSE, NULL);
  guide_bench_set_value (f, "select", "tested", "");
  g_assert_cmpint (STEP (MDG_STEP_ACTIVATE).state, ==, MDG_STEP_OPEN);
  g_assert_cmpint (STEP (MDG_STEP_APPLY).state, ==, MDG_STEP_DONE);
  /* what a person marked (a phone, a tablet) stays */
  guide_bench_set_step (f, MDG_STEP_ACTIVATE, MDG_STEP_DONE, "20261122");
  mdg_guide_set_activated (f->guide, FALSE, NULL);
  guide_bench_set_value (f, "select", "tested", "");
  g_assert_cmpint (STEP (MDG_STEP_ACTIVATE).state, ==, MDG_STEP_DONE);
}

/* What stands on one line has one; the words say so, and not that it is too long. */
static void
test_lines (GuideBench *f, gconstpointer data)
{
  const char *fields[] = { "name", "見本\n医院", NULL };
  g_autoptr (GError) error = NULL;

  mdg_guide_set_values_async (f->guide, "apply", fields, guide_bench_ready_cb, f);
  g_assert_false (guide_bench_end (f, NULL, &error));
  g_assert_cmpstr (error->message, ==, "There are characters in it that cannot be printed.");
  g_clear_error (&error);
  mdg_guide_set_step_async (f->guide, MDG_STEP_SELECT, MDG_STEP_OPEN, "", "", "a\tb",
                            guide_bench_ready_cb, f);
  g_assert_false (guide_bench_end (f, NULL, &error));
  g_assert_cmpstr (error->message, ==, "There are characters in it that cannot be printed.");
  mdg_guide_set_step_async (f->guide, MDG_STEP_SELECT, MDG_STEP_OPEN, "", "", "一行目\n二行目",
                            guide_bench_ready_cb, f);
  guide_bench_end_well (f, NULL);
  g_assert_cmpstr (STEP (MDG_STEP_SELECT).note, ==, "一行目\n二行目");
}

/* What people wrote about a step is not the program's to take away, written already or not. */
static void
test_activated_keeps_words (GuideBench *f, gconstpointer data)
{
  mdg_guide_set_step_async (f->guide, MDG_STEP_ACTIVATE, MDG_STEP_OPEN, "", "見本 次郎",
                            "手紙は金庫", guide_bench_ready_cb, f);
  guide_bench_end_well (f, NULL);
  mdg_guide_set_step_async (f->guide, MDG_STEP_APPLY, MDG_STEP_WAITING, "20261106", "見本 花子",
                            "簡易書留", NULL, NULL);
  mdg_guide_set_activated (f->guide, TRUE, "20261120");
  guide_bench_set_value (f, "select", "tested", ""); /* after all of it */
  g_assert_cmpint (STEP (MDG_STEP_APPLY).state, ==, MDG_STEP_DONE);
  g_assert_cmpstr (STEP (MDG_STEP_APPLY).who, ==, "見本 花子");
  g_assert_cmpstr (STEP (MDG_STEP_APPLY).note, ==, "簡易書留");
  g_assert_cmpstr (STEP (MDG_STEP_ACTIVATE).who, ==, "見本 次郎");
  mdg_guide_set_activated (f->guide, FALSE, NULL);
  guide_bench_set_value (f, "select", "tested", "");
  g_assert_cmpint (STEP (MDG_STEP_ACTIVATE).state, ==, MDG_STEP_OPEN);
  g_assert_cmpstr (STEP (MDG_STEP_ACTIVATE).note, ==, "手紙は金庫");
}

/* the program's end: nothing that was asked for is lost, and nobody waits for it but flush */
static void
test_end (GuideBench *f, gconstpointer data)
{
  const char *fields[] = { "person", "窓口　花子", NULL };
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 50; i++)
    mdg_guide_set_values_async (f->guide, "apply", fields, NULL, NULL);
  mdg_guide_set_step_async (f->guide, MDG_STEP_SELECT, MDG_STEP_DONE, "", "", "", NULL, NULL);
  g_assert_true (mdg_guide_close (f->guide, 30000));
  mdg_guide_set_step_async (f->guide, MDG_STEP_PURCHASE, MDG_STEP_DONE, "", "", "",
                            guide_bench_ready_cb, f);
  g_assert_false (guide_bench_end (f, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CLOSED);
  while (STEP (MDG_STEP_SELECT).state != MDG_STEP_DONE)
    g_main_context_iteration (NULL, TRUE);
  guide_bench_reopen (f);
  g_assert_cmpint (STEP (MDG_STEP_SELECT).state, ==, MDG_STEP_DONE);
  g_assert_cmpint (STEP (MDG_STEP_PURCHASE).state, ==, MDG_STEP_OPEN);
  g_assert_cmpstr (mdg_guide_get_value (f->guide, "apply", "person"), ==, "窓口　花子");
}

static void
test_export_and_import (GuideBench *f, gconstpointer data)
{
  g_autofree char *path = g_build_filename (f->aside, "out.journey", NULL);
  g_autofree char *inside = g_build_filename (f->folder, "out.journey", NULL);
  g_autoptr (GBytes) none = g_bytes_new_static ("none", 4);
  g_autofree char *other = guide_bench_write (f, "none.journey", none);

  guide_bench_set_step (f, MDG_STEP_SELECT, MDG_STEP_DONE, "20261103");
  mdg_guide_export_async (f->guide, inside, guide_bench_ready_cb, f);
  guide_bench_end_refused (f, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT);
  mdg_guide_export_async (f->guide, path, guide_bench_ready_cb, f);
  guide_bench_end_well (f, NULL);
  guide_bench_set_step (f, MDG_STEP_SELECT, MDG_STEP_OPEN, "");
  mdg_guide_import_async (f->guide, other, guide_bench_ready_cb, f);
  guide_bench_end_refused (f, MDG_STORE_ERROR, MDG_STORE_ERROR_FOREIGN);
  g_assert_cmpint (STEP (MDG_STEP_SELECT).state, ==, MDG_STEP_OPEN);
  mdg_guide_import_async (f->guide, path, guide_bench_ready_cb, f);
  guide_bench_end_well (f, NULL);
  g_assert_cmpint (STEP (MDG_STEP_SELECT).state, ==, MDG_STEP_DONE);
  guide_bench_reopen (f);
  g_assert_cmpstr (STEP (MDG_STEP_SELECT).date, ==, "20261103");
  g_assert_cmpstr (STEP (MDG_STEP_RECEPTION).brief, ==, "0 / 7");
}

static void
on_opened_cb (GObject *object, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (mdg_guide_open_finish (result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  *(gboolean *) data = TRUE;
}

static void
test_cancelled (GuideBench *f, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  gboolean over = FALSE;

  g_cancellable_cancel (cancellable);
  mdg_guide_open_async (f->folder, FALSE, cancellable, on_opened_cb, &over);
  while (!over)
    g_main_context_iteration (NULL, TRUE);
}

static void
test_clock (GuideBench *f, gconstpointer data)
{
  g_autoptr (GTimeZone) japan = g_time_zone_new_offset (9 * 3600);
  g_autoptr (GDateTime) before = g_date_time_new_now (japan);
  g_autoptr (GDateTime) after = NULL;
  g_autofree char *day = NULL, *first = NULL, *last = NULL;

  mdg_guide_set_today (f->guide, NULL);
  after = g_date_time_new_now (japan);
  day = mdg_guide_format_day (mdg_guide_get_today (f->guide));
  first = g_date_time_format (before, "%Y%m%d");
  last = g_date_time_format (after, "%Y%m%d");
  g_assert_true (g_str_equal (day, first) || g_str_equal (day, last));
}

#define ADD(name, function)                                                                        \
  g_test_add ("/guide/model/" name, GuideBench, NULL, guide_bench_set_up, function,                \
              guide_bench_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("new", test_new);
  ADD ("after-the-disk", test_after_the_disk);
  ADD ("turns", test_turns);
  ADD ("waiting", test_waiting);
  ADD ("briefs", test_briefs);
  ADD ("lists", test_lists);
  ADD ("forms", test_forms);
  ADD ("bad-input", test_bad_input);
  ADD ("lines", test_lines);
  ADD ("activated", test_activated);
  ADD ("activated-keeps-words", test_activated_keeps_words);
  ADD ("end", test_end);
  ADD ("export-and-import", test_export_and_import);
  ADD ("cancelled", test_cancelled);
  ADD ("clock", test_clock);
  return g_test_run ();
}
