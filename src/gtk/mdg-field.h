/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A field of a form: its label, where one types, a note, and what is said of what was typed. */
#pragma once

#include "mdg-application-form.h"
#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef enum
{
  MDG_FIELD_TEXT,
  MDG_FIELD_DIGITS, /* a number or a code: an input method starts with digits */
  MDG_FIELD_DATE,   /* with a calendar beside it */
  MDG_FIELD_LONG    /* several lines */
} MdgFieldKind;

/* Signal "changed": somebody typed. What is set by the program does not emit it. */
#define MDG_TYPE_FIELD (mdg_field_get_type ())
G_DECLARE_FINAL_TYPE (MdgField, mdg_field, MDG, FIELD, GtkWidget)

GtkWidget *mdg_field_new (MdgFieldKind kind, const char *label, const char *note);
/* around an entry of another kind, whose text is its own */
GtkWidget *mdg_field_new_for_entry (GtkWidget *entry, const char *label, const char *note);
const char *mdg_field_get_text (MdgField *self);
void mdg_field_set_text (MdgField *self, const char *text);
/* @check: (nullable): nothing to say */
void mdg_field_set_check (MdgField *self, const MdgFieldCheck *check);
gboolean mdg_field_is_bad (MdgField *self); /* as its check said */
void mdg_field_set_note (MdgField *self, const char *note);
GtkWidget *mdg_field_get_entry (MdgField *self);

G_END_DECLS
