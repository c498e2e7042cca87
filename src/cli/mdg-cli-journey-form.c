/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* journey form: the papers as PDF. The password of the usage application comes by a terminal
 * without echo, a file descriptor or standard input, and is never kept. */
#include "config.h"

#include "mdg-cli-journey.h"
#include "mdg-guide-papers.h"
#include "mdg-receipt-file.h"

#include <glib/gi18n.h>

#define PAGE_SIDE 2000 /* pixels: more than 150 dpi of A4 */

typedef struct
{
  char *output;
  char *step;
  int password_fd;
} FormOptions;

static void
form_options_clear (FormOptions *options)
{
  g_free (options->output);
  g_free (options->step);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (FormOptions, form_options_clear)

/* 0 with it in @password, or the exit code with everything told */
static int
read_password (MdgCli *cli, int fd, GBytes **password)
{
  g_autoptr (GError) error = NULL;
  MdgFieldCheck check = { MDG_FIELD_OK, NULL, NULL };
  int exit_code = 0;

  if (fd != MDG_CLI_NO_FD && fd < 0)
    return mdg_cli_fail_usage (cli, "--password-fd", _ ("A file descriptor is 0 or more."));
  if (fd == MDG_CLI_NO_FD && mdg_cli_stdin_is_terminal ())
    *password = mdg_cli_ask_secret (cli, _ ("Password:"), NULL, &error);
  else
    *password = mdg_cli_read_secret_fd (cli, fd != MDG_CLI_NO_FD ? fd : 0, &error);
  if (*password == NULL && cli->signal_number != 0)
    return mdg_cli_fail (cli, error);
  if (*password == NULL)
    return mdg_cli_fail_usage (cli, "--password-fd", error->message);
  if (!mdg_application_check_password (*password, &check))
    exit_code = mdg_cli_fail_usage (cli, "--password-fd", check.words);
  mdg_field_check_clear (&check);
  return exit_code;
}

/* what is not filled in yet, one line each */
static void
tell_incomplete (MdgGuide *guide, const char *const *values)
{
  for (guint i = 0; i < MDG_APPLICATION_N_FIELDS; i++)
    {
      MdgFieldCheck check = { MDG_FIELD_OK, NULL, NULL };

      mdg_application_check_field (values, (MdgApplicationField) i, mdg_guide_get_today (guide),
                                   &check);
      if (check.state == MDG_FIELD_EMPTY || check.state == MDG_FIELD_BAD)
        mdg_cli_print_warning ("%s: %s", mdg_application_field_label ((MdgApplicationField) i),
                               check.words);
      mdg_field_check_clear (&check);
    }
}

static int
make_application (MdgCli *cli, MdgGuide *guide, const FormOptions *options, MdgPaper **paper)
{
  g_auto (GStrv) values = mdg_guide_get_application (guide);
  const char *const *fields = (const char *const *) values;
  g_autoptr (GBytes) password = NULL;
  int exit_code = 0;

  if (!mdg_application_is_complete (fields, mdg_guide_get_today (guide)))
    {
      exit_code = mdg_cli_fail_usage (cli, "application", _ ("The form is not complete yet."));
      tell_incomplete (guide, fields);
      return exit_code;
    }
  if (mdg_application_needs_password (fields))
    exit_code = read_password (cli, options->password_fd, &password);
  if (exit_code == 0)
    *paper =
        mdg_guide_paper_application (fields, password, mdg_guide_get_today (guide), cli->practice);
  return exit_code;
}

static gpointer
draw_on_worker (gpointer data, GCancellable *cancellable, GError **error)
{
  return mdg_receipt_file_render_whole (data, PAGE_SIDE, cancellable, error);
}

/* (nullable): its pages, where they can be read and drawn here */
static GPtrArray *
draw_receipt (MdgCli *cli, MdgGuide *guide, MdgWorker *worker, const MdgReceipt *receipt)
{
  MdgCliWait reading = { NULL }, drawing = { NULL };
  g_autoptr (GAsyncResult) read = NULL;
  g_autoptr (GAsyncResult) drawn = NULL;
  GBytes *bytes;

  mdg_guide_read_receipt_async (guide, receipt->id, cli->cancellable, mdg_cli_wait_ready_cb,
                                &reading);
  read = mdg_cli_wait (&reading);
  bytes = mdg_guide_read_receipt_finish (guide, read, NULL);
  if (bytes == NULL)
    return NULL;
  mdg_worker_run_async (worker, draw_on_worker, bytes, (GDestroyNotify) g_bytes_unref,
                        (GDestroyNotify) g_ptr_array_unref, cli->cancellable, mdg_cli_wait_ready_cb,
                        &drawing);
  drawn = mdg_cli_wait (&drawing);
  return mdg_worker_run_finish (worker, drawn, NULL);
}

/* One list of pages for each receipt, one file in memory at a time; one that cannot be drawn has
 * none and is put in by hand. NULL where it was given up: half a packet is none. */
static GPtrArray *
draw_receipts (MdgCli *cli, MdgGuide *guide, GPtrArray *receipts, GError **error)
{
  g_autoptr (MdgWorker) worker = mdg_worker_new ("pages");
  g_autoptr (GPtrArray) pictures =
      g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);

  for (guint i = 0; i < receipts->len; i++)
    {
      const MdgReceipt *receipt = g_ptr_array_index (receipts, i);
      GPtrArray *pages = draw_receipt (cli, guide, worker, receipt);

      if (pages == NULL)
        pages = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
      g_ptr_array_add (pictures, pages);
      if (g_cancellable_set_error_if_cancelled (cli->cancellable, error))
        return NULL;
      if (pages->len == 0)
        mdg_cli_print_warning (_ ("The pages of “%s” cannot be drawn here. Please put a copy in by "
                                  "hand."),
                               receipt->file_name);
    }
  return g_steal_pointer (&pictures);
}

static int
make_packet (MdgCli *cli, MdgGuide *guide, gboolean receipts_only, MdgPaper **paper)
{
  GPtrArray *receipts = mdg_guide_get_record (guide)->receipts;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) pictures = draw_receipts (cli, guide, receipts, &error);
  g_autoptr (GPtrArray) sentences = NULL;
  g_auto (GStrv) values = NULL;

  if (pictures == NULL)
    return mdg_cli_fail (cli, error);
  if (receipts_only)
    {
      *paper = mdg_guide_paper_receipts (receipts, pictures, cli->practice);
      return 0;
    }
  values = mdg_guide_get_grant (guide);
  sentences = mdg_guide_check_grant (guide);
  for (guint i = 0; i < sentences->len; i++)
    mdg_cli_print_warning ("! %s", (const char *) g_ptr_array_index (sentences, i));
  *paper = mdg_guide_paper_packet ((const char *const *) values, receipts, pictures,
                                   mdg_guide_get_rule (guide), mdg_guide_get_today (guide),
                                   cli->practice);
  return 0;
}

/* The sender is what the forms say. */
static int
make_label (MdgCli *cli, MdgGuide *guide, const FormOptions *options, MdgPaper **paper)
{
  g_auto (GStrv) grant = mdg_guide_get_grant (guide);
  MdgStepKind step = MDG_STEP_APPLY;

  if (options->step != NULL &&
      (!mdg_guide_map_find (options->step, &step) || mdg_guide_map_get_address (step) == NULL))
    return mdg_cli_fail_usage (cli, "--step", _ ("Papers are posted for apply and grant."));
  *paper = mdg_guide_paper_label (step, grant[MDG_GRANT_POSTAL_CODE], grant[MDG_GRANT_ADDRESS],
                                  grant[MDG_GRANT_NAME], cli->practice);
  return 0;
}

static int
make_paper (MdgCli *cli,
            MdgGuide *guide,
            const char *kind,
            const FormOptions *options,
            MdgPaper **paper)
{
  g_auto (GStrv) grant = NULL;

  if (g_str_equal (kind, "application"))
    return make_application (cli, guide, options, paper);
  if (g_str_equal (kind, "label"))
    return make_label (cli, guide, options, paper);
  if (g_str_equal (kind, "poster"))
    {
      grant = mdg_guide_get_grant (guide);
      *paper = mdg_guide_paper_poster (grant[MDG_GRANT_NAME], cli->practice);
    }
  else if (g_str_equal (kind, "receipts") && mdg_guide_get_record (guide)->receipts->len == 0)
    return mdg_cli_fail_usage (cli, kind, _ ("There is no receipt."));
  else
    return make_packet (cli, guide, g_str_equal (kind, "receipts"), paper);
  return 0;
}

/**
 * mdg_cli_journey_form:
 * @cli: the command line
 * @n_arguments: how many
 * @arguments: the command's name and its arguments
 *
 * Returns: the exit code
 *
 * Thread: main.
 */
int
mdg_cli_journey_form (MdgCli *cli, int n_arguments, char **arguments)
{
  static const char *const kinds[] = { "application", "grant",  "packet", "receipts",
                                       "label",       "poster", NULL };
  g_auto (FormOptions) options = { .password_fd = MDG_CLI_NO_FD };
  const GOptionEntry entries[] = { { "output", 0, 0, G_OPTION_ARG_FILENAME, &options.output,
                                     N_ ("Write the PDF to this file"), N_ ("FILE") },
                                   { "step", 0, 0, G_OPTION_ARG_STRING, &options.step,
                                     N_ ("Whose address label: apply or grant"), N_ ("STEP") },
                                   { "password-fd", 0, 0, G_OPTION_ARG_INT, &options.password_fd,
                                     N_ ("Read the password from this file descriptor"), N_ ("N") },
                                   G_OPTION_ENTRY_NULL };
  g_autoptr (MdgCliJourney) guide = NULL;
  g_autoptr (MdgPaper) paper = NULL;
  g_autoptr (GError) error = NULL;
  int exit_code;

  if (!mdg_cli_parse_words (cli, &n_arguments, &arguments,
                            "application|grant|packet|receipts|label|poster", 1, 1,
                            _ ("Make a paper as a PDF"), entries, &exit_code))
    return exit_code;
  if (!g_strv_contains (kinds, arguments[1]))
    return mdg_cli_fail_usage (cli, arguments[1], _ ("There is no such paper."));
  if (options.output == NULL || *options.output == '\0')
    return mdg_cli_fail_usage (cli, "--output", _ ("Please say into which file."));
  guide = mdg_cli_journey_open (cli, &exit_code);
  if (guide == NULL)
    return exit_code;
  exit_code = make_paper (cli, guide, arguments[1], &options, &paper);
  if (exit_code != 0)
    return exit_code;
  if (!mdg_paper_save_pdf (paper, options.output, &error))
    return error->domain == G_FILE_ERROR
               ? mdg_cli_fail_usage (cli, "--output", _ ("The file cannot be written there."))
               : mdg_cli_fail (cli, error);
  mdg_cli_journey_tell (cli,
                        json_pack ("{s:s, s:s, s:i}", "paper", arguments[1], "file", options.output,
                                   "pages", (int) mdg_paper_get_n_pages (paper)),
                        _ ("The paper is written."));
  return 0;
}
