// SPDX-License-Identifier: Apache-2.0
// A verilated design with a clock and a UART as a port of the host's driver: pins clk_i, rx_i,
// tx_o. A byte of the design that is no frame of its UART is lost, and counted.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>

#include "lacuna_device.h"

namespace lacuna_host {

template <typename Top>
class UartPins {
 public:
  /// @param divisor clocks a bit of the host  @param most clocks that may be simulated; the port
  /// fails after them
  /// @param millisecond in clocks
  UartPins(Top& top, unsigned divisor, std::uint64_t most, std::uint64_t millisecond = 12000)
      : top_(top), divisor_(divisor), most_(most), millisecond_(millisecond) {
    top_.rx_i = 1;
    for (int clock = 0; clock < kResetClocks; ++clock) tick();
  }

  lacuna_port port() { return {this, send_bytes, receive_bytes, milliseconds}; }
  std::uint64_t clocks() const { return clocks_; }
  bool over() const { return clocks_ >= most_; }
  /// Of the design: start bits that did not last to their middle, stop bits that were 0.
  std::uint64_t framing_errors() const { return framing_errors_; }

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
  static constexpr int kResetClocks = 64;

  static int send_bytes(void* context, const std::uint8_t* bytes, std::size_t count) {
    auto& pins = *static_cast<UartPins*>(context);
    pins.to_board_.insert(pins.to_board_.end(), bytes, bytes + count);
    while ((!pins.to_board_.empty() || pins.send_bit_ > 0) && !pins.over()) pins.tick();
    return pins.over() ? -1 : 0;
  }

  static int receive_bytes(void* context, std::uint8_t* bytes, std::size_t count,
                           unsigned milliseconds) {
    auto& pins = *static_cast<UartPins*>(context);
    const std::uint64_t end = pins.clocks_ + milliseconds * pins.millisecond_;
    while (pins.from_board_.empty() && pins.clocks_ < end && !pins.over()) pins.tick();
    int received = 0;
    for (; !pins.from_board_.empty() && static_cast<std::size_t>(received) < count; ++received) {
      bytes[received] = pins.from_board_.front();
      pins.from_board_.pop_front();
    }
    return received == 0 && pins.over() ? -1 : received;
  }

  static std::uint32_t milliseconds(void* context) {
    const auto& pins = *static_cast<UartPins*>(context);
    return static_cast<std::uint32_t>(pins.clocks_ / pins.millisecond_);
  }

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
    const bool starts = listen_bit_ == 10, stops = listen_bit_ == 1;
    if ((starts && top_.tx_o != 0) || (stops && top_.tx_o == 0)) {
      ++framing_errors_;
      listen_bit_ = 0;
      return;
    }
    listened_ = listened_ >> 1 | static_cast<unsigned>(top_.tx_o) << 9;
    if (--listen_bit_ == 0) from_board_.push_back(static_cast<std::uint8_t>(listened_ >> 1));
  }

  Top& top_;
  unsigned divisor_, send_clock_ = 0, send_frame_ = 0, send_bit_ = 0;
  unsigned listen_clock_ = 0, listen_bit_ = 0, listened_ = 0;
  std::uint64_t clocks_ = 0, most_, millisecond_, framing_errors_ = 0;
  std::deque<std::uint8_t> to_board_, from_board_;
};

}  // namespace lacuna_host
