/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The step 補助金申請: the packet once more, where it is posted to, and that it was. */
#include "config.h"

#include "mdg-step-content.h"

#include "mdg-grant-parts.h"
#include "mdg-post-box.h"

/**
 * mdg_grant_view_new:
 * @guide: the facility's preparation
 * @session: (nullable): not needed
 * @navigator: where papers are looked at
 *
 * Thread: main.
 * Errors: none; told in its parts.
 *
 * Returns: (transfer floating): the step's own content
 */
GtkWidget *
mdg_grant_view_new (MdgGuide *guide, MdgSession *session, MdgNavigator *navigator)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 24);

  gtk_box_append (GTK_BOX (box), mdg_packet_box_new (guide, navigator));
  gtk_box_append (GTK_BOX (box), mdg_post_box_new (MDG_STEP_GRANT, guide, navigator));
  return box;
}
