/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Asks a reader for its features. The questions go to the reader's driver and not to a card: on a
 * connection that is there anyway, or, while the reader is empty, on a direct one. */
#include "config.h"

#include "mdg-pcsc-told.h"

#include "mdg-pcsc-features.h"

#define ANSWER_MAX 264 /* MAX_BUFFER_SIZE of pcsc-lite */

/**
 * mdg_pcsc_told_ask:
 * @api: the library
 * @handle: a connection
 * @told: (out): what the reader's driver says; all unknown when it says nothing
 *
 * Thread: any; blocks.
 *
 * Errors: none.
 */
void
mdg_pcsc_told_ask (MdgPcscApi *api, MdgPcscHandle handle, MdgPcscTold *told)
{
  guint8 features[ANSWER_MAX], properties[ANSWER_MAX];
  gsize length = sizeof features;
  guint32 code;

  *told = (MdgPcscTold){ TRUE, FALSE, MDG_EXTENDED_UNKNOWN };
  if (mdg_pcsc_api_control (api, handle, mdg_pcsc_api_get_feature_request (), features, &length) !=
      MDG_PCSC_OK)
    return;
  told->pin_pad =
      mdg_pcsc_features_find (features, length, MDG_PCSC_FEATURE_VERIFY_PIN_DIRECT) != 0 ||
      mdg_pcsc_features_find (features, length, MDG_PCSC_FEATURE_VERIFY_PIN_START) != 0;
  code = mdg_pcsc_features_find (features, length, MDG_PCSC_FEATURE_GET_TLV_PROPERTIES);
  if (code == 0)
    return;
  length = sizeof properties;
  if (mdg_pcsc_api_control (api, handle, code, properties, &length) == MDG_PCSC_OK)
    told->extended = mdg_pcsc_properties_get_extended (properties, length);
}

/**
 * mdg_pcsc_told_ask_reader:
 * @api: the library
 * @reader: the name of a reader that is empty
 * @told: (out): what the reader's driver says; not known when it could not be asked
 *
 * Thread: any; blocks.
 *
 * Errors: none.
 */
void
mdg_pcsc_told_ask_reader (MdgPcscApi *api, const char *reader, MdgPcscTold *told)
{
  MdgPcscContext context;
  MdgPcscHandle handle;
  guint protocol;

  *told = (MdgPcscTold){ FALSE, FALSE, MDG_EXTENDED_UNKNOWN };
  if (mdg_pcsc_api_establish (api, &context) != MDG_PCSC_OK)
    return;
  if (mdg_pcsc_api_connect (api, context, reader, MDG_PCSC_SHARE_DIRECT, &handle, &protocol) ==
      MDG_PCSC_OK)
    {
      mdg_pcsc_told_ask (api, handle, told);
      mdg_pcsc_api_disconnect (api, handle, MDG_PCSC_LEAVE);
    }
  mdg_pcsc_api_release (api, context);
}
