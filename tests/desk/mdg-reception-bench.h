/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A reception on a desk bench: it looks at both screens at every notification, counts what is
 * told, and types. */
#pragma once

#include "mdg-desk-bench.h"
#include "mdg-reception.h"

G_BEGIN_DECLS

typedef struct
{
  MdgDeskBench *bench;
  MdgReception *reception;
  guint checked;
  guint failed;
  guint requested;
  MdgAction last_request;
  guint seconds; /* notifications of "seconds-left" */
  guint screens; /* notifications of "staff-screen" */
} MdgReceptionBench;

MdgReceptionBench *mdg_reception_bench_new (void); /* one reader, started */
void mdg_reception_bench_free (MdgReceptionBench *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MdgReceptionBench, mdg_reception_bench_free)

void mdg_reception_bench_assert_screen (const MdgScreen *screen, MdgSide side);
void mdg_reception_bench_assert_scene (MdgReceptionBench *self, MdgScene staff, MdgScene patient);
const MdgScreen *mdg_reception_bench_staff (MdgReceptionBench *self);
const MdgScreen *mdg_reception_bench_patient (MdgReceptionBench *self);
gboolean mdg_reception_bench_offers (const MdgScreen *screen, MdgAction action);
void mdg_reception_bench_do (MdgReceptionBench *self, MdgAction action); /* one that is offered */
void mdg_reception_bench_type (MdgReceptionBench *self, const char *digits);
/* types and submits, and runs until the desk is in @state and idle */
void mdg_reception_bench_enter (MdgReceptionBench *self, const char *digits, MdgDeskState state);

G_END_DECLS
