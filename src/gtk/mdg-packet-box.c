/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The packet that is posted for the grant. What would send it back is told first, and it can be
 * looked at all the same: a packet that is not whole yet is something to work on. */
#include "config.h"

#include "mdg-grant-parts.h"

#include "mdg-guide-papers.h"
#include "mdg-paper-buttons.h"
#include "mdg-problem-note.h"
#include "mdg-receipt-pictures.h"
#include "mdg-widgets.h"

#include <glib/gi18n.h>

struct _MdgPacketBox
{
  GtkWidget parent_instance;

  /* children */
  GtkWidget *box;
  GtkWidget *good;
  GtkWidget *faults;
  GtkWidget *paper;

  /* owned */
  MdgGuide *guide;
};

G_DEFINE_FINAL_TYPE (MdgPacketBox, mdg_packet_box, GTK_TYPE_WIDGET)

static void
show (MdgPacketBox *self)
{
  g_autoptr (GPtrArray) sentences = mdg_guide_check_grant (self->guide);
  g_autoptr (GString) words = g_string_new (NULL);

  for (guint i = 0; i < sentences->len; i++)
    g_string_append_printf (words, "%s・%s", i > 0 ? "\n" : "", (char *) sentences->pdata[i]);
  gtk_widget_set_visible (self->good, sentences->len == 0);
  mdg_problem_note_set_words (MDG_PROBLEM_NOTE (self->faults),
                              sentences->len > 0 ? _ ("Before it is posted") : "", words->str);
}

typedef struct
{
  MdgPacketBox *self;
  MdgPaperUse use;
} Wish;

static void
on_collected_cb (GObject *guide, GAsyncResult *result, gpointer data)
{
  g_autofree Wish *wish = data;
  g_autoptr (MdgPacketBox) self = wish->self;
  g_autoptr (GPtrArray) receipts = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) pictures =
      mdg_receipt_pictures_collect_finish (MDG_GUIDE (guide), result, &receipts, &error);
  g_autoptr (MdgPaper) paper = NULL;
  g_auto (GStrv) values = NULL;

  if (self->box == NULL)
    return;
  if (pictures == NULL)
    {
      mdg_paper_buttons_fail (MDG_PAPER_BUTTONS (self->paper), error);
      return;
    }
  values = mdg_guide_get_grant (self->guide);
  paper = mdg_guide_paper_packet (
      (const char *const *) values, receipts, pictures, mdg_guide_get_rule (self->guide),
      mdg_guide_get_today (self->guide), mdg_guide_get_practice (self->guide));
  mdg_paper_buttons_give (MDG_PAPER_BUTTONS (self->paper), wish->use, paper);
}

static void
on_wanted_cb (MdgPacketBox *self, int use)
{
  Wish *wish = g_new0 (Wish, 1);

  wish->self = g_object_ref (self);
  wish->use = (MdgPaperUse) use;
  mdg_receipt_pictures_collect_async (self->guide, NULL, on_collected_cb, wish);
}

static void
mdg_packet_box_dispose (GObject *object)
{
  MdgPacketBox *self = MDG_PACKET_BOX (object);

  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->guide);
  G_OBJECT_CLASS (mdg_packet_box_parent_class)->dispose (object);
}

static void
mdg_packet_box_class_init (MdgPacketBoxClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mdg_packet_box_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
mdg_packet_box_init (MdgPacketBox *self)
{
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  mdg_phrase_label_append (self->box, _ ("The packet"), "heading");
  mdg_phrase_label_append (
      self->box,
      _ ("Cover list, application form, breakdown and copies of the receipts, report of "
         "completion and address label, in the order in which they are posted."),
      NULL);
  self->good = mdg_phrase_label_append (self->box, _ ("Form and receipts agree."), NULL);
  self->faults = mdg_problem_note_new ();
  gtk_box_append (GTK_BOX (self->box), self->faults);
}

/**
 * mdg_packet_box_new:
 * @guide: the facility's preparation
 * @navigator: where the packet is looked at
 *
 * Thread: main.
 * Errors: none; told in the box.
 *
 * Returns: (transfer floating): the packet
 */
GtkWidget *
mdg_packet_box_new (MdgGuide *guide, MdgNavigator *navigator)
{
  MdgPacketBox *self = g_object_new (MDG_TYPE_PACKET_BOX, NULL);

  self->guide = g_object_ref (guide);
  self->paper = mdg_paper_buttons_new (navigator, _ ("The packet"), _ ("grant.pdf"));
  g_signal_connect_object (self->paper, "wanted", G_CALLBACK (on_wanted_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (self->box), self->paper);
  g_signal_connect_object (guide, "changed", G_CALLBACK (show), self, G_CONNECT_SWAPPED);
  show (self);
  return GTK_WIDGET (self);
}
