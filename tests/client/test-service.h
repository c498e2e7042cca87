/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A scripted service over TLS for tests: it answers as the protocol says, and for any path
 * something else, cut, slow or never. It works on raw bytes, so that every fault can be made. */
#pragma once

#include <gio/gio.h>

#include "test-pki.h"

G_BEGIN_DECLS

#define TEST_INSTITUTION "1319999015"
#define TEST_USER        "user-0001"
#define TEST_PASSWORD    "Aikotoba-9182-xyzzy"
#define TEST_CODE        "123456789012"
#define TEST_BIRTH_DATE  "19850415"

typedef struct _TestService TestService;

typedef struct
{
  char *method;
  char *path;
  char *head;
  GBytes *body;
  gboolean certificate; /* whether the client showed one */
  guint connection;     /* which one it came over */
} TestRequest;

TestService *test_service_new (void);
TestService *
test_service_new_full (const char *san, TestCertFlags flags, GTlsAuthenticationMode mode);
void test_service_free (TestService *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TestService, test_service_free)

const char *test_service_get_url (TestService *self);
const char *test_service_get_ca (TestService *self);
TestCa *test_service_get_issuer (TestService *self);

/* The next @times answers for @path are these bytes, head included; -1: always. NULL: close. */
void test_service_script (TestService *self, const char *path, int times, const char *raw);
void test_service_script_json (TestService *self,
                               const char *path,
                               int times,
                               guint status,
                               const char *json);
/* Every answer for @path ends after @bytes, the next @times times */
void test_service_cut (TestService *self, const char *path, int times, gsize bytes);
/* a pause before each byte of the answers for @path */
void test_service_slow (TestService *self, const char *path, guint milliseconds);
void test_service_set_name (TestService *self, const char *name);
void test_service_set_time_offset (TestService *self, gint64 seconds);
void test_service_set_maintenance (TestService *self, const char *json);

guint test_service_count (TestService *self, const char *path);
guint test_service_get_n_connections (TestService *self);
/* (transfer none): the last request for @path */
const TestRequest *test_service_last (TestService *self, const char *path);
const TestRequest *test_service_nth (TestService *self, const char *path, guint n);
char *test_request_dup_header (const TestRequest *request, const char *name);
/* the honest answer of `card-eligibility` and `search` for this request's body */
char *test_service_make_answer (GBytes *request_body, const char *birth_date);

G_END_DECLS
