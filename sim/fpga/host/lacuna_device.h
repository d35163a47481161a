/* SPDX-License-Identifier: Apache-2.0 */
/* Driver of a lacuna engine on a board, frame by frame: plain C, no memory of its own, any byte
 * stream below it. docs/fpga.md of lacuna has the protocol. Functions give LACUNA_OK or what went
 * wrong; what a board refuses for a bad checksum, or does not answer, is tried again. An exchange
 * of one frame takes about 8 seconds at most, whatever comes over the line. */
#ifndef LACUNA_DEVICE_H
#define LACUNA_DEVICE_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

enum {
  LACUNA_OK = 0,
  LACUNA_BAD_CHECKSUM = 1, /* of the board: a frame came damaged */
  LACUNA_BAD_COMMAND = 2,  /* the board does not know the command */
  LACUNA_BUSY = 3,         /* an inference runs */
  LACUNA_OUT_OF_PLACE = 4, /* an input does not follow the one before */
  LACUNA_NO_ANSWER = -1,   /* nothing in time */
  LACUNA_BAD_ANSWER = -2,  /* an answer came damaged */
  LACUNA_BROKEN = -3,      /* the port failed */
  LACUNA_STRANGER = -4,    /* it is no lacuna engine, or of another protocol */
  LACUNA_LATE = -5         /* the inference has not ended in time */
};

/* A way to send and receive bytes, and a clock. */
typedef struct {
  void* context;
  int (*send)(void* context, const uint8_t* bytes, size_t count); /* 0: all were sent */
  /* Bytes received within the time, `count` at most and as soon as there are any; 0: none came;
   * negative: the port failed. */
  int (*receive)(void* context, uint8_t* bytes, size_t count, unsigned milliseconds);
  uint32_t (*milliseconds)(void* context); /* since any moment; it may wrap */
} lacuna_port;

typedef struct {
  uint8_t protocol, engine; /* protocol 1; engine 1: lstm, 2: fc, 3: sc */
  uint16_t inputs;          /* bytes of an inference */
  uint16_t result_bytes;
  uint8_t outputs;
  uint8_t network[7]; /* the first bytes of the bundle's SHA-256 */
} lacuna_identity;

const char* lacuna_message(int status);

/* Asks who is there. */
int lacuna_identify(const lacuna_port* port, lacuna_identity* identity);

/* Writes bytes to ascending addresses of the core. */
int lacuna_write(const lacuna_port* port, uint16_t address, const uint8_t* bytes, size_t count);

/* Reads bytes at ascending addresses. */
int lacuna_read(const lacuna_port* port, uint16_t address, uint8_t* bytes, size_t count);

/* Gives an inference its `inputs` bytes and begins it. */
int lacuna_begin(const lacuna_port* port, const uint8_t* inputs, size_t count);

/* Waits for its result, about so many milliseconds at most, then LACUNA_LATE; `cycles`, of the
 * board's clock from its last input on, may be null. */
int lacuna_finish(const lacuna_port* port, unsigned milliseconds, uint8_t* result, size_t count,
                  uint32_t* cycles);

/* Throws away what has come of an inference, and stops one that runs. */
int lacuna_reset(const lacuna_port* port);

#ifdef __cplusplus
}
#endif

#endif
