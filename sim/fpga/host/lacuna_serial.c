/* SPDX-License-Identifier: Apache-2.0 */
#define _DEFAULT_SOURCE
#include "lacuna_serial.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdint.h>
#include <termios.h>
#include <unistd.h>

static int descriptor_of(void *context) { return (int)(intptr_t)context; }

static int send_bytes(void *context, const uint8_t *bytes, size_t count) {
  while (count > 0) {
    const ssize_t sent = write(descriptor_of(context), bytes, count);
    if (sent < 0 && errno == EINTR) continue;
    if (sent <= 0) return -1;
    bytes += sent;
    count -= (size_t)sent;
  }
  return 0;
}

static int receive_bytes(void *context, uint8_t *bytes, size_t count, unsigned milliseconds) {
  struct pollfd wait = {descriptor_of(context), POLLIN, 0};
  const int ready = poll(&wait, 1, (int)milliseconds);
  if (ready <= 0) return ready;
  return (int)read(wait.fd, bytes, count);
}

static speed_t speed_of(unsigned baud) {
  static const struct {
    unsigned baud;
    speed_t speed;
  } known[] = {{9600, B9600},       {19200, B19200},     {38400, B38400},    {57600, B57600},
               {115200, B115200},   {230400, B230400},   {460800, B460800},  {500000, B500000},
               {1000000, B1000000}, {2000000, B2000000}, {3000000, B3000000}};
  for (size_t at = 0; at < sizeof known / sizeof *known; ++at) {
    if (known[at].baud == baud) return known[at].speed;
  }
  return B0;
}

int lacuna_serial_open(const char *device, unsigned baud, lacuna_port *port) {
  struct termios settings;
  const speed_t speed = speed_of(baud);
  if (speed == B0) {
    errno = EINVAL;
    return -1;
  }
  const int descriptor = open(device, O_RDWR | O_NOCTTY);
  if (descriptor < 0) return -1;
  if (tcgetattr(descriptor, &settings) != 0) return -1;
  cfmakeraw(&settings);
  settings.c_cflag |= CLOCAL | CREAD;
  settings.c_cflag &= ~(tcflag_t)(CSTOPB | CRTSCTS);
  cfsetispeed(&settings, speed);
  cfsetospeed(&settings, speed);
  if (tcsetattr(descriptor, TCSANOW, &settings) != 0) return -1;
  tcflush(descriptor, TCIOFLUSH);
  port->context = (void *)(intptr_t)descriptor;
  port->send = send_bytes;
  port->receive = receive_bytes;
  return 0;
}
