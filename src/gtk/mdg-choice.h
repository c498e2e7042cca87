/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A preference with a few values, in a row with a drop-down. */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* (transfer full): a value in words, translated */
typedef char *(*MdgChoiceDescribe) (guint value);

typedef struct
{
  const char *key;   /* as it is kept */
  const char *label; /* msgid */
} MdgChoiceWord;

/* Both replace what the row was bound to before. */
void mdg_choice_bind_number (AdwComboRow *row,
                             GObject *object,
                             const char *property,
                             const guint *values,
                             gsize n_values,
                             MdgChoiceDescribe describe);
void mdg_choice_bind_word (AdwComboRow *row,
                           GObject *object,
                           const char *property,
                           const MdgChoiceWord *words,
                           gsize n_words);
void mdg_choice_unbind (AdwComboRow *row);

G_END_DECLS
