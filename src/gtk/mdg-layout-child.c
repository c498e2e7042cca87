/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The children that a layout has to do with: hidden ones, and those whose turn has not come, take
 * no room and no gap. */
#include "config.h"

#include "mdg-layout-child.h"

static GtkWidget *
skip_hidden (GtkWidget *child)
{
  while (child != NULL &&
         !(gtk_widget_should_layout (child) && gtk_widget_get_child_visible (child)))
    child = gtk_widget_get_next_sibling (child);
  return child;
}

/**
 * mdg_layout_first_child:
 * @widget: what is laid out
 *
 * Thread: main.
 * Errors: none.
 *
 * Returns: (transfer none) (nullable): its first child that takes part
 */
GtkWidget *
mdg_layout_first_child (GtkWidget *widget)
{
  return skip_hidden (gtk_widget_get_first_child (widget));
}

/**
 * mdg_layout_next_child:
 * @child: a child that takes part
 *
 * Thread: main.
 * Errors: none.
 *
 * Returns: (transfer none) (nullable): the next one
 */
GtkWidget *
mdg_layout_next_child (GtkWidget *child)
{
  return skip_hidden (gtk_widget_get_next_sibling (child));
}
