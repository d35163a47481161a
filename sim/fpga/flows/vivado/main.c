/* SPDX-License-Identifier: Apache-2.0 */
/* The driver's example on the board behind server.tcl: lacuna_shell_host [PORT]. Ends with 0 when every word is golden's, 1 at a difference, 2 otherwise. */
#define _POSIX_C_SOURCE 200809L
#include <arpa/inet.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "lacuna_shell_example.h"
#include "lacuna_window.h"

enum { PORT = 4141, PATIENCE = 10000 };

/* A connection, as one stream each way. */
typedef struct {
  FILE *to, *from;
} server;

static int connect_to(unsigned port, server *made) {
  struct sockaddr_in address;
  const int descriptor = socket(AF_INET, SOCK_STREAM, 0);
  memset(&address, 0, sizeof address);
  address.sin_family = AF_INET;
  address.sin_port = htons((uint16_t)port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (descriptor < 0 || connect(descriptor, (struct sockaddr *)&address, sizeof address) != 0) return 1;
  made->to = fdopen(descriptor, "w");
  made->from = fdopen(dup(descriptor), "r");
  return made->to == NULL || made->from == NULL;
}

/* Takes the answer to a request. @return 0 with its value */
static int answer(const server *of, uint32_t *value) {
  char line[64], *end;
  if (fflush(of->to) != 0 || fgets(line, sizeof line, of->from) == NULL) return 1;
  *value = (uint32_t)strtoul(line, &end, 16);
  return end == line || *end != '\n';
}

static int read_register(void *context, uint32_t offset, uint32_t *value) {
  const server *of = context;
  fprintf(of->to, "r %x\n", (unsigned)offset);
  return answer(of, value);
}

static int write_register(void *context, uint32_t offset, uint32_t value) {
  const server *of = context;
  fprintf(of->to, "w %x %x\n", (unsigned)offset, (unsigned)value);
  return answer(of, &value);
}

static lacuna_shell_board board_of(server *of);

static int play(void *context, const uint32_t *x, size_t x_words, uint32_t *y, size_t y_words) {
  const lacuna_shell_board board = board_of(context);
  return lacuna_window_play(&board, x, x_words, y, y_words);
}

static int drain(void *context) {
  const lacuna_shell_board board = board_of(context);
  return lacuna_window_drain(&board);
}

static lacuna_shell_board board_of(server *of) {
  const lacuna_shell_board board = {of, read_register, write_register, play, drain, PATIENCE};
  return board;
}

int main(int argc, char **argv) {
  server of = {NULL, NULL};
  signal(SIGPIPE, SIG_IGN); /* a server that goes away is an error of a request, not the program's end */
  if (connect_to(argc > 1 ? (unsigned)strtoul(argv[1], NULL, 10) : PORT, &of) != 0) {
    fprintf(stderr, "lacuna: nothing serves the board: start server.tcl\n");
    return 2;
  }
  const lacuna_shell_board board = board_of(&of);
  const int status = lacuna_shell_example(&board);
  fclose(of.to);
  fclose(of.from);
  return status == LACUNA_SHELL_OK ? 0 : status == LACUNA_SHELL_DIFFERS ? 1 : 2;
}
