// SPDX-License-Identifier: Apache-2.0
// POSIX file calls, because streams hide both the reason of a failure and fsync.
#include "golden/atomic_file.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

#include "golden/error.h"

namespace lacuna {

namespace {

/// The file that a link leads to. Links of the kernel to pipes lead to no name and stay.
std::filesystem::path follow(const std::filesystem::path& target) {
  std::error_code ignored;
  const std::filesystem::path real = std::filesystem::canonical(target, ignored);
  return real.empty() ? target : real;
}

bool is_device_or_pipe(const std::filesystem::path& target) {
  std::error_code ignored;
  const std::filesystem::file_status status = std::filesystem::status(target, ignored);
  return std::filesystem::is_other(status);
}

}  // namespace

AtomicFile::AtomicFile(std::filesystem::path target)
    : target_(is_device_or_pipe(target) ? std::move(target) : follow(target)), temporary_(target_) {
  if (!is_device_or_pipe(target_)) temporary_ += ".tmp" + std::to_string(::getpid());
  descriptor_ = ::open(temporary_.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
  if (descriptor_ < 0) {
    committed_ = true;  // there is nothing to remove
    fail("cannot be written");
  }
}

AtomicFile::~AtomicFile() {
  if (descriptor_ >= 0) ::close(descriptor_);
  if (!committed_ && !direct()) ::unlink(temporary_.c_str());
}

void AtomicFile::write(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(descriptor_, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) fail("cannot be written");
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
}

void AtomicFile::commit() {
  if (!direct() && ::fsync(descriptor_) != 0) fail("cannot be written");
  if (::close(std::exchange(descriptor_, -1)) != 0) fail("cannot be written");
  if (!direct() && ::rename(temporary_.c_str(), target_.c_str()) != 0) fail("cannot be replaced");
  committed_ = true;
}

void AtomicFile::fail(const char* what) const {
  const int reason = errno;
  const bool full = reason == ENOSPC || reason == EDQUOT || reason == EFBIG;
  throw Error(target_.string(), std::string(what) + ": " + std::strerror(reason),
              full ? "make room and try again" : "check the folder and its rights");
}

void write_file(const std::filesystem::path& file, std::string_view bytes) {
  AtomicFile output(file);
  output.write(bytes);
  output.commit();
}

}  // namespace lacuna
