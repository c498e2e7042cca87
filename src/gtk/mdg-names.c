/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* GTK up to 4.8 has no name for a control but what somebody gave it: a button with a label inside
 * of it, or with an icon and a tooltip, is a "GtkButton" to a screen reader. Here every control
 * that comes on the screen without a name is named by the label inside of it, or by its tooltip. */
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

static GtkWidget *
find_label (GtkWidget *widget)
{
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = GTK_IS_LABEL (child) ? child : find_label (child);

      if (GTK_IS_NATIVE (child))
        continue; /* its popover's words are not its own */
      if (found != NULL && gtk_label_get_text (GTK_LABEL (found))[0] != '\0')
        return found;
    }
  return NULL;
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
  GtkWidget *label;

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
  label = find_label (widget);
  if (label != NULL)
    gtk_accessible_update_relation (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_RELATION_LABELLED_BY,
                                    label, NULL, -1);
  else if (tooltip != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, tooltip,
                                    -1);
}

static gboolean
on_map_cb (GSignalInvocationHint *hint, guint n_values, const GValue *values, gpointer user_data)
{
  GtkWidget *widget = g_value_get_object (&values[0]);

  if (is_control (widget))
    name_control (widget);
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
