/* SPDX-License-Identifier: Apache-2.0 */
#define _DEFAULT_SOURCE
#include "lacuna_serial.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdint.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

#include "lacuna_speeds.h"

static int descriptor_of(void* context) { return (int)(intptr_t)context; }

static int send_bytes(void* context, const uint8_t* bytes, size_t count) {
  while (count > 0) {
    const ssize_t sent = write(descriptor_of(context), bytes, count);
    if (sent < 0 && errno == EINTR) continue;
    if (sent <= 0) return -1;
    bytes += sent;
    count -= (size_t)sent;
  }
  return 0;
}

static int receive_bytes(void* context, uint8_t* bytes, size_t count, unsigned milliseconds) {
  struct pollfd wait = {descriptor_of(context), POLLIN, 0};
  const int ready = poll(&wait, 1, (int)milliseconds);
  if (ready <= 0) return ready;
  return (int)read(wait.fd, bytes, count);
}

static uint32_t milliseconds(void* context) {
  struct timespec now;
  (void)context;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (uint32_t)now.tv_sec * 1000u + (uint32_t)(now.tv_nsec / 1000000);
}

static speed_t speed_of(unsigned baud) {
#define LACUNA_SPEED(speed) {speed, B##speed},
  static const struct {
    unsigned baud;
    speed_t speed;
  } known[] = {LACUNA_SERIAL_SPEEDS(LACUNA_SPEED)};
#undef LACUNA_SPEED
  for (size_t at = 0; at < sizeof known / sizeof *known; ++at) {
    if (known[at].baud == baud) return known[at].speed;
  }
  return B0;
}

/* Raw, 8 bits without parity, at the speed. */
static int set_up(int descriptor, speed_t speed) {
  struct termios settings;
  if (tcgetattr(descriptor, &settings) != 0) return -1;
  cfmakeraw(&settings);
  settings.c_cflag |= CLOCAL | CREAD;
  settings.c_cflag &= ~(tcflag_t)(CSTOPB | CRTSCTS);
  cfsetispeed(&settings, speed);
  cfsetospeed(&settings, speed);
  if (tcsetattr(descriptor, TCSANOW, &settings) != 0) return -1;
  return tcflush(descriptor, TCIOFLUSH);
}

int lacuna_serial_open(const char* device, unsigned baud, lacuna_port* port) {
  const speed_t speed = speed_of(baud);
  if (speed == B0) {
    errno = EINVAL;
    return -1;
  }
  const int descriptor = open(device, O_RDWR | O_NOCTTY);
  if (descriptor < 0) return -1;
  if (set_up(descriptor, speed) != 0) {
    const int why = errno;
    close(descriptor);
    errno = why;
    return -1;
  }
  port->context = (void*)(intptr_t)descriptor;
  port->send = send_bytes;
  port->receive = receive_bytes;
  port->milliseconds = milliseconds;
  return 0;
}
