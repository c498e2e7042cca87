/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What lives only as long as the process: log-ins, challenges, answers to repeats. Three small
 * stores, each a hash table with a queue beside it in the order of making, so that what is too old
 * or too much goes first and memory stays flat under any load. Times are the caller's seconds.
 */
#include "config.h"

#include "mdg-practice-memory.h"

#include <string.h>

#define MAX_TOKENS         1024
#define MAX_TOKENS_OF_ONE  8
#define MAX_CHALLENGES     8192
#define MAX_ANSWERS        8192
#define MAX_ANSWERS_OF_ONE 64 /* a client repeats what it asked last: within seconds, once */
#define MAX_ANSWER_BYTES   (16 * 1024 * 1024)
#define ANSWER_SECONDS     86400

typedef struct
{
  char *name; /* the key in its table */
  gint64 until;
  char *terminal_id;                         /* of an answer: whose key it is */
  char *user_id;                             /* of a token */
  guint8 bytes[MDG_PRACTICE_CHALLENGE_SIZE]; /* of a challenge */
  MdgPracticeAnswer answer;                  /* of an answer */
} Entry;

typedef struct
{
  GHashTable *table; /* name → GList of the queue */
  GQueue queue;      /* of Entry, the oldest first */
  gsize bytes;
} Shelf;

struct _MdgPracticeMemory
{
  Shelf tokens;
  Shelf challenges;
  Shelf answers;
};

static gsize
get_answer_size (const Entry *entry)
{
  return entry->answer.body != NULL ? g_bytes_get_size (entry->answer.body) : 0;
}

static void
free_entry (Entry *entry)
{
  g_free (entry->name);
  g_free (entry->terminal_id);
  g_free (entry->user_id);
  g_clear_pointer (&entry->answer.body, g_bytes_unref);
  g_free (entry);
}

static void
remove_link (Shelf *shelf, GList *link)
{
  Entry *entry = link->data;

  shelf->bytes -= get_answer_size (entry);
  g_hash_table_remove (shelf->table, entry->name);
  g_queue_delete_link (&shelf->queue, link);
  free_entry (entry);
}

static void
make_room (Shelf *shelf, guint max, gint64 now)
{
  while (!g_queue_is_empty (&shelf->queue))
    {
      Entry *oldest = g_queue_peek_head (&shelf->queue);

      if (oldest->until > now && shelf->queue.length < max && shelf->bytes < MAX_ANSWER_BYTES)
        return;
      remove_link (shelf, shelf->queue.head);
    }
}

static void
add_entry (Shelf *shelf, Entry *entry)
{
  GList *old = g_hash_table_lookup (shelf->table, entry->name);

  if (old != NULL)
    remove_link (shelf, old);
  g_queue_push_tail (&shelf->queue, entry);
  g_hash_table_insert (shelf->table, entry->name, shelf->queue.tail);
  shelf->bytes += get_answer_size (entry);
}

static void
clear_shelf (Shelf *shelf)
{
  while (!g_queue_is_empty (&shelf->queue))
    remove_link (shelf, shelf->queue.head);
  g_hash_table_unref (shelf->table);
}

static Entry *
make_random_entry (const char *terminal_id, gint64 until, GError **error)
{
  Entry *entry = g_new0 (Entry, 1);

  if (!mdg_practice_random (entry->bytes, sizeof entry->bytes, error))
    {
      g_free (entry);
      return NULL;
    }
  entry->name = mdg_practice_base64url_encode (entry->bytes, sizeof entry->bytes);
  entry->terminal_id = g_strdup (terminal_id);
  entry->until = until;
  return entry;
}

/* one terminal holds a few log-ins or answers only: the oldest goes */
static void
limit_entries (Shelf *shelf, const char *terminal_id, guint max)
{
  GList *oldest = NULL;
  guint n = 0;

  for (GList *link = shelf->queue.tail; link != NULL; link = link->prev)
    if (strcmp (((Entry *) link->data)->terminal_id, terminal_id) == 0)
      {
        oldest = link;
        n++;
      }
  if (n >= max)
    remove_link (shelf, oldest);
}

/**
 * mdg_practice_memory_new:
 *
 * Thread: any; then one at a time.
 * Errors: none.
 * Returns: (transfer full): empty stores
 */
MdgPracticeMemory *
mdg_practice_memory_new (void)
{
  MdgPracticeMemory *self = g_new0 (MdgPracticeMemory, 1);

  self->tokens.table = g_hash_table_new (g_str_hash, g_str_equal);
  self->challenges.table = g_hash_table_new (g_str_hash, g_str_equal);
  self->answers.table = g_hash_table_new (g_str_hash, g_str_equal);
  return self;
}

/**
 * mdg_practice_memory_free:
 * @self: (nullable) (transfer full): the stores
 *
 * Thread: any, when nobody uses them.
 * Errors: none.
 */
void
mdg_practice_memory_free (MdgPracticeMemory *self)
{
  if (self == NULL)
    return;
  clear_shelf (&self->tokens);
  clear_shelf (&self->challenges);
  clear_shelf (&self->answers);
  g_free (self);
}

/**
 * mdg_practice_memory_add_token:
 * @self: the stores
 * @terminal_id: the terminal that it is bound to
 * @user_id: the user that it stands for
 * @until: when it ends, in seconds
 * @error: return location
 *
 * Thread: one at a time.
 * Errors: %G_IO_ERROR_FAILED.
 * Returns: (transfer full) (nullable): a bearer token
 */
char *
mdg_practice_memory_add_token (MdgPracticeMemory *self,
                               const char *terminal_id,
                               const char *user_id,
                               gint64 until,
                               GError **error)
{
  Entry *entry = make_random_entry (terminal_id, until, error);

  if (entry == NULL)
    return NULL;
  entry->user_id = g_strdup (user_id);
  make_room (&self->tokens, MAX_TOKENS, until - MDG_PRACTICE_TOKEN_SECONDS);
  limit_entries (&self->tokens, terminal_id, MAX_TOKENS_OF_ONE);
  add_entry (&self->tokens, entry);
  return g_strdup (entry->name);
}

/**
 * mdg_practice_memory_find_token:
 * @self: the stores
 * @token: what came in Authorization
 * @terminal_id: the terminal that shows it
 * @now: seconds
 *
 * Thread: one at a time.
 * Errors: none.
 * Returns: (transfer none) (nullable): the user's id, where the token is alive and that terminal's
 */
const char *
mdg_practice_memory_find_token (MdgPracticeMemory *self,
                                const char *token,
                                const char *terminal_id,
                                gint64 now)
{
  GList *link = g_hash_table_lookup (self->tokens.table, token);
  Entry *entry = link != NULL ? link->data : NULL;

  if (entry == NULL || entry->until <= now || strcmp (entry->terminal_id, terminal_id) != 0)
    return NULL;
  return entry->user_id;
}

/**
 * mdg_practice_memory_drop_tokens:
 * @self: the stores
 * @terminal_id: (nullable): of this terminal only
 * @user_id: (nullable): of this user only
 * @but_terminal_id: (nullable): this terminal keeps its own
 *
 * Ends log-ins: of a terminal that goes, or of a user whose password is another one now.
 *
 * Thread: one at a time.
 * Errors: none.
 */
void
mdg_practice_memory_drop_tokens (MdgPracticeMemory *self,
                                 const char *terminal_id,
                                 const char *user_id,
                                 const char *but_terminal_id)
{
  GList *next;

  for (GList *link = self->tokens.queue.head; link != NULL; link = next)
    {
      Entry *entry = link->data;

      next = link->next;
      if ((terminal_id == NULL || strcmp (entry->terminal_id, terminal_id) == 0) &&
          (user_id == NULL || strcmp (entry->user_id, user_id) == 0) &&
          g_strcmp0 (entry->terminal_id, but_terminal_id) != 0)
        remove_link (&self->tokens, link);
    }
}

/**
 * mdg_practice_memory_add_challenge:
 * @self: the stores
 * @terminal_id: the terminal that may use it
 * @now: seconds
 * @error: return location
 *
 * Thread: one at a time.
 * Errors: %G_IO_ERROR_FAILED.
 * Returns: (transfer full) (nullable): 32 random bytes in base64url
 */
char *
mdg_practice_memory_add_challenge (MdgPracticeMemory *self,
                                   const char *terminal_id,
                                   gint64 now,
                                   GError **error)
{
  Entry *entry = make_random_entry (terminal_id, now + MDG_PRACTICE_CHALLENGE_SECONDS, error);

  if (entry == NULL)
    return NULL;
  make_room (&self->challenges, MAX_CHALLENGES, now);
  add_entry (&self->challenges, entry);
  return g_strdup (entry->name);
}

/**
 * mdg_practice_memory_take_challenge:
 * @self: the stores
 * @challenge: base64url, as it came
 * @terminal_id: the terminal that shows it
 * @now: seconds
 * @bytes: (out caller-allocates): its 32 bytes
 *
 * Uses a challenge up: whatever is found out about the signature afterwards, it never counts again.
 * Another terminal's challenge is left alone, so that nobody can burn it.
 *
 * Thread: one at a time; the service's thread is the only one, so this is atomic.
 * Errors: none.
 * Returns: whether it was that terminal's, fresh and unused
 */
gboolean
mdg_practice_memory_take_challenge (MdgPracticeMemory *self,
                                    const char *challenge,
                                    const char *terminal_id,
                                    gint64 now,
                                    guint8 bytes[MDG_PRACTICE_CHALLENGE_SIZE])
{
  GList *link = g_hash_table_lookup (self->challenges.table, challenge);
  Entry *entry = link != NULL ? link->data : NULL;
  gboolean fresh;

  if (entry == NULL || strcmp (entry->terminal_id, terminal_id) != 0)
    return FALSE;
  fresh = entry->until > now;
  for (guint i = 0; i < MDG_PRACTICE_CHALLENGE_SIZE; i++)
    bytes[i] = entry->bytes[i];
  remove_link (&self->challenges, link);
  return fresh;
}

/**
 * mdg_practice_memory_put_answer:
 * @self: the stores
 * @scope: whose key it is
 * @key: the Idempotency-Key
 * @answer: (transfer none): what was answered; its time is in the caller's seconds
 *
 * Thread: one at a time.
 * Errors: none.
 */
void
mdg_practice_memory_put_answer (MdgPracticeMemory *self,
                                const char *scope,
                                const char *key,
                                const MdgPracticeAnswer *answer)
{
  Entry *entry = g_new0 (Entry, 1);

  entry->name = g_strconcat (scope, "|", key, NULL);
  entry->terminal_id = g_strdup (scope);
  entry->until = answer->time + ANSWER_SECONDS;
  entry->answer = *answer;
  g_bytes_ref (entry->answer.body);
  make_room (&self->answers, MAX_ANSWERS, answer->time);
  limit_entries (&self->answers, scope, MAX_ANSWERS_OF_ONE);
  add_entry (&self->answers, entry);
}

/**
 * mdg_practice_memory_get_answer:
 * @self: the stores
 * @scope: whose key it is
 * @key: the Idempotency-Key
 * @now: seconds
 *
 * Thread: one at a time.
 * Errors: none.
 * Returns: (transfer none) (nullable): the answer kept, until the stores change
 */
const MdgPracticeAnswer *
mdg_practice_memory_get_answer (MdgPracticeMemory *self,
                                const char *scope,
                                const char *key,
                                gint64 now)
{
  g_autofree char *name = g_strconcat (scope, "|", key, NULL);
  GList *link = g_hash_table_lookup (self->answers.table, name);
  Entry *entry = link != NULL ? link->data : NULL;

  return entry != NULL && entry->until > now ? &entry->answer : NULL;
}
