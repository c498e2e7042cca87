/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What only the program of the practice service needs. */
#pragma once

#include "mdg-practice-service.h"

G_BEGIN_DECLS

char **mdg_practice_service_list_card_cas (MdgPracticeService *self);

/* Runs @loop until it ends or the system asks the program to (SIGTERM, SIGINT; Ctrl-C). */
void mdg_practice_wait_for_end (GMainLoop *loop);

G_END_DECLS
