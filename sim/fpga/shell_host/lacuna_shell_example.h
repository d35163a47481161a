/* SPDX-License-Identifier: Apache-2.0 */
/* The driver at its smallest: plays the runs of network.c on a board and compares them with golden. */
#ifndef LACUNA_SHELL_EXAMPLE_H
#define LACUNA_SHELL_EXAMPLE_H

#include "lacuna_shell.h"

#ifdef __cplusplus
extern "C" {
#endif

/* @return LACUNA_SHELL_OK, or the first thing that went wrong, which has been printed */
int lacuna_shell_example(const lacuna_shell_board *board);

#ifdef __cplusplus
}
#endif

#endif
