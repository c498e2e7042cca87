/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Shows a test of a reader: one sentence, five named steps with their state in words, the verdict,
 * and what can be done with it. Decides nothing: all words of the result are the test's. */
#include "config.h"

#include "mdg-reader-test-view.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#include "mdg-chip.h"
#include "mdg-oqs-summary.h"
#include "mdg-paper-kinds.h"
#include "mdg-phrase-fit.h"
#include "mdg-turn-box.h"
#include "mdg-widgets.h"
#include "mdg-wrap.h"

/* of the narrowest window, what the sentence, and the verdict and the words of a step have */
#define NARROWEST_ROOM         312
#define NARROWEST_VERDICT_ROOM 270

/* how long a card is waited for */
#define CARD_SECONDS 60

typedef struct
{
  GtkWidget *row; /* the list's; the others are in it */
  GtkLabel *words;
  MdgChip *chip;
} StepRow;

struct _MdgReaderTestView
{
  GtkWidget parent_instance;

  /* owned */
  MdgReader *reader;
  MdgReaderTest *test; /* (nullable) */
  gboolean practice;
  gboolean told; /* that the test is over */
  StepRow rows[MDG_READER_TEST_N_STEPS];

  /* template children */
  GtkWidget *scroller;
  GtkLabel *name;
  GtkWidget *invitation;
  GtkLabel *sentence;
  GtkLabel *detail;
  GtkWidget *verdict;
  GtkImage *verdict_icon;
  GtkLabel *verdict_words;
  GtkProgressBar *progress;
  GtkListBox *steps;
  GtkButton *stop;
  GtkWidget *again;
  GtkWidget *copy;
  GtkWidget *print;
};

enum
{
  SIGNAL_DONE,
  SIGNAL_TESTED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (MdgReaderTestView, mdg_reader_test_view, GTK_TYPE_WIDGET)

/* by MdgReaderTestOutcome */
static const struct
{
  MdgChipKind kind;
  const char *word;
  const char *css_class; /* of the verdict */
  const char *icon;
} outcomes[] = {
  { MDG_CHIP_NEUTRAL, N_ ("Not yet"), "question", "mdg-verdict-question-symbolic" },
  { MDG_CHIP_BUSY, N_ ("Testing"), "question", "mdg-verdict-question-symbolic" },
  { MDG_CHIP_GOOD, N_ ("Good"), "good", "mdg-verdict-good-symbolic" },
  { MDG_CHIP_ATTENTION, N_ ("With caution"), "changed", "mdg-verdict-changed-symbolic" },
  { MDG_CHIP_BAD, N_ ("Not good"), "bad", "mdg-verdict-bad-symbolic" },
};

static gboolean
is_running (MdgReaderTestView *self)
{
  gboolean running = FALSE;

  if (self->test != NULL)
    g_object_get (self->test, "running", &running, NULL);
  return running;
}

static MdgReaderTestOutcome
bound_outcome (MdgReaderTestOutcome outcome)
{
  return outcome <= MDG_READER_TEST_BAD ? outcome : MDG_READER_TEST_BAD;
}

static void
show_step (MdgReaderTestView *self, MdgReaderTestStep step)
{
  StepRow *row = &self->rows[step];
  MdgReaderTestOutcome outcome = MDG_READER_TEST_WAITING;
  const char *words = "";
  g_autofree char *name = NULL;

  if (self->test != NULL)
    {
      outcome = bound_outcome (mdg_reader_test_get_step (self->test, step));
      words = mdg_reader_test_get_step_words (self->test, step);
    }
  mdg_chip_set (row->chip, outcomes[outcome].kind, _ (outcomes[outcome].word));
  mdg_phrase_label_set_text (row->words, words);
  mdg_phrase_fit (row->words, NARROWEST_VERDICT_ROOM);
  gtk_widget_set_visible (GTK_WIDGET (row->words), *words != '\0');
  name = g_strdup_printf ("%s  %s  %s", mdg_reader_test_get_step_title (step),
                          _ (outcomes[outcome].word), words);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row->row), GTK_ACCESSIBLE_PROPERTY_LABEL, name,
                                  -1);
}

static void
show_verdict (MdgReaderTestView *self)
{
  MdgReaderTestOutcome outcome = bound_outcome (mdg_reader_test_get_outcome (self->test));
  g_autofree char *words = mdg_reader_test_get_verdict (self->test);

  for (gsize i = 0; i < G_N_ELEMENTS (outcomes); i++)
    gtk_widget_remove_css_class (self->verdict, outcomes[i].css_class);
  gtk_widget_add_css_class (self->verdict, outcomes[outcome].css_class);
  gtk_image_set_from_icon_name (self->verdict_icon, outcomes[outcome].icon);
  mdg_phrase_label_set_text (self->verdict_words, words);
  mdg_phrase_fit (self->verdict_words, NARROWEST_VERDICT_ROOM);
  gtk_widget_set_visible (self->verdict, TRUE);
  /* moving the focus there is what announces it */
  gtk_widget_grab_focus (self->verdict);
}

static void
show_sentence (MdgReaderTestView *self)
{
  gboolean card =
      self->test != NULL &&
      mdg_reader_test_get_step (self->test, MDG_READER_TEST_CARD) >= MDG_READER_TEST_GOOD;

  mdg_phrase_label_set_text (self->sentence, card ? _ ("Do not move the card yet")
                                                  : _ ("Put a My Number Card on the reader"));
  mdg_phrase_fit (self->sentence, NARROWEST_ROOM);
  mdg_phrase_label_set_text (self->detail, _ ("Any My Number Card will do. No PIN is asked, and "
                                              "nothing of the card is kept."));
}

static void
show_all (MdgReaderTestView *self)
{
  gboolean running = is_running (self);
  gboolean over = self->test != NULL && !running &&
                  mdg_reader_test_get_outcome (self->test) >= MDG_READER_TEST_GOOD;
  double fraction = 0;

  if (self->test != NULL)
    g_object_get (self->test, "progress", &fraction, NULL);
  gtk_progress_bar_set_fraction (self->progress, CLAMP (fraction, 0, 1));
  gtk_widget_set_visible (GTK_WIDGET (self->progress), !over);
  gtk_widget_set_visible (self->invitation, !over);
  gtk_widget_set_visible (self->verdict, over);
  gtk_widget_set_visible (self->again, !running);
  gtk_widget_set_visible (self->copy, over);
  gtk_widget_set_visible (self->print, over);
  gtk_button_set_label (self->stop, running ? _ ("Stop") : _ ("Back to the Readers"));
  for (guint i = 0; i < MDG_READER_TEST_N_STEPS; i++)
    show_step (self, i);
  show_sentence (self);
  if (over)
    show_verdict (self);
}

static void
on_step_changed_cb (MdgReaderTestView *self, int step)
{
  if (step < 0 || step >= MDG_READER_TEST_N_STEPS)
    return;
  show_step (self, (MdgReaderTestStep) step);
  show_sentence (self);
}

static void
on_progress_cb (MdgReaderTestView *self)
{
  double fraction = 0;

  g_object_get (self->test, "progress", &fraction, NULL);
  gtk_progress_bar_set_fraction (self->progress, CLAMP (fraction, 0, 1));
}

static void
on_running_cb (MdgReaderTestView *self)
{
  MdgReaderTestOutcome outcome = mdg_reader_test_get_outcome (self->test);

  show_all (self);
  if (self->told || is_running (self) || outcome < MDG_READER_TEST_GOOD)
    return;
  self->told = TRUE;
  g_signal_emit (self, signals[SIGNAL_TESTED], 0, (int) outcome);
}

static void
drop_test (MdgReaderTestView *self)
{
  if (self->test == NULL)
    return;
  g_signal_handlers_disconnect_by_data (self->test, self);
  mdg_reader_test_cancel (self->test);
  g_clear_object (&self->test);
}

static void
on_stop_cb (MdgReaderTestView *self)
{
  drop_test (self);
  g_signal_emit (self, signals[SIGNAL_DONE], 0);
}

static void
on_again_cb (MdgReaderTestView *self)
{
  mdg_reader_test_view_start (self);
}

static void
on_copy_cb (MdgReaderTestView *self)
{
  g_autofree char *text = mdg_reader_test_to_text (self->test);

  mdg_copy_text (GTK_WIDGET (self), text);
}

static void
on_print_cb (MdgReaderTestView *self)
{
  MdgPaperRow rows[3 + MDG_READER_TEST_N_STEPS] = { 0 };
  g_autofree char *verdict = mdg_reader_test_get_verdict (self->test);
  g_autofree char *name = mdg_oqs_text_for_display (mdg_reader_get_name (self->reader));
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *date = g_date_time_format (now, "%Y-%m-%d %H:%M");
  g_autoptr (MdgPaper) paper = NULL;
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  gsize n = 0;

  rows[n++] = (MdgPaperRow){ MDG_PAPER_ROW_FACT, _ ("Reader"), name, FALSE };
  rows[n++] = (MdgPaperRow){ MDG_PAPER_ROW_FACT, _ ("Driver"), mdg_reader_get_driver (self->reader),
                             FALSE };
  rows[n++] = (MdgPaperRow){ MDG_PAPER_ROW_FACT, _ ("Date"), date, FALSE };
  for (guint i = 0; i < MDG_READER_TEST_N_STEPS; i++)
    rows[n++] = (MdgPaperRow){ MDG_PAPER_ROW_FACT, mdg_reader_test_get_step_title (i),
                               mdg_reader_test_get_step_words (self->test, i), FALSE };
  paper = mdg_paper_new_rows (_ ("Reader Test"), verdict, rows, n,
                              _ ("No PIN was asked, and nothing of the card was kept."),
                              self->practice);
  mdg_print_paper (GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, paper);
}

static gboolean
on_escape_cb (GtkWidget *widget, GVariant *arguments, gpointer data)
{
  on_stop_cb (MDG_READER_TEST_VIEW (widget));
  return TRUE;
}

static void
add_step (MdgReaderTestView *self, MdgReaderTestStep step)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *head = mdg_turn_box_new (6);
  GtkWidget *title = mdg_phrase_label_new (mdg_reader_test_get_step_title (step), "heading");
  GtkWidget *words = mdg_phrase_label_new ("", "mdg-dim");
  GtkWidget *chip = mdg_chip_new (MDG_CHIP_NEUTRAL, "");

  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_label_set_xalign (GTK_LABEL (words), 0);
  gtk_widget_set_margin_top (box, 12);
  gtk_widget_set_margin_bottom (box, 12);
  gtk_widget_set_margin_start (box, 18);
  gtk_widget_set_margin_end (box, 18);
  g_object_set (head, "justify", TRUE, NULL);
  gtk_widget_set_parent (title, head);
  gtk_widget_set_parent (chip, head);
  gtk_box_append (GTK_BOX (box), head);
  gtk_box_append (GTK_BOX (box), words);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_list_box_append (self->steps, row);
  self->rows[step].row = row;
  self->rows[step].words = GTK_LABEL (words);
  self->rows[step].chip = MDG_CHIP (chip);
}

static void
mdg_reader_test_view_dispose (GObject *object)
{
  MdgReaderTestView *self = MDG_READER_TEST_VIEW (object);

  drop_test (self);
  g_clear_object (&self->reader);
  gtk_widget_dispose_template (GTK_WIDGET (self), MDG_TYPE_READER_TEST_VIEW);
  G_OBJECT_CLASS (mdg_reader_test_view_parent_class)->dispose (object);
}

static void
mdg_reader_test_view_class_init (MdgReaderTestViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mdg_reader_test_view_dispose;
  signals[SIGNAL_DONE] = g_signal_new ("done", MDG_TYPE_READER_TEST_VIEW, G_SIGNAL_RUN_LAST, 0,
                                       NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_TESTED] = g_signal_new ("tested", MDG_TYPE_READER_TEST_VIEW, G_SIGNAL_RUN_LAST, 0,
                                         NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT);

  g_type_ensure (MDG_TYPE_WRAP);
  g_type_ensure (MDG_TYPE_WRAP);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Escape, 0, on_escape_cb, NULL);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/madoguchi/Madoguchi/ui/mdg-reader-test-view.ui");
  gtk_widget_class_bind_template_child (widget_class, MdgReaderTestView, scroller);
  gtk_widget_class_bind_template_child (widget_class, MdgReaderTestView, name);
  gtk_widget_class_bind_template_child (widget_class, MdgReaderTestView, invitation);
  gtk_widget_class_bind_template_child (widget_class, MdgReaderTestView, sentence);
  gtk_widget_class_bind_template_child (widget_class, MdgReaderTestView, detail);
  gtk_widget_class_bind_template_child (widget_class, MdgReaderTestView, verdict);
  gtk_widget_class_bind_template_child (widget_class, MdgReaderTestView, verdict_icon);
  gtk_widget_class_bind_template_child (widget_class, MdgReaderTestView, verdict_words);
  gtk_widget_class_bind_template_child (widget_class, MdgReaderTestView, progress);
  gtk_widget_class_bind_template_child (widget_class, MdgReaderTestView, steps);
  gtk_widget_class_bind_template_child (widget_class, MdgReaderTestView, stop);
  gtk_widget_class_bind_template_child (widget_class, MdgReaderTestView, again);
  gtk_widget_class_bind_template_child (widget_class, MdgReaderTestView, copy);
  gtk_widget_class_bind_template_child (widget_class, MdgReaderTestView, print);
  gtk_widget_class_bind_template_callback (widget_class, on_stop_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_again_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_copy_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_print_cb);
}

static void
mdg_reader_test_view_init (MdgReaderTestView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  for (guint i = 0; i < MDG_READER_TEST_N_STEPS; i++)
    add_step (self, i);
}

/**
 * mdg_reader_test_view_new:
 * @reader: the reader to be tested
 * @practice: whether what is printed says 練習
 *
 * Thread: main.
 * Errors: none.
 *
 * Returns: (transfer floating): the view; nothing runs before mdg_reader_test_view_start()
 */
GtkWidget *
mdg_reader_test_view_new (MdgReader *reader, gboolean practice)
{
  MdgReaderTestView *self = g_object_new (MDG_TYPE_READER_TEST_VIEW, NULL);
  g_autofree char *name = mdg_oqs_text_for_display (mdg_reader_get_name (reader));

  self->reader = g_object_ref (reader);
  self->practice = practice;
  mdg_phrase_label_set_text (self->name, name);
  show_all (self);
  return GTK_WIDGET (self);
}

/**
 * mdg_reader_test_view_start:
 * @self: a view
 *
 * Begins a test; one that runs is cancelled first.
 *
 * Thread: main.
 * Errors: none.
 */
void
mdg_reader_test_view_start (MdgReaderTestView *self)
{
  drop_test (self);
  self->told = FALSE;
  self->test = mdg_reader_test_new (self->reader);
  g_signal_connect_object (self->test, "step-changed", G_CALLBACK (on_step_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->test, "notify::progress", G_CALLBACK (on_progress_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->test, "notify::running", G_CALLBACK (on_running_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->test, "notify::outcome", G_CALLBACK (on_running_cb), self,
                           G_CONNECT_SWAPPED);
  mdg_reader_test_start (self->test, CARD_SECONDS);
  show_all (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->stop));
}

/**
 * mdg_reader_test_view_get_reader:
 * @self: a view
 *
 * Thread: main.
 * Errors: none.
 *
 * Returns: (transfer none): the reader that is tested
 */
MdgReader *
mdg_reader_test_view_get_reader (MdgReaderTestView *self)
{
  return self->reader;
}

/**
 * mdg_reader_test_view_get_test:
 * @self: a view
 *
 * Thread: main.
 * Errors: none.
 *
 * Returns: (transfer none) (nullable): the test that runs or ran last
 */
MdgReaderTest *
mdg_reader_test_view_get_test (MdgReaderTestView *self)
{
  return self->test;
}
