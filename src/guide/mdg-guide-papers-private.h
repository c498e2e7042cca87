/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What the two files of papers share. */
#pragma once

#include "mdg-guide-papers.h"
#include "mdg-paper-forms.h"

G_BEGIN_DECLS

/* a code of ten digits in the boxes it is written into; one that is not goes into the last as it is
 */
typedef struct
{
  char *prefecture;
  char *points_table;
  char *code;
} MdgCodeParts;
MdgCodeParts mdg_code_parts_split (const char *code);
void mdg_code_parts_clear (MdgCodeParts *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (MdgCodeParts, mdg_code_parts_clear)

/* points to what it is given and to constants */
MdgLabelFields mdg_guide_papers_make_label (MdgStepKind step,
                                            const char *postal_code,
                                            const char *address,
                                            const char *name);

G_END_DECLS
