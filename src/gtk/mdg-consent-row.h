/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The question whether 限度額情報 may be given to this counter. */
#pragma once

#include "mdg-reception.h"
#include <gtk/gtk.h>

G_BEGIN_DECLS

#define MDG_TYPE_CONSENT_ROW (mdg_consent_row_get_type ())
G_DECLARE_FINAL_TYPE (MdgConsentRow, mdg_consent_row, MDG, CONSENT_ROW, GtkWidget)

/* for staff a compact row; for the patient the whole question and two large buttons */
GtkWidget *mdg_consent_row_new (MdgReception *reception, MdgSide side);

G_END_DECLS
