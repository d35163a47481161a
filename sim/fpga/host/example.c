/* SPDX-License-Identifier: Apache-2.0 */
/* The driver at its smallest: one inference of an input that is 0 but for its middle third, on a
 * board whose network needs no loading or has been loaded. */
#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lacuna_device.h"
#include "lacuna_serial.h"

enum { PATIENCE_MS = 60000 };

static int fail(int status) {
  fprintf(stderr, "%s\n", lacuna_message(status));
  return 2;
}

int main(int argc, char** argv) {
  static uint8_t inputs[UINT16_MAX], result[UINT16_MAX]; /* as many as an identity can name */
  lacuna_port port;
  lacuna_identity board;
  uint32_t cycles;
  int status;
  if (argc != 3) {
    fprintf(stderr, "usage: %s DEVICE BAUD\n", argv[0]);
    return 2;
  }
  if (lacuna_serial_open(argv[1], (unsigned)strtoul(argv[2], NULL, 10), &port) != 0) {
    fprintf(stderr, "%s at %s baud: %s\n", argv[1], argv[2], strerror(errno));
    return 2;
  }
  if ((status = lacuna_identify(&port, &board)) != LACUNA_OK) return fail(status);
  memset(inputs + board.inputs / 3, 127, board.inputs / 3);
  if ((status = lacuna_begin(&port, inputs, board.inputs)) != LACUNA_OK) return fail(status);
  status = lacuna_finish(&port, PATIENCE_MS, result, board.result_bytes, &cycles);
  if (status != LACUNA_OK) return fail(status);
  for (int at = 0; at < board.result_bytes; ++at) printf("%02x", result[at]);
  printf("  %u clocks\n", (unsigned)cycles);
  return 0;
}
