/* SPDX-License-Identifier: Apache-2.0 */
/* The network of this folder (network.c): what the shell is told, and an example with golden's answers. */
#ifndef LACUNA_SHELL_NETWORK_H
#define LACUNA_SHELL_NETWORK_H

#include "lacuna_shell.h"

#ifdef __cplusplus
extern "C" {
#endif

extern const char lacuna_shell_network_name[];
extern const uint32_t lacuna_shell_network_kind;
extern const lacuna_shell_run lacuna_shell_runs[];
extern const size_t lacuna_shell_run_count;
/* Room for the y of any run: whole lines of 32 bytes of a cache, which nothing else shares. */
extern uint32_t lacuna_shell_y[];

#ifdef __cplusplus
}
#endif

#endif
