// SPDX-License-Identifier: Apache-2.0
// Reader and writer of safetensors files.
#include "golden/safetensors.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <Eigen/Core>
#include <algorithm>
#include <array>
#include <cmath>
#include <fstream>
#include <limits>
#include <numeric>
#include <utility>

#include "golden/atomic_file.h"
#include "golden/error.h"
#include "golden/strict_json.h"

namespace lacuna::golden {
namespace {

using nlohmann::json;

static_assert(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__, "tensor data is little-endian");

constexpr const char* kMetadata = "__metadata__";
constexpr const char* kDamaged = "the file is damaged or of another kind";
constexpr std::uint64_t kLengthBytes = 8;
constexpr std::uint64_t kMaxHeader = 100'000'000;  // the limit of the reference reader
constexpr std::uint64_t kMaxFile = std::uint64_t{4}
                                   << 30;  // sparse files cost their author nothing
constexpr std::size_t kMaxDimensions = 8;
constexpr std::size_t kMaxName = 256;

struct DtypeInfo {
  Dtype dtype;
  const char* name;
  int size;
};
constexpr std::array<DtypeInfo, 8> kDtypes = {{{Dtype::kI8, "I8", 1},
                                               {Dtype::kU8, "U8", 1},
                                               {Dtype::kI16, "I16", 2},
                                               {Dtype::kI32, "I32", 4},
                                               {Dtype::kF16, "F16", 2},
                                               {Dtype::kBF16, "BF16", 2},
                                               {Dtype::kF32, "F32", 4},
                                               {Dtype::kF64, "F64", 8}}};

const DtypeInfo& info(Dtype dtype) {
  return *std::find_if(kDtypes.begin(), kDtypes.end(),
                       [&](const DtypeInfo& entry) { return entry.dtype == dtype; });
}

std::string tensor_where(const std::string& file, const std::string& name) {
  return file + ", tensor " + shown_name(name);
}

/// Where a tensor's bytes lie in the data section, half open.
struct Extent {
  std::uint64_t begin = 0;
  std::uint64_t end = 0;
  std::string name;
};

std::uint64_t unsigned_number(const json& value, const std::string& where, const char* field) {
  if (!value.is_number_unsigned()) {
    throw Error(where, fmt::format("{} must hold non-negative integers", field), kDamaged);
  }
  return value.get<std::uint64_t>();
}

Dtype parse_dtype(const json& entry, const std::string& where) {
  const std::string name = JsonObject(entry, where).text("dtype");
  for (const DtypeInfo& candidate : kDtypes) {
    if (name == candidate.name) return candidate.dtype;
  }
  throw Error(where, "has the unknown dtype " + shown_name(name),
              "use one of I8, U8, I16, I32, F16, BF16, F32, F64");
}

const json& array_field(const json& entry, const char* field, const std::string& where) {
  const auto found = entry.find(field);
  if (found == entry.end() || !found->is_array()) {
    throw Error(where, fmt::format("has no list {}", field), kDamaged);
  }
  return *found;
}

/// Shape and its size in bytes. A dimension fits in an int, so that every later index does.
std::pair<std::vector<std::int64_t>, std::uint64_t> parse_shape(const json& entry, Dtype dtype,
                                                                const std::string& where) {
  const json& list = array_field(entry, "shape", where);
  if (list.size() > kMaxDimensions) throw Error(where, "shape has more than 8 dimensions");
  std::vector<std::int64_t> shape;
  auto bytes = static_cast<std::uint64_t>(dtype_size(dtype));
  for (const json& item : list) {
    const std::uint64_t size = unsigned_number(item, where, "shape");
    if (size > static_cast<std::uint64_t>(std::numeric_limits<int>::max()) ||
        __builtin_mul_overflow(bytes, size, &bytes)) {
      throw Error(where, "shape is too large", kDamaged);
    }
    shape.push_back(static_cast<std::int64_t>(size));
  }
  return {std::move(shape), bytes};
}

Extent parse_extent(const json& entry, const std::string& name, std::uint64_t data_size,
                    const std::string& where) {
  const json& list = array_field(entry, "data_offsets", where);
  if (list.size() != 2) throw Error(where, "data_offsets must be two numbers", kDamaged);
  const Extent extent{unsigned_number(list[0], where, "data_offsets"),
                      unsigned_number(list[1], where, "data_offsets"), name};
  if (extent.begin > extent.end || extent.end > data_size) {
    throw Error(where,
                fmt::format("data_offsets {}..{} lie outside the {} bytes of data", extent.begin,
                            extent.end, data_size),
                "the file is cut off or damaged");
  }
  return extent;
}

void check_cover(std::vector<Extent>& extents, std::uint64_t data_size, const std::string& where) {
  std::sort(extents.begin(), extents.end(), [](const Extent& a, const Extent& b) {
    return std::tie(a.begin, a.end) < std::tie(b.begin, b.end);
  });
  std::uint64_t position = 0;
  for (const Extent& extent : extents) {
    if (extent.begin < position) {
      throw Error(tensor_where(where, extent.name), "overlaps another tensor", kDamaged);
    }
    if (extent.begin > position) {
      throw Error(tensor_where(where, extent.name),
                  fmt::format("{} bytes before it belong to no tensor", extent.begin - position),
                  kDamaged);
    }
    position = extent.end;
  }
  if (position != data_size) {
    throw Error(where, fmt::format("{} bytes at the end belong to no tensor", data_size - position),
                kDamaged);
  }
}

std::map<std::string, std::string> parse_metadata(const json& entry, const std::string& where) {
  if (!entry.is_object()) throw Error(where, "__metadata__ must be a JSON object", kDamaged);
  std::map<std::string, std::string> metadata;
  for (const auto& [key, value] : entry.items()) {
    if (!value.is_string()) {
      throw Error(where, "metadata " + shown_name(key) + " must be a string", kDamaged);
    }
    metadata[key] = value.get<std::string>();
  }
  return metadata;
}

/// Opened file with its size; reads exactly what is asked for.
class Source {
 public:
  explicit Source(const std::filesystem::path& file) : where_(file.string()) {
    std::error_code failure;
    if (!std::filesystem::is_regular_file(file, failure)) {
      throw Error(where_, "is not there or not a file", "check the name");
    }
    size_ = std::filesystem::file_size(file, failure);
    stream_.open(file, std::ios::binary);
    if (failure || !stream_) throw Error(where_, "cannot be read", "check its rights");
    if (size_ > kMaxFile) throw Error(where_, "is larger than 4 GiB", kDamaged);
  }

  std::string read(std::uint64_t count) {
    std::string bytes(count, '\0');
    stream_.read(bytes.data(), static_cast<std::streamsize>(count));
    if (!stream_) throw Error(where_, "ended while it was read", "the file is cut off");
    return bytes;
  }

  std::uint64_t size() const { return size_; }

 private:
  std::string where_;
  std::ifstream stream_;
  std::uint64_t size_ = 0;
};

std::uint64_t parse_header_length(Source& source, const std::string& where) {
  if (source.size() < kLengthBytes) {
    throw Error(where, fmt::format("has {} bytes, too few for a header", source.size()),
                "the file is cut off or of another kind");
  }
  std::uint64_t length = 0;
  std::memcpy(&length, source.read(kLengthBytes).data(), kLengthBytes);
  if (length > kMaxHeader) {
    throw Error(where,
                fmt::format("declares a header of {} bytes, more than {}", length, kMaxHeader),
                kDamaged);
  }
  if (length > source.size() - kLengthBytes) {
    throw Error(where,
                fmt::format("declares a header of {} bytes but has only {}", length,
                            source.size() - kLengthBytes),
                "the file is cut off or of another kind");
  }
  return length;
}

template <typename Wide>
float narrow(const char* bytes) {
  Wide value;
  std::memcpy(static_cast<void*>(&value), bytes, sizeof(value));
  return static_cast<float>(value);
}

float element_as_float(const Tensor& tensor, std::size_t index) {
  const char* const bytes =
      tensor.bytes.data() + index * static_cast<std::size_t>(dtype_size(tensor.dtype));
  switch (tensor.dtype) {
    case Dtype::kF16:
      return narrow<Eigen::half>(bytes);
    case Dtype::kBF16:
      return narrow<Eigen::bfloat16>(bytes);
    case Dtype::kF64:
      return narrow<double>(bytes);
    default:
      return narrow<float>(bytes);
  }
}

}  // namespace

const char* dtype_name(Dtype dtype) { return info(dtype).name; }

int dtype_size(Dtype dtype) { return info(dtype).size; }

std::int64_t Tensor::elements() const {
  return std::accumulate(shape.begin(), shape.end(), std::int64_t{1}, std::multiplies<>());
}

const Tensor& SafeTensors::at(const std::string& name) const {
  const auto found = tensors.find(name);
  if (found == tensors.end()) throw Error(where, "has no tensor " + shown_name(name));
  return found->second;
}

const Tensor& SafeTensors::check(const std::string& name, Dtype dtype,
                                 const std::vector<std::int64_t>& shape) const {
  const Tensor& tensor = at(name);
  if (tensor.dtype != dtype) {
    throw Error(
        tensor_where(where, name),
        fmt::format("has dtype {}, {} is needed", dtype_name(tensor.dtype), dtype_name(dtype)));
  }
  if (tensor.shape != shape) {
    throw Error(tensor_where(where, name),
                fmt::format("has shape [{}], [{}] is needed", fmt::join(tensor.shape, ", "),
                            fmt::join(shape, ", ")));
  }
  return tensor;
}

std::vector<float> SafeTensors::floats(const std::string& name) const {
  const Tensor& tensor = at(name);
  if (tensor.dtype != Dtype::kF64 && tensor.dtype != Dtype::kF32 && tensor.dtype != Dtype::kF16 &&
      tensor.dtype != Dtype::kBF16) {
    throw Error(tensor_where(where, name),
                fmt::format("has dtype {}, floating point is needed", dtype_name(tensor.dtype)),
                "save the network before quantisation");
  }
  std::vector<float> result(static_cast<std::size_t>(tensor.elements()));
  for (std::size_t i = 0; i < result.size(); ++i) {
    result[i] = element_as_float(tensor, i);
    if (!std::isfinite(result[i])) {
      throw Error(tensor_where(where, name), fmt::format("element {} is {}", i, result[i]),
                  "training diverged or the file is damaged");
    }
  }
  return result;
}

SafeTensors read_safetensors(const std::filesystem::path& file) {
  SafeTensors content;
  content.where = file.string();
  const std::string& where = content.where;
  Source source(file);
  const std::uint64_t header_length = parse_header_length(source, where);
  const std::uint64_t data_size = source.size() - kLengthBytes - header_length;
  const json header = parse_json(source.read(header_length), where + ", header");
  if (!header.is_object()) throw Error(where, "header must be a JSON object", kDamaged);

  std::vector<Extent> extents;
  for (const auto& [name, entry] : header.items()) {
    if (name == kMetadata) {
      content.metadata = parse_metadata(entry, where);
      continue;
    }
    const std::string tensor = tensor_where(where, name);
    if (name.size() > kMaxName) throw Error(tensor, "has a name of more than 256 bytes", kDamaged);
    JsonObject(entry, tensor).only({"dtype", "shape", "data_offsets"});
    const Dtype dtype = parse_dtype(entry, tensor);
    auto [shape, bytes] = parse_shape(entry, dtype, tensor);
    extents.push_back(parse_extent(entry, name, data_size, tensor));
    if (extents.back().end - extents.back().begin != bytes) {
      throw Error(tensor,
                  fmt::format("takes {} bytes but its shape and dtype need {}",
                              extents.back().end - extents.back().begin, bytes),
                  kDamaged);
    }
    content.tensors[name] = {dtype, std::move(shape), {}};
  }
  check_cover(extents, data_size, where);
  for (const Extent& extent : extents) {
    content.tensors[extent.name].bytes = source.read(extent.end - extent.begin);
  }
  return content;
}

void write_safetensors(const SafeTensors& content, const std::filesystem::path& file) {
  std::vector<std::pair<const std::string*, const Tensor*>> order;
  for (const auto& [name, tensor] : content.tensors) order.emplace_back(&name, &tensor);
  std::stable_sort(order.begin(), order.end(), [](const auto& a, const auto& b) {
    return dtype_size(a.second->dtype) > dtype_size(b.second->dtype);
  });

  json header = json::object();
  if (!content.metadata.empty()) header[kMetadata] = content.metadata;
  std::uint64_t position = 0;
  for (const auto& [name, tensor] : order) {
    const std::uint64_t end = position + tensor->bytes.size();
    header[*name] = {{"dtype", dtype_name(tensor->dtype)},
                     {"shape", tensor->shape},
                     {"data_offsets", {position, end}}};
    position = end;
  }
  std::string text = header.dump();
  text.append((kLengthBytes - text.size() % kLengthBytes) % kLengthBytes, ' ');
  const std::uint64_t length = text.size();

  AtomicFile output(file);
  output.write({reinterpret_cast<const char*>(&length), sizeof(length)});
  output.write(text);
  for (const auto& [name, tensor] : order) output.write(tensor->bytes);
  output.commit();
}

}  // namespace lacuna::golden
