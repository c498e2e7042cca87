/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The error domains of the core library. Messages are English, for logs, without personal data;
 * the sentences for people come from src/desk/mdg-problem.c alone. */
#pragma once

#include "mdg-core-macros.h"

G_BEGIN_DECLS

#define MDG_PLUGIN_ERROR (mdg_plugin_error_quark ())
typedef enum
{
  MDG_PLUGIN_ERROR_OPEN, /* the file does not load: missing, or a library or symbol it needs */
  MDG_PLUGIN_ERROR_NOT_A_PLUGIN, /* no descriptor, or not one of ours */
  MDG_PLUGIN_ERROR_ABI,          /* built for another core */
  MDG_PLUGIN_ERROR_NAME,         /* the descriptor's id is not the file's name */
  MDG_PLUGIN_ERROR_DUPLICATE,    /* a plugin of that id is there already */
  MDG_PLUGIN_ERROR_TYPE,         /* its type is no driver */
  MDG_PLUGIN_ERROR_START,        /* start() failed */
  MDG_PLUGIN_ERROR_QUARANTINED,  /* the last start ended while this plugin was being loaded */
  MDG_PLUGIN_ERROR_STOPPED       /* its monitor failed three times in a row */
} MdgPluginError;
MDG_API GQuark mdg_plugin_error_quark (void);

#define MDG_READER_ERROR (mdg_reader_error_quark ())
typedef enum
{
  MDG_READER_ERROR_FAILED,        /* none of the others */
  MDG_READER_ERROR_NO_SERVICE,    /* pcscd, the Smart Card service, BlueZ is not running */
  MDG_READER_ERROR_NO_ACCESS,     /* this user or sandbox may not use it */
  MDG_READER_ERROR_GONE,          /* the reader was unplugged */
  MDG_READER_ERROR_NO_CARD,       /* no card, or pulled */
  MDG_READER_ERROR_CHANGED,       /* another card than the one meant */
  MDG_READER_ERROR_MUTE,          /* a card that does not answer */
  MDG_READER_ERROR_IN_USE,        /* another program holds the reader or the card */
  MDG_READER_ERROR_RESET,         /* another program reset the card: its state is lost */
  MDG_READER_ERROR_TIMED_OUT,     /* the deadline of the run passed */
  MDG_READER_ERROR_PROTOCOL,      /* an answer that cannot be: too short, too long, damaged */
  MDG_READER_ERROR_NOT_SUPPORTED, /* the reader cannot do that */
  MDG_READER_ERROR_REMOVED /* the desk's word for NO_CARD: it was there when the check began */
} MdgReaderError;
MDG_API GQuark mdg_reader_error_quark (void);

G_END_DECLS
