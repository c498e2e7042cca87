/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* For tests that run inside with-pcscd: the daemon and the card in its reader. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define VPCD_READER "Virtual PCD 00 00"
#define VPCD_ID     "pcsc:" VPCD_READER

typedef struct
{
  GSubprocess *process;
} RealCard;

void insert_real_card (RealCard *card, const char *option, const char *value);
void pull_real_card (RealCard *card);
void signal_pcscd (int number);
void start_pcscd (void);
guint count_real_events (void);
void remove_real_cards (void);

G_END_DECLS
