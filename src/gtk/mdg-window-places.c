/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What is in each place. The reception has three: what is told before it is open, the page, and
 * what to do when nothing can be confirmed. */
#include "config.h"

#include "mdg-window-private.h"

#include "mdg-start-page.h"

static GtkWidget *
make_empty (const char *icon)
{
  GtkWidget *page = adw_status_page_new ();

  adw_status_page_set_icon_name (ADW_STATUS_PAGE (page), icon);
  return page;
}

static GtkWidget *
make_reception (MdgWindow *self)
{
  self->reception = GTK_STACK (gtk_stack_new ());
  gtk_stack_set_hhomogeneous (self->reception, FALSE);
  gtk_stack_set_vhomogeneous (self->reception, FALSE);
  gtk_stack_add_named (self->reception, mdg_start_page_new (self->session), "start");
  return GTK_WIDGET (self->reception);
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
      return make_empty ("mdg-place-today-symbolic");
    case MDG_PLACE_PREPARATION:
      return make_empty ("mdg-place-preparation-symbolic");
    case MDG_PLACE_READERS:
      return make_empty ("mdg-place-readers-symbolic");
    case MDG_PLACE_PREFERENCES:
    case MDG_N_PLACES:
      break;
    }
  return make_empty ("mdg-place-preferences-symbolic");
}

/**
 * mdg_window_leave_place:
 * @self: the window
 * @place: the one that is left: its details go
 *
 * Thread: main.
 */
void
mdg_window_leave_place (MdgWindow *self, MdgPlace place)
{
}

/**
 * mdg_window_fill_reception:
 * @self: the window
 *
 * The page of the session's reception, or the start page where there is none.
 *
 * Thread: main.
 */
void
mdg_window_fill_reception (MdgWindow *self)
{
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
 * mdg_window_show_fallback:
 * @self: the window
 * @show: FALSE: back to the reception
 *
 * Thread: main.
 */
void
mdg_window_show_fallback (MdgWindow *self, gboolean show)
{
  mdg_window_go_to (self, MDG_PLACE_RECEPTION);
  mdg_window_update (self);
}
