/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mdg-eligibility-source.h"
#include "mdg-secret-store.h"
#include "mdg-store.h"

G_BEGIN_DECLS

/* The online source of service-protocol.md: log-in, challenge, card-eligibility, search, renewal,
 * password, deactivation, over TLS with the terminal's certificate. */
#define MDG_TYPE_ONLINE_SOURCE (mdg_online_source_get_type ())
G_DECLARE_FINAL_TYPE (MdgOnlineSource, mdg_online_source, MDG, ONLINE_SOURCE, GObject)

/* @terminal_key: PKCS#8 PEM; @password: (nullable): erased with the source */
MdgOnlineSource *mdg_online_source_new (const MdgFacility *facility,
                                        const MdgTerminal *terminal,
                                        GBytes *terminal_key,
                                        GBytes *password,
                                        GError **error);
void mdg_online_source_set_deadline (MdgOnlineSource *self,
                                     guint milliseconds); /* of one call; default 15 000 */

/* the same terminal with a new certificate, or another one: for the questions to come */
gboolean mdg_online_source_take_terminal (MdgOnlineSource *self,
                                          const MdgFacility *facility,
                                          const MdgTerminal *terminal,
                                          GBytes *terminal_key,
                                          GError **error);
/* another password for the log-ins to come; copied */
void mdg_online_source_take_password (MdgOnlineSource *self, GBytes *password);

void mdg_online_source_login_async (MdgOnlineSource *self,
                                    GCancellable *c,
                                    GAsyncReadyCallback cb,
                                    gpointer data);
gboolean
mdg_online_source_login_finish (MdgOnlineSource *self, GAsyncResult *result, GError **error);
void mdg_online_source_change_password_async (MdgOnlineSource *self,
                                              GBytes *new_password,
                                              GCancellable *c,
                                              GAsyncReadyCallback cb,
                                              gpointer data);
gboolean mdg_online_source_change_password_finish (MdgOnlineSource *self,
                                                   GAsyncResult *result,
                                                   GError **error);
/* DELETE terminal: the service revokes the certificate; the caller then clears store and secrets */
void mdg_online_source_deactivate_async (MdgOnlineSource *self,
                                         GCancellable *c,
                                         GAsyncReadyCallback cb,
                                         gpointer data);
gboolean
mdg_online_source_deactivate_finish (MdgOnlineSource *self, GAsyncResult *result, GError **error);

/* GET status: no certificate needed */
typedef struct
{
  GDateTime *time;
  char *service; /* "practice" or a name */
  char *version;
  gint64 clock_offset_ms;    /* this PC minus the service */
  char *maintenance_message; /* (nullable): in force now */
  GDateTime *maintenance_to; /* (nullable) */
} MdgServiceStatus;
void mdg_service_status_free (MdgServiceStatus *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MdgServiceStatus, mdg_service_status_free)
void mdg_service_status_async (const char *service_url,
                               const char *ca_pem,
                               GCancellable *c,
                               GAsyncReadyCallback cb,
                               gpointer data);
MdgServiceStatus *mdg_service_status_finish (GAsyncResult *result, GError **error);

G_END_DECLS
