/* SPDX-License-Identifier: Apache-2.0 */
#include "lacuna_dma.h"

#include "bus.h"
#include "xil_cache.h"

enum { MOST_BYTES = 1 << 25, LINE_WORDS = 8 };

/* Registers of the way to the engine and, S2MM more, of the way back (AXI DMA's product guide). */
enum { CONTROL = 0x00, STATUS = 0x04, ADDRESS = 0x18, LENGTH = 0x28, S2MM = 0x30 };
enum { CONTROL_RUN = 1, CONTROL_RESET = 4, STATUS_IDLE = 2, STATUS_ERRORS = 0x70 };

/* Resets both ways: what they were at is forgotten. */
static int reset(uint32_t base, uint32_t patience) {
  bus_write(base + CONTROL, CONTROL_RESET);
  for (uint32_t tries = 0; tries < patience; ++tries)
    if (!(bus_read(base + CONTROL) & CONTROL_RESET)) return LACUNA_SHELL_OK;
  return LACUNA_SHELL_BROKEN;
}

/* Begins one way. */
static void transfer(uint32_t way, const void *bytes, size_t count) {
  bus_write(way + CONTROL, CONTROL_RUN);
  bus_write(way + ADDRESS, (uint32_t)(uintptr_t)bytes);
  bus_write(way + LENGTH, (uint32_t)count);
}

/* Waits for its end. */
static int finish(uint32_t way, uint32_t patience) {
  for (uint32_t tries = 0; tries < patience; ++tries) {
    const uint32_t status = bus_read(way + STATUS);
    if (status & STATUS_ERRORS) return LACUNA_SHELL_BROKEN;
    if (status & STATUS_IDLE) return LACUNA_SHELL_OK;
  }
  return LACUNA_SHELL_LATE;
}

int lacuna_dma_play(uint32_t base, uint32_t patience, const uint32_t *x, size_t x_words, uint32_t *y, size_t y_words) {
  const size_t x_bytes = x_words * sizeof *x, y_bytes = y_words * sizeof *y;
  int status = x_bytes > MOST_BYTES || y_bytes > MOST_BYTES ? LACUNA_SHELL_BROKEN : reset(base, patience);
  if (status != LACUNA_SHELL_OK) return status;
  Xil_DCacheFlushRange((intptr_t)x, x_bytes);
  Xil_DCacheFlushRange((intptr_t)y, y_bytes);
  transfer(base + S2MM, y, y_bytes);
  transfer(base, x, x_bytes);
  status = finish(base, patience);
  if (status == LACUNA_SHELL_OK) status = finish(base + S2MM, patience);
  Xil_DCacheInvalidateRange((intptr_t)y, y_bytes);
  return status;
}

int lacuna_dma_drain(uint32_t base, uint32_t patience) {
  static uint32_t forgotten[LINE_WORDS] __attribute__((aligned(32)));
  const int status = reset(base, patience);
  /* A shell that is cleared gives the beat that it offers and no more; a reset DMA would not take it. The next reset ends this. */
  if (status == LACUNA_SHELL_OK) transfer(base + S2MM, forgotten, sizeof forgotten);
  return status;
}
