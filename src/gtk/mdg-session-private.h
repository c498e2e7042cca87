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

  /* set at the start */
  gboolean practice;
  char *profile;
  char *drivers; /* (nullable) */

  /* state */
  MdgSessionState state;
  MdgProblem *problem; /* (nullable) */
  GCancellable *cancellable;
  gboolean closed;

  /* owned */
  MdgPluginHost *host;
  MdgReaderManager *readers;
};

/* mdg-session.c */
void mdg_session_set_state (MdgSession *self, MdgSessionState state, const GError *error);

/* mdg-session-readers.c */
void mdg_session_load_readers (MdgSession *self);

G_END_DECLS
