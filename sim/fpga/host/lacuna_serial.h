/* SPDX-License-Identifier: Apache-2.0 */
/* A lacuna port on a serial line of Linux. */
#ifndef LACUNA_SERIAL_H
#define LACUNA_SERIAL_H

#include "lacuna_device.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Opens the device, 8 bits without parity, and fills in the port. 0; negative with errno set for a
 * device that cannot be opened, is no serial line or does not know the speed; EINVAL for one that
 * is not in lacuna_speeds.h. */
int lacuna_serial_open(const char* device, unsigned baud, lacuna_port* port);

#ifdef __cplusplus
}
#endif

#endif
