/* SPDX-License-Identifier: Apache-2.0 */
/* Driver of a lacuna engine in its AXI shell, register by register: plain C, no memory of its own, any way to reach a register and any way to
 * move a packet below it. registers.h beside it has the registers; docs/shell.md of lacuna says what they do. */
#ifndef LACUNA_SHELL_H
#define LACUNA_SHELL_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* What every function here gives, and every function of a board. */
enum {
  LACUNA_SHELL_OK = 0,
  LACUNA_SHELL_BROKEN = 1,   /* the board cannot be reached, or answered with a bus error */
  LACUNA_SHELL_STRANGER = 2, /* there is no shell of this version and engine */
  LACUNA_SHELL_FAILED = 3,   /* the shell reports an error: see lacuna_shell_errors() */
  LACUNA_SHELL_LATE = 4,     /* nothing happened in time */
  LACUNA_SHELL_DIFFERS = 5,  /* a packet is not what it should be */
  LACUNA_SHELL_STALE = 6     /* words of an earlier run are on the way to the shell or from it */
};

/* A board: how registers are reached and packets moved. */
typedef struct {
  void *context;
  int (*read)(void *context, uint32_t offset, uint32_t *value);
  int (*write)(void *context, uint32_t offset, uint32_t value);
  /* Sends a packet of x and takes one of y, each a word a beat, however they are interleaved. */
  int (*play)(void *context, const uint32_t *x, size_t x_words, uint32_t *y, size_t y_words);
  /* Takes and forgets whatever there is of y, without waiting for more. LACUNA_SHELL_STALE while words of x of an earlier run lie before the shell. */
  int (*drain)(void *context);
  uint32_t patience; /* reads of a register until something has taken too long */
} lacuna_shell_board;

/* A run of the engine and what comes of it by the golden model. */
typedef struct {
  const char *layer;
  uint32_t records, record_bytes; /* of the load before it: byte address in the shell's memory, size */
  uint32_t weight_base, count;
  const uint32_t *config;
  size_t config_words;
  const uint32_t *x, *y;
  size_t x_words, y_words;
} lacuna_shell_run;

/* A status for people. */
const char *lacuna_shell_message(int status);

/* Is there a shell of this kind (LAC_SHELL_ENGINE_...)? */
int lacuna_shell_identify(const lacuna_shell_board *board, uint32_t kind);

/* Ends whatever the shell does, forgets what is left of earlier packets, whose host may have died, and clears errors. STALE if x stays: then
 * only a reset of the board helps. */
int lacuna_shell_recover(const lacuna_shell_board *board);

/* Has the shell read records into the engine's memories, and waits for it. */
int lacuna_shell_load(const lacuna_shell_board *board, uint32_t address, uint32_t bytes);

/* Writes the configuration and starts; FAILED if the shell refuses it. The streams may then be fed. */
int lacuna_shell_start(const lacuna_shell_board *board, const lacuna_shell_run *run);

/* Waits for the end of a run. */
int lacuna_shell_wait(const lacuna_shell_board *board);

/* error_status and error_address. */
int lacuna_shell_errors(const lacuna_shell_board *board, uint32_t *status, uint32_t *address);

/* Cycles of the last run: number 0 all, then by class. */
int lacuna_shell_cycles(const lacuna_shell_board *board, unsigned number, uint64_t *cycles);

/* Load, start, play, wait: y takes run->y_words words. */
int lacuna_shell_play(const lacuna_shell_board *board, const lacuna_shell_run *run, uint32_t *y);

#ifdef __cplusplus
}
#endif

#endif
