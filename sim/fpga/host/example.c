/* SPDX-License-Identifier: Apache-2.0 */
/* The driver at its smallest: one inference of an image that is black but for a square, on a board whose network needs no loading or has been
 * loaded. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lacuna_device.h"
#include "lacuna_serial.h"

enum { SIDE = 14 };

static int fail(int status) {
  fprintf(stderr, "%s\n", lacuna_message(status));
  return 2;
}

int main(int argc, char **argv) {
  lacuna_port port;
  lacuna_identity board;
  uint8_t image[SIDE * SIDE] = {0}, result[256];
  uint32_t cycles;
  int status;
  if (argc != 3 || lacuna_serial_open(argv[1], (unsigned)strtoul(argv[2], NULL, 10), &port) != 0) {
    fprintf(stderr, "usage: %s DEVICE BAUD\n", argv[0]);
    return 2;
  }
  if ((status = lacuna_identify(&port, &board)) != LACUNA_OK) return fail(status);
  if (board.inputs != sizeof image || board.result_bytes > sizeof result) return fail(LACUNA_STRANGER);
  for (int row = 4; row < 10; ++row) memset(image + row * SIDE + 4, 127, 6);
  if ((status = lacuna_begin(&port, image, sizeof image)) != LACUNA_OK) return fail(status);
  if ((status = lacuna_finish(&port, result, board.result_bytes, &cycles)) != LACUNA_OK) return fail(status);
  for (int at = 0; at < board.result_bytes; ++at) printf("%02x", result[at]);
  printf("  %u clocks\n", (unsigned)cycles);
  return 0;
}
