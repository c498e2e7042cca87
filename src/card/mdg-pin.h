/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* A PIN in locked memory, left out of core dumps, erased when freed or used; never printable.
 * It can be taken for one VERIFY only. Typed digit by digit, so that no widget needs a buffer. */
typedef struct _MdgPin MdgPin;

#define MDG_PIN_LENGTH 4 /* the user-authentication PIN: reference 1.4 */

MdgPin *mdg_pin_new (void);
/* four digits, ASCII or full-width, surrounding white space ignored; NULL with
 * G_IO_ERROR_INVALID_ARGUMENT */
MdgPin *mdg_pin_new_from_text (const char *text, gssize length, GError **error);
gboolean mdg_pin_push (MdgPin *self, char digit); /* FALSE when full or not '0' to '9' */
gboolean mdg_pin_pop (MdgPin *self);
guint mdg_pin_get_length (const MdgPin *self);
gboolean mdg_pin_is_complete (const MdgPin *self);
gboolean mdg_pin_is_used (const MdgPin *self);
/* (transfer full): a command APDU of VERIFY whose bytes are erased when the last reference goes.
 * The PIN is erased at once: a second call returns NULL. */
GBytes *mdg_pin_take_verify (MdgPin *self, guint8 p2);
void mdg_pin_erase (MdgPin *self); /* it counts as used then */
void mdg_pin_free (MdgPin *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MdgPin, mdg_pin_free)

G_END_DECLS
