/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The least that is a driver, for plugins that are broken in one way each. */
#pragma once

#include "mdg-plugin.h"

#define BAD_DRIVER(Camel, snake)                                                                   \
  typedef MdgReaderDriver Camel;                                                                   \
  typedef MdgReaderDriverClass Camel##Class;                                                       \
  GType snake##_get_type (void);                                                                   \
  G_DEFINE_TYPE (Camel, snake, MDG_TYPE_READER_DRIVER)                                             \
  static void snake##_init (Camel *self) {}
