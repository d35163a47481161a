/* SPDX-License-Identifier: Apache-2.0 */
/* The driver at its smallest: plays the runs of network.c on a board and compares them with golden. */
#ifndef LACUNA_EXAMPLE_H
#define LACUNA_EXAMPLE_H

#include "lacuna_shell.h"

#ifdef __cplusplus
extern "C" {
#endif

/* @param y room for lacuna_most_y_words words  @return LACUNA_OK, or the first thing that went wrong, which has been printed */
int lacuna_example(const lacuna_board *board, uint32_t *y);

#ifdef __cplusplus
}
#endif

#endif
