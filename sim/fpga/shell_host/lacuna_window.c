/* SPDX-License-Identifier: Apache-2.0 */
#include "lacuna_window.h"

enum { BEAT = 0x1000, LAST_BEAT = 0x1004, LEVELS = 0x1008 };

int lacuna_window_play(const lacuna_board *board, const uint32_t *x, size_t x_words, uint32_t *y, size_t y_words) {
  size_t sent = 0, taken = 0;
  uint32_t idle = 0;
  while (sent < x_words || taken < y_words) {
    uint32_t levels, room, there;
    if (board->read(board->context, LEVELS, &levels) != 0) return 1;
    room = levels & 0xFFFF;
    there = levels >> 16;
    idle = (room == 0 || sent == x_words) && there == 0 ? idle + 1 : 0;
    if (idle == board->patience) return 1;
    for (; there > 0 && taken < y_words; --there, ++taken)
      if (board->read(board->context, BEAT, &y[taken]) != 0) return 1;
    for (; room > 0 && sent < x_words; --room, ++sent)
      if (board->write(board->context, sent + 1 == x_words ? LAST_BEAT : BEAT, x[sent]) != 0) return 1;
  }
  return 0;
}
