/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A desk with everything around it: fake readers, virtual cards on them, a fake source. It counts
 * what reaches a card and writes down the states that a face sees. */
#pragma once

#include "mdg-desk.h"
#include "mdg-fake-reader.h"
#include "mdg-fake-source.h"
#include "mdg-virtual-card.h"
#include "mdg-virtual-faults.h"

G_BEGIN_DECLS

#define MDG_BENCH_PIN   "1234"
#define MDG_BENCH_WRONG "9876"

/* A virtual card on a fake reader. The counters belong to the reader's thread while a run is under
 * way, and to the test when the desk is not busy. */
typedef struct
{
  MdgFakeReader *reader;
  MdgVirtualCard *card;
  guint exchanges;
  guint verifies;       /* with a PIN */
  gboolean verify_lost; /* its answer never reached the program */
  gboolean left;        /* the last word was SELECT of the issuer's domain */
  guint fault_at;       /* 0 none */
  MdgVirtualFault fault;
  int error_at; /* 0 none: that exchange fails with error_code, as a reader's error */
  int error_code;
  gboolean repeat_error;
} MdgBenchCard;

typedef struct
{
  MdgFakeBench *readers;
  MdgFakeSource *source;
  MdgDesk *desk;
  GPtrArray *cards; /* of MdgBenchCard */
  GString *states;  /* "waiting identifying …" */
} MdgDeskBench;

/* @n readers without a card, a desk that was started */
MdgDeskBench *mdg_desk_bench_new (guint n, MdgStore *store);
MdgDeskBench *mdg_desk_bench_new_stopped (guint n, MdgStore *store);
void mdg_desk_bench_free (MdgDeskBench *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MdgDeskBench, mdg_desk_bench_free)

/* @options: (nullable): as in mdg_virtual_options_parse() */
MdgBenchCard *mdg_desk_bench_insert (MdgDeskBench *self, guint reader, const char *options);
void mdg_desk_bench_remove (MdgDeskBench *self, guint reader);
void mdg_desk_bench_unplug (MdgDeskBench *self, guint reader);
MdgPin *mdg_desk_bench_pin (const char *digits);
void mdg_desk_bench_give_pin (MdgDeskBench *self, const char *digits);

/* runs the main loop until the desk is in @state and no run is under way */
void mdg_desk_bench_wait (MdgDeskBench *self, MdgDeskState state);
void mdg_desk_bench_wait_idle (MdgDeskBench *self);
void mdg_desk_bench_assert_states (MdgDeskBench *self, const char *expected);
/* the card was left in good order: closed and powered off */
void mdg_desk_bench_assert_closed (MdgDeskBench *self, guint reader);
void mdg_desk_bench_assert_error (MdgDeskBench *self, GQuark domain, int code);
/* brings a new desk with a card on reader 0 to @state */
void mdg_desk_bench_bring_to (MdgDeskBench *self, MdgDeskState state);
int mdg_desk_bench_main (int argc, char *argv[]); /* runs the tests, and clears up after them */

G_END_DECLS
