// SPDX-License-Identifier: Apache-2.0
// The safetensors container: 8-byte little-endian header length, JSON header, tensor data.
// Format: https://huggingface.co/docs/safetensors (read as the strict subset that its reference
// reader accepts).
#pragma once

#include <cstdint>
#include <cstring>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace lacuna::golden {

enum class Dtype { kI8, kU8, kI16, kI32, kF16, kBF16, kF32, kF64 };

/// Name in the file, for example "I8".
const char* dtype_name(Dtype dtype);

/// Bytes of one element.
int dtype_size(Dtype dtype);

template <typename Scalar>
struct DtypeOf;
template <>
struct DtypeOf<std::int8_t> {
  static constexpr Dtype kValue = Dtype::kI8;
};
template <>
struct DtypeOf<std::uint8_t> {
  static constexpr Dtype kValue = Dtype::kU8;
};
template <>
struct DtypeOf<std::int16_t> {
  static constexpr Dtype kValue = Dtype::kI16;
};
template <>
struct DtypeOf<std::int32_t> {
  static constexpr Dtype kValue = Dtype::kI32;
};
template <>
struct DtypeOf<float> {
  static constexpr Dtype kValue = Dtype::kF32;
};

/// One tensor, row-major; `bytes` as in the file.
struct Tensor {
  Dtype dtype = Dtype::kI8;
  std::vector<std::int64_t> shape;
  std::string bytes;

  std::int64_t elements() const;
};

/// Copies `elements(shape)` values into a tensor.
template <typename Scalar>
Tensor make_tensor(std::vector<std::int64_t> shape, const Scalar* values) {
  Tensor tensor{DtypeOf<Scalar>::kValue, std::move(shape), {}};
  tensor.bytes.assign(reinterpret_cast<const char*>(values),
                      static_cast<std::size_t>(tensor.elements()) * sizeof(Scalar));
  return tensor;
}

/// The tensors and metadata strings of one file.
struct SafeTensors {
  std::string where;  ///< file name, for messages
  std::map<std::string, std::string> metadata;
  std::map<std::string, Tensor> tensors;

  /// @throws Error naming file and tensor if it is absent.
  const Tensor& at(const std::string& name) const;

  /// Values of a tensor that must have this type and shape. @throws Error naming file and tensor.
  template <typename Scalar>
  std::vector<Scalar> values(const std::string& name,
                             const std::vector<std::int64_t>& shape) const {
    const Tensor& tensor = check(name, DtypeOf<Scalar>::kValue, shape);
    std::vector<Scalar> result(static_cast<std::size_t>(tensor.elements()));
    if (!result.empty()) std::memcpy(result.data(), tensor.bytes.data(), tensor.bytes.size());
    return result;
  }

  /// Values of an F64, F32, F16 or BF16 tensor as float. @throws Error naming file and tensor for
  /// other types and for values that are not finite as float.
  std::vector<float> floats(const std::string& name) const;

 private:
  const Tensor& check(const std::string& name, Dtype dtype,
                      const std::vector<std::int64_t>& shape) const;
};

/// Reads a whole file. Every file is treated as hostile: no content can crash the reader or make it
/// allocate more than a few times the file's size. @throws Error naming the file, and the tensor
/// where one is at fault.
SafeTensors read_safetensors(const std::filesystem::path& file);

/// Writes all tensors whole or not at all. The header names them in order and is padded to 8 bytes;
/// the data lies widest type first, so that every tensor is aligned. @throws Error if the disk is
/// full or the folder cannot be written.
void write_safetensors(const SafeTensors& content, const std::filesystem::path& file);

}  // namespace lacuna::golden
