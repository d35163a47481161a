/* SPDX-License-Identifier: Apache-2.0 */
/* Speeds of a serial line in bits a second: those that Linux has names for. */
#ifndef LACUNA_SPEEDS_H
#define LACUNA_SPEEDS_H

#define LACUNA_SERIAL_SPEEDS(SPEED)                                                              \
  SPEED(9600)                                                                                    \
  SPEED(19200) SPEED(38400) SPEED(57600) SPEED(115200) SPEED(230400) SPEED(460800) SPEED(500000) \
      SPEED(576000) SPEED(921600) SPEED(1000000) SPEED(1152000) SPEED(1500000) SPEED(2000000)    \
          SPEED(2500000) SPEED(3000000)

#endif
