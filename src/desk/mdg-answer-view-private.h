/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Between the files of the answer's view. */
#pragma once

#include "mdg-answer-view.h"

G_BEGIN_DECLS

char *mdg_answer_view_bound (const char *text);
/* (transfer full) (element-type MdgAnswerCoverage); @lines: of MdgOqsLine, with parts */
GPtrArray *mdg_answer_view_read_coverages (GPtrArray *lines);

G_END_DECLS
