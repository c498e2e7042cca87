/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A step of the preparation, in the order in which one needs it: how it stands, what for, why it is
 * not its turn, the guide's check list, the step's own content, the guide's notes, and the state
 * that one may change. */
#include "config.h"

#include "mdg-step-page.h"

#include "mdg-problem-note.h"
#include "mdg-step-state-box.h"
#include "mdg-step-words.h"
#include "mdg-widgets.h"

#include <glib/gi18n.h>

struct _MdgStepPage
{
  GtkWidget parent_instance;

  /* owned */
  MdgGuide *guide;
  MdgStepKind kind;

  /* children */
  GtkWidget *box;
  GtkWidget *chip;
  GtkWidget *brief;
  GtkWidget *why;
  GPtrArray *marks; /* (element-type GtkLabel): of the check list; owns only the array */
};

#define LONGEST    8 /* characters of a phrase */
#define CHECK_OPEN "☐"
#define CHECK_DONE "☑"

G_DEFINE_FINAL_TYPE (MdgStepPage, mdg_step_page, GTK_TYPE_WIDGET)

static void
show (MdgStepPage *self)
{
  MdgStepView view = mdg_guide_get_step (self->guide, self->kind);
  const char *brief = view.brief != NULL ? view.brief : "";
  const char *word;
  MdgChipKind chip =
      mdg_step_words_get_chip (&view, mdg_guide_get_next (self->guide) == self->kind, &word);
  gboolean blocked = !view.allowed && view.state == MDG_STEP_OPEN;

  mdg_chip_set (MDG_CHIP (self->chip), chip, word);
  mdg_phrase_label_set_text (GTK_LABEL (self->brief), brief);
  gtk_widget_set_visible (self->brief, *brief != '\0');
  mdg_problem_note_set_words (MDG_PROBLEM_NOTE (self->why), blocked ? _ ("This comes later") : "",
                              blocked ? view.why : "");
}

/* Larger letters, or a sign before them: shorter phrases than elsewhere are kept together. */
static GtkWidget *
add_label (GtkWidget *box, const char *text, const char *css_class)
{
  GtkWidget *label = mdg_phrase_label_new (text, css_class);
  g_autoptr (PangoAttrList) attributes = mdg_phrase_attributes (text, LONGEST);

  gtk_label_set_attributes (GTK_LABEL (label), attributes);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_box_append (GTK_BOX (box), label);
  return label;
}

/* A note that begins with a sign of its own needs no other. */
static const char *
choose_sign (const char *sign, const char *text)
{
  return g_str_has_prefix (text, "※") || g_str_has_prefix (text, "✓") ? "" : sign;
}

/* The guide's own words; @marks: (nullable): takes the signs before them. */
static void
add_texts (MdgStepPage *self,
           const char *heading,
           const char *sign,
           const char *const *texts,
           GPtrArray *marks)
{
  GtkWidget *group, *list;

  if (texts == NULL || texts[0] == NULL)
    return;
  group = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  add_label (group, heading, "heading");
  list = g_object_new (GTK_TYPE_BOX, "orientation", GTK_ORIENTATION_VERTICAL, "spacing", 6,
                       "accessible-role", GTK_ACCESSIBLE_ROLE_LIST, NULL);
  for (gsize i = 0; texts[i] != NULL; i++)
    {
      GtkWidget *line =
          g_object_new (GTK_TYPE_BOX, "orientation", GTK_ORIENTATION_HORIZONTAL, "spacing", 6,
                        "accessible-role", GTK_ACCESSIBLE_ROLE_LIST_ITEM, NULL);
      const char *text = mdg_guide_text (texts[i]);
      GtkWidget *mark = gtk_label_new (choose_sign (sign, text));

      gtk_widget_set_valign (mark, GTK_ALIGN_START);
      gtk_widget_set_visible (mark, *gtk_label_get_text (GTK_LABEL (mark)) != '\0');
      gtk_box_append (GTK_BOX (line), mark);
      if (marks != NULL)
        g_ptr_array_add (marks, mark);
      gtk_widget_set_hexpand (add_label (line, text, NULL), TRUE);
      gtk_box_append (GTK_BOX (list), line);
    }
  gtk_box_append (GTK_BOX (group), list);
  gtk_box_append (GTK_BOX (self->box), group);
}

static void
fill (MdgStepPage *self, MdgSession *session, MdgNavigator *navigator)
{
  const MdgStepInfo *info = mdg_guide_map_get (self->kind);
  GtkWidget *content;

  self->chip = mdg_chip_new (MDG_CHIP_OPEN, "");
  gtk_box_append (GTK_BOX (self->box), self->chip);
  self->brief = add_label (self->box, "", NULL);
  add_label (self->box, mdg_guide_text (info->purpose), "mdg-detail");
  self->why = mdg_problem_note_new ();
  gtk_box_append (GTK_BOX (self->box), self->why);
  add_texts (self, _ ("Check list of the guide"), CHECK_OPEN, info->checks, self->marks);
  content = mdg_step_content_new (self->kind, self->guide, session, navigator);
  if (content != NULL)
    gtk_box_append (GTK_BOX (self->box), content);
  add_texts (self, _ ("Notes of the guide"), "・", info->notes, NULL);
  gtk_box_append (GTK_BOX (self->box), mdg_step_state_box_new (self->kind, self->guide));
}

static void
mdg_step_page_dispose (GObject *object)
{
  MdgStepPage *self = MDG_STEP_PAGE (object);

  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->guide);
  G_OBJECT_CLASS (mdg_step_page_parent_class)->dispose (object);
}

static void
mdg_step_page_finalize (GObject *object)
{
  g_ptr_array_unref (MDG_STEP_PAGE (object)->marks);
  G_OBJECT_CLASS (mdg_step_page_parent_class)->finalize (object);
}

static void
mdg_step_page_class_init (MdgStepPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mdg_step_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = mdg_step_page_finalize;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
mdg_step_page_init (MdgStepPage *self)
{
  self->marks = g_ptr_array_new ();
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
}

/**
 * mdg_step_page_new:
 * @kind: the step
 * @guide: the facility's preparation
 * @session: (nullable): the program's parts
 * @navigator: where it may open pages
 *
 * Thread: main.
 * Errors: none.
 *
 * Returns: (transfer floating): the page, for mdg_navigator_push()
 */
GtkWidget *
mdg_step_page_new (MdgStepKind kind, MdgGuide *guide, MdgSession *session, MdgNavigator *navigator)
{
  MdgStepPage *self = g_object_new (MDG_TYPE_STEP_PAGE, NULL);

  self->guide = g_object_ref (guide);
  self->kind = kind;
  fill (self, session, navigator);
  g_signal_connect_object (guide, "changed", G_CALLBACK (show), self, G_CONNECT_SWAPPED);
  show (self);
  return GTK_WIDGET (self);
}

/**
 * mdg_step_page_get_kind:
 * @self: a page
 *
 * Thread: main.
 * Errors: none.
 *
 * Returns: its step
 */
MdgStepKind
mdg_step_page_get_kind (MdgStepPage *self)
{
  return self->kind;
}
