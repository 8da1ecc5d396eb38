#include "core/io/nrrd_file.h"

#include <algorithm>
#include <fstream>

#include <itkNrrdImageIO.h>

#include "core/base/error.h"
#include "core/io/inflating_file.h"
#include "core/io/nrrd_header.h"

namespace recontour {
namespace {

/// The innermost of what ITK says, on one line.
std::string causeOf(const itk::ExceptionObject& error) {
  std::string text = error.GetDescription();
  const auto innermost = text.rfind("[nrrd]");
  if (innermost != std::string::npos) text.erase(0, innermost + 7);
  while (!text.empty() && text.back() == '\n') text.pop_back();
  std::replace(text.begin(), text.end(), '\n', ' ');
  return text.substr(0, 200);
}

/// The grid as ITK understands the header; LPS.
Geometry geometryOf(const itk::NrrdImageIO& io) {
  Geometry grid;
  for (unsigned axis = 0; axis < 3; ++axis) {
    const int a = static_cast<int>(axis);
    grid.size[a] = static_cast<int>(io.GetDimensions(axis));
    grid.spacing[a] = io.GetSpacing(axis);
    grid.origin[a] = io.GetOrigin(axis);
    const std::vector<double> direction = io.GetDirection(axis);
    for (std::size_t row = 0; row < 3; ++row) grid.direction[3 * row + axis] = direction[row];
  }
  return grid;
}

/// ITK 5.2 turns a left-anterior-superior space into LPS by its first axis instead of its second: left is right then.
Geometry turnedHalf(Geometry grid) {
  for (int row = 0; row < 2; ++row) {
    grid.origin[row] = -grid.origin[row];
    for (std::size_t axis = 0; axis < 3; ++axis) grid.direction[3 * static_cast<std::size_t>(row) + axis] *= -1;
  }
  return grid;
}

bool sameCorners(const Geometry& theirs, const NrrdHeader& header) {
  constexpr double kToleranceMm = 0.01;
  const Size3& size = header.geometry.size;
  for (int corner = 0; corner < 8; ++corner) {
    const Index3 at{corner & 1 ? size.x - 1 : 0, corner & 2 ? size.y - 1 : 0, corner & 4 ? size.z - 1 : 0};
    const Point3 ours = header.geometry.toWorld(straightIndex(at, header.shear.value_or(Shear{})));
    if (length(theirs.toWorld(at) - ours) > kToleranceMm) return false;
  }
  return theirs.size == size;
}

void requireSame(const std::filesystem::path& path, const NrrdHeader& header, itk::NrrdImageIO& io) {
  const bool same = io.GetNumberOfDimensions() == 3 && io.GetNumberOfComponents() == 1 &&
                    io.GetComponentSize() == static_cast<std::size_t>(header.bytesPerVoxel);
  if (same) {
    const Geometry theirs = geometryOf(io);
    if (sameCorners(theirs, header)) return;
    if (header.leftAnteriorSuperior && sameCorners(turnedHalf(theirs), header)) return;
  }
  throw Error(path, "its header can be understood in two ways", "convert it to .nii.gz");
}

/// The header as ITK reads it too, compared with ours. The voxels are read by us: ITK takes them all at once, and does
/// not look at the checksum of what is gzipped.
void checkByItk(const std::filesystem::path& path, const NrrdHeader& header) {
  itk::Object::SetGlobalWarningDisplay(false);
  const auto io = itk::NrrdImageIO::New();
  io->SetFileName(path.string());
  try {
    io->ReadImageInformation();
    requireSame(path, header, *io);
  } catch (const itk::ExceptionObject& error) {
    throw Error(header.dataFile, "is damaged or truncated (" + causeOf(error) + ")", "copy or download it again");
  }
}

class RawNrrdFile final : public ImageFile {
 public:
  explicit RawNrrdFile(NrrdHeader header) : header_(std::move(header)), voxels_(header_.dataFile, std::ios::binary) {
    voxels_.seekg(static_cast<std::streamoff>(header_.start));
  }
  const ImageHeader& header() const override { return header_; }
  void read(std::span<std::byte> out) override {
    voxels_.read(reinterpret_cast<char*>(out.data()), static_cast<std::streamsize>(out.size()));
    if (!voxels_) throw Error(header_.dataFile, "cannot be read: " + systemErrorText());
  }

 private:
  NrrdHeader header_;
  std::ifstream voxels_;
};

class GzipNrrdFile final : public ImageFile {
 public:
  explicit GzipNrrdFile(NrrdHeader header) : header_(std::move(header)), voxels_(header_.dataFile, header_.start) {
    if (!voxels_.isDeflated()) throw Error(header_.dataFile, "is damaged: its voxels are not gzipped as it says");
    voxels_.skipTo(header_.skipped);
  }
  const ImageHeader& header() const override { return header_; }
  void read(std::span<std::byte> out) override { voxels_.read(out); }
  void finish() override { voxels_.finish(); }

 private:
  NrrdHeader header_;
  InflatingFile voxels_;
};

}  // namespace

std::unique_ptr<ImageFile> openNrrdFile(const std::filesystem::path& path) {
  NrrdHeader header = readNrrdHeader(path);
  checkByItk(path, header);
  if (header.encoding == NrrdEncoding::Gzip) return std::make_unique<GzipNrrdFile>(std::move(header));
  return std::make_unique<RawNrrdFile>(std::move(header));
}

}  // namespace recontour
