/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What the files of the session share. */
#pragma once

#include "mdg-activation.h"
#include "mdg-practice-service.h"
#include "mdg-session.h"
#include "mdg-worker.h"

G_BEGIN_DECLS

struct _MdgSession
{
  GObject parent_instance;

  /* set before it is opened */
  gboolean practice;
  char *profile;
  char *drivers;       /* (nullable) */
  char *practice_card; /* (nullable): the invented person whose card lies there at the start */

  /* state */
  MdgSessionState state;
  MdgProblem *problem; /* (nullable) */
  GCancellable *cancellable;
  guint pending;    /* steps that have not come back: closing waits for them */
  gboolean opening; /* one of them is opening store and activation */
  gboolean closed;

  /* files */
  char *folder;
  char *database;
  MdgWorker *worker;
  MdgPreferences *preferences;
  MdgStore *store; /* the main thread's; a job on the worker opens one of its own */
  MdgSecretStore *secrets;
  MdgActivation *activation; /* (nullable): what the source is made of */
  GBytes *password;          /* (nullable): the kept one, until the source has it */
  GBytes *typed_password;    /* (nullable): that of a registration just made */
  MdgActivation *unkept;     /* (nullable): granted by the service, and not on the disk yet */
  GBytes *unkept_code;       /* (nullable): the code that it was granted for, used up */

  /* the reception's parts */
  MdgPluginHost *host;
  MdgReaderManager *readers;
  MdgOnlineSource *source;
  MdgReception *reception;
  MdgVisitLog *log;
  guint days_id;              /* until a shorter time counts */
  GError *log_error;          /* (nullable): why there is no log */
  const char *entered;        /* (nullable): a line of the audit that waits for the log */
  gint64 last_visit;          /* the id of the check that is shown, or was last; 0 none */
  MdgProblem *record_problem; /* (nullable): why the last one was not kept */
  MdgStaffLock *lock;
  MdgGuide *guide;     /* (nullable) */
  GError *guide_error; /* (nullable) */
  gboolean guide_opening;
  gboolean testing; /* a reader is tested: the desk keeps away from cards */

  /* practice mode */
  MdgPracticeService *service;
  MdgPracticeInfo *info;
  char *socket; /* (nullable): of the virtual reader's commands */
  gboolean cards_trusted;
  gboolean letter_used; /* the terminal was registered with the letter's values */
};

/* mdg-session.c */
void mdg_session_set_state (MdgSession *self, MdgSessionState state, const GError *error);
void mdg_session_notify_parts (MdgSession *self);
void mdg_session_set_record_problem (MdgSession *self, const GError *error);

/* mdg-session-readers.c: drivers and readers */
void mdg_session_load_readers (MdgSession *self);

/* mdg-session-open.c: store, secrets, activation */
void mdg_session_open_files (MdgSession *self);

/* mdg-session-desk.c: the reception, when there is an activation and a password */
void mdg_session_make_lock (MdgSession *self);
void mdg_session_set_lock_password (MdgSession *self, GBytes *password);
gboolean mdg_session_make_reception (MdgSession *self, GError **error);
void mdg_session_follow_lock (MdgSession *self);

/* mdg-session-terminal.c: a certificate that ends soon */
void mdg_session_renew_in_time (MdgSession *self);

/* mdg-session-record.c: what was checked goes into the log */
void mdg_session_open_log (MdgSession *self);
void mdg_session_record (MdgSession *self);
/* "log-in", "unlock": a person was let in */
void mdg_session_audit_entry (MdgSession *self, const char *action);

/* mdg-session-guide.c: the preparation */
void mdg_session_follow_activation (MdgSession *self);
void mdg_session_notify_guide (MdgSession *self);

/* mdg-session-practice.c: the virtual reader's commands, and whose cards the service trusts */
void mdg_session_set_up_practice_reader (MdgSession *self);
void mdg_session_trust_cards (MdgSession *self);

G_END_DECLS
