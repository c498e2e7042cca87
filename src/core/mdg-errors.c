/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The quarks of the core's two error domains, and nothing else. */
#include "config.h"

#include "mdg-errors.h"

/**
 * mdg_plugin_error_quark:
 *
 * The domain of everything that can be wrong with a plugin; its codes are #MdgPluginError.
 *
 * Thread: any.
 *
 * Errors: none.
 *
 * Returns: the quark
 */
GQuark
mdg_plugin_error_quark (void)
{
  return g_quark_from_static_string ("mdg-plugin-error-quark");
}

/**
 * mdg_reader_error_quark:
 *
 * The domain of everything that can go wrong between a program and a card; its codes are
 * #MdgReaderError. Drivers map their transport's codes to these.
 *
 * Thread: any.
 *
 * Errors: none.
 *
 * Returns: the quark
 */
GQuark
mdg_reader_error_quark (void)
{
  return g_quark_from_static_string ("mdg-reader-error-quark");
}
