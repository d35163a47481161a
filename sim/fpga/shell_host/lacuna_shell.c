/* SPDX-License-Identifier: Apache-2.0 */
#include "lacuna_shell.h"

#include "registers.h"

enum { ALL = -1 };

const char *lacuna_message(int status) {
  static const char *const messages[] = {"done",
                                         "the board cannot be reached",
                                         "there is no such shell",
                                         "the shell reports an error",
                                         "the shell does not answer in time",
                                         "the result differs from golden's"};
  return status >= 0 && status <= LACUNA_DIFFERS ? messages[status] : "unknown status";
}

static int get(const lacuna_board *board, uint32_t offset, uint32_t *value) {
  return board->read(board->context, offset, value) == 0 ? LACUNA_OK : LACUNA_BROKEN;
}

static int put(const lacuna_board *board, uint32_t offset, uint32_t value) {
  return board->write(board->context, offset, value) == 0 ? LACUNA_OK : LACUNA_BROKEN;
}

/* Waits until all bits of the mask are set, or an error is. */
static int wait_for(const lacuna_board *board, uint32_t mask) {
  uint32_t raised = 0;
  for (uint32_t tries = 0; tries < board->patience; ++tries) {
    int status = get(board, LAC_SHELL_INTERRUPT_STATUS, &raised);
    if (status != LACUNA_OK) return status;
    if (raised & LAC_SHELL_INTERRUPT_STATUS_ERROR) return LACUNA_FAILED;
    if ((raised & mask) == mask) return put(board, LAC_SHELL_INTERRUPT_STATUS, raised);
  }
  return LACUNA_LATE;
}

int lacuna_identify(const lacuna_board *board, uint32_t kind) {
  uint32_t id, version, engine;
  if (get(board, LAC_SHELL_ID, &id) || get(board, LAC_SHELL_VERSION, &version) || get(board, LAC_SHELL_ENGINE, &engine)) return LACUNA_BROKEN;
  return id == LAC_SHELL_ID_VALUE && version == LAC_SHELL_VERSION_VALUE && (engine & LAC_SHELL_ENGINE_KIND) == kind ? LACUNA_OK : LACUNA_STRANGER;
}

int lacuna_recover(const lacuna_board *board) {
  uint32_t state = 0;
  int status = put(board, LAC_SHELL_CONTROL, LAC_SHELL_CONTROL_CLEAR);
  for (uint32_t tries = 0; status == LACUNA_OK && !(state & LAC_SHELL_STATUS_IDLE); ++tries) {
    if (tries == board->patience) return LACUNA_LATE;
    status = get(board, LAC_SHELL_STATUS, &state);
  }
  if (status == LACUNA_OK) status = put(board, LAC_SHELL_ERROR_STATUS, (uint32_t)ALL);
  if (status == LACUNA_OK) status = put(board, LAC_SHELL_INTERRUPT_STATUS, (uint32_t)ALL);
  return status;
}

int lacuna_load(const lacuna_board *board, uint32_t address, uint32_t bytes) {
  int status = put(board, LAC_SHELL_LOAD_ADDRESS, address);
  if (status == LACUNA_OK) status = put(board, LAC_SHELL_LOAD_BYTES, bytes);
  if (status == LACUNA_OK) status = put(board, LAC_SHELL_CONTROL, LAC_SHELL_CONTROL_LOAD);
  return status == LACUNA_OK ? wait_for(board, LAC_SHELL_INTERRUPT_STATUS_LOADED) : status;
}

int lacuna_start(const lacuna_board *board, const lacuna_run *run) {
  int status = LACUNA_OK;
  for (size_t word = 0; status == LACUNA_OK && word < run->config_words; ++word)
    status = put(board, LAC_SHELL_CONFIG((uint32_t)word), run->config[word]);
  if (status == LACUNA_OK) status = put(board, LAC_SHELL_WEIGHT_BASE, run->weight_base);
  if (status == LACUNA_OK) status = put(board, LAC_SHELL_COUNT, run->count);
  if (status == LACUNA_OK) status = put(board, LAC_SHELL_CONTROL, LAC_SHELL_CONTROL_START);
  return status;
}

int lacuna_wait(const lacuna_board *board) { return wait_for(board, LAC_SHELL_INTERRUPT_STATUS_DONE); }

int lacuna_errors(const lacuna_board *board, uint32_t *status, uint32_t *address) {
  return get(board, LAC_SHELL_ERROR_STATUS, status) || get(board, LAC_SHELL_ERROR_ADDRESS, address) ? LACUNA_BROKEN : LACUNA_OK;
}

int lacuna_cycles(const lacuna_board *board, unsigned number, uint64_t *cycles) {
  uint32_t low, high;
  if (get(board, LAC_SHELL_CYCLES(2 * number), &low) || get(board, LAC_SHELL_CYCLES(2 * number + 1), &high)) return LACUNA_BROKEN;
  *cycles = (uint64_t)high << 32 | low;
  return LACUNA_OK;
}

int lacuna_play(const lacuna_board *board, const lacuna_run *run, uint32_t *y) {
  int status = lacuna_load(board, run->records, run->record_bytes);
  if (status == LACUNA_OK) status = lacuna_start(board, run);
  if (status == LACUNA_OK && board->play(board->context, run->x, run->x_words, y, run->y_words) != 0) status = LACUNA_BROKEN;
  return status == LACUNA_OK ? lacuna_wait(board) : status;
}
