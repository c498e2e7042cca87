/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* How the lines of a summary are made. */
#pragma once

#include "mdg-oqs-summary.h"

G_BEGIN_DECLS

typedef struct
{
  GPtrArray *lines; /* of MdgOqsLine */
  MdgOqsSummaryOptions options;
  MdgOqsSection section; /* of the lines that are being added */
} MdgOqsSummary;

const char *mdg_oqs_summary_say (MdgOqsSummary *self, const char *ja, const char *en);
MdgOqsLine *mdg_oqs_summary_add (MdgOqsSummary *self,
                                 MdgOqsLineKind kind,
                                 const char *id,
                                 const char *label,
                                 const char *value);
MdgOqsLine *mdg_oqs_summary_add_made (MdgOqsSummary *self,
                                      MdgOqsLineKind kind,
                                      const char *id,
                                      const char *value);
MdgOqsLine *mdg_oqs_summary_add_field (MdgOqsSummary *self, const char *element, const char *value);
void mdg_oqs_summary_set_bare (MdgOqsLine *line, const char *text);
void mdg_oqs_summary_set_note (MdgOqsLine *line, const char *text);
/* @path names one element; each adds no line where it is absent */
void mdg_oqs_summary_add_element (MdgOqsSummary *self, MdgOqsNode *node, const char *path);
void mdg_oqs_summary_add_date (MdgOqsSummary *self, MdgOqsNode *node, const char *path);
void mdg_oqs_summary_add_yen (MdgOqsSummary *self, MdgOqsNode *node, const char *element);
void mdg_oqs_summary_add_month (MdgOqsSummary *self, MdgOqsNode *node, const char *element);
char *mdg_oqs_summary_describe_period (MdgOqsSummary *self,
                                       MdgOqsNode *node,
                                       const char *from,
                                       const char *to);
void mdg_oqs_summary_add_period (MdgOqsSummary *self,
                                 MdgOqsNode *node,
                                 const char *id,
                                 const char *from,
                                 const char *to);
void mdg_oqs_summary_add_result (MdgOqsSummary *self, MdgOqsNode *result);

G_END_DECLS
