/* SPDX-License-Identifier: Apache-2.0 */
/* Packets over lac_axi_window: both streams through registers, a word at a time. */
#ifndef LACUNA_WINDOW_H
#define LACUNA_WINDOW_H

#include "lacuna_shell.h"

#ifdef __cplusplus
extern "C" {
#endif

/* For lacuna_board.play, with the board's own read and write below it. @return 0 when done */
int lacuna_window_play(const lacuna_board *board, const uint32_t *x, size_t x_words, uint32_t *y, size_t y_words);

#ifdef __cplusplus
}
#endif

#endif
