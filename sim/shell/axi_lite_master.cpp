// SPDX-License-Identifier: Apache-2.0
#include "sim/shell/axi_lite_master.h"

#include <fmt/format.h>

#include "golden/error.h"

namespace lacuna::sim {

AxiLiteMaster::AxiLiteMaster(const sc_core::sc_module_name& name, double stall, std::uint64_t seed,
                             std::uint64_t patience)
    : sc_module(name), stall_(stall), random_(seed), patience_(patience) {}

void AxiLiteMaster::finish(Wanted wanted) {
  wanted_ = wanted;
  begun_ = late_ = false;
  waited_ = 0;
  wait(done_);
  if (late_) {
    throw CheckFailed(fmt::format(
        "shell: {} for {} cycles",
        wanted == Wanted::kInterrupt ? "no interrupt" : "no answer of a register", patience_));
  }
}

bool AxiLiteMaster::write(std::uint32_t offset, std::uint32_t value, std::uint32_t strobe) {
  offset_ = offset;
  value_ = value;
  strobe_ = strobe;
  finish(Wanted::kWrite);
  return response_ == kOkay;
}

std::optional<std::uint32_t> AxiLiteMaster::read(std::uint32_t offset) {
  offset_ = offset;
  finish(Wanted::kRead);
  return response_ == kOkay ? std::optional(answer_) : std::nullopt;
}

void AxiLiteMaster::wait_interrupt() { finish(Wanted::kInterrupt); }

void AxiLiteMaster::drive(std::uint64_t, ShellInputs& in) {
  if (wanted_ != Wanted::kNothing && !begun_) {
    begun_ = true;
    address_left_ = wanted_ != Wanted::kInterrupt;
    data_left_ = wanted_ == Wanted::kWrite;
  }
  // What is offered stays; what is not may wait, each channel for itself.
  if (wanted_ == Wanted::kWrite) {
    if (address_left_ && !pins_.awvalid && !pause()) {
      pins_.awvalid = true;
      pins_.awaddr = offset_;
    }
    if (data_left_ && !pins_.wvalid && !pause()) {
      pins_.wvalid = true;
      pins_.wdata = value_;
      pins_.wstrb = strobe_;
    }
  }
  if (wanted_ == Wanted::kRead && address_left_ && !pins_.arvalid && !pause()) {
    pins_.arvalid = true;
    pins_.araddr = offset_;
  }
  pins_.bready = !pause();
  pins_.rready = !pause();
  in.ctrl = pins_;
}

void AxiLiteMaster::observe(std::uint64_t, const ShellInputs& in, const ShellOutputs& out) {
  if (wanted_ == Wanted::kNothing) return;
  if (in.ctrl.awvalid && out.ctrl.awready) address_left_ = pins_.awvalid = false;
  if (in.ctrl.wvalid && out.ctrl.wready) data_left_ = pins_.wvalid = false;
  if (in.ctrl.arvalid && out.ctrl.arready) address_left_ = pins_.arvalid = false;
  bool done = wanted_ == Wanted::kInterrupt && out.irq;
  if (wanted_ == Wanted::kWrite && out.ctrl.bvalid && in.ctrl.bready) {
    response_ = out.ctrl.bresp;
    done = true;
  }
  if (wanted_ == Wanted::kRead && out.ctrl.rvalid && in.ctrl.rready) {
    response_ = out.ctrl.rresp;
    answer_ = out.ctrl.rdata;
    done = true;
  }
  late_ = !done && ++waited_ > patience_;
  if (done || late_) {
    wanted_ = Wanted::kNothing;
    done_.notify(sc_core::SC_ZERO_TIME);
  }
}

}  // namespace lacuna::sim
