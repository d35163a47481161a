/* SPDX-License-Identifier: Apache-2.0 */
/* Packets by Xilinx' AXI DMA in its direct register mode: x and y lie in memory. */
#ifndef LACUNA_DMA_H
#define LACUNA_DMA_H

#include "lacuna_shell.h"

/* For play and drain of a board. y lies at a multiple of 32 bytes, and nothing else in the line of a cache in which it ends.
 * @param base      byte address of the DMA's registers
 * @param patience  reads of one until something has taken too long */
int lacuna_dma_play(uint32_t base, uint32_t patience, const uint32_t *x, size_t x_words, uint32_t *y, size_t y_words);
int lacuna_dma_drain(uint32_t base, uint32_t patience);

#endif
