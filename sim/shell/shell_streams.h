// SPDX-License-Identifier: Apache-2.0
// The ends of a shell's streams: packets of engine beats, cut into parts and put together again,
// with pauses.
#pragma once

#include <cstdint>
#include <deque>
#include <systemc>
#include <vector>

#include "sim/common/stall.h"
#include "sim/shell/shell_peer.h"

namespace lacuna::sim {

/// Sends packets on s_axis.
class StreamSource : public sc_core::sc_module, public ShellPeer {
 public:
  /// @param stream_bits of a beat of the stream  @param beat_bits of a beat of the engine
  StreamSource(const sc_core::sc_module_name& name, int stream_bits, int beat_bits, double stall,
               std::uint64_t seed)
      : sc_module(name), stream_bits_(stream_bits), beat_bits_(beat_bits), stall_(stall, seed) {}

  /// Appends a packet of engine beats.
  void send(const std::vector<Beat>& beats);
  /// Takes the last `count` stream beats away again and ends the packet before them.
  void cut(std::size_t count);
  /// Forgets what is not on offer: its host has died, and the packet's TLAST does not come.
  void cut() { beats_.resize(offered_ ? 1 : 0); }
  /// Stream beats that were not taken yet.
  std::size_t left() const { return beats_.size(); }

  void drive(std::uint64_t cycle, ShellInputs& in) override;
  void observe(std::uint64_t cycle, const ShellInputs& in, const ShellOutputs& out) override;
  void reset() override;

 private:
  int stream_bits_, beat_bits_;
  Stall stall_;
  std::deque<StreamBeat> beats_;
  bool offered_ = false;
};

/// Takes packets from m_axis.
class StreamSink : public sc_core::sc_module, public ShellPeer {
 public:
  StreamSink(const sc_core::sc_module_name& name, int stream_bits, int beat_bits, double stall,
             std::uint64_t seed)
      : sc_module(name), stream_bits_(stream_bits), beat_bits_(beat_bits), stall_(stall, seed) {}

  /// Engine beats of the packets that have ended, in order, which are taken away.
  std::vector<std::vector<Beat>> packets();
  /// Forgets a packet that was cut off. @return its stream beats
  std::size_t forget();

  void drive(std::uint64_t cycle, ShellInputs& in) override;
  void observe(std::uint64_t cycle, const ShellInputs& in, const ShellOutputs& out) override;
  void reset() override;

 private:
  int stream_bits_, beat_bits_;
  Stall stall_;
  std::vector<Beat> parts_;  // of the packet that comes
  std::vector<std::vector<Beat>> packets_;
};

}  // namespace lacuna::sim
