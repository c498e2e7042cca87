/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Runs one fuzz target over the files of a folder, so that what a fuzzer once found stays found
 * without one: TAP on standard output, each file also cut in half and with a byte changed. */
#include "config.h"

#include <gio/gio.h>
#include <stdio.h>

#include "fuzz.h"

static void
run_variants (const guint8 *data, gsize size)
{
  g_autofree guint8 *changed = g_memdup2 (data, size);

  LLVMFuzzerTestOneInput (data, size);
  LLVMFuzzerTestOneInput (data, size / 2);
  for (gsize i = 0; i < size; i += 1 + size / 16)
    {
      changed[i] ^= 0x21;
      LLVMFuzzerTestOneInput (changed, size);
      changed[i] ^= 0x21;
    }
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GDir) folder = NULL;
  const char *name;
  guint count = 0;

  if (argc != 2 || (folder = g_dir_open (argv[1], 0, &error)) == NULL)
    {
      printf ("Bail out! %s\n", error != NULL ? error->message : "one folder is needed");
      return 1;
    }
  LLVMFuzzerTestOneInput ((const uint8_t *) "", 0);
  while ((name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *path = g_build_filename (argv[1], name, NULL);
      g_autofree char *data = NULL;
      gsize size;

      if (!g_file_get_contents (path, &data, &size, &error))
        {
          printf ("Bail out! %s\n", error->message);
          return 1;
        }
      run_variants ((const guint8 *) data, size);
      printf ("ok %u %s\n", ++count, name);
      fflush (stdout);
    }
  printf ("1..%u\n", count);
  return 0;
}
