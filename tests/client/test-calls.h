/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The client's calls, waited for: each runs the main context until it ended. */
#pragma once

#include "mdg-activation.h"
#include "test-service.h"

G_BEGIN_DECLS

/* g_test_run() with a small default trust */
int test_run (void);

MdgActivation *test_activate (TestService *service, GError **error);
MdgActivation *test_activate_at (const char *url,
                                 const char *ca,
                                 const char *password,
                                 const char *code,
                                 GError **error);
MdgActivation *test_activate_full (const char *url,
                                   const char *ca,
                                   const char *institution,
                                   const char *user,
                                   const char *password,
                                   const char *code,
                                   GError **error);
MdgActivation *test_renew (MdgOnlineSource *source, GError **error);
/* activated and made, with the password */
MdgOnlineSource *test_source (TestService *service);
MdgChallenge *test_challenge (MdgOnlineSource *source, GError **error);
MdgOqsMessage *test_ask (MdgOnlineSource *source,
                         const MdgCardQuestion *question,
                         GCancellable *c,
                         GError **error);
/* a challenge and a question with a made-up certificate and signature */
MdgOqsMessage *test_ask_card (MdgOnlineSource *source, gboolean visual, GError **error);
MdgOqsMessage *test_search (MdgOnlineSource *source, GError **error);
gboolean test_login (MdgOnlineSource *source, GError **error);
gboolean test_change_password (MdgOnlineSource *source, const char *password, GError **error);
gboolean test_deactivate (MdgOnlineSource *source, GError **error);
MdgServiceStatus *test_status (const char *url, const char *ca, GError **error);

G_END_DECLS
