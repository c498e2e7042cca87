/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* アクティベーションコード: twelve digits in three groups of four, as they stand on the letter. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define MDG_CODE_DIGITS 12

/* Its digits are seen, since the letter is copied from paper, and are in locked memory and in
 * nothing else: no text of GTK's, undo, input method or accessible text has one. Signals "changed",
 * "activate" (Enter, with all digits there). */
#define MDG_TYPE_CODE_FIELD (mdg_code_field_get_type ())
G_DECLARE_FINAL_TYPE (MdgCodeField, mdg_code_field, MDG, CODE_FIELD, GtkWidget)

GtkWidget *mdg_code_field_new (void);
guint mdg_code_field_get_n_digits (MdgCodeField *self);
/* digits of any width, with whatever stands between them: as they are pasted */
void mdg_code_field_paste (MdgCodeField *self, const char *text);
/* (transfer full) (nullable): NULL where it is empty; erased when freed. The field keeps it. */
GBytes *mdg_code_field_get_code (MdgCodeField *self);
void mdg_code_field_clear (MdgCodeField *self);

G_END_DECLS
