/* SPDX-License-Identifier: Apache-2.0 */
#include "lacuna_window.h"

/* Registers of the window, and the beats of x that it holds (FifoLog2 of lac_axi_window in rtl/system.v). */
enum { BEAT = 0x1000, LAST_BEAT = 0x1004, LEVELS = 0x1008, MOST_BEATS = 512 };

/* Reads how many beats of x there is room for and how many of y are there. */
static int levels(const lacuna_shell_board *board, uint32_t *room, uint32_t *there) {
  uint32_t both;
  if (board->read(board->context, LEVELS, &both) != 0) return LACUNA_SHELL_BROKEN;
  *room = both & 0xFFFF;
  *there = both >> 16;
  return LACUNA_SHELL_OK;
}

int lacuna_window_play(const lacuna_shell_board *board, const uint32_t *x, size_t x_words, uint32_t *y, size_t y_words) {
  size_t sent = 0, taken = 0;
  uint32_t idle = 0;
  while (sent < x_words || taken < y_words) {
    uint32_t room, there;
    if (levels(board, &room, &there) != LACUNA_SHELL_OK) return LACUNA_SHELL_BROKEN;
    if (sent == 0 && there != 0) return LACUNA_SHELL_STALE;
    idle = (room == 0 || sent == x_words) && there == 0 ? idle + 1 : 0;
    if (idle == board->patience) return LACUNA_SHELL_LATE;
    for (; there > 0 && taken < y_words; --there, ++taken)
      if (board->read(board->context, BEAT, &y[taken]) != 0) return LACUNA_SHELL_BROKEN;
    for (; room > 0 && sent < x_words; --room, ++sent)
      if (board->write(board->context, sent + 1 == x_words ? LAST_BEAT : BEAT, x[sent]) != 0) return LACUNA_SHELL_BROKEN;
  }
  return LACUNA_SHELL_OK;
}

int lacuna_window_drain(const lacuna_shell_board *board) {
  uint32_t room, there, word;
  if (levels(board, &room, &there) != LACUNA_SHELL_OK) return LACUNA_SHELL_BROKEN;
  for (; there > 0; --there)
    if (board->read(board->context, BEAT, &word) != 0) return LACUNA_SHELL_BROKEN;
  return room == MOST_BEATS ? LACUNA_SHELL_OK : LACUNA_SHELL_STALE;
}
