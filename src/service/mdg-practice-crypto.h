/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Random values, digests and sealing for the practice service. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define MDG_PRACTICE_DIGEST_SIZE 32

gboolean mdg_practice_random (guint8 *bytes, gsize n, GError **error);
char *mdg_practice_random_text (const char *alphabet, guint length, GError **error);
void mdg_practice_sha256 (const void *data, gsize n, guint8 digest[MDG_PRACTICE_DIGEST_SIZE]);
void mdg_practice_hmac (const guint8 key[MDG_PRACTICE_DIGEST_SIZE],
                        const void *data,
                        gsize n,
                        guint8 digest[MDG_PRACTICE_DIGEST_SIZE]);
gboolean mdg_practice_stretch (const char *secret,
                               const guint8 *salt,
                               gsize n_salt,
                               guint8 digest[MDG_PRACTICE_DIGEST_SIZE],
                               GError **error);
gboolean mdg_practice_equal (const void *a, const void *b, gsize n);
void mdg_practice_wipe_text (char *secret);

char *mdg_practice_base64url_encode (const guint8 *bytes, gsize n);
GBytes *mdg_practice_base64_decode (const char *text, gsize max);

GBytes *
mdg_practice_seal (const guint8 key[MDG_PRACTICE_DIGEST_SIZE], GBytes *plain, GError **error);
GBytes *
mdg_practice_unseal (const guint8 key[MDG_PRACTICE_DIGEST_SIZE], GBytes *sealed, GError **error);

G_END_DECLS
