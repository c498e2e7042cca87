/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What the parts of the online source share. Private to src/client. */
#pragma once

#include "mdg-online-source.h"

#include "mdg-service-line.h"

G_BEGIN_DECLS

struct _MdgOnlineSource
{
  GObject parent_instance;
  MdgFacility *facility;
  MdgTerminal *terminal;
  MdgServiceLine *line;
  GBytes *password; /* (nullable) */
  guint deadline_ms;
  char *token; /* (nullable): erased when dropped */
  gint64 token_until;
  gboolean status_known;
  gboolean practice;
  gint64 clock_offset_ms;
};

/* A request of the protocol. With @needs_login the session is made first: log-in where there is no
 * token, and status where it is not known; an expired token is renewed once. */
void mdg_online_source_request_async (MdgOnlineSource *self,
                                      const char *method,
                                      const char *path,
                                      GBytes *body,
                                      gboolean needs_login,
                                      GCancellable *c,
                                      GAsyncReadyCallback cb,
                                      gpointer data);
/* the body of a success */
GBytes *
mdg_online_source_request_finish (MdgOnlineSource *self, GAsyncResult *result, GError **error);
void mdg_online_source_drop_token (MdgOnlineSource *self);
void mdg_online_source_init_questions (MdgEligibilitySourceInterface *iface);

/* GET status */
MdgServiceStatus *
mdg_service_status_read (const MdgServiceAnswer *answer, gint64 asked_at_ms, GError **error);

G_END_DECLS
