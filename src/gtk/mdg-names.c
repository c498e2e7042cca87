/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* GTK up to 4.8 has no name for a control but what somebody gave it: a button with a label inside
 * of it, or with an icon and a tooltip, is a "GtkButton" to a screen reader. Here every control
 * that comes on the screen without a name is named by the label inside of it, or by its tooltip;
 * and what is in a popover that is closed is not told of. */
#include "config.h"

#include "mdg-names.h"

/* What a person can press or choose. */
static gboolean
is_control (GtkWidget *widget)
{
  switch ((int) gtk_accessible_get_accessible_role (GTK_ACCESSIBLE (widget)))
    {
    case GTK_ACCESSIBLE_ROLE_BUTTON:
    case GTK_ACCESSIBLE_ROLE_MENU_ITEM:
    case GTK_ACCESSIBLE_ROLE_LIST_ITEM:
    case GTK_ACCESSIBLE_ROLE_OPTION:
    case GTK_ACCESSIBLE_ROLE_ROW:
    case GTK_ACCESSIBLE_ROLE_COMBO_BOX:
      return TRUE;
    default:
      return GTK_IS_BUTTON (widget) || GTK_IS_MENU_BUTTON (widget) || GTK_IS_EXPANDER (widget);
    }
}

static gboolean
has_name (GtkAccessible *control)
{
  return gtk_test_accessible_has_property (control, GTK_ACCESSIBLE_PROPERTY_LABEL) ||
         gtk_test_accessible_has_relation (control, GTK_ACCESSIBLE_RELATION_LABELLED_BY);
}

/* The labels inside of @widget that are shown, the first ones first; a popover's words are not its
 * own. */
static void
find_labels (GtkWidget *widget, GList **labels)
{
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      if (GTK_IS_NATIVE (child) || !gtk_widget_get_visible (child) ||
          !gtk_widget_get_child_visible (child))
        continue;
      if (!GTK_IS_LABEL (child))
        find_labels (child, labels);
      else if (gtk_label_get_text (GTK_LABEL (child))[0] != '\0')
        *labels = g_list_append (*labels, child);
    }
}

/* A row is all that stands in it, anything else its first label. */
static gboolean
name_by_labels (GtkWidget *widget)
{
  GtkAccessibleRelation relation = GTK_ACCESSIBLE_RELATION_LABELLED_BY;
  gboolean row =
      gtk_accessible_get_accessible_role (GTK_ACCESSIBLE (widget)) == GTK_ACCESSIBLE_ROLE_LIST_ITEM;
  g_auto (GValue) value = G_VALUE_INIT;
  g_autoptr (GList) labels = NULL;

  find_labels (widget, &labels);
  if (labels == NULL)
    return FALSE;
  if (!row)
    {
      g_list_free (labels->next);
      labels->next = NULL;
    }
  gtk_accessible_relation_init_value (relation, &value);
  g_value_set_pointer (&value, g_steal_pointer (&labels)); /* GTK keeps the list */
  gtk_accessible_update_relation_value (GTK_ACCESSIBLE (widget), 1, &relation, &value);
  return TRUE;
}

/* A menu button has a button inside of it, which has the focus and not the tooltip. */
static const char *
find_tooltip (GtkWidget *widget)
{
  const char *text = gtk_widget_get_tooltip_text (widget);
  GtkWidget *parent = gtk_widget_get_parent (widget);

  if (text == NULL && GTK_IS_MENU_BUTTON (parent))
    text = gtk_widget_get_tooltip_text (parent);
  return text;
}

/* An icon is no name: where GTK says that a button is labelled by its image, the tooltip counts. */
static gboolean
shows_icon_only (GtkWidget *widget)
{
  GtkWidget *child = GTK_IS_BUTTON (widget) ? gtk_button_get_child (GTK_BUTTON (widget)) : NULL;

  return GTK_IS_IMAGE (child);
}

static void
name_control (GtkWidget *widget)
{
  const char *tooltip = find_tooltip (widget);

  if (gtk_test_accessible_has_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL))
    return;
  if (shows_icon_only (widget))
    {
      gtk_accessible_reset_relation (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_RELATION_LABELLED_BY);
      if (tooltip != NULL)
        gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                        tooltip, -1);
      return;
    }
  if (has_name (GTK_ACCESSIBLE (widget)))
    return;
  if (!name_by_labels (widget) && tooltip != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, tooltip,
                                    -1);
}

/* A popover that was never open is told of as if it were; from the first time on GTK knows. */
static void
hide_closed_popovers (GtkWidget *widget)
{
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (!GTK_IS_NATIVE (child))
      hide_closed_popovers (child);
    else if (!gtk_widget_get_visible (child))
      gtk_accessible_update_state (GTK_ACCESSIBLE (child), GTK_ACCESSIBLE_STATE_HIDDEN, TRUE, -1);
}

static gboolean
on_idle_cb (gpointer widget)
{
  name_control (widget);
  return G_SOURCE_REMOVE;
}

static gboolean
on_map_cb (GSignalInvocationHint *hint, guint n_values, const GValue *values, gpointer user_data)
{
  GtkWidget *widget = g_value_get_object (&values[0]);

  if (is_control (widget))
    {
      /* what is chosen in a drop-down is filled in after its button */
      if (GTK_IS_BUTTON (widget) && gtk_widget_get_ancestor (widget, GTK_TYPE_DROP_DOWN) != NULL)
        g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, on_idle_cb, g_object_ref (widget),
                         g_object_unref);
      else
        name_control (widget);
      hide_closed_popovers (widget);
    }
  return TRUE;
}

/**
 * mdg_names_start:
 *
 * Names the controls of all windows of the program from now on, when they come on the screen; once,
 * after GTK was initialised. A name that somebody gave is left alone.
 *
 * Thread: main.
 * Errors: none.
 */
void
mdg_names_start (void)
{
  g_type_class_unref (g_type_class_ref (GTK_TYPE_WIDGET));
  g_signal_add_emission_hook (g_signal_lookup ("map", GTK_TYPE_WIDGET), 0, on_map_cb, NULL, NULL);
}
