// SPDX-License-Identifier: Apache-2.0
// Decompression of xz files held in memory.
#pragma once

#include <string>
#include <string_view>

namespace lacuna::models {

/// Content of an xz stream. @throws Error at `where` if it is damaged, cut off, or larger than 1
/// GiB.
std::string unxz(std::string_view compressed, const std::string& where);

}  // namespace lacuna::models
