/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gio/gio.h>
#include <openssl/evp.h>

G_BEGIN_DECLS

/* The keys and certificates of one card, as a folder keeps them. Read-only once made; shared. */
typedef struct
{
  char *folder;
  GBytes *auth_certificate; /* DER, as the next ones */
  GBytes *auth_ca;
  GBytes *sign_certificate;
  GBytes *sign_ca;
  EVP_PKEY *auth_key;
  EVP_PKEY *sign_key;
} MdgVirtualCardFiles;

MdgVirtualCardFiles *mdg_virtual_card_files_new (const char *directory,
                                                 const char *cn,
                                                 gboolean expired,
                                                 GCancellable *cancellable,
                                                 GError **error);
MdgVirtualCardFiles *mdg_virtual_card_files_load (const char *folder, GError **error);
MdgVirtualCardFiles *mdg_virtual_card_files_ref (MdgVirtualCardFiles *self);
void mdg_virtual_card_files_unref (MdgVirtualCardFiles *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MdgVirtualCardFiles, mdg_virtual_card_files_unref)
gboolean
mdg_virtual_card_files_prepare (const char *directory, GCancellable *cancellable, GError **error);
gboolean mdg_virtual_card_files_check_cn (const char *cn, GError **error);
/* FALSE: there is no file of tries, and @tries is untouched */
gboolean mdg_virtual_card_files_read_tries (MdgVirtualCardFiles *self, guint *tries, guint n);
gboolean mdg_virtual_card_files_write_tries (MdgVirtualCardFiles *self,
                                             const guint *tries,
                                             guint n,
                                             GError **error);

G_END_DECLS
