/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* How many digits were typed: all that a screen ever shows of a PIN. */
#pragma once

#include "mdg-reception.h"
#include <gtk/gtk.h>

G_BEGIN_DECLS

#define MDG_TYPE_PIN_DOTS (mdg_pin_dots_get_type ())
G_DECLARE_FINAL_TYPE (MdgPinDots, mdg_pin_dots, MDG, PIN_DOTS, GtkWidget)

GtkWidget *mdg_pin_dots_new (MdgReception *reception);

G_END_DECLS
