/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Children that are laid out one after the other, each in a frame of its own: together they would
 * take longer than a frame may. What waits has its texts already; it follows what is there, so that
 * nothing moves, and it takes no room before its turn, which only the layouts of ours know
 * (mdg-layout-child.h). */
#include "config.h"

#include "mdg-turns.h"

#define KEY "mdg-turns"

typedef struct
{
  guint tick;
  gboolean painting; /* the first child's frame has begun */
} Turns;

static gboolean
on_tick_cb (GtkWidget *box, GdkFrameClock *clock, gpointer data)
{
  Turns *turns = data;
  GtkWidget *child = gtk_widget_get_first_child (box);

  if (!turns->painting)
    {
      turns->painting = TRUE;
      return G_SOURCE_CONTINUE;
    }
  while (child != NULL && gtk_widget_get_child_visible (child))
    child = gtk_widget_get_next_sibling (child);
  if (child != NULL)
    {
      gtk_widget_set_child_visible (child, TRUE);
      gtk_widget_queue_resize (box);
      return G_SOURCE_CONTINUE;
    }
  turns->tick = 0;
  return G_SOURCE_REMOVE;
}

static Turns *
get_turns (GtkWidget *box)
{
  Turns *turns = g_object_get_data (G_OBJECT (box), KEY);

  if (turns == NULL)
    {
      turns = g_new0 (Turns, 1);
      g_object_set_data_full (G_OBJECT (box), KEY, turns, g_free);
    }
  return turns;
}

static void
set_waiting (GtkWidget *box, gboolean waiting)
{
  GtkWidget *first = gtk_widget_get_first_child (box);

  for (GtkWidget *child = first; child != NULL; child = gtk_widget_get_next_sibling (child))
    gtk_widget_set_child_visible (child, child == first || !waiting);
}

/**
 * mdg_turns_begin:
 * @box: what has the children, with an #MdgBeside, an #MdgColumns or an #MdgWrap
 *
 * The next frame has the first child of it, each one after that one more.
 *
 * Thread: main.
 * Errors: none.
 */
void
mdg_turns_begin (GtkWidget *box)
{
  Turns *turns = get_turns (box);

  set_waiting (box, TRUE);
  turns->painting = FALSE;
  if (turns->tick == 0)
    turns->tick = gtk_widget_add_tick_callback (box, on_tick_cb, turns, NULL);
}

/**
 * mdg_turns_end:
 * @box: what has the children
 *
 * All of them are laid out in the next frame.
 *
 * Thread: main.
 * Errors: none.
 */
void
mdg_turns_end (GtkWidget *box)
{
  Turns *turns = get_turns (box);

  set_waiting (box, FALSE);
  if (turns->tick != 0)
    gtk_widget_remove_tick_callback (box, turns->tick);
  turns->tick = 0;
}
