/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What lives only as long as the process: log-ins, challenges, answers to repeats. All bounded. */
#pragma once

#include "mdg-practice-state.h"

G_BEGIN_DECLS

#define MDG_PRACTICE_CHALLENGE_SIZE    32
#define MDG_PRACTICE_CHALLENGE_SECONDS 120
#define MDG_PRACTICE_TOKEN_SECONDS     3600

typedef struct _MdgPracticeMemory MdgPracticeMemory;

MdgPracticeMemory *mdg_practice_memory_new (void);
void mdg_practice_memory_free (MdgPracticeMemory *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MdgPracticeMemory, mdg_practice_memory_free)

char *mdg_practice_memory_add_token (MdgPracticeMemory *self,
                                     const char *terminal_id,
                                     const char *user_id,
                                     gint64 until,
                                     GError **error);
const char *mdg_practice_memory_find_token (MdgPracticeMemory *self,
                                            const char *token,
                                            const char *terminal_id,
                                            gint64 now);
void mdg_practice_memory_drop_tokens (MdgPracticeMemory *self,
                                      const char *terminal_id,
                                      const char *user_id,
                                      const char *but_terminal_id);

char *mdg_practice_memory_add_challenge (MdgPracticeMemory *self,
                                         const char *terminal_id,
                                         gint64 now,
                                         GError **error);
gboolean mdg_practice_memory_take_challenge (MdgPracticeMemory *self,
                                             const char *challenge,
                                             const char *terminal_id,
                                             gint64 now,
                                             guint8 bytes[MDG_PRACTICE_CHALLENGE_SIZE]);

void mdg_practice_memory_put_answer (MdgPracticeMemory *self,
                                     const char *scope,
                                     const char *key,
                                     const MdgPracticeAnswer *answer);
const MdgPracticeAnswer *mdg_practice_memory_get_answer (MdgPracticeMemory *self,
                                                         const char *scope,
                                                         const char *key,
                                                         gint64 now);

G_END_DECLS
