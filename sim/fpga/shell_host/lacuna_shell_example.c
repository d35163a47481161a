/* SPDX-License-Identifier: Apache-2.0 */
#include "lacuna_shell_example.h"

#include <stdio.h>

#include "lacuna_shell_network.h"

/* Prints what went wrong. */
static int fail(const lacuna_shell_board *board, const char *layer, int status) {
  uint32_t errors = 0, address = 0;
  printf("lacuna: %s: %s\n", layer, lacuna_shell_message(status));
  if (status == LACUNA_SHELL_FAILED && lacuna_shell_errors(board, &errors, &address) == LACUNA_SHELL_OK)
    printf("lacuna: error_status 0x%x at 0x%x\n", (unsigned)errors, (unsigned)address);
  return status;
}

int lacuna_shell_example(const lacuna_shell_board *board) {
  uint32_t *y = lacuna_shell_y;
  int status = lacuna_shell_identify(board, lacuna_shell_network_kind);
  if (status == LACUNA_SHELL_OK) status = lacuna_shell_recover(board);
  if (status != LACUNA_SHELL_OK) return fail(board, "board", status);
  for (size_t at = 0; at < lacuna_shell_run_count; ++at) {
    const lacuna_shell_run *run = &lacuna_shell_runs[at];
    uint64_t cycles = 0;
    status = lacuna_shell_play(board, run, y);
    if (status == LACUNA_SHELL_OK) status = lacuna_shell_cycles(board, 0, &cycles);
    if (status != LACUNA_SHELL_OK) return fail(board, run->layer, status);
    for (size_t word = 0; word < run->y_words; ++word) {
      if (y[word] == run->y[word]) continue;
      printf("lacuna: %s: word %u: expected 0x%08x, got 0x%08x\n", run->layer, (unsigned)word, (unsigned)run->y[word], (unsigned)y[word]);
      return LACUNA_SHELL_DIFFERS;
    }
    printf("lacuna: %s: %u words equal golden's, %lu cycles\n", run->layer, (unsigned)run->y_words, (unsigned long)cycles);
  }
  return LACUNA_SHELL_OK;
}
