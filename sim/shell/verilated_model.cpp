// SPDX-License-Identifier: Apache-2.0
// Adapter from one Verilated shell to ShellModel: all tops have the same ports. Compiled once a
// configuration: the build defines LACUNA_MODEL (Verilator's class), LACUNA_MODEL_HEADER,
// LACUNA_FACTORY and LACUNA_WAVES (built with waves).
#include "sim/common/verilated_top.h"
#include "sim/shell/shell_pins.h"

#include LACUNA_MODEL_HEADER

namespace lacuna::sim {
namespace {

class VerilatedShell final : public ShellModel {
 public:
  explicit VerilatedShell(std::uint64_t seed) : top_(seed) {}

  void settle() override {
    auto& top = top_.pins();
    top.aclk = 0;
    top.aresetn = in.aresetn;
    set(top.s_axi_ctrl_awaddr, in.ctrl.awaddr);
    top.s_axi_ctrl_awprot = 0;
    top.s_axi_ctrl_awvalid = in.ctrl.awvalid;
    set(top.s_axi_ctrl_wdata, in.ctrl.wdata);
    set(top.s_axi_ctrl_wstrb, in.ctrl.wstrb);
    top.s_axi_ctrl_wvalid = in.ctrl.wvalid;
    top.s_axi_ctrl_bready = in.ctrl.bready;
    set(top.s_axi_ctrl_araddr, in.ctrl.araddr);
    top.s_axi_ctrl_arprot = 0;
    top.s_axi_ctrl_arvalid = in.ctrl.arvalid;
    top.s_axi_ctrl_rready = in.ctrl.rready;
    top.m_axi_mem_arready = in.mem.arready;
    set(top.m_axi_mem_rid, in.mem.rid);
    put(top.m_axi_mem_rdata, in.mem.rdata);
    set(top.m_axi_mem_rresp, in.mem.rresp);
    top.m_axi_mem_rlast = in.mem.rlast;
    top.m_axi_mem_rvalid = in.mem.rvalid;
    put(top.s_axis_tdata, in.s.tdata);
    top.s_axis_tlast = in.s.tlast;
    top.s_axis_tvalid = in.s.tvalid;
    top.m_axis_tready = in.m_tready;
    top_.eval();
    out.irq = top.irq_o;
    out.s_tready = top.s_axis_tready;
    out.ctrl = {static_cast<bool>(top.s_axi_ctrl_awready),
                static_cast<bool>(top.s_axi_ctrl_wready),
                static_cast<bool>(top.s_axi_ctrl_bvalid),
                static_cast<bool>(top.s_axi_ctrl_arready),
                static_cast<bool>(top.s_axi_ctrl_rvalid),
                top.s_axi_ctrl_bresp,
                top.s_axi_ctrl_rdata,
                top.s_axi_ctrl_rresp};
    out.mem = {static_cast<bool>(top.m_axi_mem_arvalid),
               static_cast<bool>(top.m_axi_mem_rready),
               top.m_axi_mem_arid,
               top.m_axi_mem_araddr,
               top.m_axi_mem_arlen,
               top.m_axi_mem_arsize,
               top.m_axi_mem_arburst};
    out.m.tvalid = top.m_axis_tvalid;
    out.m.tlast = top.m_axis_tlast;
    get(top.m_axis_tdata, out.m.tdata);
  }

  void edge() override {
    top_.pins().aclk = 1;
    top_.eval();
  }

  void open_wave(const std::filesystem::path& file) override { top_.open_wave(file); }

 private:
  VerilatedTop<LACUNA_MODEL> top_;
};

}  // namespace

std::unique_ptr<ShellModel> LACUNA_FACTORY(std::uint64_t seed) {
  return std::make_unique<VerilatedShell>(seed);
}

}  // namespace lacuna::sim
