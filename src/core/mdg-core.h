/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* All of the core library, for programs. Drivers include mdg-plugin.h. */
#pragma once

#include "mdg-card.h"
#include "mdg-core-macros.h"
#include "mdg-errors.h"
#include "mdg-plugin-host.h"
#include "mdg-plugin-info.h"
#include "mdg-reader-driver.h"
#include "mdg-reader-manager.h"
#include "mdg-reader.h"
#include "mdg-recorder.h"
#include "mdg-worker.h"
