/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A reader and a driver for tests: they do what a test tells them and remember what was done. */
#pragma once

#include "mdg-core.h"
#include "mdg-plugin.h"

G_BEGIN_DECLS

/* A scripted reader. A command is answered by the callback where there is one, else by the next
 * expected pair; a command that does not match fails with MDG_READER_ERROR_FAILED and is kept for
 * mdg_fake_reader_get_mismatch(). All functions may be called from any thread. */
#define MDG_TYPE_FAKE_READER (mdg_fake_reader_get_type ())
G_DECLARE_FINAL_TYPE (MdgFakeReader, mdg_fake_reader, MDG, FAKE_READER, MdgReader)

/* On the reader's thread. NULL with error set, or an answer with its status word. */
typedef GBytes *(*MdgFakeTransmitFunc) (MdgFakeReader *self,
                                        GBytes *command,
                                        gpointer user_data,
                                        GError **error);

MdgFakeReader *mdg_fake_reader_new (const char *id);
void mdg_fake_reader_set_callback (MdgFakeReader *self,
                                   MdgFakeTransmitFunc func,
                                   gpointer user_data,
                                   GDestroyNotify user_data_free);

/* Hexadecimal, blanks allowed; in @command `**` stands for any byte, and a `...` at its end for any
 * rest. The pairs are used up in order. */
void mdg_fake_reader_expect (MdgFakeReader *self, const char *command, const char *response);
/* The lines of an .apdu file: `atr`, `>` and `<`, comments; FALSE when it is none. */
gboolean mdg_fake_reader_expect_script (MdgFakeReader *self, const char *text, GError **error);
gboolean mdg_fake_reader_is_done (MdgFakeReader *self);   /* nothing expected is left */
char *mdg_fake_reader_get_mismatch (MdgFakeReader *self); /* (transfer full) (nullable) */

/* @n counts the transmits since the reader was made, from 1; 0 means the next one. */
void mdg_fake_reader_fail_transmit (MdgFakeReader *self, guint n, GQuark domain, gint code);
void mdg_fake_reader_fail_connect (MdgFakeReader *self, GQuark domain, gint code); /* the next */
void mdg_fake_reader_block_transmit (MdgFakeReader *self, guint n); /* until release or interrupt */
void mdg_fake_reader_block_connect (MdgFakeReader *self);           /* the next */
void mdg_fake_reader_ignore_interrupt (MdgFakeReader *self, gboolean ignore);
void mdg_fake_reader_wait_blocked (MdgFakeReader *self); /* waits (no main loop) until one blocks */
void mdg_fake_reader_release (MdgFakeReader *self);      /* lets the blocked one go on */
/* Ends the blocked one with an error; nothing where none is blocked. */
void mdg_fake_reader_fail_blocked (MdgFakeReader *self, GQuark domain, gint code);

void mdg_fake_reader_insert (MdgFakeReader *self, const char *atr); /* (nullable): hexadecimal */
void mdg_fake_reader_remove (MdgFakeReader *self);

guint mdg_fake_reader_count_transmits (MdgFakeReader *self);
/* What was called, a word a line: "connect", "transmit 00A4…", "interrupt", "disconnect power-off",
 * "disconnect leave". (transfer full) */
char *mdg_fake_reader_get_log (MdgFakeReader *self);
void mdg_fake_reader_clear_log (MdgFakeReader *self);

/* A driver with a monitor that does nothing, fails or hangs. Property "mode": a string, one of
 * "" or "idle" (waits), "none" (never ready), "fail" (fails at once each time), "hang" (ignores
 * being interrupted until mdg_fake_driver_release()), "start-fails". */
#define MDG_TYPE_FAKE_DRIVER (mdg_fake_driver_get_type ())
G_DECLARE_FINAL_TYPE (MdgFakeDriver, mdg_fake_driver, MDG, FAKE_DRIVER, MdgReaderDriver)

MdgFakeDriver *mdg_fake_driver_new (const char *mode);
void mdg_fake_driver_release (MdgFakeDriver *self);
guint mdg_fake_driver_count_monitors (MdgFakeDriver *self); /* calls of monitor() */
guint mdg_fake_driver_count_stops (MdgFakeDriver *self);    /* calls of stop() */
const MdgPluginDesc *mdg_fake_driver_get_desc (void);       /* the id is "fake" */

/* A whole bench: host with the fake driver built in and started, manager settled, no reader yet.
 * Its state folder is a temporary one. */
typedef struct
{
  MdgPluginHost *host;
  MdgReaderManager *manager;
  MdgFakeDriver *driver; /* not owned */
  char *state_dir;
} MdgFakeBench;

MdgFakeBench *mdg_fake_bench_new (void);
void mdg_fake_bench_free (MdgFakeBench *self);
/* Adds a reader and runs the main loop until the manager lists it. (transfer full) */
MdgFakeReader *mdg_fake_bench_add_reader (MdgFakeBench *self, const char *id);
/* Inserts a card and runs the main loop until the reader says so. */
void mdg_fake_bench_insert (MdgFakeReader *reader, const char *atr);
void mdg_fake_bench_remove (MdgFakeReader *reader);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MdgFakeBench, mdg_fake_bench_free)

/* Runs the main loop until @condition is true; a test that waits ten seconds has failed. */
#define mdg_test_wait_for(condition)                                                               \
  G_STMT_START                                                                                     \
  {                                                                                                \
    gint64 mdg_test_until = g_get_monotonic_time () + 10 * G_TIME_SPAN_SECOND;                     \
    guint mdg_test_tick = g_timeout_add (20, mdg_test_on_tick_cb, NULL);                           \
    while (!(condition))                                                                           \
      {                                                                                            \
        if (g_get_monotonic_time () > mdg_test_until)                                              \
          g_error ("%s: waited in vain for %s", G_STRLOC, #condition);                             \
        g_main_context_iteration (NULL, TRUE);                                                     \
      }                                                                                            \
    g_source_remove (mdg_test_tick);                                                               \
  }                                                                                                \
  G_STMT_END
gboolean mdg_test_on_tick_cb (gpointer data);
/* Runs the main loop until everything that is queued has taken effect. */
void mdg_test_settle (void);
GBytes *mdg_test_bytes (const char *hex); /* (transfer full) */
void mdg_test_remove_folder (const char *path);

G_END_DECLS
