/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* 確認したこと・していないこと: what an answer rests on, in two sentences. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define MDG_TYPE_ASSURANCE (mdg_assurance_get_type ())
G_DECLARE_FINAL_TYPE (MdgAssurance, mdg_assurance, MDG, ASSURANCE, GtkWidget)

/* @confirmed, @not_confirmed: (nullable) (element-type utf8) */
void mdg_assurance_set (MdgAssurance *self, GPtrArray *confirmed, GPtrArray *not_confirmed);

G_END_DECLS
