/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Small things that every page uses. */
#pragma once

#include "mdg-paper.h"
#include "mdg-screen.h"
#include <adwaita.h>

G_BEGIN_DECLS

/* Japanese breaks between any two characters; these keep what belongs together on one line, where
 * it fits: a label's text may break only where a phrase begins. The text itself is not touched.
 * Pure. */
PangoAttrList *mdg_phrase_attributes (const char *text, guint longest);
/* the word around byte @at: what only a break inside a word could divide */
gsize mdg_phrase_find_word (const char *text, gsize at, gsize *end);
/* a label that wraps at phrases; (transfer floating) */
GtkWidget *mdg_phrase_label_new (const char *text, const char *css_class);
/* the same at the end of a box, from the left; (transfer none) */
GtkWidget *mdg_phrase_label_append (GtkWidget *box, const char *text, const char *css_class);
void mdg_phrase_label_set_text (GtkLabel *label, const char *text);

/* the steps of a check, with their state in words for those who do not see them */
#define MDG_TYPE_STEPS (mdg_steps_get_type ())
G_DECLARE_FINAL_TYPE (MdgSteps, mdg_steps, MDG, STEPS, GtkWidget)
GtkWidget *mdg_steps_new (void);
void mdg_steps_set_screen (MdgSteps *self, const MdgScreen *screen);

/* the print dialog for @paper; "print to file" included. Tells a failure in a dialog of its own. */
void mdg_print_paper (GtkWindow *parent, MdgPaper *paper);
GtkPrintOperation *mdg_print_operation_new (MdgPaper *paper);
/* @text on the clipboard; of a patient's answer it is marked, and taken back by the last one */
void mdg_copy_text (GtkWidget *widget, const char *text);
void mdg_copy_personal (GtkWidget *widget, const char *text);
void mdg_forget_copied (GtkWidget *widget);

/* a screen reader finds the page of @stack that is shown, and no other */
void mdg_stack_present_visible_only (GtkStack *stack);

G_END_DECLS
