/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A state in one word, with an icon: never a colour alone. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef enum
{
  MDG_CHIP_NEUTRAL,
  MDG_CHIP_GOOD,
  MDG_CHIP_BUSY,
  MDG_CHIP_ATTENTION,
  MDG_CHIP_BAD,
  MDG_CHIP_OPEN,    /* to be done */
  MDG_CHIP_WAITING, /* for the post */
  MDG_CHIP_LOCKED,  /* not allowed yet */
  MDG_CHIP_NEXT     /* to be done now */
} MdgChipKind;

#define MDG_TYPE_CHIP (mdg_chip_get_type ())
G_DECLARE_FINAL_TYPE (MdgChip, mdg_chip, MDG, CHIP, GtkWidget)

GtkWidget *mdg_chip_new (MdgChipKind kind, const char *word);
void mdg_chip_set (MdgChip *self, MdgChipKind kind, const char *word);
const char *mdg_chip_get_word (MdgChip *self);

G_END_DECLS
