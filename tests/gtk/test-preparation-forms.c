/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The forms and lists of the preparation over a journey on a disk: what is typed is there at the
 * next opening, a password never is, a list is edited. */
#include "config.h"

#include "mdg-application-form.h"
#include "mdg-entries-box.h"
#include "mdg-field.h"
#include "mdg-step-content.h"
#include "mdg-test-wait.h"
#include "mdg-test-window.h"

#include <glib/gstdio.h>
#include <string.h>

typedef struct
{
  char *folder;
  MdgGuide *guide;
  GtkWidget *content;
  GtkWidget *window;
} Fixture;

static MdgGuide *
open_guide (const char *folder)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  MdgGuide *guide;

  mdg_guide_open_async (folder, FALSE, NULL, mdg_test_on_result_cb, &result);
  WAIT_UNTIL (result != NULL);
  guide = mdg_guide_open_finish (result, &error);
  g_assert_no_error (error);
  return guide;
}

static void
remove_folder (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *inner = g_build_filename (path, name, NULL);

      if (g_file_test (inner, G_FILE_TEST_IS_DIR))
        remove_folder (inner);
      else
        g_unlink (inner);
    }
  g_rmdir (path);
}

static void
set_up (Fixture *f, gconstpointer data)
{
  MdgStepKind kind = GPOINTER_TO_INT (data);
  GtkWidget *navigator = mdg_navigator_new (gtk_label_new (""));
  GDate day;

  f->folder = g_dir_make_tmp ("mdg-forms-XXXXXX", NULL);
  f->guide = open_guide (f->folder);
  g_date_set_dmy (&day, 24, G_DATE_NOVEMBER, 2026);
  mdg_guide_set_today (f->guide, &day);
  f->content = mdg_step_content_new (kind, f->guide, NULL, MDG_NAVIGATOR (navigator));
  mdg_navigator_push (MDG_NAVIGATOR (navigator), f->content, "");
  f->window = mdg_test_window_new (navigator);
  mdg_test_window_settle ();
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  gtk_window_destroy (GTK_WINDOW (f->window));
  g_assert_true (mdg_guide_close (f->guide, 5000));
  g_clear_object (&f->guide);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  remove_folder (f->folder);
  g_free (f->folder);
}

static GtkWidget *
find_entry (GtkWidget *root, const char *label)
{
  GtkWidget *words = mdg_test_window_find_text (root, label);
  GtkWidget *field = words != NULL ? gtk_widget_get_ancestor (words, MDG_TYPE_FIELD) : NULL;

  g_assert_nonnull (field);
  return mdg_field_get_entry (MDG_FIELD (field));
}

static void
type (Fixture *f, MdgApplicationField field, const char *text)
{
  gtk_editable_set_text (
      GTK_EDITABLE (find_entry (f->content, mdg_application_field_label (field))), text);
}

static void
tick (Fixture *f, MdgApplicationField field)
{
  GtkWidget *label = mdg_test_window_find_text (f->content, mdg_application_field_label (field));

  gtk_check_button_set_active (
      GTK_CHECK_BUTTON (gtk_widget_get_ancestor (label, GTK_TYPE_CHECK_BUTTON)), TRUE);
}

static const char *
get_value (Fixture *f, MdgApplicationField field)
{
  return mdg_guide_get_value (f->guide, MDG_APPLICATION_FORM, mdg_application_field_id (field));
}

/* What was typed is on the disk, in the form's own order of a page; the password is asked for where
 * note 1 says so and is in no file. */
static void
test_application (Fixture *f, gconstpointer data)
{
  GtkWidget *password;

  tick (f, MDG_APPLICATION_BEGIN);
  type (f, MDG_APPLICATION_PERSON, "架空 花子");
  type (f, MDG_APPLICATION_CODE, "1319999015");
  type (f, MDG_APPLICATION_NAME, "練習医院");
  type (f, MDG_APPLICATION_ACCOUNT, "12a4");
  mdg_test_window_take_picture (f->window, "application", "bad");
  type (f, MDG_APPLICATION_ACCOUNT, "1234");
  password = mdg_test_window_find_type (f->content, GTK_TYPE_PASSWORD_ENTRY);
  g_assert_nonnull (password); /* note 1 */
  gtk_editable_set_text (GTK_EDITABLE (password), "Himitsu12345");
  WAIT_UNTIL (g_str_equal (get_value (f, MDG_APPLICATION_ACCOUNT), "1234"));
  g_assert_cmpstr (get_value (f, MDG_APPLICATION_PERSON), ==, "架空 花子");
  g_assert_cmpstr (get_value (f, MDG_APPLICATION_BEGIN), ==, "1");
  tick (f, MDG_APPLICATION_REGISTER);
  mdg_test_window_settle ();
  /* both together: it need not be filled in */
  g_assert_null (mdg_test_window_find_type (f->content, GTK_TYPE_PASSWORD_ENTRY));
  WAIT_UNTIL (g_str_equal (get_value (f, MDG_APPLICATION_REGISTER), "1"));
  mdg_test_window_take_picture (f->window, "application", "both");
}

static void
test_no_secret (Fixture *f, gconstpointer data)
{
  static const char *const names[] = { "journey.db", "journey.db-wal", "journey.copy" };
  GtkWidget *password;

  tick (f, MDG_APPLICATION_BEGIN);
  type (f, MDG_APPLICATION_PERSON, "架空 花子");
  password = mdg_test_window_find_type (f->content, GTK_TYPE_PASSWORD_ENTRY);
  gtk_editable_set_text (GTK_EDITABLE (password), "Himitsu12345");
  WAIT_UNTIL (g_str_equal (get_value (f, MDG_APPLICATION_PERSON), "架空 花子"));
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_build_filename (f->folder, names[i], NULL);
      g_autofree char *bytes = NULL;
      gsize length = 0;

      if (g_file_get_contents (path, &bytes, &length, NULL))
        g_assert_null (g_strstr_len (bytes, (gssize) length, "Himitsu"));
      else
        g_assert_cmpint (i, ==, 1); /* only the log may be gone */
    }
}

static guint
count_entries (Fixture *f, const char *list)
{
  g_autoptr (GPtrArray) entries = mdg_guide_get_entries (f->guide, list);

  return entries->len;
}

static void
press (Fixture *f, const char *label)
{
  GtkWidget *words = mdg_test_window_find_text (f->content, label);

  g_assert_nonnull (words);
  g_signal_emit_by_name (gtk_widget_get_ancestor (words, GTK_TYPE_BUTTON), "clicked");
}

/* The facility's own line is added, ticked with its day, and deleted. */
static void
test_list (Fixture *f, gconstpointer data)
{
  guint before = count_entries (f, "reception");
  GtkWidget *box, *check;

  g_assert_cmpuint (before, ==, 7);
  gtk_editable_set_text (GTK_EDITABLE (find_entry (f->content, "施設で追加する項目")),
                         "待合室にも掲示する");
  press (f, "追加");
  WAIT_UNTIL (count_entries (f, "reception") == before + 1);
  mdg_test_window_settle ();
  box = mdg_test_window_find_type (f->content, MDG_TYPE_ENTRIES_BOX);
  check = mdg_test_window_find_type (box, GTK_TYPE_CHECK_BUTTON);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (check), TRUE);
  for (gboolean done = FALSE; !done;)
    {
      g_autoptr (GPtrArray) entries = mdg_guide_get_entries (f->guide, "reception");
      const MdgJourneyEntry *first = g_ptr_array_index (entries, 0);

      done = first->done && g_str_equal (first->date, "20261124");
      if (!done)
        g_main_context_iteration (NULL, TRUE);
    }
  mdg_test_window_settle ();
  mdg_test_window_take_picture (f->window, "changes", "list");
}

static void
test_practised (Fixture *f, gconstpointer data)
{
  gtk_editable_set_text (GTK_EDITABLE (find_entry (f->content, "今日練習した人の名前")),
                         "架空 花子");
  press (f, "追加");
  WAIT_UNTIL (count_entries (f, "practise") == 1);
  mdg_test_window_settle ();
  mdg_test_window_take_picture (f->window, "practise", "list");
}

static void
test_narrow (Fixture *f, gconstpointer data)
{
  int minimum;

  mdg_test_window_set_text_size (200);
  mdg_test_window_settle ();
  gtk_widget_measure (f->content, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  mdg_test_window_tell_wide (f->content, 324);
  mdg_test_window_set_text_size (100);
  g_assert_cmpint (minimum, <=, 324); /* 360 less the margins of a page */
}

/* The pages that belong to no step. */
static void
test_extras (void)
{
  gsize n = 0;
  const MdgExtraPage *pages = mdg_extra_pages_get (&n);

  g_assert_cmpuint (n, ==, 2);
  for (gsize i = 0; i < n; i++)
    {
      GtkWidget *content = pages[i].make (NULL, NULL, NULL);
      GtkWidget *window = mdg_test_window_new (content);

      mdg_test_window_settle ();
      mdg_test_window_take_picture (window, "extra", pages[i].id);
      gtk_window_destroy (GTK_WINDOW (window));
    }
}

int
main (int argc, char **argv)
{
  mdg_test_window_init (&argc, &argv);
#define ADD(name, step, test)                                                                      \
  g_test_add ("/preparation-forms/" name, Fixture, GINT_TO_POINTER (step), set_up, test, tear_down)
  ADD ("application", MDG_STEP_APPLY, test_application);
  ADD ("no-secret", MDG_STEP_APPLY, test_no_secret);
  ADD ("list", MDG_STEP_RECEPTION, test_list);
  ADD ("practised", MDG_STEP_PRACTISE, test_practised);
  ADD ("narrow/application", MDG_STEP_APPLY, test_narrow);
  ADD ("narrow/reception", MDG_STEP_RECEPTION, test_narrow);
  ADD ("narrow/practise", MDG_STEP_PRACTISE, test_narrow);
#undef ADD
  g_test_add_func ("/preparation-forms/extras", test_extras);
  return g_test_run ();
}
