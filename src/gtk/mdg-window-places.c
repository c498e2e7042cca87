/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What is in each place. The reception has three: what is told before it is open, the page, and
 * what to do when nothing can be confirmed. */
#include "config.h"

#include "mdg-window-private.h"

#include "mdg-reception-page.h"
#include "mdg-start-page.h"
#include "mdg-widgets.h"

#include <glib/gi18n.h>

static GtkWidget *
make_reception (MdgWindow *self)
{
  self->reception = GTK_STACK (gtk_stack_new ());
  gtk_stack_set_hhomogeneous (self->reception, FALSE);
  gtk_stack_set_vhomogeneous (self->reception, FALSE);
  gtk_stack_add_named (self->reception, mdg_start_page_new (self->session), "start");
  mdg_stack_present_visible_only (self->reception);
  return GTK_WIDGET (self->reception);
}

static void
on_testing_cb (GtkWidget *page, GParamSpec *pspec, MdgWindow *self)
{
  gboolean testing = FALSE;

  g_object_get (page, "testing", &testing, NULL);
  mdg_session_set_testing (self->session, testing);
}

static void
on_passed_cb (GtkWidget *page, MdgReader *reader, MdgWindow *self)
{
  mdg_session_note_tested (self->session, reader);
}

/* Readers are there from the first opening step on, before a person can come here. */
static GtkWidget *
make_readers (MdgWindow *self)
{
  GtkWidget *page = mdg_readers_page_new (mdg_session_get_readers (self->session),
                                          mdg_session_get_host (self->session),
                                          mdg_session_get_practice (self->session));

  g_signal_connect_object (page, "notify::testing", G_CALLBACK (on_testing_cb), self, 0);
  g_signal_connect_object (page, "passed", G_CALLBACK (on_passed_cb), self, 0);
  return page;
}

/* A list that cannot be kept is not an empty list. */
static void
fill_today (MdgWindow *self, GtkWidget *page)
{
  mdg_today_page_set_log (MDG_TODAY_PAGE (page), mdg_session_get_visit_log (self->session));
  mdg_today_page_set_problem (MDG_TODAY_PAGE (page),
                              mdg_session_get_record_problem (self->session));
}

static GtkWidget *
make_today (MdgWindow *self)
{
  GtkWidget *page = mdg_today_page_new (mdg_session_get_preferences (self->session));

  fill_today (self, page);
  return page;
}

/**
 * mdg_window_can_show:
 * @self: the window
 * @place: a place
 *
 * Thread: main.
 *
 * Returns: whether what the place shows is there by now
 */
gboolean
mdg_window_can_show (MdgWindow *self, MdgPlace place)
{
  if (place == MDG_PLACE_READERS)
    return mdg_session_get_readers (self->session) != NULL;
  if (place == MDG_PLACE_TODAY)
    return mdg_session_get_preferences (self->session) != NULL;
  return TRUE;
}

/**
 * mdg_window_make_place:
 * @self: the window
 * @place: which one
 *
 * Thread: main.
 *
 * Returns: (transfer floating): its widget
 */
GtkWidget *
mdg_window_make_place (MdgWindow *self, MdgPlace place)
{
  switch (place)
    {
    case MDG_PLACE_RECEPTION:
      return make_reception (self);
    case MDG_PLACE_TODAY:
      return make_today (self);
    case MDG_PLACE_PREPARATION:
      return mdg_preparation_page_new (self->session);
    case MDG_PLACE_READERS:
      return make_readers (self);
    case MDG_PLACE_PREFERENCES:
    case MDG_N_PLACES:
      break;
    }
  return mdg_preferences_page_new (self->session);
}

/**
 * mdg_window_leave_place:
 * @self: the window
 * @place: the one that is left, or that is covered now: its details go
 *
 * Thread: main.
 */
void
mdg_window_leave_place (MdgWindow *self, MdgPlace place)
{
  if (place == MDG_PLACE_TODAY && self->pages[place] != NULL)
    mdg_today_page_hide_details (MDG_TODAY_PAGE (self->pages[place]));
}

/**
 * mdg_window_fill_places:
 * @self: the window
 *
 * What came of the session since then: the reception's page, the log of today's page.
 *
 * Thread: main.
 */
void
mdg_window_fill_places (MdgWindow *self)
{
  MdgReception *reception = mdg_session_get_reception (self->session);
  GtkWidget *page;

  if (self->pages[MDG_PLACE_TODAY] != NULL)
    fill_today (self, self->pages[MDG_PLACE_TODAY]);
  if (reception == NULL || gtk_stack_get_child_by_name (self->reception, "page") != NULL)
    return;
  page = mdg_reception_page_new (reception, mdg_session_get_preferences (self->session));
  mdg_reception_page_set_readers (MDG_RECEPTION_PAGE (page),
                                  mdg_session_get_readers (self->session));
  gtk_stack_add_named (self->reception, page, "page");
  gtk_stack_set_visible_child (self->reception, page);
}

/**
 * mdg_window_make_view:
 * @self: the window
 *
 * Thread: main.
 *
 * Returns: (transfer full) (nullable): the answer that the reception shows now
 */
MdgAnswerView *
mdg_window_make_view (MdgWindow *self)
{
  MdgReception *reception = mdg_session_get_reception (self->session);
  MdgPreferences *preferences = mdg_session_get_preferences (self->session);
  const MdgDeskAnswer *answer = reception != NULL ? mdg_reception_get_answer (reception) : NULL;
  gboolean western = FALSE;

  if (answer == NULL)
    return NULL;
  g_object_get (preferences, "western-years", &western, NULL);
  return mdg_answer_view_new (answer, mdg_desk_language (),
                              western ? MDG_CALENDAR_WESTERN : MDG_CALENDAR_ERA);
}

/**
 * mdg_window_shows_fallback:
 * @self: the window
 *
 * Thread: main.
 *
 * Returns: whether 確認できないとき is over the reception
 */
gboolean
mdg_window_shows_fallback (MdgWindow *self)
{
  return self->fallback != NULL && gtk_stack_get_visible_child (self->reception) == self->fallback;
}

/**
 * mdg_window_refill_fallback:
 * @self: the window
 *
 * The statement has what the answer of this moment tells, and nothing where there is none.
 *
 * Thread: main.
 */
void
mdg_window_refill_fallback (MdgWindow *self)
{
  g_autoptr (MdgAnswerView) view =
      mdg_window_shows_fallback (self) ? mdg_window_make_view (self) : NULL;

  if (self->fallback != NULL)
    mdg_fallback_page_set_known (MDG_FALLBACK_PAGE (self->fallback), view);
}

/**
 * mdg_window_end_fallback:
 * @self: the window
 *
 * Takes it away and forgets whose it was; the place that is shown stays.
 *
 * Thread: main.
 */
void
mdg_window_end_fallback (MdgWindow *self)
{
  gboolean ready = gtk_stack_get_child_by_name (self->reception, "page") != NULL;

  gtk_stack_set_visible_child_name (self->reception, ready ? "page" : "start");
  mdg_window_refill_fallback (self);
}

/**
 * mdg_window_show_fallback:
 * @self: the window
 * @show: FALSE: back to the reception
 *
 * What is known of the person goes into the statement, and out of it when this is left.
 *
 * Thread: main.
 */
void
mdg_window_show_fallback (MdgWindow *self, gboolean show)
{
  if (show && self->fallback == NULL)
    {
      self->fallback = mdg_fallback_page_new (mdg_session_get_institution_name (self->session),
                                              mdg_session_get_practice (self->session));
      gtk_stack_add_named (self->reception, self->fallback, "fallback");
    }
  if (show)
    gtk_stack_set_visible_child (self->reception, self->fallback);
  else
    mdg_window_end_fallback (self);
  mdg_window_refill_fallback (self);
  mdg_window_go_to (self, MDG_PLACE_RECEPTION);
  gtk_widget_child_focus (gtk_stack_get_visible_child (self->reception), GTK_DIR_TAB_FORWARD);
}
