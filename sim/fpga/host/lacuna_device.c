/* SPDX-License-Identifier: Apache-2.0 */
#include "lacuna_device.h"

#include <string.h>

enum { SYNC_OUT = 0xA5, SYNC_IN = 0x5A, WRITE = 1, READ = 2, INPUT = 3, RESET = 4 };
enum { IDENTITY_AT = 0x00, CYCLES_AT = 0x10, STATE_AT = 0x14, RESULT_AT = 0x100 };
enum { RUNNING = 1, DONE = 2 }; /* bits of the byte at STATE_AT */
enum { HEADER = 7, MOST = 248, TRIES = 4 };
/* For an answer's begin, and again for its rest; between bytes that come without end; of skipping
 * them. The longest frame takes 270 ms at 9600 baud. */
enum { PATIENCE_MS = 500, SILENCE_MS = 50, SKIPPING_MS = 1000 };

typedef struct {
  uint32_t begin, span;
} deadline; /* in milliseconds */

static deadline deadline_after(const lacuna_port* port, unsigned milliseconds) {
  const deadline end = {port->milliseconds(port->context), milliseconds};
  return end;
}

static unsigned time_left(const lacuna_port* port, deadline end) {
  const uint32_t passed = port->milliseconds(port->context) - end.begin;
  return passed < end.span ? end.span - passed : 0;
}

static uint16_t crc16(uint16_t crc, const uint8_t* bytes, size_t count) {
  for (size_t at = 0; at < count; ++at) {
    crc ^= (uint16_t)(bytes[at] << 8);
    for (int bit = 0; bit < 8; ++bit) crc = (uint16_t)((crc << 1) ^ (crc & 0x8000 ? 0x1021 : 0));
  }
  return crc;
}

static void put_crc(uint8_t* at, const uint8_t* bytes, size_t count) {
  const uint16_t crc = crc16(0xFFFF, bytes, count);
  at[0] = (uint8_t)(crc >> 8);
  at[1] = (uint8_t)crc;
}

static int receive_all(const lacuna_port* port, deadline end, uint8_t* bytes, size_t count) {
  while (count > 0) {
    const unsigned left = time_left(port, end);
    const int got = left == 0 ? 0 : port->receive(port->context, bytes, count, left);
    if (got < 0) return LACUNA_BROKEN;
    if (got == 0) return LACUNA_NO_ANSWER;
    bytes += got;
    count -= (size_t)got;
  }
  return LACUNA_OK;
}

/* Until the line is silent: the rest of a damaged answer, and time for the board to forget a
 * damaged frame. A line that does not fall silent is given up. */
static void drain(const lacuna_port* port) {
  uint8_t ignored[64];
  const deadline end = deadline_after(port, SKIPPING_MS);
  while (time_left(port, end) > 0 &&
         port->receive(port->context, ignored, sizeof ignored, SILENCE_MS) > 0) {
  }
}

/* One frame and its answer, of `expected` bytes. */
static int exchange_once(const lacuna_port* port, const uint8_t* frame, size_t size,
                         uint8_t* answer, size_t expected) {
  uint8_t head[3], body[MOST + 2];
  int status;
  if (port->send(port->context, frame, size) != 0) return LACUNA_BROKEN;
  deadline end = deadline_after(port, PATIENCE_MS);
  do {
    status = receive_all(port, end, head, 1);
    if (status != LACUNA_OK) return status;
  } while (head[0] != SYNC_IN);
  end = deadline_after(port, PATIENCE_MS);
  status = receive_all(port, end, head + 1, 2);
  if (status != LACUNA_OK) return status;
  const size_t length = head[2];
  if (length != 0 && length != expected) return LACUNA_BAD_ANSWER;
  status = receive_all(port, end, body, length + 2);
  if (status != LACUNA_OK) return status;
  if (crc16(crc16(0xFFFF, head + 1, 2), body, length + 2) != 0) return LACUNA_BAD_ANSWER;
  if (head[1] != LACUNA_OK) return head[1];
  if (length != expected) return LACUNA_BAD_ANSWER;
  if (length > 0) memcpy(answer, body, length);
  return LACUNA_OK;
}

static int exchange(const lacuna_port* port, uint8_t command, uint16_t address,
                    const uint8_t* bytes, size_t count, uint8_t* answer, size_t expected) {
  uint8_t frame[HEADER + MOST + 2];
  size_t size = HEADER;
  int status = LACUNA_NO_ANSWER;
  frame[0] = SYNC_OUT;
  frame[1] = command;
  frame[2] = (uint8_t)address;
  frame[3] = (uint8_t)(address >> 8);
  frame[4] = (uint8_t)(command == READ ? expected : count);
  put_crc(frame + 5, frame + 1, 4);
  if (count > 0) {
    memcpy(frame + HEADER, bytes, count);
    put_crc(frame + HEADER + count, bytes, count);
    size += count + 2;
  }
  for (int attempt = 0; attempt < TRIES; ++attempt) {
    status = exchange_once(port, frame, size, answer, expected);
    if (status != LACUNA_BAD_CHECKSUM && status != LACUNA_NO_ANSWER && status != LACUNA_BAD_ANSWER)
      return status;
    drain(port);
  }
  return status;
}

const char* lacuna_message(int status) {
  switch (status) {
    case LACUNA_OK:
      return "done";
    case LACUNA_BAD_CHECKSUM:
      return "frames reach the board damaged";
    case LACUNA_BAD_COMMAND:
      return "the board does not know the command";
    case LACUNA_BUSY:
      return "an inference runs";
    case LACUNA_OUT_OF_PLACE:
      return "an input does not follow the one before";
    case LACUNA_NO_ANSWER:
      return "the board does not answer";
    case LACUNA_BAD_ANSWER:
      return "answers come damaged";
    case LACUNA_BROKEN:
      return "the port failed";
    case LACUNA_LATE:
      return "the inference does not end";
    default:
      return "this is no lacuna engine of protocol 1";
  }
}

int lacuna_identify(const lacuna_port* port, lacuna_identity* identity) {
  uint8_t bytes[16];
  const int status = lacuna_read(port, IDENTITY_AT, bytes, sizeof bytes);
  if (status != LACUNA_OK) return status;
  if (bytes[0] != 'L' || bytes[1] != 'A' || bytes[2] != 1) return LACUNA_STRANGER;
  identity->protocol = bytes[2];
  identity->engine = bytes[3];
  identity->inputs = (uint16_t)(bytes[4] | bytes[5] << 8);
  identity->result_bytes = (uint16_t)(bytes[6] | bytes[7] << 8);
  identity->outputs = bytes[8];
  memcpy(identity->network, bytes + 9, 7);
  return LACUNA_OK;
}

int lacuna_write(const lacuna_port* port, uint16_t address, const uint8_t* bytes, size_t count) {
  while (count > 0) {
    const size_t piece = count < MOST ? count : MOST;
    const int status = exchange(port, WRITE, address, bytes, piece, NULL, 0);
    if (status != LACUNA_OK) return status;
    address = (uint16_t)(address + piece);
    bytes += piece;
    count -= piece;
  }
  return LACUNA_OK;
}

int lacuna_read(const lacuna_port* port, uint16_t address, uint8_t* bytes, size_t count) {
  while (count > 0) {
    const size_t piece = count < MOST ? count : MOST;
    const int status = exchange(port, READ, address, NULL, 0, bytes, piece);
    if (status != LACUNA_OK) return status;
    address = (uint16_t)(address + piece);
    bytes += piece;
    count -= piece;
  }
  return LACUNA_OK;
}

/* An answer can be lost as well as a frame. What is sent twice is refused the second time, in one
 * of two ways: the inference has begun and the board is busy with it, or the piece's place has
 * passed, and all of the inference is sent again. */
int lacuna_begin(const lacuna_port* port, const uint8_t* inputs, size_t count) {
  uint8_t state = 0;
  int status = lacuna_read(port, STATE_AT, &state, 1);
  if (status == LACUNA_OK && (state & RUNNING)) status = LACUNA_BUSY;
  if (status != LACUNA_OK) return status;
  for (int attempt = 0; attempt < TRIES; ++attempt) {
    size_t at = 0;
    for (status = LACUNA_OK; at < count && status == LACUNA_OK;) {
      const size_t piece = count - at < MOST ? count - at : MOST;
      status = exchange(port, INPUT, (uint16_t)at, inputs + at, piece, NULL, 0);
      at += piece;
    }
    if (status == LACUNA_BUSY) return LACUNA_OK;
    if (status != LACUNA_OUT_OF_PLACE) return status;
  }
  return status;
}

int lacuna_finish(const lacuna_port* port, unsigned milliseconds, uint8_t* result, size_t count,
                  uint32_t* cycles) {
  uint8_t state = 0, bytes[4];
  const deadline end = deadline_after(port, milliseconds);
  for (;;) {
    const int status = lacuna_read(port, STATE_AT, &state, 1);
    if (status != LACUNA_OK) return status;
    if (state & DONE) break;
    if (time_left(port, end) == 0) return LACUNA_LATE;
  }
  if (cycles != NULL) {
    const int status = lacuna_read(port, CYCLES_AT, bytes, 4);
    if (status != LACUNA_OK) return status;
    *cycles =
        bytes[0] | (uint32_t)bytes[1] << 8 | (uint32_t)bytes[2] << 16 | (uint32_t)bytes[3] << 24;
  }
  return lacuna_read(port, RESULT_AT, result, count);
}

int lacuna_reset(const lacuna_port* port) { return exchange(port, RESET, 0, NULL, 0, NULL, 0); }
