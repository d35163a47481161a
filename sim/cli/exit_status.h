// SPDX-License-Identifier: Apache-2.0
// The one place where exceptions become exit statuses.
#pragma once

#include <functional>

namespace lacuna::cli {

inline constexpr int kDone = 0;
inline constexpr int kCheckFailed = 1;
inline constexpr int kBadInput = 2;

/// Runs `work` and returns kDone, kCheckFailed for lacuna::CheckFailed, or kBadInput for every
/// other exception, each told in one line on standard error.
int exit_status_of(const std::function<void()>& work);

}  // namespace lacuna::cli
