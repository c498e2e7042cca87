/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What kind of card a virtual card is. Plain data; every field has a name for people and programs,
 * the same on the command line, on the socket and in the plugin's options. */
typedef struct
{
  char *pin;      /* user authentication, "1234" */
  char *sign_pin; /* signature, "ABC123" */
  char *helper_pin;
  char *name;
  char *address;
  char *birth;      /* YYYYMMDD */
  char *sex;        /* a digit */
  int tries;        /* of the user-authentication PIN at insertion; -1: as the card's file says */
  guint ef_size;    /* bytes of a certificate's file */
  guint blocked_sw; /* 6984 or 6983 */
  gboolean contact; /* the contact ATR */
  gboolean no_jpki; /* some other card */
  gboolean no_extended;
  gboolean get_response;
  gboolean wrong_le; /* 6Cxx where Le asks for more than there is */
  gboolean no_sfi;
  gboolean phone;
  gboolean first_6f00;
  gboolean eof_6282;
  gboolean verified_9000; /* 9000 to the question for tries, once verified */
  gboolean expired;
  gboolean forget_tries; /* tries are neither read from nor written to the card's file */
} MdgVirtualOptions;

typedef struct
{
  const char *name;
  const char *value; /* (nullable): what the value is, NULL for a switch */
  const char *help;
} MdgVirtualOptionInfo;

MdgVirtualOptions *mdg_virtual_options_new (void);
MdgVirtualOptions *mdg_virtual_options_copy (const MdgVirtualOptions *self);
void mdg_virtual_options_free (MdgVirtualOptions *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MdgVirtualOptions, mdg_virtual_options_free)
gboolean mdg_virtual_options_set (MdgVirtualOptions *self,
                                  const char *name,
                                  const char *value,
                                  GError **error);
gboolean mdg_virtual_options_parse (MdgVirtualOptions *self, const char *text, GError **error);
const MdgVirtualOptionInfo *mdg_virtual_options_list (gsize index);

G_END_DECLS
