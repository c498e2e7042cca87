/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* 準備 over a journey on the disk: the map says what the guide says, what is shown as saved is
 * there when the journey is opened again, what is refused is told by its name, and no page is wider
 * than the narrowest window at twice the size of text. */
#include "config.h"

#include "mdg-pages.h"

#include "mdg-field.h"
#include "mdg-grant-form.h"
#include "mdg-layout-audit.h"
#include "mdg-navigator.h"
#include "mdg-receipt-form.h"
#include "mdg-receipt-item-row.h"
#include "mdg-receipt-page.h"
#include "mdg-receipt-samples.h"
#include "mdg-receipts-view.h"
#include "mdg-show.h"
#include "mdg-step-page.h"
#include "mdg-step-state-box.h"
#include "mdg-test-wait.h"

#include <glib/gstdio.h>
#include <string.h>

typedef struct
{
  char *folder;
  MdgGuide *guide;
  GtkWidget *page;
  GtkWidget *window;
} Fixture;

static MdgGuide *
open_guide (const char *folder)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GDate) today = g_date_new_dmy (23, G_DATE_NOVEMBER, 2026);
  MdgGuide *guide;

  mdg_guide_open_async (folder, TRUE, NULL, mdg_test_on_result_cb, &result);
  WAIT_UNTIL (result != NULL);
  guide = mdg_guide_open_finish (result, &error);
  g_assert_no_error (error);
  mdg_guide_set_today (guide, today);
  return guide;
}

static void
set_up (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  f->folder = g_dir_make_tmp ("mdg-preparation-XXXXXX", &error);
  g_assert_no_error (error);
  f->guide = open_guide (f->folder);
  f->page = mdg_preparation_page_new_with_guide (f->guide);
  f->window = mdg_show_window (f->page, 1000, 900);
}

static void
remove_tree (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      remove_tree (child);
    }
  g_remove (path);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  gtk_window_destroy (GTK_WINDOW (f->window));
  mdg_guide_close (f->guide, 5000);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_object_unref (f->guide);
  remove_tree (f->folder);
  g_free (f->folder);
  mdg_test_window_set_text_size (100);
}

/* What another start of the program would find. */
static void
open_again (Fixture *f)
{
  mdg_guide_close (f->guide, 5000); /* FALSE where something was refused before */
  g_object_unref (f->guide);
  f->guide = open_guide (f->folder);
}

static gboolean
shows (Fixture *f, const char *text)
{
  g_autofree char *texts = mdg_show_visible_texts (f->page);

  return strstr (texts, text) != NULL;
}

static MdgNavigator *
get_navigator (Fixture *f)
{
  return MDG_NAVIGATOR (mdg_preparation_page_get_navigator (MDG_PREPARATION_PAGE (f->page)));
}

static void
open_step (Fixture *f, MdgStepKind kind)
{
  mdg_preparation_page_open_step (MDG_PREPARATION_PAGE (f->page), kind);
  mdg_show_settle (f->page);
}

static void
go_back (Fixture *f)
{
  mdg_navigator_pop (get_navigator (f));
  mdg_show_settle (f->page);
}

static gboolean
is_idle (MdgGuide *guide)
{
  gboolean busy = FALSE;

  g_object_get (guide, "busy", &busy, NULL);
  return !busy;
}

/* === the map === */

static void
test_map (Fixture *f, gconstpointer data)
{
  g_autofree char *next = mdg_guide_get_next_sentence (f->guide);

  g_assert_true (shows (f, "0 / 9"));
  g_assert_true (shows (f, next));
  for (guint i = 0; i < MDG_N_STEPS; i++)
    g_assert_true (shows (f, mdg_guide_text (mdg_guide_map_get ((MdgStepKind) i)->title)));
  for (guint i = 0; i < MDG_N_PARTS; i++)
    g_assert_true (shows (f, mdg_guide_text (mdg_guide_map_get_part_title ((MdgPartKind) i))));
  /* what cannot be done yet says why */
  g_assert_true (shows (f, mdg_guide_get_step (f->guide, MDG_STEP_GRANT).why));

  mdg_guide_set_step_async (f->guide, MDG_STEP_SELECT, MDG_STEP_DONE, "20261103", "", "", NULL,
                            NULL);
  WAIT_UNTIL (is_idle (f->guide));
  mdg_show_settle (f->page);
  g_assert_true (shows (f, "1 / 9"));
  g_assert_true (shows (f, "11月3日"));
  g_assert_true (shows (f, "済み"));
}

/* The suggested button leads to what is next, and back again. */
static void
test_next (Fixture *f, gconstpointer data)
{
  GtkWidget *button = mdg_show_find (f->page, GTK_TYPE_BUTTON, "この手順を開く");
  MdgStepKind next = mdg_guide_get_next (f->guide);

  g_assert_nonnull (button);
  g_signal_emit_by_name (button, "clicked");
  mdg_show_settle (f->page);
  g_assert_cmpuint (mdg_navigator_get_depth (get_navigator (f)), ==, 1);
  g_assert_true (MDG_IS_STEP_PAGE (mdg_navigator_get_page (get_navigator (f))));
  g_assert_cmpint (
      mdg_step_page_get_kind (MDG_STEP_PAGE (mdg_navigator_get_page (get_navigator (f)))), ==,
      (int) next);
  g_assert_true (shows (f, mdg_guide_text (mdg_guide_map_get (next)->purpose)));
  go_back (f);
  g_assert_cmpuint (mdg_navigator_get_depth (get_navigator (f)), ==, 0);
  g_assert_true (shows (f, "0 / 9"));
}

/* Every page of every step: its purpose, its check list, its notes. */
static void
test_pages (Fixture *f, gconstpointer data)
{
  for (guint i = 0; i < MDG_N_STEPS; i++)
    {
      const MdgStepInfo *info = mdg_guide_map_get ((MdgStepKind) i);

      open_step (f, (MdgStepKind) i);
      g_assert_true (shows (f, mdg_guide_text (info->purpose)));
      for (guint j = 0; info->checks[j] != NULL; j++)
        g_assert_true (shows (f, mdg_guide_text (info->checks[j])));
      for (guint j = 0; info->notes[j] != NULL; j++)
        g_assert_true (shows (f, mdg_guide_text (info->notes[j])));
      go_back (f);
    }
}

/* === a step's state === */

static GtkWidget *
find_field (GtkWidget *widget, const char *label)
{
  if (MDG_IS_FIELD (widget) && mdg_show_find (widget, GTK_TYPE_LABEL, label) != NULL)
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_field (child, label);

      if (found != NULL)
        return found;
    }
  return NULL;
}

/* the step's state: a form on the same page has a field of nearly the same name */
static GtkWidget *
find_state_box (GtkWidget *widget)
{
  if (MDG_IS_STEP_STATE_BOX (widget))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_state_box (child);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static void
type_into (GtkWidget *field, const char *text)
{
  g_assert_nonnull (field);
  gtk_editable_set_text (GTK_EDITABLE (mdg_field_get_entry (MDG_FIELD (field))), text);
}

static void
choose (Fixture *f, const char *label)
{
  GtkWidget *button = mdg_show_find (f->page, GTK_TYPE_CHECK_BUTTON, label);

  g_assert_nonnull (button);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (button), TRUE);
}

static void
test_state (Fixture *f, gconstpointer data)
{
  MdgStepView view;

  open_step (f, MDG_STEP_APPLY);
  choose (f, "郵送済み・返事待ち");
  WAIT_UNTIL (is_idle (f->guide));
  g_assert_true (shows (f, "保存しました"));
  type_into (find_field (find_state_box (f->page), "担当者"), "練習　花子");
  /* who leaves at once loses nothing */
  go_back (f);
  WAIT_UNTIL (is_idle (f->guide));
  open_again (f);
  view = mdg_guide_get_step (f->guide, MDG_STEP_APPLY);
  g_assert_cmpint (view.state, ==, MDG_STEP_WAITING);
  g_assert_cmpstr (view.date, ==, "20261123");
  g_assert_cmpstr (view.who, ==, "練習　花子");
}

/* A day that is none is not kept, and is told. */
static void
test_wrong_day (Fixture *f, gconstpointer data)
{
  open_step (f, MDG_STEP_SELECT);
  choose (f, "済み");
  WAIT_UNTIL (is_idle (f->guide));
  type_into (find_field (f->page, "日付"), "2026-02-30");
  mdg_show_settle (f->page);
  g_assert_true (shows (f, "日付を入れてください"));
  g_assert_true (shows (f, "まだ保存していません"));
  go_back (f);
  WAIT_UNTIL (is_idle (f->guide));
  g_assert_cmpstr (mdg_guide_get_step (f->guide, MDG_STEP_SELECT).date, ==, "20261123");
}

/* === receipts === */

static GFile *
write_file (Fixture *f, const char *name, GBytes *bytes)
{
  g_autofree char *path = g_build_filename (f->folder, name, NULL);
  gsize size;
  const char *contents = g_bytes_get_data (bytes, &size);

  g_assert_true (g_file_set_contents (path, contents, (gssize) size, NULL));
  return g_file_new_for_path (path);
}

static void
add_files (Fixture *f, GPtrArray *files)
{
  GtkWidget *view = mdg_test_window_find_type (f->page, MDG_TYPE_RECEIPTS_VIEW);

  g_assert_nonnull (view);
  mdg_receipts_view_add (MDG_RECEIPTS_VIEW (view), files);
  WAIT_UNTIL (is_idle (f->guide));
  mdg_show_settle (f->page);
}

static void
add_sample (Fixture *f)
{
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GBytes) picture = mdg_sample_picture ("png", 300, 400);

  open_step (f, MDG_STEP_PURCHASE);
  g_ptr_array_add (files, write_file (f, "receipt.png", picture));
  add_files (f, files);
}

/* Several at once: the good ones are kept, each other one is told by its name. */
static void
test_add (Fixture *f, gconstpointer data)
{
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GBytes) picture = mdg_sample_picture ("png", 300, 400);
  g_autoptr (GBytes) photo = mdg_sample_picture ("jpeg", 300, 400);
  g_autoptr (GBytes) text = g_bytes_new_static ("no receipt", 10);

  open_step (f, MDG_STEP_PURCHASE);
  g_assert_true (shows (f, "領収書はまだありません。"));
  g_ptr_array_add (files, write_file (f, "one.png", picture));
  g_ptr_array_add (files, write_file (f, "<b>note.txt", text));
  g_ptr_array_add (files, write_file (f, "two.jpg", photo));
  g_ptr_array_add (files, write_file (f, "again.png", picture));
  add_files (f, files);
  g_assert_cmpuint (mdg_guide_get_record (f->guide)->receipts->len, ==, 2);
  g_assert_true (shows (f, "領収書を2件保存しました。"));
  g_assert_true (shows (f, "<b>note.txt"));
  g_assert_true (shows (f, "F-01"));
  g_assert_true (shows (f, "again.png"));
  g_assert_true (shows (f, "one.png"));
  open_again (f);
  g_assert_cmpuint (mdg_guide_get_record (f->guide)->receipts->len, ==, 2);
}

static MdgReceiptPage *
open_receipt (Fixture *f)
{
  const MdgReceipt *receipt = g_ptr_array_index (mdg_guide_get_record (f->guide)->receipts, 0);
  GtkWidget *page = mdg_receipt_page_new (f->guide, receipt->id, get_navigator (f));

  mdg_navigator_push (get_navigator (f), page, "領収書");
  mdg_show_settle (f->page);
  return MDG_RECEIPT_PAGE (page);
}

static void
type_item (MdgReceiptPage *page, const char *name, const char *quantity, const char *price)
{
  MdgReceiptItemRow *row =
      MDG_RECEIPT_ITEM_ROW (gtk_widget_get_last_child (mdg_receipt_page_get_items (page)));

  type_into (mdg_receipt_item_row_get_field (row, MDG_ITEM_NAME), name);
  type_into (mdg_receipt_item_row_get_field (row, MDG_ITEM_QUANTITY), quantity);
  type_into (mdg_receipt_item_row_get_field (row, MDG_ITEM_PRICE), price);
}

static void
test_receipt (Fixture *f, gconstpointer data)
{
  MdgReceiptPage *page;
  const MdgReceipt *receipt;
  const MdgReceiptItem *item;

  add_sample (f);
  page = open_receipt (f);
  type_into (mdg_receipt_page_get_field (page, MDG_RECEIPT_VENDOR), "架空電器　新橋店");
  type_into (mdg_receipt_page_get_field (page, MDG_RECEIPT_DATE), "令和8年11月5日");
  type_item (page, "RC-S300", "１", "３，９８０円");
  g_assert_false (mdg_receipt_page_is_saved (page));
  WAIT_UNTIL (mdg_receipt_page_is_saved (page));
  g_assert_true (shows (f, "3,980円"));
  g_assert_cmpint (mdg_guide_get_amounts (f->guide).grant, ==, 2000);

  /* what cannot be kept is told, and what was kept stays */
  type_item (page, "RC-S300", "1", "about 4000");
  mdg_show_settle (f->page);
  g_assert_false (mdg_receipt_page_is_saved (page));
  g_assert_true (shows (f, "金額を円で入れてください"));
  g_assert_true (shows (f, "まだ保存していません"));
  go_back (f);
  open_again (f);
  receipt = g_ptr_array_index (mdg_guide_get_record (f->guide)->receipts, 0);
  g_assert_cmpstr (receipt->vendor, ==, "架空電器　新橋店");
  g_assert_cmpstr (receipt->date, ==, "20261105");
  g_assert_cmpuint (receipt->items->len, ==, 1);
  item = g_ptr_array_index (receipt->items, 0);
  g_assert_cmpstr (item->name, ==, "RC-S300");
  g_assert_cmpuint (item->quantity, ==, 1);
  g_assert_cmpint (item->price, ==, 3980);
  g_assert_cmpstr (item->kind, ==, "reader");
}

/* Its picture is shown. */
static void
test_preview (Fixture *f, gconstpointer data)
{
  add_sample (f);
  open_receipt (f);
  WAIT_UNTIL (mdg_show_find (f->page, GTK_TYPE_PICTURE, NULL) != NULL);
}

/* === the grant === */

static void
test_grant (Fixture *f, gconstpointer data)
{
  const char *const application[] = { "code",       "1319999015",   "name",
                                      "架空診療所", "founder",      "架空　太郎",
                                      "phone",      "03-0000-0000", NULL };
  MdgReceiptPage *page;

  mdg_guide_set_values_async (f->guide, MDG_APPLICATION_FORM, application, NULL, NULL);
  add_sample (f);
  page = open_receipt (f);
  type_item (page, "RC-S300", "1", "3980");
  WAIT_UNTIL (mdg_receipt_page_is_saved (page));
  open_step (f, MDG_STEP_DOCUMENTS);
  g_assert_true (shows (f, "3,980円"));
  g_assert_true (shows (f, "2,985円"));
  g_assert_true (shows (f, "31,000円"));
  g_assert_true (shows (f, "2,000円"));
  g_assert_true (shows (f, "わかっている申請期限は過ぎています"));
  /* what the usage application says stands there already */
  g_assert_true (shows (f, "1319999015"));
  g_assert_true (shows (f, "架空診療所"));
  type_into (find_field (f->page, mdg_grant_field_label (MDG_GRANT_ADDRESS)), "東京都架空区1-2-3");
  go_back (f);
  WAIT_UNTIL (is_idle (f->guide));
  open_again (f);
  g_assert_cmpstr (
      mdg_guide_get_value (f->guide, MDG_GRANT_FORM, mdg_grant_field_id (MDG_GRANT_ADDRESS)), ==,
      "東京都架空区1-2-3");
  /* what nobody typed here follows the application */
  g_assert_cmpstr (
      mdg_guide_get_value (f->guide, MDG_GRANT_FORM, mdg_grant_field_id (MDG_GRANT_NAME)), ==, "");
}

/* === size === */

static void
check_size (Fixture *f, const char *what)
{
  g_autoptr (GPtrArray) findings = NULL;

  mdg_show_settle (f->page);
  findings = mdg_layout_audit (f->window);
  for (guint i = 0; i < findings->len; i++)
    g_test_message ("%s: %s", what, (char *) findings->pdata[i]);
  if (findings->len > 0)
    {
      mdg_test_window_tell_wide (f->page, 324);
      g_test_fail ();
    }
}

static void
test_narrow (Fixture *f, gconstpointer data)
{
  add_sample (f);
  go_back (f);
  gtk_window_destroy (GTK_WINDOW (f->window));
  mdg_test_window_set_text_size (200);
  f->page = mdg_preparation_page_new_with_guide (f->guide);
  f->window = mdg_show_window (f->page, 360, 700);
  check_size (f, "map");
  for (guint i = 0; i < MDG_N_STEPS; i++)
    {
      open_step (f, (MdgStepKind) i);
      check_size (f, mdg_guide_map_get ((MdgStepKind) i)->id);
      go_back (f);
    }
  open_receipt (f);
  check_size (f, "receipt");
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *name;
    void (*test) (Fixture *f, gconstpointer data);
  } tests[] = {
    { "/preparation/map", test_map },         { "/preparation/next", test_next },
    { "/preparation/pages", test_pages },     { "/preparation/state", test_state },
    { "/preparation/day", test_wrong_day },   { "/preparation/add", test_add },
    { "/preparation/receipt", test_receipt }, { "/preparation/preview", test_preview },
    { "/preparation/grant", test_grant },     { "/preparation/narrow", test_narrow },
  };

  mdg_test_window_init (&argc, &argv);
  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].name, Fixture, NULL, set_up, tests[i].test, tear_down);
  return g_test_run ();
}
