#include "core/io/nifti_header.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstring>
#include <limits>
#include <optional>

#include <nifti2_io.h>

#include "core/base/error.h"
#include "core/io/affine.h"

namespace recontour {
namespace {

constexpr double kFormToleranceMm = 0.01;

std::string text(double value) {
  char buffer[32];
  std::snprintf(buffer, sizeof buffer, "%.6g", value);
  return buffer;
}

template <typename Header>
Header readRaw(InflatingFile& file, std::int32_t sizeField, bool swapped) {
  Header raw{};
  std::memcpy(&raw, &sizeField, sizeof sizeField);
  const auto all = std::as_writable_bytes(std::span(&raw, 1));
  file.read(all.subspan(sizeof sizeField));
  if (swapped) swap_nifti_header(&raw, sizeof(Header) == sizeof(nifti_1_header) ? 1 : 2);
  return raw;
}

nifti_2_header widened(const nifti_1_header& old) {
  nifti_2_header wide{};
  std::memcpy(wide.magic, old.magic, sizeof old.magic);
  wide.datatype = old.datatype;
  for (int i = 0; i < 8; ++i) {
    wide.dim[i] = old.dim[i];
    wide.pixdim[i] = double(old.pixdim[i]);
  }
  for (int i = 0; i < 4; ++i) {
    wide.srow_x[i] = double(old.srow_x[i]);
    wide.srow_y[i] = double(old.srow_y[i]);
    wide.srow_z[i] = double(old.srow_z[i]);
  }
  // A float offset outside the range of integers stays recognisably wrong.
  wide.vox_offset = old.vox_offset >= 0 && old.vox_offset < 1e9F ? std::int64_t(old.vox_offset) : -1;
  wide.scl_slope = double(old.scl_slope);
  wide.scl_inter = double(old.scl_inter);
  wide.qform_code = old.qform_code;
  wide.sform_code = old.sform_code;
  wide.quatern_b = double(old.quatern_b);
  wide.quatern_c = double(old.quatern_c);
  wide.quatern_d = double(old.quatern_d);
  wide.qoffset_x = double(old.qoffset_x);
  wide.qoffset_y = double(old.qoffset_y);
  wide.qoffset_z = double(old.qoffset_z);
  wide.xyzt_units = old.xyzt_units;
  std::memcpy(wide.descrip, old.descrip, sizeof wide.descrip);
  return wide;
}

struct RawHeader {
  nifti_2_header fields;
  std::uint64_t bytes;  // of the header itself
  bool swapped;
};

/// @param paired  the voxels are in a file of their own
RawHeader readRawHeader(InflatingFile& file, bool paired) {
  std::int32_t sizeField = 0;
  file.read(std::as_writable_bytes(std::span(&sizeField, 1)));
  std::int32_t size = sizeField;
  const bool swapped = size != 348 && size != 540;
  if (swapped) nifti_swap_4bytes(1, &size);
  if (size != 348 && size != 540) throw Error(file.path(), "is not a NIfTI file", "open a .nii or .nii.gz");
  const bool first = size == 348;
  const nifti_2_header fields = first ? widened(readRaw<nifti_1_header>(file, sizeField, swapped))
                                      : readRaw<nifti_2_header>(file, sizeField, swapped);
  const std::string magic(fields.magic, 3);
  const bool isPair = magic == (first ? "ni1" : "ni2");
  if (!isPair && magic != (first ? "n+1" : "n+2"))
    throw Error(file.path(), "is not a NIfTI file (an ANALYZE header has no orientation)", "convert it to .nii.gz");
  if (isPair != paired) {
    throw Error(file.path(),
                paired ? "is a whole NIfTI file with the name of a pair's header" : "is one half of a .hdr/.img pair",
                paired ? "rename it to .nii" : "open its .hdr, with the .img beside it");
  }
  return {fields, static_cast<std::uint64_t>(size), swapped};
}

Size3 checkedSize(const std::filesystem::path& file, const nifti_2_header& fields) {
  const std::int64_t count = fields.dim[0];
  if (count < 3 || count > 7) throw Error(file, "has " + std::to_string(count) + " dimensions", "a CT has 3");
  Size3 size;
  for (int i = 1; i <= int(count); ++i) {
    const std::int64_t extent = fields.dim[i];
    if (i > 3 && extent > 1) {
      throw Error(file, "has " + std::to_string(count) + " dimensions (" + std::to_string(extent) + " volumes)",
                  "save the one volume that you mean");
    }
    if (extent < 1 || extent > std::numeric_limits<int>::max())
      throw Error(file, "its size along dimension " + std::to_string(i) + " is " + std::to_string(extent),
                  "1 to 8192 is possible");
    if (i <= 3) size[i - 1] = int(extent);
  }
  checkImageSize(file, size);
  return size;
}

void checkSpacing(const std::filesystem::path& file, const nifti_2_header& fields) {
  for (int i = 1; i <= 3; ++i) {
    const double spacing = fields.pixdim[i];
    if (std::isfinite(spacing) && spacing > 0) continue;
    throw Error(file, "its spacing pixdim[" + std::to_string(i) + "] is " + text(spacing), "it must be above 0 mm");
  }
  const int unit = fields.xyzt_units & 7;
  if (unit == NIFTI_UNITS_METER || unit == NIFTI_UNITS_MICRON) {
    throw Error(file, unit == NIFTI_UNITS_METER ? "its spacing is in metres" : "its spacing is in micrometres",
                "save it with millimetres");
  }
}

/// From NIfTI's world (R to L negative: RAS) to ours (LPS).
Affine toLps(const double (&rows)[3][4]) {
  Affine affine;
  for (int a = 0; a < 3; ++a) affine.axes[std::size_t(a)] = {-rows[0][a], -rows[1][a], rows[2][a]};
  affine.origin = {-rows[0][3], -rows[1][3], rows[2][3]};
  return affine;
}

Affine sform(const nifti_2_header& f) {
  double rows[3][4];
  for (int i = 0; i < 4; ++i) {
    rows[0][i] = f.srow_x[i];
    rows[1][i] = f.srow_y[i];
    rows[2][i] = f.srow_z[i];
  }
  return toLps(rows);
}

Affine qform(const nifti_2_header& f) {
  const nifti_dmat44 q =
      nifti_quatern_to_dmat44(f.quatern_b, f.quatern_c, f.quatern_d, f.qoffset_x, f.qoffset_y, f.qoffset_z, f.pixdim[1],
                              f.pixdim[2], f.pixdim[3], f.pixdim[0] < 0 ? -1 : 1);
  double rows[3][4];
  for (int r = 0; r < 3; ++r) std::copy_n(q.m[r], 4, rows[r]);
  return toLps(rows);
}

Affine unoriented(const nifti_2_header& f) {
  const double rows[3][4] = {{f.pixdim[1], 0, 0, 0}, {0, f.pixdim[2], 0, 0}, {0, 0, f.pixdim[3], 0}};
  return toLps(rows);
}

FileGrid gridFromSform(const std::filesystem::path& file, const Size3& size, const nifti_2_header& fields,
                       std::vector<std::string>& warnings) {
  const FileGrid grid = gridFromAffine(file, size, sform(fields), warnings);
  if (grid.shear || fields.qform_code <= 0 || !isUsable(qform(fields))) return grid;
  std::vector<std::string> ignored;
  const double apart = cornerDistanceMm(grid.geometry, gridFromAffine(file, size, qform(fields), ignored).geometry);
  if (apart > kFormToleranceMm) {
    warnings.push_back("The file's two orientations (sform, qform) differ by up to " + text(apart) +
                       " mm; sform is used.");
  }
  return grid;
}

FileGrid readGrid(const std::filesystem::path& file, const Size3& size, const nifti_2_header& fields,
                  std::vector<std::string>& warnings) {
  const bool sformUsable = fields.sform_code > 0 && isUsable(sform(fields));
  if (sformUsable) return gridFromSform(file, size, fields, warnings);
  if (fields.sform_code > 0) {
    if (fields.qform_code <= 0) throw Error(file, "its only orientation (sform) has a zero or non-finite axis");
    warnings.push_back("The file's sform has a zero or non-finite axis; qform is used.");
  }
  if (fields.qform_code > 0) return gridFromAffine(file, size, qform(fields), warnings);
  warnings.push_back("The file has no orientation; assumed that its axes run to the patient's right, front and head.");
  return gridFromAffine(file, size, unoriented(fields), warnings);
}

void moveToVoxels(InflatingFile& file, const RawHeader& raw, const ImageHeader& header, bool paired) {
  const std::int64_t named = raw.fields.vox_offset;
  const std::uint64_t least = paired ? 0 : raw.bytes;
  const std::uint64_t start = named == 0 && !paired ? raw.bytes + 4 : static_cast<std::uint64_t>(named);
  if (named < 0 || start < least || start > (std::uint64_t{1} << 30)) {
    throw Error(file.path(), "its voxels start at byte " + std::to_string(named), "vox_offset is wrong");
  }
  file.declareContent(start + voxelCount(header.geometry.size) * static_cast<std::uint64_t>(header.bytesPerVoxel));
  file.skipTo(start);
}

ImageHeader checkedHeader(const std::filesystem::path& file, const RawHeader& raw) {
  const nifti_2_header& fields = raw.fields;
  ImageHeader header;
  header.swapped = raw.swapped;
  header.datatype = fields.datatype;
  header.bytesPerVoxel = voxelBytes(file, fields.datatype);
  const Size3 size = checkedSize(file, fields);
  checkSpacing(file, fields);
  header.place(readGrid(file, size, fields, header.warnings));
  // 0 means "not scaled" and some writers store NaN for it.
  if (std::isfinite(fields.scl_slope) && fields.scl_slope != 0) {
    header.slope = fields.scl_slope;
    header.intercept = std::isfinite(fields.scl_inter) ? fields.scl_inter : 0;
  }
  header.description.assign(fields.descrip, strnlen(fields.descrip, sizeof fields.descrip));
  return header;
}

}  // namespace

ImageHeader readNiftiHeader(InflatingFile& file) {
  const RawHeader raw = readRawHeader(file, false);
  ImageHeader header = checkedHeader(file.path(), raw);
  moveToVoxels(file, raw, header, false);
  return header;
}

ImageHeader readNiftiHeader(InflatingFile& file, InflatingFile& voxels) {
  const RawHeader raw = readRawHeader(file, true);
  ImageHeader header = checkedHeader(file.path(), raw);
  moveToVoxels(voxels, raw, header, true);
  return header;
}

}  // namespace recontour
