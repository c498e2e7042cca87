/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What a stack does not show is not there for a screen reader either. GTK 4.8 tells it about every
 * page. */
#include "config.h"

#include "mdg-widgets.h"

static void
on_visible_child_changed_cb (GtkStack *stack, GParamSpec *pspec, gpointer user_data)
{
  GtkWidget *shown = gtk_stack_get_visible_child (stack);

  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (stack)); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    gtk_accessible_update_state (GTK_ACCESSIBLE (child), GTK_ACCESSIBLE_STATE_HIDDEN,
                                 child != shown, -1);
}

static void
on_pages_changed_cb (GListModel *pages, guint position, guint removed, guint added, gpointer stack)
{
  on_visible_child_changed_cb (stack, NULL, NULL);
}

/**
 * mdg_stack_present_visible_only:
 * @stack: a stack, once
 *
 * Hides the pages of @stack that are not shown from assistive technologies, from now on: behind a
 * lock there is nothing to be read out.
 *
 * Thread: main.
 * Errors: none.
 */
void
mdg_stack_present_visible_only (GtkStack *stack)
{
  GtkSelectionModel *pages = gtk_stack_get_pages (stack);

  /* the model lives as long as somebody holds it */
  g_object_set_data_full (G_OBJECT (stack), "mdg-pages", pages, g_object_unref);
  g_signal_connect_object (pages, "items-changed", G_CALLBACK (on_pages_changed_cb), stack, 0);
  g_signal_connect (stack, "notify::visible-child", G_CALLBACK (on_visible_child_changed_cb), NULL);
  on_visible_child_changed_cb (stack, NULL, NULL);
}
