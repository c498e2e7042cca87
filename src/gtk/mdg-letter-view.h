/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The letter ユーザ設定情報 and the registration of this PC with it. */
#pragma once

#include "mdg-session.h"
#include <gtk/gtk.h>

G_BEGIN_DECLS

#define MDG_TYPE_LETTER_VIEW (mdg_letter_view_get_type ())
G_DECLARE_FINAL_TYPE (MdgLetterView, mdg_letter_view, MDG, LETTER_VIEW, GtkWidget)
GtkWidget *mdg_letter_view_new (MdgSession *session);

G_END_DECLS
