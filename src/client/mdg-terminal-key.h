/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The terminal's key pair and its certificate. Private to src/client. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

GBytes *mdg_terminal_key_new (GError **error);
char *mdg_terminal_key_make_request (GBytes *key, const char *name, GError **error);
/* (out) @not_after: of the certificate */
gboolean mdg_terminal_key_check_certificate (GBytes *key,
                                             const char *chain_pem,
                                             GDateTime *now,
                                             GDateTime **not_after,
                                             GError **error);
/* 16 hexadecimal digits that belong to the key of this certificate */
char *mdg_terminal_key_fingerprint (const char *chain_pem);
GTlsCertificate *mdg_terminal_key_to_tls (GBytes *key, const char *chain_pem, GError **error);

G_END_DECLS
