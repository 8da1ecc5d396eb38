#include "core/io/nifti_file.h"

#include <array>

#include "core/base/error.h"
#include "core/io/file_ending.h"
#include "core/io/nifti_header.h"

namespace recontour {
namespace {

namespace fs = std::filesystem;

/// Header and voxels in one file, or in one each.
class NiftiFile final : public ImageFile {
 public:
  explicit NiftiFile(const fs::path& whole) : voxels_(whole), header_(readNiftiHeader(voxels_)) {}
  NiftiFile(const fs::path& headerFile, const fs::path& voxelFile) : voxels_(voxelFile) {
    InflatingFile file(headerFile);
    header_ = readNiftiHeader(file, voxels_);
  }
  const ImageHeader& header() const override { return header_; }
  void read(std::span<std::byte> out) override { voxels_.read(out); }
  void finish() override { voxels_.finish(); }

 private:
  InflatingFile voxels_;
  ImageHeader header_;
};

bool isPairHeader(const fs::path& path) { return hasEnding(path, ".hdr") || hasEnding(path, ".hdr.gz"); }

/// The other half of a pair: "a.img" or "a.img.gz" of "a.hdr", and the other way round.
fs::path partnerOf(const fs::path& path) {
  static constexpr std::array<const char*, 3> kVoxels = {".img", ".img.gz", ".IMG"},
                                              kHeaders = {".hdr", ".hdr.gz", ".HDR"};
  const bool isHeader = isPairHeader(path);
  fs::path stem = path;
  if (hasEnding(stem, ".gz")) stem.replace_extension();
  stem.replace_extension();
  for (const char* ending : isHeader ? kVoxels : kHeaders) {
    fs::path candidate = stem.string() + ending;
    if (fs::exists(candidate)) return candidate;
  }
  throw Error(path, isHeader ? "its .img file with the voxels is not beside it" : "its .hdr file is not beside it",
              "keep both files of the pair in one folder");
}

}  // namespace

std::unique_ptr<ImageFile> openNiftiFile(const fs::path& path) {
  if (!isNiftiPairName(path)) return std::make_unique<NiftiFile>(path);
  const fs::path partner = partnerOf(path);
  const bool isHeader = isPairHeader(path);
  return std::make_unique<NiftiFile>(isHeader ? path : partner, isHeader ? partner : path);
}

}  // namespace recontour
