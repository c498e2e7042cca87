/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mdg-activation.h"

G_BEGIN_DECLS

/* How to reach a practice service: what its paper application would say. (transfer none) */
typedef struct
{
  const char *url;
  const char *ca_file;
  const char *institution_code;
  const char *user_id;
  const char *password;
  const char *activation_code;
} MdgPracticeAccess;

void mdg_practice_mode_open_async (MdgStore *store,
                                   MdgSecretStore *secrets,
                                   const MdgPracticeAccess *access,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data);
MdgOnlineSource *mdg_practice_mode_open_finish (GAsyncResult *result, GError **error);

G_END_DECLS
