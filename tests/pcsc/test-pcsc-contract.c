/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What every driver must do, done by this one over the fake PC/SC library. */
#include "config.h"

#include "driver-contract.h"
#include "fake-pcsc.h"
#include "mdg-pcsc-test.h"

#define ONE "Fake Reader 00 00"

static const guint8 atr[] = { 0x3B, 0xE0, 0x00, 0xFF, 0x81, 0x31, 0xFE, 0x45, 0x14 };

static MdgReaderDriver *
make (gpointer data)
{
  fake_pcsc_reset ();
  return make_pcsc_driver ();
}

static void
plug (gpointer data)
{
  fake_pcsc_add_reader (ONE);
}

static void
unplug (gpointer data)
{
  fake_pcsc_remove_reader (ONE);
}

static void
insert (gpointer data)
{
  fake_pcsc_insert (ONE, atr, sizeof atr);
}

static void
pull (gpointer data)
{
  fake_pcsc_pull (ONE);
}

static void
block (gpointer data)
{
  fake_pcsc_hang_once (500);
}

static void
wait_blocked (gpointer data)
{
  g_assert_true (fake_pcsc_wait_hanging (5000));
}

int
main (int argc, char *argv[])
{
  static const MdgDriverContract contract = { .name = "pcsc",
                                              .make = make,
                                              .plug = plug,
                                              .unplug = unplug,
                                              .insert = insert,
                                              .remove = pull,
                                              .block = block,
                                              .wait_blocked = wait_blocked };

  g_test_init (&argc, &argv, NULL);
  mdg_driver_contract_add_tests (&contract);
  return g_test_run ();
}
