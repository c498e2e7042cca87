/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What is known of the elements of OQS messages, beside their labels and tables. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  MDG_OQS_ELEMENT_UNKNOWN, /* not in the table */
  MDG_OQS_ELEMENT_LEAF,    /* holds a text */
  MDG_OQS_ELEMENT_BLOCK,   /* holds elements */
  MDG_OQS_ELEMENT_LIST     /* holds elements that repeat; an array in JSON */
} MdgOqsElementKind;

MdgOqsElementKind mdg_oqs_element_kind (const char *name);
/* an element that may stand more than once under one parent */
gboolean mdg_oqs_element_repeats (const char *name);
/* whether XML can write it, and in a length that can be meant */
gboolean mdg_oqs_element_name_is_valid (const char *name);

G_END_DECLS
