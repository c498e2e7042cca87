/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The places of the window and what stands over them. Each takes the models it shows and nothing
 * else, so that a test can show it without a session; what it wants of the window it asks by the
 * actions of mdg-window.h. */
#pragma once

#include "mdg-answer-view.h"
#include "mdg-session.h"
#include <adwaita.h>

G_BEGIN_DECLS

/* 窓口: the scene of the moment, or the answer */
#define MDG_TYPE_RECEPTION_PAGE (mdg_reception_page_get_type ())
G_DECLARE_FINAL_TYPE (MdgReceptionPage, mdg_reception_page, MDG, RECEPTION_PAGE, GtkWidget)
GtkWidget *mdg_reception_page_new (MdgReception *reception, MdgPreferences *preferences);

/* the keypad and the four dots, on either side; takes keys of the keyboard from the whole window it
 * is in */
#define MDG_TYPE_PIN_PAD (mdg_pin_pad_get_type ())
G_DECLARE_FINAL_TYPE (MdgPinPad, mdg_pin_pad, MDG, PIN_PAD, GtkWidget)
GtkWidget *mdg_pin_pad_new (MdgReception *reception, MdgSide side);

/* the patient's window; closing it tells the reception */
#define MDG_TYPE_PATIENT_WINDOW (mdg_patient_window_get_type ())
G_DECLARE_FINAL_TYPE (MdgPatientWindow, mdg_patient_window, MDG, PATIENT_WINDOW, AdwWindow)
GtkWidget *mdg_patient_window_new (MdgReception *reception, gboolean practice);

/* an answer, on the reception (with countdown, keep and clear) or from the list. Signals "print",
 * "copied" (something of it is on the clipboard), "keep", "clear", "fallback". */
#define MDG_TYPE_ANSWER_PAGE (mdg_answer_page_get_type ())
G_DECLARE_FINAL_TYPE (MdgAnswerPage, mdg_answer_page, MDG, ANSWER_PAGE, GtkWidget)
GtkWidget *mdg_answer_page_new (void);
/* @view: (transfer full) (nullable): NULL clears everything that was shown */
void mdg_answer_page_set_view (MdgAnswerPage *self, MdgAnswerView *view);
/* -1: no countdown; else how many of @total seconds are left */
void mdg_answer_page_set_countdown (MdgAnswerPage *self, int seconds_left, int total);
void mdg_answer_page_focus_verdict (MdgAnswerPage *self); /* it is announced by that */

/* 確認できないとき: the steps of mdg-fallback.h; the last one prints the statement */
#define MDG_TYPE_FALLBACK_PAGE (mdg_fallback_page_get_type ())
G_DECLARE_FINAL_TYPE (MdgFallbackPage, mdg_fallback_page, MDG, FALLBACK_PAGE, GtkWidget)
GtkWidget *mdg_fallback_page_new (const char *institution_name, gboolean practice);
void mdg_fallback_page_set_known (MdgFallbackPage *self,
                                  const MdgAnswerView *view); /* (nullable): fills the statement */

/* 本日の受付 */
#define MDG_TYPE_TODAY_PAGE (mdg_today_page_get_type ())
G_DECLARE_FINAL_TYPE (MdgTodayPage, mdg_today_page, MDG, TODAY_PAGE, GtkWidget)
GtkWidget *mdg_today_page_new (MdgPreferences *preferences);
void mdg_today_page_set_log (MdgTodayPage *self, MdgVisitLog *log); /* (nullable) */
/* (nullable): why nothing is kept */
void mdg_today_page_set_problem (MdgTodayPage *self, MdgProblem *problem);
void
mdg_today_page_hide_details (MdgTodayPage *self); /* at a lock, or when another place is shown */
/* the detail of a visit, as the list keeps it: one writer, one reader */
GBytes *mdg_visit_detail_new (const MdgDeskAnswer *answer);
MdgAnswerView *mdg_visit_detail_to_view (GBytes *detail,
                                         MdgOqsLanguage language,
                                         MdgCalendar calendar,
                                         GError **error);

/* リーダー */
#define MDG_TYPE_READERS_PAGE (mdg_readers_page_get_type ())
G_DECLARE_FINAL_TYPE (MdgReadersPage, mdg_readers_page, MDG, READERS_PAGE, GtkWidget)
GtkWidget *mdg_readers_page_new (MdgReaderManager *readers, MdgPluginHost *host, gboolean practice);

/* 準備: the place of the wizard */
#define MDG_TYPE_PREPARATION_PAGE (mdg_preparation_page_get_type ())
G_DECLARE_FINAL_TYPE (MdgPreparationPage, mdg_preparation_page, MDG, PREPARATION_PAGE, GtkWidget)
GtkWidget *mdg_preparation_page_new (MdgSession *session);
GtkWidget *mdg_preparation_page_new_with_guide (MdgGuide *guide); /* for a test */
void mdg_preparation_page_open_step (MdgPreparationPage *self, MdgStepKind kind);
GtkWidget *mdg_preparation_page_get_navigator (MdgPreparationPage *self);

/* 設定 */
#define MDG_TYPE_PREFERENCES_PAGE (mdg_preferences_page_get_type ())
G_DECLARE_FINAL_TYPE (MdgPreferencesPage, mdg_preferences_page, MDG, PREFERENCES_PAGE, GtkWidget)
GtkWidget *mdg_preferences_page_new (MdgSession *session);

/* the lock, or the log-in: one field for the password. Signal "unlocked". */
#define MDG_TYPE_LOCK_VIEW (mdg_lock_view_get_type ())
G_DECLARE_FINAL_TYPE (MdgLockView, mdg_lock_view, MDG, LOCK_VIEW, GtkWidget)
GtkWidget *mdg_lock_view_new (MdgSession *session);

/* the virtual reader's panel in practice mode */
#define MDG_TYPE_PRACTICE_PANEL (mdg_practice_panel_get_type ())
G_DECLARE_FINAL_TYPE (MdgPracticePanel, mdg_practice_panel, MDG, PRACTICE_PANEL, GtkWidget)
GtkWidget *mdg_practice_panel_new (MdgSession *session);

G_END_DECLS
