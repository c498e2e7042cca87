/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The step 必要書類の準備: how much the grant is, the form, the packet. */
#include "config.h"

#include "mdg-step-content.h"

#include "mdg-grant-parts.h"

/**
 * mdg_documents_view_new:
 * @guide: the facility's preparation
 * @session: (nullable): not needed
 * @navigator: where the packet is looked at
 *
 * Thread: main.
 * Errors: none; told in its parts.
 *
 * Returns: (transfer floating): the step's own content
 */
GtkWidget *
mdg_documents_view_new (MdgGuide *guide, MdgSession *session, MdgNavigator *navigator)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 24);

  gtk_box_append (GTK_BOX (box), mdg_amounts_box_new (guide));
  gtk_box_append (GTK_BOX (box), mdg_grant_fields_box_new (guide));
  gtk_box_append (GTK_BOX (box), mdg_packet_box_new (guide, navigator));
  return box;
}
