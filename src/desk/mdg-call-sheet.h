/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What is read out to the call centre: code, time, reader, versions. No personal datum, no secret.
 */
#pragma once

#include "mdg-problem.h"
#include "mdg-reader-manager.h"

G_BEGIN_DECLS

typedef struct
{
  char *label; /* translated */
  char *value;
} MdgSheetLine;

/* @readers, @host: (nullable). (transfer full) (element-type MdgSheetLine) */
GPtrArray *mdg_call_sheet_new (MdgProblem *problem,
                               GDateTime *when,
                               MdgReaderManager *readers,
                               MdgPluginHost *host,
                               gboolean practice);
char *mdg_call_sheet_to_text (GPtrArray *lines);

G_END_DECLS
