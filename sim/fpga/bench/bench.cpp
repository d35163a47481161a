// SPDX-License-Identifier: Apache-2.0
// The host program on the simulated design, Verilog source or routed gates, with bytes over its UART pins:
//   bench DIVISOR CLOCKS COMMAND ...      DIVISOR: clocks a bit; CLOCKS: at most as many are simulated
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <deque>

#include "Vtop.h"
#include "lacuna_host.h"

double sc_time_stamp() { return 0; }

namespace {

/// Clock and UART of the design.
class Board {
 public:
  Board(unsigned divisor, std::uint64_t most) : divisor_(divisor), most_(most) {
    top_.rx_i = 1;
    for (int clock = 0; clock < 64; ++clock) tick();  // its reset
  }

  std::uint64_t clocks() const { return clocks_; }
  bool over() const { return clocks_ >= most_; }
  void send(std::uint8_t byte) { to_board_.push_back(byte); }
  bool quiet() const { return to_board_.empty() && send_bit_ == 0; }

  bool receive(std::uint8_t& byte) {
    if (from_board_.empty()) return false;
    byte = from_board_.front();
    from_board_.pop_front();
    return true;
  }

  void tick() {
    drive();
    top_.clk_i = 0;
    top_.eval();
    top_.clk_i = 1;
    top_.eval();
    listen();
    ++clocks_;
  }

 private:
  void drive() {
    if (send_clock_ > 0) {
      --send_clock_;
      return;
    }
    if (send_bit_ == 0 && !to_board_.empty()) {
      send_frame_ = 1U << 9 | static_cast<unsigned>(to_board_.front()) << 1;  // stop, data, start
      to_board_.pop_front();
      send_bit_ = 10;
    }
    top_.rx_i = send_bit_ > 0 ? send_frame_ & 1 : 1;
    if (send_bit_ == 0) return;
    send_frame_ >>= 1;
    --send_bit_;
    send_clock_ = divisor_ - 1;
  }

  void listen() {
    if (listen_bit_ == 0) {
      if (top_.tx_o == 0) {
        listen_bit_ = 10;
        listen_clock_ = divisor_ / 2;
      }
      return;
    }
    if (--listen_clock_ > 0) return;
    listen_clock_ = divisor_;
    listened_ = listened_ >> 1 | static_cast<unsigned>(top_.tx_o) << 9;
    if (--listen_bit_ == 0) from_board_.push_back(static_cast<std::uint8_t>(listened_ >> 1));
  }

  Vtop top_;
  unsigned divisor_, send_clock_ = 0, send_frame_ = 0, send_bit_ = 0, listen_clock_ = 0, listen_bit_ = 0, listened_ = 0;
  std::uint64_t clocks_ = 0, most_;
  std::deque<std::uint8_t> to_board_, from_board_;
};

int send(void* context, const std::uint8_t* bytes, std::size_t count) {
  auto& board = *static_cast<Board*>(context);
  for (std::size_t at = 0; at < count; ++at) board.send(bytes[at]);
  while (!board.quiet() && !board.over()) board.tick();
  return board.over() ? -1 : 0;
}

int receive(void* context, std::uint8_t* bytes, std::size_t /*count*/, unsigned milliseconds) {
  constexpr std::uint64_t kClocks = 12000;  // of a millisecond
  auto& board = *static_cast<Board*>(context);
  for (const std::uint64_t end = board.clocks() + milliseconds * kClocks; board.clocks() < end && !board.over(); board.tick()) {
    if (board.receive(*bytes)) return 1;
  }
  return board.over() ? -1 : 0;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 4) {
    std::fprintf(stderr, "usage: %s DIVISOR CLOCKS COMMAND ...\n", argv[0]);
    return 2;
  }
  Board board(static_cast<unsigned>(std::strtoul(argv[1], nullptr, 10)), std::strtoull(argv[2], nullptr, 10));
  const int status = lacuna_host::run({&board, send, receive}, {argv + 3, argv + argc});
  if (board.over()) std::fprintf(stderr, "bench: %s clocks are over\n", argv[2]);
  std::printf("%llu clocks\n", static_cast<unsigned long long>(board.clocks()));
  return status;
}
