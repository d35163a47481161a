// SPDX-License-Identifier: Apache-2.0
// One function a kind of layer for std::visit, so that the compiler asks for that of a new kind.
#pragma once

namespace lacuna::golden {

template <typename... Functions>
struct Overloaded : Functions... {
  using Functions::operator()...;
};
template <typename... Functions>
Overloaded(Functions...) -> Overloaded<Functions...>;

}  // namespace lacuna::golden
