/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What every driver must do, as tests that any test program can add for its own driver. The world
 * around the driver (a fake service, a socket, a device that is made up) is moved by callbacks. */
#pragma once

#include "mdg-core.h"

G_BEGIN_DECLS

typedef struct
{
  const char *name; /* the tests are /contract/NAME/… */
  /* (transfer full): a new driver, not started, that will find the one reader of the world */
  MdgReaderDriver *(*make) (gpointer data);
  void (*plug) (gpointer data);   /* (nullable): the reader is there; called before each test */
  void (*unplug) (gpointer data); /* (nullable): it is there no more */
  void (*insert) (gpointer data); /* a card comes; the reader has none before */
  void (*remove) (gpointer data); /* it goes */
  /* (nullable): the next transmit hangs until it is interrupted, or the card or reader goes */
  void (*block) (gpointer data);
  /* (nullable): waits until it does hang */
  void (*wait_blocked) (gpointer data);
  const char *command; /* (nullable): what the card answers, hexadecimal; 00A4040000 */
  gpointer data;
} MdgDriverContract;

/* @contract must live until g_test_run() has returned. */
void mdg_driver_contract_add_tests (const MdgDriverContract *contract);

G_END_DECLS
