/* SPDX-License-Identifier: Apache-2.0 */
/* The driver's example on the processor beside the engine, without an operating system: registers by their addresses, packets by the DMA. Needs
 * of its platform xil_cache.h and a printf. Prints what it compares and ends; run.tcl has put the network into memory. */
#include <stdio.h>
#include <stdlib.h>

#include "lacuna_example.h"
#include "network.h"
#include "xil_cache.h"

/* As build.tcl has assigned them. */
#define ENGINE_ADDRESS @ENGINE_ADDRESS@u
#define DMA_ADDRESS @DMA_ADDRESS@u

enum { PATIENCE = 100000000, MOST_BYTES = 1 << 25 };

/* The DMA's registers, of its way to the engine and, S2MM more, of the way back (AXI DMA's product guide, direct register mode). */
enum { CONTROL = 0x00, STATUS = 0x04, ADDRESS = 0x18, LENGTH = 0x28, S2MM = 0x30 };
enum { CONTROL_RUN = 1, CONTROL_RESET = 4, STATUS_IDLE = 2, STATUS_ERRORS = 0x70 };

static volatile uint32_t *at(uint32_t address) { return (volatile uint32_t *)(uintptr_t)address; }

static int read_register(void *context, uint32_t offset, uint32_t *value) {
  (void)context;
  *value = *at(ENGINE_ADDRESS + offset);
  return 0;
}

static int write_register(void *context, uint32_t offset, uint32_t value) {
  (void)context;
  *at(ENGINE_ADDRESS + offset) = value;
  return 0;
}

/* Begins one way of the DMA. */
static void transfer(uint32_t way, const void *bytes, size_t count) {
  *at(DMA_ADDRESS + way + CONTROL) = CONTROL_RUN;
  *at(DMA_ADDRESS + way + ADDRESS) = (uint32_t)(uintptr_t)bytes;
  *at(DMA_ADDRESS + way + LENGTH) = (uint32_t)count;
}

/* Waits for its end. @return 0 when done */
static int finish(uint32_t way) {
  for (uint32_t tries = 0; tries < PATIENCE; ++tries) {
    const uint32_t status = *at(DMA_ADDRESS + way + STATUS);
    if (status & STATUS_ERRORS) return 1;
    if (status & STATUS_IDLE) return 0;
  }
  return 1;
}

static int play(void *context, const uint32_t *x, size_t x_words, uint32_t *y, size_t y_words) {
  const size_t x_bytes = x_words * sizeof *x, y_bytes = y_words * sizeof *y;
  (void)context;
  if (x_bytes > MOST_BYTES || y_bytes > MOST_BYTES) return 1;
  *at(DMA_ADDRESS + CONTROL) = CONTROL_RESET; /* resets both ways */
  for (uint32_t tries = 0; *at(DMA_ADDRESS + CONTROL) & CONTROL_RESET; ++tries)
    if (tries == PATIENCE) return 1;
  Xil_DCacheFlushRange((intptr_t)x, x_bytes);
  Xil_DCacheFlushRange((intptr_t)y, y_bytes);
  transfer(S2MM, y, y_bytes);
  transfer(0, x, x_bytes);
  if (finish(0) != 0 || finish(S2MM) != 0) return 1;
  Xil_DCacheInvalidateRange((intptr_t)y, y_bytes);
  return 0;
}

int main(void) {
  const lacuna_board board = {NULL, read_register, write_register, play, PATIENCE};
  /* Whole lines of the cache, which nothing else shares. */
  uint32_t *y = aligned_alloc(32, (lacuna_most_y_words * sizeof *y + 31) / 32 * 32);
  if (y == NULL) {
    printf("lacuna: no memory for the result\n");
    return 2;
  }
  return lacuna_example(&board, y);
}
