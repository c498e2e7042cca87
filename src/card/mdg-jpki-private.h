/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What the files of the JPKI session share; of no use to others. */
#pragma once

#include "mdg-iso7816.h"
#include "mdg-jpki.h"

G_BEGIN_DECLS

/* Files of the application; short ids are equal to them. reference/card.md 1.3 */
#define MDG_JPKI_EF_CERTIFICATE 0x000au
#define MDG_JPKI_EF_KEY         0x0017u
#define MDG_JPKI_EF_PIN         0x0018u

#define MDG_JPKI_P2_CURRENT 0x80u /* the current file; a short id is added to it */

struct _MdgJpki
{
  MdgCard *card; /* unowned: it lives as long as the run */
  MdgJpkiForm form;
  MdgExtended extended; /* of this card on this reader: the reader's own answer is not enough */
  guint current_file;   /* selected by SELECT EF and still current; 0: unknown */
  int tries_left;       /* as the card said in this session; 0: not asked, or not since VERIFY */
  gboolean pin_sent;
  gboolean lost; /* the card or the reader is away: there is nobody to close */
};

/* Takes note of an @error that means that the card is away. */
void mdg_jpki_note_error (MdgJpki *self, const GError *error);
/* Like mdg_iso7816_exchange() and mdg_iso7816_transmit(), and notes when the card is away. */
GBytes *mdg_jpki_exchange (MdgJpki *self, GBytes *command, MdgTransmitFlags flags, GError **error);
GBytes *mdg_jpki_transmit (MdgJpki *self, GBytes *command, MdgTransmitFlags flags, GError **error);
/* makes @file current, if it is not; 0 with an error where there was no answer */
guint16 mdg_jpki_select_file (MdgJpki *self, guint file, GError **error);
/* whether @sw may mean "not in this form", and the other form may still be tried */
gboolean mdg_jpki_may_fall_back (MdgJpki *self, guint16 sw);
/* P2 for @file in the session's form; in the classic one it is made current first. 0 with an error
 */
guint8 mdg_jpki_name_file (MdgJpki *self, guint file, const char *what, GError **error);
/* leaves the application and comes back, so that a PIN that somebody verified is forgotten */
gboolean mdg_jpki_leave_and_return (MdgJpki *self, GError **error);
/* FALSE, with an error that tells the status word */
gboolean mdg_jpki_fail_status (MdgCardError code, guint16 sw, const char *what, GError **error);

G_END_DECLS
