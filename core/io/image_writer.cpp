#include "core/io/image_writer.h"

#include <algorithm>
#include <charconv>
#include <cstring>
#include <map>
#include <vector>

#include <nifti2_io.h>
#include <zlib.h>

#include "core/base/error.h"
#include "core/base/safe_file.h"
#include "core/io/file_ending.h"

namespace recontour {
namespace {

constexpr int kGzipWindow = 15 + 16;
constexpr std::size_t kBufferBytes = 1 << 16;
constexpr int kVoxelStart = 352;

nifti_dmat44 rasAffine(const Geometry& geometry) {
  nifti_dmat44 affine{};
  for (int row = 0; row < 3; ++row) {
    const double sign = row < 2 ? -1 : 1;
    for (int a = 0; a < 3; ++a) affine.m[row][a] = sign * geometry.axisDirection(a)[row] * geometry.spacing[a];
    affine.m[row][3] = sign * geometry.origin[row];
  }
  affine.m[3][3] = 1;
  return affine;
}

void setForms(nifti_1_header& header, const Geometry& geometry) {
  const nifti_dmat44 affine = rasAffine(geometry);
  double b, c, d, x, y, z, dx, dy, dz, handedness;
  nifti_dmat44_to_quatern(affine, &b, &c, &d, &x, &y, &z, &dx, &dy, &dz, &handedness);
  header.quatern_b = float(b);
  header.quatern_c = float(c);
  header.quatern_d = float(d);
  header.qoffset_x = float(x);
  header.qoffset_y = float(y);
  header.qoffset_z = float(z);
  header.pixdim[0] = float(handedness);
  for (int a = 0; a < 3; ++a) header.pixdim[a + 1] = float(geometry.spacing[a]);
  for (int i = 0; i < 4; ++i) {
    header.srow_x[i] = float(affine.m[0][i] + 0.0);
    header.srow_y[i] = float(affine.m[1][i] + 0.0);
    header.srow_z[i] = float(affine.m[2][i] + 0.0);
  }
  header.qform_code = NIFTI_XFORM_SCANNER_ANAT;
  header.sform_code = NIFTI_XFORM_SCANNER_ANAT;
}

nifti_1_header makeHeader(const Geometry& geometry, const VoxelFormat& voxels, const std::string& description) {
  nifti_1_header header{};
  header.sizeof_hdr = sizeof header;
  header.regular = 'r';
  header.dim[0] = 3;
  std::fill(header.dim + 1, header.dim + 8, short{1});
  for (int a = 0; a < 3; ++a) header.dim[a + 1] = static_cast<short>(geometry.size[a]);
  std::fill(header.pixdim, header.pixdim + 8, 1.0F);
  header.datatype = static_cast<short>(voxels.datatype);
  header.bitpix = static_cast<short>(8 * voxels.bytesPerVoxel);
  header.vox_offset = float(kVoxelStart);
  header.scl_slope = float(voxels.slope);
  header.scl_inter = float(voxels.intercept);
  header.xyzt_units = NIFTI_UNITS_MM;
  std::memcpy(header.descrip, description.data(), std::min(description.size(), sizeof header.descrip - 1));
  std::memcpy(header.magic, "n+1", 4);
  setForms(header, geometry);
  return header;
}

/// NRRD's name of a NIfTI datatype.
const char* nrrdType(int datatype) {
  static const std::map<int, const char*> kNames = {{DT_UINT8, "unsigned char"}, {DT_INT8, "signed char"},
                                                    {DT_INT16, "short"},         {DT_UINT16, "ushort"},
                                                    {DT_INT32, "int"},           {DT_UINT32, "uint"},
                                                    {DT_INT64, "long long int"}, {DT_UINT64, "unsigned long long"},
                                                    {DT_FLOAT32, "float"},       {DT_FLOAT64, "double"}};
  return kNames.at(datatype);
}

void checkTarget(const std::filesystem::path& file, const Geometry& geometry) {
  checkWritableImage(file);
  const Size3& size = geometry.size;
  if (std::max({size.x, size.y, size.z}) > 32767) throw Error(file, "NIfTI-1 holds at most 32767 voxels along an axis");
}

/// "(0.7,0,0)", with a point in every locale.
std::string vectorText(const Point3& v) {
  std::string text;
  for (int axis = 0; axis < 3; ++axis) {
    char digits[32];
    const double value = v[axis] + 0.0;  // no -0
    const auto end = std::to_chars(digits, digits + sizeof digits, value, std::chars_format::general, 17).ptr;
    text += (axis == 0 ? "(" : ",") + std::string(digits, static_cast<std::size_t>(end - digits));
  }
  return text + ")";
}

std::string nrrdHeader(const Geometry& geometry, const VoxelFormat& voxels, const std::string& description) {
  const Size3& size = geometry.size;
  std::string text = "NRRD0004\n# Written by Recontour\n";
  text += std::string("type: ") + nrrdType(voxels.datatype) + "\ndimension: 3\n";
  text += "space: left-posterior-superior\nsizes: " + std::to_string(size.x) + " " + std::to_string(size.y) + " " +
          std::to_string(size.z) + "\nspace directions:";
  for (int a = 0; a < 3; ++a) text += " " + vectorText(geometry.axisDirection(a) * geometry.spacing[a]);
  text += "\nkinds: domain domain domain\nendian: little\nencoding: gzip\n";
  text += "space origin: " + vectorText(geometry.origin) + "\n";
  std::string content = description;
  std::erase_if(content, [](char c) { return c == '\n' || c == '\r'; });
  if (!content.empty()) text += "content: " + content + "\n";
  return text + "\n";
}

}  // namespace

void checkWritableImage(const std::filesystem::path& file) {
  if (hasEnding(file, ".nii") || hasEnding(file, ".nii.gz") || hasEnding(file, ".nrrd")) return;
  throw Error(file, "cannot be written", "its name must end in .nii, .nii.gz or .nrrd");
}

VoxelFormat uint8Voxels() { return {.datatype = DT_UINT8, .bytesPerVoxel = 1}; }
VoxelFormat int16Voxels() { return {.datatype = DT_INT16, .bytesPerVoxel = 2}; }

struct ImageWriter::Stream {
  explicit Stream(const std::filesystem::path& target) : path(target), file(target) {}
  ~Stream() {
    if (deflating) deflateEnd(&deflater);
  }
  void startDeflate(const Deflate& how) {
    const int strategy = how.runsOnly ? Z_RLE : Z_DEFAULT_STRATEGY;
    if (deflateInit2(&deflater, how.level, Z_DEFLATED, kGzipWindow, 9, strategy) != Z_OK) {
      throw Error(path, "cannot be written: no memory to compress it");
    }
    deflating = true;
    in.resize(kBufferBytes);
    out.resize(kBufferBytes);
  }
  void append(std::span<const std::byte> bytes, int flush) {
    if (!deflating) return file.write(bytes);
    do {  // in pieces: zlib counts in 32 bits and wants its input unconst
      const std::size_t part = std::min(bytes.size(), in.size());
      if (part > 0) std::memcpy(in.data(), bytes.data(), part);
      bytes = bytes.subspan(part);
      deflater.next_in = in.data();
      deflater.avail_in = static_cast<uInt>(part);
      drain(bytes.empty() ? flush : Z_NO_FLUSH);
    } while (!bytes.empty());
  }
  void drain(int flush) {
    do {
      deflater.next_out = out.data();
      deflater.avail_out = static_cast<uInt>(out.size());
      ::deflate(&deflater, flush);
      file.write(std::as_bytes(std::span(out)).first(out.size() - deflater.avail_out));
    } while (deflater.avail_out == 0);
  }

  std::filesystem::path path;
  SafeFile file;
  z_stream deflater{};
  std::vector<Bytef> in, out;
  bool deflating = false;
};

ImageWriter::ImageWriter(const std::filesystem::path& file, const Geometry& geometry, const VoxelFormat& voxels,
                         const std::string& description, const Deflate& deflate) {
  checkTarget(file, geometry);
  stream_ = std::make_unique<Stream>(file);
  if (hasEnding(file, ".nrrd")) {
    const std::string header = nrrdHeader(geometry, voxels, description);
    stream_->append(std::as_bytes(std::span(header)), Z_NO_FLUSH);
    stream_->startDeflate(deflate);
    return;
  }
  if (hasEnding(file, ".gz")) stream_->startDeflate(deflate);
  const nifti_1_header header = makeHeader(geometry, voxels, description);
  stream_->append(std::as_bytes(std::span(&header, 1)), Z_NO_FLUSH);
  const std::array<std::byte, kVoxelStart - sizeof header> noExtensions{};
  stream_->append(noExtensions, Z_NO_FLUSH);
}

ImageWriter::~ImageWriter() = default;

void ImageWriter::write(std::span<const std::byte> voxels) { stream_->append(voxels, Z_NO_FLUSH); }

void ImageWriter::commit() {
  stream_->append({}, Z_FINISH);
  stream_->file.commit();
}

}  // namespace recontour
