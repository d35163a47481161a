/* SPDX-License-Identifier: Apache-2.0 */
/* In the place of a folder's host/bus.h: the processor's addresses are zynq.cpp's. */
#ifndef BUS_H
#define BUS_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

uint32_t bus_read(uint32_t address);
void bus_write(uint32_t address, uint32_t value);

#ifdef __cplusplus
}
#endif

#endif
