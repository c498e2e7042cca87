/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* virtual-card: puts the virtual card into vsmartcard's virtual reader, so that a real pcscd serves
 * it to any PC/SC program. The wire protocol is that of reference/card.md 2.1: each message has two
 * bytes of length, big-endian; a message of one byte is a control. */
#include "config.h"

#include "mdg-virtual-slot.h"
#include "mdg-vpcd-linux.h"

#include <locale.h>
#include <string.h>

#define CONTROL_OFF   0
#define CONTROL_ON    1
#define CONTROL_RESET 2
#define CONTROL_ATR   4

typedef struct
{
  MdgVirtualOptions *options;
  MdgVirtualSlot *slot;
  char *directory;
  char *cn;
  char *vpcd;
  char *log;
  char *latency;
  char *latency_ms;
  char *sign_ms;
  char *bitrate;
  double insert_after;
  gboolean show_pin;
  gboolean hangs; /* at some command */
} Program;

typedef struct
{
  GSocket *socket;
  GCancellable *cancellable;
} Watch;

static gboolean
on_card_option_cb (const char *name, const char *value, gpointer data, GError **error)
{
  return mdg_virtual_options_set (((Program *) data)->options, name + 2, value, error);
}

/* --remove-at N is fault remove@N */
static gboolean
on_fault_option_cb (const char *name, const char *value, gpointer data, GError **error)
{
  g_autofree char *kind = g_strndup (name + 2, strlen (name) - strlen ("--") - strlen ("-at"));
  g_autofree char *text = g_strdup_printf ("%s@%s", kind, value);

  ((Program *) data)->hangs |= g_str_equal (kind, "hang");
  return mdg_virtual_slot_add_fault (((Program *) data)->slot, text, error);
}

static void
add_card_options (GOptionGroup *group)
{
  const MdgVirtualOptionInfo *info;

  for (gsize i = 0; (info = mdg_virtual_options_list (i)) != NULL; i++)
    {
      const GOptionEntry entries[] = {
        { info->name, 0, info->value == NULL ? G_OPTION_FLAG_NO_ARG : 0, G_OPTION_ARG_CALLBACK,
          (gpointer) on_card_option_cb, info->help, info->value },
        { NULL },
      };

      g_option_group_add_entries (group, entries);
    }
}

static void
add_fault_options (GOptionGroup *group)
{
  static const char *const names[] = { "remove-at",   "lose-at", "garble-at",
                                       "truncate-at", "cut-at",  "hang-at" };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      const GOptionEntry entries[] = {
        { names[i], 0, 0, G_OPTION_ARG_CALLBACK, (gpointer) on_fault_option_cb,
          "that fault at the Nth command", "N" },
        { NULL },
      };

      g_option_group_add_entries (group, entries);
    }
}

static gboolean
parse_arguments (Program *program, int *argc, char ***argv, GError **error)
{
  g_autoptr (GOptionContext) context = g_option_context_new ("- a virtual card behind vpcd");
  GOptionGroup *group = g_option_group_new ("card", "Card", "Card", program, NULL);
  const GOptionEntry entries[] = {
    { "card", 0, 0, G_OPTION_ARG_FILENAME, &program->directory,
      "folder of virtual cards, or of one card", "DIR" },
    { "cn", 0, 0, G_OPTION_ARG_STRING, &program->cn, "which card of the folder", "CN" },
    { "vpcd", 0, 0, G_OPTION_ARG_STRING, &program->vpcd, "where vpcd listens", "HOST:PORT" },
    { "log", 0, 0, G_OPTION_ARG_FILENAME, &program->log, "adds a JSON object a command", "FILE" },
    { "show-pin", 0, 0, G_OPTION_ARG_NONE, &program->show_pin, "leaves PINs readable in it", NULL },
    { "latency", 0, 0, G_OPTION_ARG_STRING, &program->latency, "how slow it is", "PROFILE" },
    { "latency-ms", 0, 0, G_OPTION_ARG_STRING, &program->latency_ms, "of each command", "MS" },
    { "sign-ms", 0, 0, G_OPTION_ARG_STRING, &program->sign_ms, "of a signature", "MS" },
    { "bitrate", 0, 0, G_OPTION_ARG_STRING, &program->bitrate, "of the line", "BITS" },
    { "insert-after", 0, 0, G_OPTION_ARG_DOUBLE, &program->insert_after, "seconds", "S" },
    { NULL },
  };

  g_option_group_add_entries (group, entries);
  add_card_options (group);
  add_fault_options (group);
  g_option_context_set_main_group (context, group);
  if (!g_option_context_parse (context, argc, argv, error))
    return FALSE;
  if (program->directory == NULL || *argc != 1)
    {
      g_set_error_literal (error, G_OPTION_ERROR, G_OPTION_ERROR_FAILED, "--card DIR is needed");
      return FALSE;
    }
  return TRUE;
}

static gboolean
set_latency (Program *program, GError **error)
{
  g_autoptr (GString) text = g_string_new (program->latency != NULL ? program->latency : "none");
  MdgVirtualLatency latency;

  if (program->latency_ms != NULL)
    g_string_append_printf (text, ",ms=%s", program->latency_ms);
  if (program->sign_ms != NULL)
    g_string_append_printf (text, ",sign=%s", program->sign_ms);
  if (program->bitrate != NULL)
    g_string_append_printf (text, ",bitrate=%s", program->bitrate);
  if (!mdg_virtual_latency_parse (text->str, &latency, error))
    return FALSE;
  mdg_virtual_slot_set_latency (program->slot, &latency);
  return TRUE;
}

static gboolean
insert_card (Program *program, GError **error)
{
  g_autofree char *key = g_build_filename (program->directory, "auth.key", NULL);
  g_autoptr (MdgVirtualCardFiles) files = NULL;

  if (g_file_test (key, G_FILE_TEST_EXISTS))
    files = mdg_virtual_card_files_load (program->directory, error);
  else
    files = mdg_virtual_card_files_new (program->directory,
                                        program->cn != NULL ? program->cn : "PRACTICE0001",
                                        program->options->expired, NULL, error);
  if (files == NULL)
    return FALSE;
  mdg_virtual_slot_insert (program->slot, files, program->options);
  return TRUE;
}

/* FALSE without an error: the other side has closed. */
static gboolean
receive (GSocket *socket, guint8 *bytes, gsize length, GError **error)
{
  for (gsize done = 0; done < length;)
    {
      gssize n;

      mdg_vpcd_acknowledge_at_once (socket);
      n = g_socket_receive (socket, (char *) bytes + done, length - done, NULL, error);
      if (n <= 0)
        return FALSE;
      done += (gsize) n;
    }
  return TRUE;
}

static gboolean
send_message (GSocket *socket, GBytes *message, GError **error)
{
  g_autoptr (GByteArray) frame = g_byte_array_new ();
  gsize length = g_bytes_get_size (message);
  const guint8 head[] = { (guint8) (length >> 8), (guint8) (length & 0xff) };

  g_byte_array_append (frame, head, 2);
  g_byte_array_append (frame, g_bytes_get_data (message, NULL), (guint) length);
  for (gsize done = 0; done < frame->len;)
    {
      gssize n =
          g_socket_send (socket, (const char *) frame->data + done, frame->len - done, NULL, error);

      if (n <= 0)
        return FALSE;
      done += (gsize) n;
    }
  return TRUE;
}

static gboolean
control (Program *program, GSocket *socket, guint8 code, GError **error)
{
  g_autoptr (GBytes) atr = NULL;

  switch (code)
    {
    case CONTROL_OFF:
      mdg_virtual_slot_power_off (program->slot);
      return TRUE;
    case CONTROL_ON:
      mdg_virtual_slot_power_on (program->slot);
      return TRUE;
    case CONTROL_RESET:
      mdg_virtual_slot_reset (program->slot);
      return TRUE;
    case CONTROL_ATR:
      atr = mdg_virtual_slot_get_atr (program->slot);
      return atr != NULL && send_message (socket, atr, error);
    default:
      return TRUE;
    }
}

/* While a command is at work, all that can come of vpcd is that it goes away. */
static gpointer
watch_socket (gpointer data)
{
  Watch *watch = data;

  g_socket_condition_wait (watch->socket, G_IO_IN | G_IO_HUP, watch->cancellable, NULL);
  g_cancellable_cancel (watch->cancellable);
  return NULL;
}

/* A card that hangs does so until its reader has gone, not for ever. */
static MdgVirtualOutcome
transmit_watched (Program *program, GSocket *socket, GBytes *command, GBytes **answer)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  Watch watch = { socket, cancellable };
  GThread *thread = g_thread_new ("watch", watch_socket, &watch);
  MdgVirtualOutcome outcome =
      mdg_virtual_slot_transmit (program->slot, command, cancellable, answer);

  g_cancellable_cancel (cancellable);
  g_thread_join (thread);
  return outcome;
}

static MdgVirtualOutcome
transmit (Program *program, GSocket *socket, GBytes *command, GBytes **answer)
{
  if (program->hangs)
    return transmit_watched (program, socket, command, answer);
  return mdg_virtual_slot_transmit (program->slot, command, NULL, answer);
}

/* Serves one insertion. FALSE without an error is its end: closed, or the card was pulled. */
static gboolean
serve_message (Program *program, GSocket *socket, GError **error)
{
  guint8 head[2];
  g_autofree guint8 *bytes = NULL;
  g_autoptr (GBytes) command = NULL;
  g_autoptr (GBytes) answer = NULL;
  gsize length;

  if (!receive (socket, head, sizeof head, error))
    return FALSE;
  length = (gsize) head[0] << 8 | head[1];
  bytes = g_malloc (length + 1);
  if (length == 0)
    return TRUE;
  if (!receive (socket, bytes, length, error))
    return FALSE;
  if (length == 1)
    return control (program, socket, bytes[0], error);
  command = g_bytes_new_take (g_steal_pointer (&bytes), length);
  if (transmit (program, socket, command, &answer) != MDG_VIRTUAL_OUTCOME_ANSWER)
    return FALSE;
  return send_message (socket, answer, error);
}

static gboolean
run (Program *program, int *argc, char ***argv, GError **error)
{
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GSocketConnection) connection = NULL;
  GError *broken = NULL;
  GSocket *socket;

  if (!parse_arguments (program, argc, argv, error) || !set_latency (program, error))
    return FALSE;
  if (program->log != NULL)
    {
      MdgVirtualLog *log = mdg_virtual_log_new (program->log, program->show_pin, error);

      if (log == NULL)
        return FALSE;
      mdg_virtual_slot_take_log (program->slot, log);
    }
  if (!insert_card (program, error))
    return FALSE;
  if (program->insert_after > 0)
    /* pause: that long it is not on the reader yet */
    g_usleep ((gulong) (MIN (program->insert_after, 3600) * G_USEC_PER_SEC));
  connection = g_socket_client_connect_to_host (
      client, program->vpcd != NULL ? program->vpcd : "127.0.0.1:35963", 35963, NULL, error);
  if (connection == NULL)
    return FALSE;
  socket = g_socket_connection_get_socket (connection);
  g_socket_set_timeout (socket, 0);
  mdg_vpcd_send_at_once (socket);
  while (serve_message (program, socket, &broken))
    continue;
  /* a reader that goes away is the usual end */
  g_clear_error (&broken);
  return TRUE;
}

int
main (int argc, char *argv[])
{
  Program program = { .options = mdg_virtual_options_new (), .slot = mdg_virtual_slot_new () };
  g_autoptr (GError) error = NULL;
  gboolean ok;

  setlocale (LC_ALL, "");
  ok = run (&program, &argc, &argv, &error);
  if (!ok)
    g_printerr ("virtual-card: %s\n", error->message);
  mdg_virtual_slot_unref (program.slot);
  mdg_virtual_options_free (program.options);
  g_free (program.directory);
  g_free (program.cn);
  g_free (program.vpcd);
  g_free (program.log);
  g_free (program.latency);
  g_free (program.latency_ms);
  g_free (program.sign_ms);
  g_free (program.bitrate);
  return ok ? 0 : 1;
}
