/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What stands at the reception as long as there is none: it is being opened, it could not be, or
 * this terminal is not registered yet. */
#pragma once

#include "mdg-session.h"
#include <adwaita.h>

G_BEGIN_DECLS

#define MDG_TYPE_START_PAGE (mdg_start_page_get_type ())
G_DECLARE_FINAL_TYPE (MdgStartPage, mdg_start_page, MDG, START_PAGE, GtkWidget)

GtkWidget *mdg_start_page_new (MdgSession *session);

G_END_DECLS
