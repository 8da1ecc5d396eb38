#include "core/io/open_case.h"

#include <algorithm>
#include <array>
#include <fstream>

#include "core/base/error.h"
#include "core/io/dicom_case.h"
#include "core/io/dicom_file.h"
#include "core/io/dicom_series.h"
#include "core/io/file_ending.h"
#include "core/io/volume_case.h"

namespace recontour {
namespace {

constexpr int kFilesLookedAt = 64;
constexpr int kDeepestTree = 6;

bool startsLikeDicom(const std::filesystem::path& file) {
  std::array<char, 132> start{};
  std::ifstream in(file, std::ios::binary);
  in.read(start.data(), std::streamsize(start.size()));
  return looksLikeDicom({start.data(), static_cast<std::size_t>(in.gcount())});
}

/// What a DICOM file that is no image calls itself.
std::string kindOf(const std::string& modality) {
  if (modality == "SEG") return "a DICOM segmentation (SEG), not an image";
  if (modality == "RTSTRUCT") return "a DICOM structure set (RTSTRUCT), not an image";
  return modality.empty() ? "DICOM without a modality, not a CT slice"
                          : "DICOM of modality " + modality + ", not a CT slice";
}

/// One file stands for the slices of its folder that make a volume with it.
Case openDicomFile(const std::filesystem::path& file, const OpenOptions& options, OpenProgress& progress,
                   const std::stop_token& stop) {
  const auto files = openFolder(file.parent_path().empty() ? "." : file.parent_path());
  std::size_t number = 0;
  while (number + 1 < files->count() && files->name(number) != file.filename().string()) ++number;
  const DicomHeader header = readDicomHeader(*files, number);
  if (header.content == DicomContent::NotDicom) throw Error(file, "is damaged: no DICOM element of it can be read");
  if (header.content == DicomContent::OtherModality)
    throw Error(file, "is " + kindOf(header.modality), "give a slice of a CT series, or its folder");
  if (!header.slice.problem.empty()) throw Error(file, header.slice.problem);
  for (DicomGroup& group : groupCtSlices(*files, progress, stop)) {
    if (std::ranges::none_of(group.slices, [&](const DicomSlice& slice) { return slice.file == number; })) continue;
    return openDicomCase(*files, arrangeSlices(*files, std::move(group.slices), options.leaning), progress, stop);
  }
  throw Error(file, "cannot be found in its folder", "check whether it still exists");
}

Case openByKind(const std::filesystem::path& path, const OpenOptions& options, OpenProgress& progress,
                const std::stop_token& stop) {
  std::error_code error;
  const auto status = std::filesystem::status(path, error);
  if (!std::filesystem::exists(status)) throw Error(path, "no such file or folder");
  if (std::filesystem::is_directory(status)) return openDicomCase(*openFolder(path), options, progress, stop);
  if (!std::filesystem::is_regular_file(status)) throw Error(path, "is not a file");
  if (isNiftiName(path) || isNrrdName(path)) return openVolumeCase(path, options, progress, stop);
  if (hasEnding(path, ".zip")) return openDicomCase(*openZip(path), options, progress, stop);
  if (startsLikeDicom(path)) return openDicomFile(path, options, progress, stop);
  throw Error(path, "is of no known kind",
              "give a .nii, .nii.gz, .hdr, .nrrd or .nhdr file, a folder with DICOM files or a .zip of them");
}

}  // namespace

Case openCase(const std::filesystem::path& path, OpenProgress& progress, std::stop_token stop,
              const OpenOptions& options) {
  try {
    Case opened = openByKind(path, options, progress, stop);
    opened.name = caseName(path);
    opened.source = path;
    opened.imageHash = imageHash(opened.geometry, opened.volume);
    return opened;
  } catch (const std::bad_alloc&) {
    throw Error(path, "needs more memory than there is");
  } catch (const std::filesystem::filesystem_error& error) {
    throw Error(path, "cannot be read: " + error.code().message());
  }
}

Case openCase(const std::filesystem::path& path) {
  OpenProgress nothing;
  return openCase(path, nothing, {});
}

bool looksLikeCase(const std::filesystem::path& path) {
  std::error_code error;
  if (!std::filesystem::is_directory(path, error)) {
    return std::filesystem::is_regular_file(path, error) && (isVolumeName(path) || hasEnding(path, ".zip"));
  }
  int looked = 0;
  for (const auto& entry : std::filesystem::directory_iterator(path, error)) {
    if (!entry.is_regular_file(error)) continue;
    if (startsLikeDicom(entry.path())) return true;
    if (++looked == kFilesLookedAt) break;
  }
  return false;
}

namespace {

/// Files lie directly in the folder; DICOM may lie below it, sorted by patient, study and series.
void addCases(const std::filesystem::path& folder, int depth, std::vector<std::filesystem::path>& cases) {
  std::error_code error;
  for (const auto& entry : std::filesystem::directory_iterator(folder, error)) {
    const bool isFolder = entry.is_directory(error) && !entry.is_symlink(error);
    if ((isFolder || depth == 0) && looksLikeCase(entry.path())) {
      cases.push_back(entry.path());
    } else if (isFolder && depth < kDeepestTree) {
      addCases(entry.path(), depth + 1, cases);
    }
  }
}

}  // namespace

std::vector<std::filesystem::path> casesIn(const std::filesystem::path& folder) {
  std::vector<std::filesystem::path> cases;
  addCases(folder, 0, cases);
  if (cases.empty()) throw Error(folder, "holds no CT", "give a .nii, .nii.gz or .zip file or a DICOM folder");
  std::ranges::sort(cases);
  return cases;
}

std::string caseName(const std::filesystem::path& path) {
  std::filesystem::path last = path.has_filename() ? path.filename() : path.parent_path().filename();
  if (last.empty() || last == "." || last == "..") {
    std::error_code error;
    last = std::filesystem::weakly_canonical(path, error).filename();
  }
  const std::string name = last.string();
  for (const std::string_view ending :
       {".nii.gz", ".nii", ".hdr", ".img", ".hdr.gz", ".img.gz", ".nrrd", ".nhdr", ".zip"}) {
    if (hasEnding(last, ending)) return name.substr(0, name.size() - ending.size());
  }
  return name;
}

std::string caseNameWithoutChannel(const std::filesystem::path& path) {
  constexpr std::string_view kChannel = "_0000";
  const std::string name = caseName(path);
  const bool hasChannel = name.size() > kChannel.size() && name.ends_with(kChannel);
  return hasChannel ? name.substr(0, name.size() - kChannel.size()) : name;
}

}  // namespace recontour
