/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The test of one reader, from 「カードを置いてください」 to the verdict. */
#pragma once

#include "mdg-reader-test.h"
#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Signal "done": the person goes back to the list; what was running has been cancelled. "tested"
 * (int MdgReaderTestOutcome, GOOD or more): a test came to its end. */
#define MDG_TYPE_READER_TEST_VIEW (mdg_reader_test_view_get_type ())
G_DECLARE_FINAL_TYPE (MdgReaderTestView, mdg_reader_test_view, MDG, READER_TEST_VIEW, GtkWidget)

GtkWidget *mdg_reader_test_view_new (MdgReader *reader, gboolean practice);
void mdg_reader_test_view_start (MdgReaderTestView *self);
MdgReader *mdg_reader_test_view_get_reader (MdgReaderTestView *self);
MdgReaderTest *mdg_reader_test_view_get_test (MdgReaderTestView *self); /* (nullable) */

G_END_DECLS
