/* SPDX-License-Identifier: Apache-2.0 */
/* The driver's example on the processor beside the engine, without an operating system: registers by their addresses, packets by the DMA. Needs
 * of its platform xil_cache.h and a printf. Prints what it compares and ends; run.tcl has put the network into memory. */
#include "bus.h"
#include "lacuna_dma.h"
#include "lacuna_shell_example.h"

/* As build.tcl has assigned them. */
#define ENGINE_ADDRESS @ENGINE_ADDRESS@u
#define DMA_ADDRESS @DMA_ADDRESS@u

enum { PATIENCE = 100000000 };

static int read_register(void *context, uint32_t offset, uint32_t *value) {
  (void)context;
  *value = bus_read(ENGINE_ADDRESS + offset);
  return LACUNA_SHELL_OK;
}

static int write_register(void *context, uint32_t offset, uint32_t value) {
  (void)context;
  bus_write(ENGINE_ADDRESS + offset, value);
  return LACUNA_SHELL_OK;
}

static int play(void *context, const uint32_t *x, size_t x_words, uint32_t *y, size_t y_words) {
  (void)context;
  return lacuna_dma_play(DMA_ADDRESS, PATIENCE, x, x_words, y, y_words);
}

static int drain(void *context) {
  (void)context;
  return lacuna_dma_drain(DMA_ADDRESS, PATIENCE);
}

int main(void) {
  const lacuna_shell_board board = {NULL, read_register, write_register, play, drain, PATIENCE};
  return lacuna_shell_example(&board);
}
