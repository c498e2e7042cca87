/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What the files of the window share. */
#pragma once

#include "mdg-pages.h"
#include "mdg-window.h"

G_BEGIN_DECLS

typedef enum
{
  MDG_PLACE_RECEPTION,
  MDG_PLACE_TODAY,
  MDG_PLACE_PREPARATION,
  MDG_PLACE_READERS,
  MDG_PLACE_PREFERENCES,
  MDG_N_PLACES
} MdgPlace;

struct _MdgWindow
{
  AdwApplicationWindow parent_instance;

  /* template children */
  AdwToastOverlay *toasts;
  GtkStack *cover; /* "open", "locked" */
  GtkWidget *back_button;
  GtkWidget *places_button;
  GtkWidget *lock_button;
  GtkWidget *practice_strip;
  GtkWidget *practice_cover;
  GtkWidget *patient_button;
  GtkWidget *practice_mark;
  GtkWidget *cancel_button;
  GtkMenuButton *menu_button;
  GtkMenuButton *practice_button;
  GMenuModel *primary_menu;
  AdwHeaderBar *header;
  AdwWindowTitle *title;
  AdwFlap *flap;
  GtkListBox *list;
  GtkStack *places;
  AdwBin *lock_place;

  /* owned */
  MdgSession *session;
  MdgProblem *problem; /* (nullable): the one that "win.sheet" shows */

  /* unowned: children, made when they are first shown */
  GtkWidget *pages[MDG_N_PLACES];
  GtkStack *reception;     /* "start", "page", "fallback" */
  GtkWidget *fallback;     /* (nullable) */
  GtkWidget *patient;      /* (nullable): a window of its own */
  MdgReception *connected; /* (nullable): whose signals are ours */
  MdgPlace place;

  guint folded_id;
  gboolean follows_preferences;
  gboolean follows_lock;
  gboolean checking; /* a card is on the reader */
  AdwToast *toast;   /* (nullable), unowned */
  AdwToast *trouble; /* (nullable), unowned: the one that stays until it is read */
  double pointer_x;
  double pointer_y;
};

/* mdg-window.c */
void mdg_window_update (MdgWindow *self);
void mdg_window_go_to (MdgWindow *self, MdgPlace place);
void mdg_window_choose_place (MdgWindow *self, MdgPlace place);
MdgPlace mdg_window_find_place (const char *name);
void mdg_window_show_trouble (MdgWindow *self, const char *words);

/* mdg-window-places.c: what is in each place */
GtkWidget *mdg_window_make_place (MdgWindow *self, MdgPlace place);
void mdg_window_leave_place (MdgWindow *self, MdgPlace place);
gboolean mdg_window_can_show (MdgWindow *self, MdgPlace place);
void mdg_window_fill_places (MdgWindow *self);
MdgAnswerView *mdg_window_make_view (MdgWindow *self);
void mdg_window_show_fallback (MdgWindow *self, gboolean show);
gboolean mdg_window_shows_fallback (MdgWindow *self);
void mdg_window_end_fallback (MdgWindow *self);
void mdg_window_refill_fallback (MdgWindow *self);

/* mdg-window-actions.c */
void mdg_window_add_actions (MdgWindow *self);
void mdg_window_show_patient (MdgWindow *self, gboolean show);
void mdg_window_enable (MdgWindow *self, const char *action, gboolean enabled);

/* mdg-window-session.c: follows the session, the lock and the reception */
void mdg_window_connect (MdgWindow *self);
void mdg_window_disconnect (MdgWindow *self);
void mdg_window_cover (MdgWindow *self);
void mdg_window_watch_activity (MdgWindow *self, GtkWidget *widget);
void mdg_window_report_activity (MdgWindow *self);
gboolean mdg_window_is_covered (MdgWindow *self);

/* mdg-window-size.c */
void mdg_window_restore_size (MdgWindow *self);
void mdg_window_save_size (MdgWindow *self);

G_END_DECLS
