/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Trust in a pinned CA only. Private to src/client. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _MdgTlsTrust MdgTlsTrust;

MdgTlsTrust *mdg_tls_trust_new (const char *ca_pem, GError **error);
void mdg_tls_trust_free (MdgTlsTrust *self);
gboolean
mdg_tls_trust_verify (MdgTlsTrust *self, GTlsCertificate *peer, const char *host, GError **error);

G_END_DECLS
