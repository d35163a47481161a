/* SPDX-License-Identifier: Apache-2.0 */
/* The network of this folder (network.c): what the shell is told, and an example with golden's answers. */
#ifndef LACUNA_NETWORK_H
#define LACUNA_NETWORK_H

#include "lacuna_shell.h"

#ifdef __cplusplus
extern "C" {
#endif

extern const char lacuna_network_name[];
extern const uint32_t lacuna_network_kind;
extern const lacuna_run lacuna_runs[];
extern const size_t lacuna_run_count;
extern const size_t lacuna_most_y_words; /* of all runs */

#ifdef __cplusplus
}
#endif

#endif
