/* SPDX-License-Identifier: Apache-2.0 */
/* Words at the processor's addresses: all registers are reached through here. */
#ifndef BUS_H
#define BUS_H

#include <stdint.h>

static inline uint32_t bus_read(uint32_t address) { return *(volatile uint32_t *)(uintptr_t)address; }
static inline void bus_write(uint32_t address, uint32_t value) { *(volatile uint32_t *)(uintptr_t)address = value; }

#endif
