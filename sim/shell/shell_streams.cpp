// SPDX-License-Identifier: Apache-2.0
#include "sim/shell/shell_streams.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "golden/error.h"

namespace lacuna::sim {
namespace {

/// Copies bits between beats, 8 at a time or what is left.
void copy_bits(const Beat& from, int first, int count, BitWriter& to) {
  for (int bit = first; bit < first + count; bit += 8) {
    const int take = std::min(8, first + count - bit);
    const auto word = static_cast<std::size_t>(bit / 32);
    std::uint64_t value = from[word];
    if (word + 1 < from.size()) value |= std::uint64_t{from[word + 1]} << 32;
    to.put(static_cast<std::uint32_t>(value >> (bit % 32)), take);
  }
}

}  // namespace

void StreamSource::send(const std::vector<Beat>& beats) {
  for (std::size_t at = 0; at < beats.size(); ++at) {
    for (int first = 0; first < beat_bits_; first += stream_bits_) {
      BitWriter part;
      copy_bits(beats[at], first, std::min(stream_bits_, beat_bits_ - first), part);
      const bool last = at + 1 == beats.size() && first + stream_bits_ >= beat_bits_;
      beats_.push_back({true, last, part.beat()});
    }
  }
}

void StreamSource::cut(std::size_t count) {
  beats_.resize(beats_.size() - count);
  beats_.back().tlast = true;
}

void StreamSource::drive(std::uint64_t, ShellInputs& in) {
  if (!offered_ && !beats_.empty() && !stall_.now()) {
    in.s = beats_.front();
    offered_ = true;
  }
  in.s.tvalid = offered_;
}

void StreamSource::observe(std::uint64_t, const ShellInputs& in, const ShellOutputs& out) {
  if (!in.s.tvalid || !out.s_tready) return;
  beats_.pop_front();
  offered_ = false;
}

void StreamSource::reset() {
  beats_.clear();
  offered_ = false;
}

std::vector<std::vector<Beat>> StreamSink::packets() { return std::exchange(packets_, {}); }

std::size_t StreamSink::forget() { return std::exchange(parts_, {}).size(); }

void StreamSink::reset() {
  parts_.clear();
  packets_.clear();
}

void StreamSink::drive(std::uint64_t, ShellInputs& in) { in.m_tready = !stall_.now(); }

void StreamSink::observe(std::uint64_t, const ShellInputs& in, const ShellOutputs& out) {
  if (!out.m.tvalid || !in.m_tready) return;
  parts_.push_back(out.m.tdata);
  if (!out.m.tlast) return;
  const auto parts = static_cast<std::size_t>((beat_bits_ + stream_bits_ - 1) / stream_bits_);
  if (parts_.size() % parts != 0) {
    throw CheckFailed(
        fmt::format("m_axis: TLAST after {} parts of beats of {}", parts_.size(), parts));
  }
  std::vector<Beat>& packet = packets_.emplace_back();
  for (std::size_t first = 0; first < parts_.size(); first += parts) {
    BitWriter beat;
    for (std::size_t part = 0; part < parts; ++part) {
      const int left = beat_bits_ - static_cast<int>(part) * stream_bits_;
      copy_bits(parts_[first + part], 0, std::min(stream_bits_, left), beat);
    }
    packet.push_back(beat.beat());
  }
  parts_.clear();
}

}  // namespace lacuna::sim
