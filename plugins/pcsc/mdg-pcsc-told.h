/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mdg-pcsc-api.h"
#include "mdg-reader.h"

G_BEGIN_DECLS

/* What a reader's driver told of the reader. */
typedef struct
{
  gboolean known; /* it was asked, and answered or refused */
  gboolean pin_pad;
  MdgExtended extended;
} MdgPcscTold;

void mdg_pcsc_told_ask (MdgPcscApi *api, MdgPcscHandle handle, MdgPcscTold *told);
void mdg_pcsc_told_ask_reader (MdgPcscApi *api, const char *reader, MdgPcscTold *told);

G_END_DECLS
