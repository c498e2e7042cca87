/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What the practice service answers. One table holds every error with its status, its code
 * (service-protocol.md; those with REQ and SRV are the service's own) and its words, which are for
 * people and never repeat what was sent.
 */
#include "config.h"

#include "mdg-practice-reply.h"

#include <libsoup/soup.h>
#include <string.h>

typedef struct
{
  guint status;
  const char *code;
  const char *message;
  gboolean lasting;
} Row;

static const Row ROWS[MDG_PRACTICE_N_ERRORS] = {
  [MDG_PRACTICE_ERROR_ACT_FORM] = { 400, "MDG-ACT-001",
                                    "入力内容の形式が正しくありません。入力内容をお確かめください"
                                    "。",
                                    TRUE },
  [MDG_PRACTICE_ERROR_ACT_LOGIN] = { 401, "MDG-ACT-002",
                                     "医療機関コード、ユーザーIDまたはパスワードが正しくありません"
                                     "。もう一度お確かめください。",
                                     FALSE },
  [MDG_PRACTICE_ERROR_ACT_CODE] = { 403, "MDG-ACT-003",
                                    "アクティベーションコードが正しくないか、すでに使用されています"
                                    "。もう一度お確かめください。",
                                    FALSE },
  [MDG_PRACTICE_ERROR_ACT_LOCKED] = { 429, "MDG-ACT-003",
                                      "アクティベーションコードの誤りが続いたため、一時的に受付を停"
                                      "止しています。"
                                      "しばらく待ってから、もう一度お試しください。",
                                      FALSE },
  [MDG_PRACTICE_ERROR_ACT_LIMIT] = { 409, "MDG-ACT-004",
                                     "登録できる端末の台数の上限に達しています。使用していない端末"
                                     "の登録を解除してください。",
                                     FALSE },
  [MDG_PRACTICE_ERROR_ACT_REVOKED] = { 403, "MDG-ACT-005",
                                       "この端末の登録は解除されているか、有効期限が切れています。"
                                       "もう一度端末の登録を行ってください。",
                                       FALSE },
  [MDG_PRACTICE_ERROR_ACT_UNKNOWN] = { 403, "MDG-ACT-006",
                                       "この端末の証明書を確認できません。端末の登録を行ってくださ"
                                       "い。",
                                       FALSE },
  [MDG_PRACTICE_ERROR_AUTH_LOGIN] = { 401, "MDG-AUTH-001",
                                      "ユーザーIDまたはパスワードが正しくありません。もう一度お確か"
                                      "めください。",
                                      FALSE },
  [MDG_PRACTICE_ERROR_AUTH_LOCKED] = { 423, "MDG-AUTH-002",
                                       "パスワードの誤りが続いたため、このユーザーは一時的に使用で"
                                       "きません。"
                                       "しばらく待ってから、もう一度お試しください。",
                                       FALSE },
  [MDG_PRACTICE_ERROR_AUTH_PASSWORD] = { 400, "MDG-AUTH-003",
                                         "パスワードを変更できません。現在のパスワードと、新しいパ"
                                         "スワード（8文字以上100文字以内）を"
                                         "お確かめください。",
                                         FALSE },
  [MDG_PRACTICE_ERROR_AUTH_TOKEN] = { 401, "MDG-AUTH-004",
                                      "ログインの有効期限が切れています。もう一度ログインしてくださ"
                                      "い。",
                                      FALSE },
  [MDG_PRACTICE_ERROR_CARD_FORM] = { 400, "MDG-CARD-001", "照会の内容の形式が正しくありません。",
                                     TRUE },
  [MDG_PRACTICE_ERROR_CARD_CHALLENGE] = { 403, "MDG-CARD-002",
                                          "本人確認の有効時間が過ぎたか、すでに使用されています。も"
                                          "う一度カードを読み取ってください。",
                                          TRUE },
  [MDG_PRACTICE_ERROR_CARD_SIGNATURE] = { 403, "MDG-CARD-003",
                                          "カードによる本人確認ができませんでした。もう一度カードを"
                                          "読み取ってください。",
                                          TRUE },
  [MDG_PRACTICE_ERROR_CARD_TRUST] = { 403, "MDG-CARD-004",
                                      "このカードの電子証明書は確認できません。", TRUE },
  [MDG_PRACTICE_ERROR_CARD_EXPIRED] = { 403, "MDG-CARD-005",
                                        "このカードの電子証明書は有効期限が切れているか、失効してい"
                                        "ます。"
                                        "お住まいの市区町村の窓口で更新をご案内ください。",
                                        TRUE },
  [MDG_PRACTICE_ERROR_CARD_VISUAL] = { 403, "MDG-CARD-006",
                                       "目視による本人確認は受け付けていません。暗証番号で確認して"
                                       "ください。",
                                       TRUE },
  [MDG_PRACTICE_ERROR_SEARCH_FORM] = { 400, "MDG-SRCH-001",
                                       "検索条件の形式が正しくありません。入力内容をお確かめくださ"
                                       "い。",
                                       TRUE },
  [MDG_PRACTICE_ERROR_REQUEST] = { 400, "MDG-REQ-001", "要求の形式が正しくありません。", FALSE },
  [MDG_PRACTICE_ERROR_KEY_REUSED] = { 400, "MDG-REQ-002",
                                      "同じ受付番号で異なる内容の要求を受け取りました。", FALSE },
  [MDG_PRACTICE_ERROR_NO_CALL] = { 404, "MDG-REQ-003", "お求めの機能はありません。", FALSE },
  [MDG_PRACTICE_ERROR_METHOD] = { 405, "MDG-REQ-004", "この操作は受け付けていません。", FALSE },
  [MDG_PRACTICE_ERROR_TOO_LARGE] = { 413, "MDG-REQ-005", "要求が大きすぎます。", FALSE },
  [MDG_PRACTICE_ERROR_MEDIA_TYPE] = { 415, "MDG-REQ-006", "要求はUTF-8のJSONで送信してください。",
                                      FALSE },
  [MDG_PRACTICE_ERROR_FAULT] = { 503, "MDG-SRV-001", "復旧の作業をしています。", FALSE },
  [MDG_PRACTICE_ERROR_MAINTENANCE] = { 503, "MDG-SRV-002",
                                       "ただいまメンテナンス中です。終了までお待ちください。",
                                       FALSE },
  [MDG_PRACTICE_ERROR_INTERNAL] = { 500, "MDG-SRV-003", "サービスの内部で問題が発生しました。",
                                    FALSE },
};

static MdgPracticeReply *
make_error (const Row *row, guint status, const char *field, guint retry_after)
{
  g_autoptr (json_t) body = json_object ();
  g_autofree char *message = NULL;
  MdgPracticeReply *reply;

  message =
      field != NULL ? g_strdup_printf ("%s（%s）", row->message, field) : g_strdup (row->message);
  json_object_set_new (body, "ErrorCode", json_string (row->code));
  json_object_set_new (body, "ErrorMessage", json_string (message));
  if (retry_after > 0)
    json_object_set_new (body, "RetryAfter", json_integer (retry_after));
  reply = mdg_practice_reply_new (status, body);
  reply->retry_after = retry_after;
  reply->lasting = row->lasting;
  return reply;
}

/**
 * mdg_practice_json_free_text:
 * @text: (transfer full) (nullable): what json_dumps() made
 *
 * Frees it with the function that goes with jansson's allocator, which the program may have set.
 *
 * Thread: any.
 * Errors: none.
 */
void
mdg_practice_json_free_text (gpointer text)
{
  json_free_t release = NULL;

  json_get_alloc_funcs (NULL, &release);
  release (text);
}

/**
 * mdg_practice_reply_new:
 * @status: HTTP status
 * @body: (nullable) (transfer none): what to send
 *
 * Thread: any.
 * Errors: none.
 * Returns: (transfer full): a reply that a repeat gets again
 */
MdgPracticeReply *
mdg_practice_reply_new (guint status, json_t *body)
{
  MdgPracticeReply *reply = g_new0 (MdgPracticeReply, 1);
  char *text = body != NULL ? json_dumps (body, JSON_COMPACT) : NULL;

  reply->status = status;
  reply->lasting = TRUE;
  if (text != NULL)
    reply->body =
        g_bytes_new_with_free_func (text, strlen (text), mdg_practice_json_free_text, text);
  return reply;
}

/**
 * mdg_practice_reply_new_bytes:
 * @status: HTTP status
 * @body: (nullable) (transfer none): JSON that was sent before
 *
 * Thread: any.
 * Errors: none.
 * Returns: (transfer full): the same reply again
 */
MdgPracticeReply *
mdg_practice_reply_new_bytes (guint status, GBytes *body)
{
  MdgPracticeReply *reply = g_new0 (MdgPracticeReply, 1);

  reply->status = status;
  if (body != NULL && g_bytes_get_size (body) > 0)
    reply->body = g_bytes_ref (body);
  return reply;
}

/**
 * mdg_practice_reply_new_error:
 * @error: which
 * @field: (nullable): the name of the element that is wrong
 *
 * Thread: any.
 * Errors: none.
 * Returns: (transfer full): the error as service-protocol.md has it
 */
MdgPracticeReply *
mdg_practice_reply_new_error (MdgPracticeError error, const char *field)
{
  return make_error (&ROWS[error], ROWS[error].status, field, 0);
}

/**
 * mdg_practice_reply_new_wait:
 * @error: which
 * @status: HTTP status; 0 for that of the error
 * @seconds: after which a repeat has a chance; 0 for unknown
 *
 * Thread: any.
 * Errors: none.
 * Returns: (transfer full): the error with RetryAfter
 */
MdgPracticeReply *
mdg_practice_reply_new_wait (MdgPracticeError error, guint status, gint64 seconds)
{
  return make_error (&ROWS[error], status != 0 ? status : ROWS[error].status, NULL,
                     (guint) CLAMP (seconds, 0, 86400));
}

/**
 * mdg_practice_reply_free:
 * @self: (nullable) (transfer full): a reply
 *
 * Thread: any.
 * Errors: none.
 */
void
mdg_practice_reply_free (MdgPracticeReply *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->body, g_bytes_unref);
  g_free (self);
}

/**
 * mdg_practice_status_phrase:
 * @status: HTTP status
 *
 * Thread: any.
 * Errors: none.
 * Returns: (transfer none): its usual words
 */
const char *
mdg_practice_status_phrase (guint status)
{
  return soup_status_get_phrase (status);
}
