/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A table over any number of pages, with its heading on each, and "2 / 3" at their foot. */
#pragma once

#include "mdg-paper-sheet.h"

G_BEGIN_DECLS

typedef struct
{
  const char *title;
  double width; /* points */
  PangoAlignment alignment;
} MdgTableColumn;

typedef struct
{
  const char *title; /* at the head of the pages after the first, with （続き） */
  const MdgTableColumn *columns;
  gsize n_columns;
  GPtrArray *rows; /* (element-type GStrv): a text for each column, from outside */
  double tail;     /* height that stays free below the last row */
} MdgTable;

/* from the sheet's y on; FALSE when there are no more pages */
gboolean mdg_table_draw (const MdgTable *self, MdgSheet *sheet);

G_END_DECLS
