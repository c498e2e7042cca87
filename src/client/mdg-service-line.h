/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* One way to one service: trust, certificate, connections, and calls that end. Private to
 * src/client. */
#pragma once

#include "mdg-service-answer.h"

G_BEGIN_DECLS

#define MDG_SERVICE_DEADLINE_MS 15000

#define MDG_TYPE_SERVICE_LINE (mdg_service_line_get_type ())
G_DECLARE_FINAL_TYPE (MdgServiceLine, mdg_service_line, MDG, SERVICE_LINE, GObject)

/* @certificate: (nullable): shown to the service */
MdgServiceLine *mdg_service_line_new (const char *service_url,
                                      const char *ca_pem,
                                      GTlsCertificate *certificate,
                                      GError **error);
/* @body, @token: (nullable). @deadline: monotonic microseconds. Comes back with every complete
 * answer, be it a refusal; an error means that there was none. */
void mdg_service_line_send_async (MdgServiceLine *self,
                                  const char *method,
                                  const char *path,
                                  GBytes *body,
                                  const char *token,
                                  gint64 deadline,
                                  GCancellable *c,
                                  GAsyncReadyCallback cb,
                                  gpointer data);
MdgServiceAnswer *
mdg_service_line_send_finish (MdgServiceLine *self, GAsyncResult *result, GError **error);

G_END_DECLS
