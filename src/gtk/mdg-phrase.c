/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Where Japanese may break. Pango lets a line end between any two characters of it, in the middle
 * of 暗証番号 too. Here a line may end only before a phrase begins: after punctuation, and where
 * kana that end a phrase are followed by something else. A phrase longer than the line still
 * breaks: nothing is ever cut. */
#include "config.h"

#include "mdg-widgets.h"

#include <string.h>

/* まだ動かさないで: its characters */
#define LONGEST_ADVERB_PHRASE 8

/* Characters that fit in 336 px at twice the size: a line of a title, and of other text. */
#define LONGEST_IN_TITLE 6
#define LONGEST          11

/* Latin letters that have the room of LONGEST_IN_TITLE Japanese ones, also bold. */
#define LONGEST_PAIR 9

typedef enum
{
  KIND_OTHER,
  KIND_HIRAGANA,
  KIND_WORD,  /* kanji, katakana, digits, Latin letters */
  KIND_OPEN,  /* brackets that begin something */
  KIND_CLOSE, /* brackets and marks that end something */
  KIND_SPACE
} Kind;

static Kind
get_kind (gunichar c)
{
  static const char opening[] = "「『（［【〈《(";
  static const char closing[] = "、。」』）］】〉》)・：！？";

  if (g_unichar_isspace (c))
    return KIND_SPACE;
  if (g_utf8_strchr (opening, -1, c) != NULL)
    return KIND_OPEN;
  if (g_utf8_strchr (closing, -1, c) != NULL)
    return KIND_CLOSE;
  if (c >= 0x3041 && c <= 0x309f)
    return KIND_HIRAGANA;
  if (c == 0x30fc || g_unichar_isalnum (c))
    return KIND_WORD;
  return KIND_OTHER;
}

static gboolean
begins_phrase (Kind before, Kind here)
{
  if (before == KIND_SPACE || here == KIND_SPACE)
    return TRUE;
  if (here == KIND_CLOSE || before == KIND_OPEN)
    return FALSE;
  if (before == KIND_CLOSE || here == KIND_OPEN)
    return TRUE;
  return before == KIND_HIRAGANA && here != KIND_HIRAGANA;
}

/* お試し, ご本人: the kana belongs to what follows */
static gboolean
is_honorific (const char *p)
{
  gunichar c = g_utf8_get_char (p);

  return (c == 0x304a || c == 0x3054) &&
         get_kind (g_utf8_get_char (g_utf8_next_char (p))) == KIND_WORD;
}

static void
forbid_breaks (PangoAttrList *list, gsize start, gsize end)
{
  PangoAttribute *attribute = pango_attr_allow_breaks_new (FALSE);

  attribute->start_index = (guint) start;
  attribute->end_index = (guint) end;
  pango_attr_list_insert (list, attribute);
}

/* Long official words may break between the words they are made of, when they have to. */
static const char *const compounds[] = {
  "オンライン|資格|確認",    "マイナンバー|カード", "マイナ|ポータル", "アクティベーション|コード",
  "被保険者|資格|申立書",    "資格|確認書",         "電子|証明書",     "限度額|適用|認定証",
  "標準|負担額|減額",        "高齢|受給者証",       "後期|高齢者",     "特定|疾病|療養|受療証",
  "レセプト|コンピューター", "サービス|コード",     "医療|機関",       "インター|ネット",
  "高齢者|医療|広域|連合",
};

/* Whether @p, inside @text, stands where one of the long words may break. */
static gboolean
is_inside_compound (const char *text, const char *p)
{
  for (gsize i = 0; i < G_N_ELEMENTS (compounds); i++)
    {
      g_auto (GStrv) parts = g_strsplit (compounds[i], "|", -1);
      g_autofree char *whole = g_strjoinv (NULL, parts);
      gsize before = 0;

      for (guint k = 0; parts[k + 1] != NULL; k++)
        {
          before += strlen (parts[k]);
          if ((gsize) (p - text) >= before && g_str_has_prefix (p - before, whole))
            return TRUE;
        }
    }
  return FALSE;
}

static gboolean
is_han (gunichar c)
{
  return g_unichar_get_script (c) == G_UNICODE_SCRIPT_HAN;
}

/* リーダーが|つながって: after the particle of a word in katakana, which has no kana of its own */
static gboolean
is_after_particle (const char *text, const char *p)
{
  const char *particle = g_utf8_prev_char (p);
  gunichar word;

  if (particle == text || g_utf8_strchr ("がはにと", -1, g_utf8_get_char (particle)) == NULL ||
      g_utf8_strchr ("はもの", -1, g_utf8_get_char (p)) != NULL)
    return FALSE;
  word = g_utf8_get_char (g_utf8_prev_char (particle));
  return word == 0x30fc || g_unichar_get_script (word) == G_UNICODE_SCRIPT_KATAKANA;
}

/* 含まれて|いません, ことも|ありません: a verb of its own */
static gboolean
is_auxiliary (gunichar before, const char *p)
{
  return (before == 0x3066 && g_str_has_prefix (p, "いません")) ||
         (g_utf8_strchr ("はがも", -1, before) != NULL && g_str_has_prefix (p, "ありま"));
}

/* Where a phrase that is too long for a line may be cut: at the words in it. */
static gboolean
begins_word (const char *text, const char *p)
{
  gunichar before = g_utf8_get_char (g_utf8_prev_char (p)), here = g_utf8_get_char (p);
  Kind kind_before = get_kind (before), kind = get_kind (here);

  if (kind_before == KIND_HIRAGANA && kind == KIND_HIRAGANA)
    return g_str_has_prefix (p, "ください") || g_str_has_prefix (p, "してください") ||
           g_str_has_prefix (p, "いただ") || g_str_has_prefix (p, "とき") ||
           g_str_has_prefix (p, "こと") || is_auxiliary (before, p) || is_after_particle (text, p);
  if (kind_before == KIND_WORD && kind == KIND_HIRAGANA)
    {
      const char *word = g_utf8_prev_char (p);

      /* 入力|してください, but never 入力|を or 置|いて */
      return word > text && get_kind (g_utf8_get_char (g_utf8_prev_char (word))) == KIND_WORD &&
             g_utf8_strchr ("しすさで", -1, here) != NULL;
    }
  /* カード|番号, 桁中|2桁, but never 2|桁 */
  if (kind_before == KIND_WORD && kind == KIND_WORD && is_han (before) != is_han (here))
    return !g_unichar_isdigit (before);
  return is_inside_compound (text, p);
}

/* まだ alone at the end of a line would belong to what is before it. */
static gboolean
is_adverb (const char *start, const char *end)
{
  return end - start == (gssize) strlen ("まだ") && g_str_has_prefix (start, "まだ");
}

static void
keep_together (PangoAttrList *list,
               const char *text,
               const char *start,
               const char *end,
               guint longest)
{
  const char *piece = start;
  guint length = 0;

  if (g_utf8_strlen (start, end - start) <= (glong) longest)
    {
      forbid_breaks (list, (gsize) (start - text), (gsize) (end - text));
      return;
    }
  for (const char *p = start; p < end; p = g_utf8_next_char (p), length++)
    if (p > piece && get_kind (g_utf8_get_char (p)) != KIND_CLOSE &&
        (length >= longest || begins_word (text, p)))
      {
        forbid_breaks (list, (gsize) (piece - text), (gsize) (p - text));
        piece = p;
        length = 0;
      }
  forbid_breaks (list, (gsize) (piece - text), (gsize) (end - text));
}

/* An honorific before a word counts as a part of it. */
static Kind
get_kind_at (const char *p)
{
  return is_honorific (p) ? KIND_WORD : get_kind (g_utf8_get_char (p));
}

/* 切り|替える, 差し|直す, 受け|付ける: two verbs that are one word; 残り|2回: a number and what it
 * is of */
static gboolean
is_compound_verb (const char *text, const char *p)
{
  const char *stem = g_utf8_prev_char (p);

  return stem > text && (is_han (g_utf8_get_char (p)) || g_ascii_isdigit (*p)) &&
         is_han (g_utf8_get_char (g_utf8_prev_char (stem))) &&
         g_utf8_strchr ("いきしちみりぎびけえせめれげべ", -1, g_utf8_get_char (stem)) != NULL;
}

/* Whether a phrase begins at @p, which is not the start of @text. */
static gboolean
starts_phrase (const char *text, const char *p)
{
  const char *last = g_utf8_prev_char (p);
  Kind before = get_kind_at (last), here = get_kind_at (p);

  if (g_utf8_get_char (last) == 0x3092)
    return TRUE; /* を ends a phrase wherever it stands */
  if (before == KIND_WORD && is_honorific (p))
    return TRUE;
  return begins_phrase (before, here) && !is_compound_verb (text, p);
}

/* The last two of at least three words, if they are short: "(Reiwa 3)", "your card". The last one
 * alone on a line looks as if it had been forgotten. NULL where they need not be kept together. */
static const char *
find_last_pair (const char *text)
{
  const char *last = strrchr (text, ' '), *first = last;

  if (last == NULL)
    return NULL;
  while (first > text && !g_ascii_isspace (first[-1]))
    first--;
  if (first <= text || first == last || strlen (first) > LONGEST_PAIR)
    return NULL;
  for (const char *p = first; *p != '\0'; p++)
    if (!g_ascii_isgraph (*p) && p != last)
      return NULL;
  return memchr (first, ')', (gsize) (last - first)) == NULL ? first : NULL;
}

/**
 * mdg_phrase_attributes:
 * @text: a text as it will be shown
 * @longest: characters of the longest phrase that is kept together
 *
 * Attributes that keep the phrases of a Japanese text on one line where they fit. Texts of other
 * languages break at spaces, but not before a short last word.
 *
 * Thread: any.
 * Errors: none.
 *
 * Returns: (transfer full): the attributes, for gtk_label_set_attributes()
 */
PangoAttrList *
mdg_phrase_attributes (const char *text, guint longest)
{
  PangoAttrList *list = pango_attr_list_new ();
  const char *start = text;
  const char *pair = longest >= LONGEST_IN_TITLE ? find_last_pair (text) : NULL;

  for (const char *p = text; *p != '\0' && start != pair; p = g_utf8_next_char (p))
    if (p != text && starts_phrase (text, p) &&
        !(longest >= LONGEST_ADVERB_PHRASE && is_adverb (start, p)))
      {
        keep_together (list, text, start, p, longest);
        start = p;
      }
  if (start == pair)
    forbid_breaks (list, (gsize) (pair - text), strlen (text));
  else if (*start != '\0')
    keep_together (list, text, start, text + strlen (text), longest);
  return list;
}

static gboolean
starts_word (const char *text, const char *p)
{
  return p == text || starts_phrase (text, p) || begins_word (text, p);
}

/**
 * mdg_phrase_find_word:
 * @text: a text
 * @at: a byte in it where a character begins
 * @end: (out): the byte behind the word
 *
 * The word around @at: what cannot be broken without breaking a word, however long it is.
 *
 * Thread: any.
 * Errors: none.
 *
 * Returns: the byte where the word begins; @at itself where a word begins there
 */
gsize
mdg_phrase_find_word (const char *text, gsize at, gsize *end)
{
  const char *start = text + at, *p = text + at;

  while (!starts_word (text, start))
    start = g_utf8_prev_char (start);
  do
    p = *p != '\0' ? g_utf8_next_char (p) : p;
  while (*p != '\0' && !starts_word (text, p));
  *end = (gsize) (p - text);
  return (gsize) (start - text);
}

/**
 * mdg_phrase_label_set_text:
 * @label: a label
 * @text: plain text, not markup
 *
 * Thread: main.
 * Errors: none.
 */
void
mdg_phrase_label_set_text (GtkLabel *label, const char *text)
{
  GtkWidget *widget = GTK_WIDGET (label);
  gboolean title = gtk_widget_has_css_class (widget, "mdg-sentence") ||
                   gtk_widget_has_css_class (widget, "title");
  g_autoptr (PangoAttrList) attributes =
      mdg_phrase_attributes (text, title ? LONGEST_IN_TITLE : LONGEST);

  gtk_label_set_text (label, text);
  gtk_label_set_attributes (label, attributes);
}

/**
 * mdg_phrase_label_new:
 * @text: plain text, not markup
 * @css_class: (nullable): a style class
 *
 * A label that wraps at phrases, and inside one only where it would be cut otherwise.
 *
 * Thread: main.
 * Errors: none.
 *
 * Returns: (transfer floating): the label
 */
GtkWidget *
mdg_phrase_label_new (const char *text, const char *css_class)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);
  mdg_phrase_label_set_text (GTK_LABEL (label), text);
  return label;
}

/**
 * mdg_phrase_label_append:
 * @box: a #GtkBox
 * @text: what it says
 * @css_class: (nullable): its look
 *
 * Adds a label that begins at the left and wraps at phrases.
 *
 * Thread: main.
 * Errors: none.
 *
 * Returns: (transfer none): the label
 */
GtkWidget *
mdg_phrase_label_append (GtkWidget *box, const char *text, const char *css_class)
{
  GtkWidget *label = mdg_phrase_label_new (text, css_class);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_box_append (GTK_BOX (box), label);
  return label;
}
