/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What the practice service must not forget: users, codes, terminals, lockouts, some answers. */
#pragma once

#include "mdg-practice-crypto.h"

G_BEGIN_DECLS

#define MDG_PRACTICE_LOCK_FAILURES 5
#define MDG_PRACTICE_LOCK_SECONDS  900

typedef struct _MdgPracticeState MdgPracticeState;

MdgPracticeState *mdg_practice_state_open (const char *path, GError **error);
void mdg_practice_state_free (MdgPracticeState *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MdgPracticeState, mdg_practice_state_free)
gboolean mdg_practice_state_begin (MdgPracticeState *self, GError **error);
gboolean mdg_practice_state_end (MdgPracticeState *self, gboolean commit, GError **error);

/* users and codes; only their hashes are kept */
gboolean mdg_practice_state_has_user (MdgPracticeState *self, const char *user_id);
gboolean mdg_practice_state_set_password (MdgPracticeState *self,
                                          const char *user_id,
                                          const char *password,
                                          GError **error);
gboolean mdg_practice_state_check_password (MdgPracticeState *self,
                                            const char *user_id,
                                            const char *password);
gboolean mdg_practice_state_add_code (MdgPracticeState *self, const char *code, GError **error);
gboolean mdg_practice_state_find_code (MdgPracticeState *self,
                                       const char *code,
                                       guint8 hash[MDG_PRACTICE_DIGEST_SIZE]);
gboolean mdg_practice_state_use_code (MdgPracticeState *self,
                                      const guint8 hash[MDG_PRACTICE_DIGEST_SIZE],
                                      gint64 now,
                                      GError **error);

/* lockouts, by kind ("institution", "user") and id */
gint64
mdg_practice_state_get_lock (MdgPracticeState *self, const char *kind, const char *id, gint64 now);
gboolean mdg_practice_state_note_failure (MdgPracticeState *self,
                                          const char *kind,
                                          const char *id,
                                          gint64 now,
                                          GError **error);
gboolean mdg_practice_state_clear_failures (MdgPracticeState *self,
                                            const char *kind,
                                            const char *id,
                                            GError **error);

/* answers of the calls that change what is kept; @body_mark is keyed, so it tells nothing */
typedef struct
{
  guint8 body_mark[MDG_PRACTICE_DIGEST_SIZE];
  guint status;
  GBytes *body;
  gint64 time;
} MdgPracticeAnswer;
void mdg_practice_answer_free (MdgPracticeAnswer *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MdgPracticeAnswer, mdg_practice_answer_free)
gboolean mdg_practice_state_put_answer (MdgPracticeState *self,
                                        const char *scope,
                                        const char *key,
                                        const MdgPracticeAnswer *answer,
                                        GError **error);
MdgPracticeAnswer *mdg_practice_state_get_answer (MdgPracticeState *self,
                                                  const char *scope,
                                                  const char *key,
                                                  gint64 now);

G_END_DECLS
