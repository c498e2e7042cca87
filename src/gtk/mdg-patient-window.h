/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* More of the patient's window than every page needs. */
#pragma once

#include "mdg-pages.h"

G_BEGIN_DECLS

/* a neutral screen that takes no key: while the counter is locked */
void mdg_patient_window_set_blank (MdgPatientWindow *self, gboolean blank);
/* shows it: over the whole second monitor where there is one */
void mdg_patient_window_present (MdgPatientWindow *self);

G_END_DECLS
