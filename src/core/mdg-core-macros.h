/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

#if defined(_WIN32)
#ifdef MDG_CORE_COMPILATION
#define MDG_API __declspec(dllexport) extern
#else
#define MDG_API __declspec(dllimport) extern
#endif
#else
#define MDG_API __attribute__ ((visibility ("default"))) extern
#endif
