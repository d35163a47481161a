/* SPDX-License-Identifier: Apache-2.0 */
/* Packets over lac_axi_window: both streams through registers, a word at a time. */
#ifndef LACUNA_WINDOW_H
#define LACUNA_WINDOW_H

#include "lacuna_shell.h"

#ifdef __cplusplus
extern "C" {
#endif

/* For play of a board, with its own read and write below it. LACUNA_SHELL_STALE when there are words of y before the first of x was sent. */
int lacuna_window_play(const lacuna_shell_board *board, const uint32_t *x, size_t x_words, uint32_t *y, size_t y_words);

/* For drain of a board, likewise. */
int lacuna_window_drain(const lacuna_shell_board *board);

#ifdef __cplusplus
}
#endif

#endif
