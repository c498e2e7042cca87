/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Lines "NAME MICROSECONDS" (monotonic clock) in the file of MADOGUCHI_STOPWATCH, and "stall TOTAL
 * LAYOUT PAINT WORK" when the main loop did not come back to its poll for more than 16 ms: a frame
 * that a person misses. LAYOUT is what styles and sizes took of that time and PAINT what drawing
 * took, which is the renderer's: neither is work that the program could have done elsewhere. WORK
 * is what the processor did for this thread in that time: on a busy machine less than TOTAL. In
 * development builds only; no name and no number of a patient is ever handed to it. */
#include "config.h"

#include "mdg-stopwatch.h"

#define STALL_MICROSECONDS 16000

static GOutputStream *file;
static GPollFunc real_poll;
static gint64 awake_since;
static gint64 work_before;

/* frames since the last poll */
static gint64 frame_began;
static gint64 frame_was_laid_out;
static gint64 layout_time;
static gint64 paint_time;

static void
write_line (const char *name, gint64 microseconds)
{
  g_output_stream_printf (file, NULL, NULL, NULL, "%s %" G_GINT64_FORMAT "\n", name, microseconds);
}

/* The time between two polls is what the main loop was busy with. */
static int
poll_and_measure (GPollFD *fds, guint n_fds, int timeout)
{
  gint64 now = g_get_monotonic_time ();
  int result;

  if (awake_since != 0 && now - awake_since > STALL_MICROSECONDS)
    g_output_stream_printf (file, NULL, NULL, NULL,
                            "stall %" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %" G_GINT64_FORMAT
                            " %" G_GINT64_FORMAT "\n",
                            now - awake_since, layout_time, paint_time,
                            mdg_stopwatch_get_work () - work_before);
  layout_time = paint_time = 0;
  result = real_poll (fds, n_fds, timeout);
  awake_since = g_get_monotonic_time ();
  work_before = mdg_stopwatch_get_work ();
  return result;
}

/**
 * mdg_stopwatch_start:
 *
 * Begins to measure where the environment asks for it.
 *
 * Thread: main.
 * Errors: none.
 */
void
mdg_stopwatch_start (void)
{
  const char *path = MDG_DEVELOPMENT ? g_getenv ("MADOGUCHI_STOPWATCH") : NULL;
  g_autoptr (GFile) target = NULL;

  if (path == NULL || file != NULL)
    return;
  target = g_file_new_for_path (path);
  file = G_OUTPUT_STREAM (g_file_append_to (target, G_FILE_CREATE_PRIVATE, NULL, NULL));
  if (file == NULL)
    return;
  real_poll = g_main_context_get_poll_func (NULL);
  g_main_context_set_poll_func (NULL, poll_and_measure);
  mdg_stopwatch_mark ("main");
}

/**
 * mdg_stopwatch_mark:
 * @name: what happened: a literal
 *
 * Thread: main.
 * Errors: none.
 */
void
mdg_stopwatch_mark (const char *name)
{
  if (file != NULL)
    write_line (name, g_get_monotonic_time ());
}

static void
on_frame_began_cb (GdkFrameClock *clock)
{
  frame_began = frame_was_laid_out = g_get_monotonic_time ();
}

/* Connected after the toolkit's own handler, so that this is its end. */
static void
on_laid_out_cb (GdkFrameClock *clock)
{
  frame_was_laid_out = g_get_monotonic_time ();
}

static void
on_frame_ended_cb (GdkFrameClock *clock)
{
  layout_time += frame_was_laid_out - frame_began;
  paint_time += g_get_monotonic_time () - frame_was_laid_out;
}

/* Each window has a clock, watched once. */
static void
watch_frames (GdkFrameClock *clock)
{
  if (g_object_get_data (G_OBJECT (clock), "mdg-stopwatch") != NULL)
    return;
  g_object_set_data (G_OBJECT (clock), "mdg-stopwatch", GINT_TO_POINTER (1));
  g_signal_connect (clock, "before-paint", G_CALLBACK (on_frame_began_cb), NULL);
  g_signal_connect_after (clock, "layout", G_CALLBACK (on_laid_out_cb), NULL);
  g_signal_connect (clock, "after-paint", G_CALLBACK (on_frame_ended_cb), NULL);
}

typedef struct
{
  GdkFrameClock *clock;
  gulong handler;
  const char *name;
} Painted;

static void
on_after_paint_cb (GdkFrameClock *clock, gpointer user_data)
{
  Painted *painted = user_data;

  mdg_stopwatch_mark (painted->name);
  g_signal_handler_disconnect (clock, painted->handler);
  g_object_unref (painted->clock);
  g_free (painted);
}

static void
on_realize_cb (GtkWidget *widget, gpointer name)
{
  g_signal_handlers_disconnect_by_func (widget, on_realize_cb, name);
  mdg_stopwatch_mark_painted (widget, name);
}

/**
 * mdg_stopwatch_mark_painted:
 * @widget: a widget; waits until it is realized
 * @name: what was shown: a literal
 *
 * Marks the end of the next frame.
 *
 * Thread: main.
 * Errors: none.
 */
void
mdg_stopwatch_mark_painted (GtkWidget *widget, const char *name)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (widget);
  Painted *painted;

  if (file == NULL)
    return;
  if (clock == NULL)
    {
      g_signal_connect (widget, "realize", G_CALLBACK (on_realize_cb), (gpointer) name);
      return;
    }
  watch_frames (clock);
  painted = g_new0 (Painted, 1);
  painted->clock = g_object_ref (clock);
  painted->name = name;
  painted->handler =
      g_signal_connect (clock, "after-paint", G_CALLBACK (on_after_paint_cb), painted);
  gdk_frame_clock_request_phase (clock, GDK_FRAME_CLOCK_PHASE_PAINT);
}
