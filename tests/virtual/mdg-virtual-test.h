/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What the tests of this folder share: a temporary folder with one card, and APDUs as text. */
#pragma once

#include "mdg-virtual-card.h"

G_BEGIN_DECLS

const char *mdg_virtual_test_get_folder (void);
MdgVirtualCardFiles *mdg_virtual_test_get_files (void); /* (transfer none) */
void mdg_virtual_test_finish (void);

GBytes *mdg_virtual_test_bytes (const char *hex); /* (transfer full); spaces are skipped */
char *mdg_virtual_test_hex (GBytes *bytes);       /* (transfer full) */
MdgVirtualCard *mdg_virtual_test_card (const char *options); /* (transfer full); with power */
/* the answer to @command in hexadecimal; (transfer full) */
char *mdg_virtual_test_send (MdgVirtualCard *card, const char *command);

/* Sends @text to a command socket; the first line of the answer. (transfer full) */
char *mdg_virtual_test_talk (const char *path, const char *text);

#define assert_answer(card, command, expected)                                                     \
  G_STMT_START                                                                                     \
  {                                                                                                \
    g_autofree char *answer_ = mdg_virtual_test_send (card, command);                              \
    g_assert_cmpstr (answer_, ==, expected);                                                       \
  }                                                                                                \
  G_STMT_END

#define SELECT_JPKI   "00 A4 04 0C 0A D392F000260100000001"
#define SELECT_HELPER "00 A4 04 0C 0A D3921000310001010408"
#define SELECT_ISSUER "00 A4 04 0C 07 A0000001510000"
#define VERIFY_AUTH   "00 20 00 98 04 31323334"
#define ASK_AUTH      "00 20 00 98"
#define DIGEST_INFO                                                                                \
  "3031300D060960864801650304020105000420"                                                         \
  "BA7816BF8F01CFEA414140DE5DAE2223B00361A396177A9CB410FF61F20015AD"
#define SIGN_AUTH "80 2A 00 97 33" DIGEST_INFO "00"

G_END_DECLS
