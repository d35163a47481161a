// SPDX-License-Identifier: Apache-2.0
// lacuna_host DEVICE BAUD COMMAND ...: talks to a board over a serial line.
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include "lacuna_host.h"
#include "lacuna_serial.h"

int main(int argc, char** argv) {
  if (argc < 4) {
    std::fprintf(stderr, "usage: %s DEVICE BAUD COMMAND ...; commands: identify, load FILE, infer IMAGES, check IMAGES RESULTS\n", argv[0]);
    return 2;
  }
  lacuna_port port;
  if (lacuna_serial_open(argv[1], static_cast<unsigned>(std::strtoul(argv[2], nullptr, 10)), &port) != 0) {
    std::fprintf(stderr, "lacuna_host: %s at %s baud: %s\n", argv[1], argv[2], std::strerror(errno));
    return 2;
  }
  return lacuna_host::run(port, {argv + 3, argv + argc});
}
