/* SPDX-License-Identifier: Apache-2.0 */
#include "lacuna_shell.h"

#include "registers.h"

static const uint32_t all_bits = 0xFFFFFFFFu;

const char *lacuna_shell_message(int status) {
  static const char *const messages[] = {"done",
                                         "the board cannot be reached",
                                         "there is no such shell",
                                         "the shell reports an error",
                                         "the shell does not answer in time",
                                         "the result differs from golden's",
                                         "words of an earlier run are left: recover, or reset the board"};
  return status >= 0 && status <= LACUNA_SHELL_STALE ? messages[status] : "unknown status";
}

static int get(const lacuna_shell_board *board, uint32_t offset, uint32_t *value) {
  return board->read(board->context, offset, value) == 0 ? LACUNA_SHELL_OK : LACUNA_SHELL_BROKEN;
}

static int put(const lacuna_shell_board *board, uint32_t offset, uint32_t value) {
  return board->write(board->context, offset, value) == 0 ? LACUNA_SHELL_OK : LACUNA_SHELL_BROKEN;
}

/* FAILED if the shell has raised an error. */
static int check(const lacuna_shell_board *board) {
  uint32_t raised = 0;
  const int status = get(board, LAC_SHELL_INTERRUPT_STATUS, &raised);
  if (status != LACUNA_SHELL_OK) return status;
  return raised & LAC_SHELL_INTERRUPT_STATUS_ERROR ? LACUNA_SHELL_FAILED : LACUNA_SHELL_OK;
}

/* Waits until all bits of the mask are set, or an error is. */
static int wait_for(const lacuna_shell_board *board, uint32_t mask) {
  uint32_t raised = 0;
  for (uint32_t tries = 0; tries < board->patience; ++tries) {
    const int status = get(board, LAC_SHELL_INTERRUPT_STATUS, &raised);
    if (status != LACUNA_SHELL_OK) return status;
    if (raised & LAC_SHELL_INTERRUPT_STATUS_ERROR) return LACUNA_SHELL_FAILED;
    if ((raised & mask) == mask) return put(board, LAC_SHELL_INTERRUPT_STATUS, raised);
  }
  return LACUNA_SHELL_LATE;
}

int lacuna_shell_identify(const lacuna_shell_board *board, uint32_t kind) {
  uint32_t id, version, engine;
  if (get(board, LAC_SHELL_ID, &id) || get(board, LAC_SHELL_VERSION, &version) || get(board, LAC_SHELL_ENGINE, &engine)) return LACUNA_SHELL_BROKEN;
  return id == LAC_SHELL_ID_VALUE && version == LAC_SHELL_VERSION_VALUE && (engine & LAC_SHELL_ENGINE_KIND) == kind ? LACUNA_SHELL_OK
                                                                                                                    : LACUNA_SHELL_STRANGER;
}

/* Clears until the shell is idle, no packet of x is being dropped and nothing is left on either stream. */
static int settle(const lacuna_shell_board *board) {
  int left = LACUNA_SHELL_OK;
  int status = put(board, LAC_SHELL_CONTROL, LAC_SHELL_CONTROL_CLEAR);
  for (uint32_t tries = 0; status == LACUNA_SHELL_OK && tries < board->patience; ++tries) {
    uint32_t state = 0;
    status = get(board, LAC_SHELL_STATUS, &state);
    if (status != LACUNA_SHELL_OK) return status;
    /* After the state: an idle shell gives no more of y. Before it is idle the beat that it offers must be taken, or the clear waits forever. */
    left = board->drain(board->context);
    if (left != LACUNA_SHELL_OK && left != LACUNA_SHELL_STALE) return left;
    if (!(state & LAC_SHELL_STATUS_IDLE) || left == LACUNA_SHELL_STALE) continue;
    if (!(state & LAC_SHELL_STATUS_DROPPING)) return LACUNA_SHELL_OK;
    /* The shell has dropped all that came of a cut packet; the rest never comes, and without this would be taken from the next packet. */
    status = put(board, LAC_SHELL_CONTROL, LAC_SHELL_CONTROL_CLEAR);
  }
  if (status != LACUNA_SHELL_OK) return status;
  return left == LACUNA_SHELL_OK ? LACUNA_SHELL_LATE : left;
}

int lacuna_shell_recover(const lacuna_shell_board *board) {
  int status = settle(board);
  if (status == LACUNA_SHELL_OK) status = put(board, LAC_SHELL_ERROR_STATUS, all_bits);
  if (status == LACUNA_SHELL_OK) status = put(board, LAC_SHELL_INTERRUPT_STATUS, all_bits);
  return status;
}

int lacuna_shell_load(const lacuna_shell_board *board, uint32_t address, uint32_t bytes) {
  int status = put(board, LAC_SHELL_LOAD_ADDRESS, address);
  if (status == LACUNA_SHELL_OK) status = put(board, LAC_SHELL_LOAD_BYTES, bytes);
  if (status == LACUNA_SHELL_OK) status = put(board, LAC_SHELL_CONTROL, LAC_SHELL_CONTROL_LOAD);
  return status == LACUNA_SHELL_OK ? wait_for(board, LAC_SHELL_INTERRUPT_STATUS_LOADED) : status;
}

int lacuna_shell_start(const lacuna_shell_board *board, const lacuna_shell_run *run) {
  int status = LACUNA_SHELL_OK;
  for (size_t word = 0; status == LACUNA_SHELL_OK && word < run->config_words; ++word)
    status = put(board, LAC_SHELL_CONFIG((uint32_t)word), run->config[word]);
  if (status == LACUNA_SHELL_OK) status = put(board, LAC_SHELL_WEIGHT_BASE, run->weight_base);
  if (status == LACUNA_SHELL_OK) status = put(board, LAC_SHELL_COUNT, run->count);
  if (status == LACUNA_SHELL_OK) status = put(board, LAC_SHELL_CONTROL, LAC_SHELL_CONTROL_START);
  return status == LACUNA_SHELL_OK ? check(board) : status;
}

int lacuna_shell_wait(const lacuna_shell_board *board) { return wait_for(board, LAC_SHELL_INTERRUPT_STATUS_DONE); }

int lacuna_shell_errors(const lacuna_shell_board *board, uint32_t *status, uint32_t *address) {
  return get(board, LAC_SHELL_ERROR_STATUS, status) || get(board, LAC_SHELL_ERROR_ADDRESS, address) ? LACUNA_SHELL_BROKEN : LACUNA_SHELL_OK;
}

int lacuna_shell_cycles(const lacuna_shell_board *board, unsigned number, uint64_t *cycles) {
  uint32_t low, high;
  if (get(board, LAC_SHELL_CYCLES(2 * number), &low) || get(board, LAC_SHELL_CYCLES(2 * number + 1), &high)) return LACUNA_SHELL_BROKEN;
  *cycles = (uint64_t)high << 32 | low;
  return LACUNA_SHELL_OK;
}

int lacuna_shell_play(const lacuna_shell_board *board, const lacuna_shell_run *run, uint32_t *y) {
  int status = lacuna_shell_load(board, run->records, run->record_bytes);
  if (status == LACUNA_SHELL_OK) status = lacuna_shell_start(board, run);
  if (status != LACUNA_SHELL_OK) return status;
  status = board->play(board->context, run->x, run->x_words, y, run->y_words);
  if (status == LACUNA_SHELL_OK) return lacuna_shell_wait(board);
  /* A packet that stops mostly has a reason, which the shell knows. */
  return check(board) == LACUNA_SHELL_FAILED ? LACUNA_SHELL_FAILED : status;
}
