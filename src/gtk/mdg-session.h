/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The program's parts, put together after the first frame: store, secrets, readers, source, desk.
 * Nothing here blocks the main thread; each part is there as soon as it can be. */
#pragma once

#include "mdg-activation.h"
#include "mdg-guide.h"
#include "mdg-plugin-host.h"
#include "mdg-practice-service.h"
#include "mdg-preferences.h"
#include "mdg-reception.h"
#include "mdg-staff-lock.h"
#include "mdg-visit-log.h"

G_BEGIN_DECLS

typedef enum
{
  MDG_SESSION_OPENING,
  MDG_SESSION_READY,         /* there is a reception */
  MDG_SESSION_NOT_ACTIVATED, /* 準備 comes first; readers can be tested */
  MDG_SESSION_NEED_PASSWORD, /* log-in, before the reception opens */
  MDG_SESSION_FAILED         /* "problem" says why; mdg_session_open() tries again */
} MdgSessionState;

/* Properties, notified: "state" (int), "problem" (pointer MdgProblem), "reception", "visit-log",
 * "record-problem" (pointer MdgProblem): why the last check was not kept in the log, "guide",
 * "guide-error" (pointer GError): why there is none. */
#define MDG_TYPE_SESSION (mdg_session_get_type ())
G_DECLARE_FINAL_TYPE (MdgSession, mdg_session, MDG, SESSION, GObject)

/* for so long a shorter time of keeping checks can be taken back; then they are deleted */
#define MDG_SESSION_UNDO_SECONDS 15

/* @profile: (nullable): an id of mdg-profiles.h, NULL for the one used last; ignored in practice
 * mode */
MdgSession *mdg_session_new (const char *profile, gboolean practice);
/* before it is opened: only these, ids with commas between (development builds) */
void mdg_session_set_drivers (MdgSession *self, const char *ids);
/* practice mode, before it is opened: the person whose card lies on the reader at the start; else
 * none does */
void mdg_session_set_practice_card (MdgSession *self, const char *cn);
void mdg_session_open (MdgSession *self);
/* stops everything; waits, bounded, until the card is closed and all is written */
void mdg_session_close (MdgSession *self);
MdgSessionState mdg_session_get_state (MdgSession *self);
MdgProblem *mdg_session_get_problem (MdgSession *self); /* (nullable) */
MdgReception *
mdg_session_get_reception (MdgSession *self); /* (nullable) (transfer none), as all here */
MdgPreferences *mdg_session_get_preferences (
    MdgSession *self); /* there from the first opening step on; (nullable) */
MdgVisitLog *mdg_session_get_visit_log (MdgSession *self);     /* (nullable) */
MdgProblem *mdg_session_get_record_problem (MdgSession *self); /* (nullable) */
MdgStaffLock *mdg_session_get_lock (MdgSession *self);         /* (nullable) */
/* the facility's way to the online check; comes after the rest is open; (nullable) */
MdgGuide *mdg_session_get_guide (MdgSession *self);
const GError *mdg_session_get_guide_error (MdgSession *self); /* (nullable) */
/* tries again after an error */
void mdg_session_open_guide (MdgSession *self);
/* @reader passed the reader test: the journey remembers it */
void mdg_session_note_tested (MdgSession *self, MdgReader *reader);
MdgPluginHost *mdg_session_get_host (MdgSession *self);
MdgReaderManager *mdg_session_get_readers (MdgSession *self);
gboolean mdg_session_get_practice (MdgSession *self);
const char *mdg_session_get_profile (MdgSession *self);
const char *mdg_session_get_user_id (MdgSession *self);          /* (nullable) */
const char *mdg_session_get_institution_name (MdgSession *self); /* (nullable) */
const char *mdg_session_get_institution_code (MdgSession *self); /* (nullable) */
/* the password of the facility's user: asked of the service; kept where the preferences say so */
void mdg_session_log_in_async (MdgSession *self,
                               GBytes *password,
                               GCancellable *c,
                               GAsyncReadyCallback cb,
                               gpointer data);
gboolean mdg_session_log_in_finish (MdgSession *self, GAsyncResult *result, GError **error);
/* a reception whose password the service does not take any more: NEED_PASSWORD until a log-in, or
 * until nobody asks any more */
void mdg_session_ask_password (MdgSession *self, gboolean ask);
/* while a reader is tested the desk takes no card */
void mdg_session_set_testing (MdgSession *self, gboolean testing);
/* a line of the audit about the last check: "print", "copy", or about none: "setting" … */
void mdg_session_audit (MdgSession *self, const char *action);
/* (nullable): of this terminal, when it is activated */
const MdgTerminal *mdg_session_get_terminal (MdgSession *self);
/* registers this PC; @request in normal forms (mdg-letter.h) */
void mdg_session_activate_async (MdgSession *self,
                                 const MdgActivationRequest *request,
                                 gboolean keep_password,
                                 GCancellable *c,
                                 GAsyncReadyCallback cb,
                                 gpointer data);
/* a new certificate for the same terminal */
void
mdg_session_renew_async (MdgSession *self, GCancellable *c, GAsyncReadyCallback cb, gpointer data);
/* gives the terminal up; afterwards the facility is opened again (app.profile). Not in practice. */
void mdg_session_deactivate_async (MdgSession *self,
                                   gboolean only_here,
                                   GCancellable *c,
                                   GAsyncReadyCallback cb,
                                   gpointer data);
gboolean mdg_session_terminal_finish (MdgSession *self, GAsyncResult *result, GError **error);
/* practice mode only: (nullable) (transfer full): what the invented facility's letter says */
MdgPracticeInfo *mdg_session_get_practice_letter (MdgSession *self);
/* practice mode only: a command of the virtual reader (plugins/virtual/README.md): "insert
 * PRACTICE0002" … */
void mdg_session_practice_command_async (MdgSession *self,
                                         const char *command,
                                         GCancellable *c,
                                         GAsyncReadyCallback cb,
                                         gpointer data);
char *mdg_session_practice_command_finish (MdgSession *self, GAsyncResult *result, GError **error);
/* practice mode only: a fault of the practice service (data/practice/README.md); @fault "clear"
 * takes all back */
gboolean mdg_session_practice_fault (MdgSession *self, const char *fault, GError **error);
char *mdg_session_get_practice_password (
    MdgSession *self); /* (nullable) (transfer full): shown on the practice lock */

G_END_DECLS
