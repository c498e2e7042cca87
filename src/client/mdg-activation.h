/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mdg-online-source.h"

G_BEGIN_DECLS

/* What a person types once. All normal forms; the password and the code are erased by the caller.
 */
typedef struct
{
  const char *service_url;
  const char *ca_pem;           /* (nullable) */
  const char *institution_code; /* 10 digits */
  const char *user_id;
  GBytes *password;
  GBytes *activation_code; /* 12 digits */
  const char *terminal_name;
} MdgActivationRequest;

/* What came of it; the key was made here, P-256, and never left. */
typedef struct
{
  MdgFacility *facility;
  MdgTerminal *terminal;
  GBytes *terminal_key; /* PKCS#8 PEM, erased when freed */
} MdgActivation;
void mdg_activation_free (MdgActivation *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MdgActivation, mdg_activation_free)

void mdg_activation_activate_async (const MdgActivationRequest *request,
                                    GCancellable *c,
                                    GAsyncReadyCallback cb,
                                    gpointer data);
/* a new key and certificate for the same terminal */
void mdg_activation_renew_async (MdgOnlineSource *source,
                                 GCancellable *c,
                                 GAsyncReadyCallback cb,
                                 gpointer data);
MdgActivation *mdg_activation_finish (GAsyncResult *result, GError **error);

/* keeps it so that no crash leaves half: the key first under a name of its own, then store, then
 * the old key away. @password: (nullable): kept for log-in. Blocking. */
gboolean mdg_activation_save (const MdgActivation *activation,
                              MdgStore *store,
                              MdgSecretStore *secrets,
                              GBytes *password,
                              GError **error);
/* the source of what was saved; NOT_ACTIVATED where there is nothing. @password: (nullable):
 * instead of the kept one. Blocking. */
MdgOnlineSource *mdg_activation_load_source (MdgStore *store,
                                             MdgSecretStore *secrets,
                                             GBytes *password,
                                             GError **error);
/* what that source is made of, for who reads it on a worker: a source belongs to the context it is
 * made in. @password: (out) (nullable) (optional): the kept one. Blocking. */
MdgActivation *
mdg_activation_load (MdgStore *store, MdgSecretStore *secrets, GBytes **password, GError **error);
/* after a change of the password; NULL to keep none */
gboolean mdg_activation_save_password (MdgStore *store,
                                       MdgSecretStore *secrets,
                                       GBytes *password,
                                       GError **error);
gboolean mdg_activation_has_password (MdgStore *store, MdgSecretStore *secrets);
gboolean mdg_activation_clear (MdgStore *store, MdgSecretStore *secrets, GError **error);

G_END_DECLS
