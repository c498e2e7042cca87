/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The driver contract over the fake driver: shows that the contract can be kept, and how a driver's
 * test gives it a world. */
#include "config.h"

#include "driver-contract.h"
#include "mdg-fake-reader.h"

typedef struct
{
  MdgReaderDriver *driver; /* not owned */
  MdgFakeReader *reader;   /* the one the driver has now */
  gboolean plugged;
  gboolean card;
} World;

static GBytes *
answer (MdgFakeReader *reader, GBytes *command, gpointer data, GError **error)
{
  return mdg_test_bytes ("9000");
}

static void
add_reader (World *world)
{
  g_clear_object (&world->reader);
  world->reader = mdg_fake_reader_new ("fake-0");
  mdg_fake_reader_set_callback (world->reader, answer, NULL, NULL);
  mdg_reader_driver_add_reader (world->driver, MDG_READER (world->reader));
  if (world->card)
    mdg_fake_reader_insert (world->reader, NULL);
}

static void
on_ready_cb (MdgReaderDriver *driver, GParamSpec *pspec, World *world)
{
  if (mdg_reader_driver_get_ready (driver) && world->plugged)
    add_reader (world);
  else if (!mdg_reader_driver_get_ready (driver))
    g_clear_object (&world->reader);
}

static MdgReaderDriver *
make (gpointer data)
{
  World *world = data;

  world->driver = MDG_READER_DRIVER (mdg_fake_driver_new ("idle"));
  g_signal_connect (world->driver, "notify::ready", G_CALLBACK (on_ready_cb), world);
  return world->driver;
}

static void
plug (gpointer data)
{
  World *world = data;

  world->plugged = TRUE;
  if (mdg_reader_driver_get_ready (world->driver))
    add_reader (world);
}

static void
unplug (gpointer data)
{
  World *world = data;

  world->plugged = world->card = FALSE;
  g_clear_object (&world->reader);
  mdg_reader_driver_remove_reader (world->driver, "fake-0");
}

static void
insert (gpointer data)
{
  World *world = data;

  world->card = TRUE;
  mdg_fake_reader_insert (world->reader, NULL);
}

static void
remove_card (gpointer data)
{
  World *world = data;

  world->card = FALSE;
  mdg_fake_reader_fail_blocked (world->reader, MDG_READER_ERROR, MDG_READER_ERROR_NO_CARD);
  mdg_fake_reader_remove (world->reader);
}

static void
block (gpointer data)
{
  mdg_fake_reader_block_transmit (((World *) data)->reader, 0);
}

static void
wait_blocked (gpointer data)
{
  mdg_fake_reader_wait_blocked (((World *) data)->reader);
}

int
main (int argc, char **argv)
{
  World world = { 0 };
  const MdgDriverContract contract = { .name = "fake",
                                       .make = make,
                                       .plug = plug,
                                       .unplug = unplug,
                                       .insert = insert,
                                       .remove = remove_card,
                                       .block = block,
                                       .wait_blocked = wait_blocked,
                                       .data = &world };

  g_test_init (&argc, &argv, NULL);
  mdg_driver_contract_add_tests (&contract);
  return g_test_run ();
}
