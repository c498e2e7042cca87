/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The keys of the keyboard as the pad takes them, without an event: for tests. */
#pragma once

#include "mdg-pages.h"

G_BEGIN_DECLS

/* TRUE: the key was taken and goes no further */
gboolean mdg_pin_pad_handle_key (MdgPinPad *self, guint keyval, GdkModifierType state);
/* what says that digits are expected here; takes the focus */
GtkWidget *mdg_pin_pad_get_dots (MdgPinPad *self);

G_END_DECLS
