/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The driver, built in: it starts, finds what there is to find, and stops. Give it a world of its
 * own and mdg_driver_contract_add_tests() as soon as it can do more (tests/core/driver-contract.h).
 */
#include "config.h"

#include "mdg-fake-reader.h"

extern const MdgPluginDesc MDG_PLUGIN_DESC (template);

static void
test_start (void)
{
  const char *const nowhere[] = { NULL };
  const char *const only[] = { "template", NULL };
  g_autofree char *state_dir = g_dir_make_tmp ("mdg-template-XXXXXX", NULL);
  g_autoptr (MdgPluginHost) host = mdg_plugin_host_new (nowhere, state_dir);
  g_autoptr (MdgReaderManager) manager = mdg_reader_manager_new (host);

  mdg_plugin_host_add_builtin (host, &MDG_PLUGIN_DESC (template));
  for (guint i = 0; i < 20; i++)
    {
      mdg_plugin_host_load (host, only);
      g_assert_no_error (mdg_plugin_info_get_error (mdg_plugin_host_lookup (host, "template")));
      mdg_test_wait_for (mdg_reader_manager_get_settled (manager));
      g_assert_nonnull (mdg_reader_manager_lookup (manager, "template-0"));
      mdg_plugin_host_stop (host);
      g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (manager)), ==, 0);
    }
  mdg_test_settle ();
  mdg_test_remove_folder (state_dir);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/template/start", test_start);
  return g_test_run ();
}
