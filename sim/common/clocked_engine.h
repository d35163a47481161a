// SPDX-License-Identifier: Apache-2.0
// An engine's RTL as a SystemC module: one clocked method moves pins to and from the modules around
// it.
#pragma once

#include <cstdint>
#include <exception>
#include <systemc>

namespace lacuna::sim {

class ClockedEngine : public sc_core::sc_module {
 public:
  sc_core::sc_in_clk clk_i{"clk_i"};

  explicit ClockedEngine(const sc_core::sc_module_name& name);

  std::uint64_t cycles() const { return cycle_; }
  /// Throws what a module threw inside the clocked method, which SystemC would turn into its own
  /// report.
  void rethrow() const;

 protected:
  /// A clock cycle. @param now its number, from 0
  virtual void cycle(std::uint64_t now) = 0;

 private:
  void clock();

  std::uint64_t cycle_ = 0;
  std::exception_ptr failure_;
};

}  // namespace lacuna::sim
