// SPDX-License-Identifier: Apache-2.0
#include "sim/shell/axi_checker.h"

#include <fmt/format.h>

#include "golden/error.h"
#include "sim/memory/dram.h"

namespace lacuna::sim {
namespace {

[[noreturn]] void broken(const std::string& channel, const std::string& rule) {
  throw CheckFailed("AXI: " + channel + ": " + rule);
}

bool same(const std::array<std::uint32_t, 5>& a, const std::array<std::uint32_t, 5>& b) {
  return a == b;
}
bool same(const std::array<std::uint32_t, 2>& a, const std::array<std::uint32_t, 2>& b) {
  return a == b;
}
bool same(const StreamBeat& a, const StreamBeat& b) {
  return a.tlast == b.tlast && a.tdata == b.tdata;
}
bool same(const AxiReadIn& a, const AxiReadIn& b) {
  return a.rid == b.rid && a.rlast == b.rlast && a.rresp == b.rresp && a.rdata == b.rdata;
}

constexpr std::uint32_t kIncrementing = 1;

}  // namespace

template <typename Payload>
bool HandshakeRule<Payload>::check(bool valid, bool ready, const Payload& payload) {
  if (offered_ && !valid) broken(channel_, "valid fell before ready");
  if (offered_ && !same(payload, payload_)) broken(channel_, "payload changed before ready");
  offered_ = valid && !ready;
  if (offered_) payload_ = payload;
  if (valid && ready) ++transfers_;
  return valid && ready;
}

AxiReadChecker::AxiReadChecker(int bytes, int max_burst, bool rlast_matters)
    : bytes_(static_cast<std::uint32_t>(bytes)),
      max_burst_(static_cast<std::uint32_t>(max_burst)),
      rlast_matters_(rlast_matters),
      ar_("m_axi_mem AR"),
      r_("m_axi_mem R") {}

void AxiReadChecker::check(const AxiReadIn& in, const AxiReadOut& out) {
  const std::string ar = "m_axi_mem AR", r = "m_axi_mem R";
  // Data first: a beat may not answer a request of the same cycle.
  if (in.rvalid && (in.rid > 1 || open_[in.rid].empty()))
    broken(r, fmt::format("a beat of ID {} that nobody asked for", in.rid));
  if (r_.check(in.rvalid, out.rready, in)) {
    auto& mine = open_[in.rid];
    auto& other = open_[1 - in.rid];
    Burst& burst = mine.front();
    interleaved_ += !other.empty() && other.front().come > 0;
    overtaken_ += burst.come == 0 && !other.empty() && other.front().come == 0 &&
                  other.front().number < burst.number;
    const bool last = ++burst.come == burst.beats;
    if (rlast_matters_ && in.rlast != last)
      broken(r, fmt::format("RLAST is {} at beat {} of {}", in.rlast, burst.come, burst.beats));
    if (last) mine.pop_front();
  }
  if (out.arvalid) {
    if (out.arid > 1) broken(ar, fmt::format("ID {} is none of the shell's", out.arid));
    if (1U << out.arsize != bytes_) broken(ar, "size is not that of the bus");
    if (out.arburst != kIncrementing) broken(ar, "burst is not incrementing");
    if (out.araddr % bytes_ != 0) broken(ar, "address is not a multiple of a beat");
    if (out.arlen + 1 > max_burst_)
      broken(ar, fmt::format("burst of {} beats, at most {}", out.arlen + 1, max_burst_));
    const std::uint64_t end = out.araddr + std::uint64_t{out.arlen + 1} * bytes_ - 1;
    if (out.araddr / kPageBytes != end / kPageBytes) broken(ar, "burst crosses 4 KB");
  }
  if (ar_.check(out.arvalid, in.arready,
                {out.arid, out.araddr, out.arlen, out.arsize, out.arburst})) {
    open_[out.arid].push_back({ar_.transfers(), out.arlen + 1, 0});
  }
}

void AxiReadChecker::forget() {
  ar_.forget();
  r_.forget();
  for (auto& bursts : open_) bursts.clear();
}

ShellChecker::ShellChecker(int bus_bytes, int max_burst, bool rlast_matters)
    : aw_("s_axi_ctrl AW"),
      w_("s_axi_ctrl W"),
      b_("s_axi_ctrl B"),
      ctrl_ar_("s_axi_ctrl AR"),
      ctrl_r_("s_axi_ctrl R"),
      s_("s_axis"),
      m_("m_axis"),
      mem_(bus_bytes, max_burst, rlast_matters) {}

void ShellChecker::check_ctrl(const AxiLiteIn& in, const AxiLiteOut& out) {
  // An answer needs its whole question, from a cycle before.
  if (out.bvalid && (aw_.transfers() <= b_.transfers() || w_.transfers() <= b_.transfers()))
    broken("s_axi_ctrl B", "an answer to no write");
  if (out.rvalid && ctrl_ar_.transfers() <= ctrl_r_.transfers())
    broken("s_axi_ctrl R", "an answer to no read");
  if (out.bvalid && out.bresp != kOkay && out.bresp != kSlaveError)
    broken("s_axi_ctrl B", "neither OKAY nor SLVERR");
  if (out.rvalid && out.rresp != kOkay && out.rresp != kSlaveError)
    broken("s_axi_ctrl R", "neither OKAY nor SLVERR");
  b_.check(out.bvalid, in.bready, {out.bresp});
  ctrl_r_.check(out.rvalid, in.rready, {out.rdata, out.rresp});
  aw_.check(in.awvalid, out.awready, {in.awaddr});
  w_.check(in.wvalid, out.wready, {in.wdata, in.wstrb});
  ctrl_ar_.check(in.arvalid, out.arready, {in.araddr});
}

void ShellChecker::check(const ShellInputs& in, const ShellOutputs& out) {
  if (!in.aresetn) {
    if (++reset_cycles_ > 1 &&
        (out.ctrl.bvalid || out.ctrl.rvalid || out.mem.arvalid || out.m.tvalid))
      broken("reset", "something is offered");
    for (auto* channel : {&aw_, &w_, &b_, &ctrl_ar_, &ctrl_r_}) channel->forget();
    for (auto* stream : {&s_, &m_}) stream->forget();
    mem_.forget();
    return;
  }
  reset_cycles_ = 0;
  check_ctrl(in.ctrl, out.ctrl);
  mem_.check(in.mem, out.mem);
  s_.check(in.s.tvalid, out.s_tready, in.s);
  m_.check(out.m.tvalid, in.m_tready, out.m);
}

}  // namespace lacuna::sim
