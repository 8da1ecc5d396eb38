#pragma once
#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>
#include <string>
#include <vector>

#include <zlib.h>

namespace recontour {

/// A NIfTI-1 file put together byte by byte from the standard's table of offsets, so that the reader is not tested by
/// our own writer alone. Starts as a 3 x 2 x 2 int16 volume of 1 x 2 x 3 mm with an sform in RAS and origin 10, 20, 30.
class NiftiBytes {
 public:
  NiftiBytes() : bytes_(352, '\0') {
    put<std::int32_t>(0, 348);
    dimensions({3, 3, 2, 2, 1, 1, 1, 1});
    type(4, 16);
    spacing(1, 2, 3);
    put<float>(108, 352);  // vox_offset
    sform(1, {1, 0, 0, 10, 0, 2, 0, 20, 0, 0, 3, 30});
    std::memcpy(bytes_.data() + 344, "n+1", 4);
  }
  template <typename T>
  NiftiBytes& put(std::size_t offset, T value) {
    std::memcpy(bytes_.data() + offset, &value, sizeof value);
    return *this;
  }
  NiftiBytes& dimensions(const std::array<std::int16_t, 8>& dim) {
    for (std::size_t i = 0; i < 8; ++i) put(40 + 2 * i, dim[i]);
    return *this;
  }
  NiftiBytes& type(std::int16_t datatype, std::int16_t bits) { return put(70, datatype).put(72, bits); }
  NiftiBytes& spacing(float x, float y, float z) {
    return put(76, 1.0F).put(80, x).put(84, y).put(88, z);  // pixdim[0] is the handedness
  }
  NiftiBytes& scale(float slope, float intercept) { return put(112, slope).put(116, intercept); }
  NiftiBytes& description(const std::string& text) {
    std::memcpy(bytes_.data() + 148, text.data(), std::min<std::size_t>(text.size(), 79));
    return *this;
  }
  /// @param rows  3 x 4, RAS
  NiftiBytes& sform(std::int16_t code, const std::array<float, 12>& rows) {
    put(254, code);
    for (std::size_t i = 0; i < 12; ++i) put(280 + 4 * i, rows[i]);
    return *this;
  }
  /// @param values  quatern_b, c, d, qoffset_x, y, z, handedness
  NiftiBytes& qform(std::int16_t code, const std::array<float, 7>& values) {
    put(252, code).put(76, values[6]);
    for (std::size_t i = 0; i < 6; ++i) put(256 + 4 * i, values[i]);
    return *this;
  }
  template <typename T>
  std::string with(const std::vector<T>& voxels) const {
    return bytes_ + std::string(reinterpret_cast<const char*>(voxels.data()), voxels.size() * sizeof(T));
  }
  /// The twelve voxels 0, 1, ... 11 of the volume that it starts as.
  std::string withCounting() const {
    std::vector<std::int16_t> voxels(12);
    for (std::size_t i = 0; i < 12; ++i) voxels[i] = std::int16_t(i);
    return with(voxels);
  }

 private:
  std::string bytes_;
};

inline std::string gzipped(const std::string& content) {
  z_stream stream{};
  deflateInit2(&stream, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY);
  std::vector<Bytef> in(content.begin(), content.end()), out(deflateBound(&stream, content.size()) + 32);
  stream.next_in = in.data();
  stream.avail_in = uInt(in.size());
  stream.next_out = out.data();
  stream.avail_out = uInt(out.size());
  deflate(&stream, Z_FINISH);
  const std::string result(out.begin(), out.end() - stream.avail_out);
  deflateEnd(&stream);
  return result;
}

}  // namespace recontour
