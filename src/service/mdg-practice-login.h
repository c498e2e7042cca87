/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What people type to try the practice service: user, password, activation codes. */
#pragma once

#include "mdg-practice-pki.h"
#include "mdg-practice-state.h"

G_BEGIN_DECLS

#define MDG_PRACTICE_INSTITUTION      "1319999015"
#define MDG_PRACTICE_INSTITUTION_NAME "架空診療所（練習）"
#define MDG_PRACTICE_USER             "W0000001"

typedef struct _MdgPracticeLogin MdgPracticeLogin;

MdgPracticeLogin *mdg_practice_login_open (const char *state_dir,
                                           MdgPracticePki *pki,
                                           MdgPracticeState *state,
                                           GError **error);
void mdg_practice_login_free (MdgPracticeLogin *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MdgPracticeLogin, mdg_practice_login_free)
const char *mdg_practice_login_get_password (MdgPracticeLogin *self);
const char *mdg_practice_login_get_code (MdgPracticeLogin *self, GError **error);
gboolean
mdg_practice_login_set_password (MdgPracticeLogin *self, const char *password, GError **error);
gboolean mdg_practice_login_drop_code (MdgPracticeLogin *self, const char *code, GError **error);

G_END_DECLS
