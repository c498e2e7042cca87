/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The practice service: a complete eligibility service of service-protocol.md on loopback, with
 * invented people. Shares no message writer with the client: it serves the documents of its people.
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define MDG_TYPE_PRACTICE_SERVICE (mdg_practice_service_get_type ())
G_DECLARE_FINAL_TYPE (MdgPracticeService, mdg_practice_service, MDG, PRACTICE_SERVICE, GObject)

typedef struct
{
  char *url; /* https://127.0.0.1:PORT/ */
  char *ca_file;
  char *institution_code;
  char *user_id;
  char *password;
  char *activation_code; /* an unused one */
} MdgPracticeInfo;
void mdg_practice_info_free (MdgPracticeInfo *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MdgPracticeInfo, mdg_practice_info_free)

/* Makes or opens the state under @state_dir. Blocking (makes keys at first use). */
MdgPracticeService *mdg_practice_service_new (const char *state_dir, GError **error);
gboolean
mdg_practice_service_add_card_ca (MdgPracticeService *self, const char *pem_file, GError **error);
gboolean
mdg_practice_service_set_people_dir (MdgPracticeService *self, const char *dir, GError **error);
gboolean mdg_practice_service_set_fault (MdgPracticeService *self,
                                         const char *name_and_value,
                                         GError **error);
/* listens on loopback and serves on a thread of its own, so that a client in this process may wait
 * for it.
 * @port 0: any */
gboolean mdg_practice_service_start (MdgPracticeService *self, guint16 port, GError **error);
void mdg_practice_service_stop (MdgPracticeService *self);
MdgPracticeInfo *
mdg_practice_service_get_info (MdgPracticeService *self); /* (transfer full); after start */

/* the invented people built in: their CN in a card's certificate, NULL-terminated; (transfer full)
 */
char **mdg_practice_people_list (void);
/* a line for people about one of them: "PRACTICE0001 — 有効、3割"; (transfer full) (nullable) */
char *mdg_practice_people_describe (const char *cn);

G_END_DECLS
