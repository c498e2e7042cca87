/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What can be done with a paper: look at it, print it, save it as a PDF. */
#pragma once

#include "mdg-navigator.h"
#include "mdg-paper.h"

G_BEGIN_DECLS

typedef enum
{
  MDG_PAPER_PREVIEW,
  MDG_PAPER_PRINT,
  MDG_PAPER_SAVE
} MdgPaperUse;

/* Signal "wanted" (int MdgPaperUse): the paper is needed now; the handler ends it with
 * mdg_paper_buttons_give() or mdg_paper_buttons_fail(), later if need be. */
#define MDG_TYPE_PAPER_BUTTONS (mdg_paper_buttons_get_type ())
G_DECLARE_FINAL_TYPE (MdgPaperButtons, mdg_paper_buttons, MDG, PAPER_BUTTONS, GtkWidget)

/* @title: what the paper is, translated; @file_name: what its PDF is called, unless the person says
 * otherwise */
GtkWidget *
mdg_paper_buttons_new (MdgNavigator *navigator, const char *title, const char *file_name);
void mdg_paper_buttons_set_can (MdgPaperButtons *self, gboolean can);
void mdg_paper_buttons_give (MdgPaperButtons *self, MdgPaperUse use, MdgPaper *paper);
void mdg_paper_buttons_fail (MdgPaperButtons *self, const GError *error);

G_END_DECLS
