#include "core/anonymize/found_files.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <fstream>
#include <string>

#include "core/io/dicom_file.h"

namespace recontour {
namespace {

namespace fs = std::filesystem;

constexpr std::array<const char*, 11> kNotCovered = {".nii", ".nii.gz", ".nrrd", ".nhdr", ".hdr", ".img",
                                                     ".mha", ".mhd",    ".zip",  ".tar",  ".gz"};

std::string lowerName(const fs::path& file) {
  std::string name = file.filename().string();
  std::ranges::transform(name, name.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? char(c - 'A' + 'a') : c; });
  return name;
}

bool isNotCovered(const fs::path& file) {
  const std::string name = lowerName(file);
  return std::ranges::any_of(kNotCovered, [&](const char* ending) { return name.ends_with(ending); });
}

bool isNamedLikeDicom(const fs::path& file) {
  const std::string name = lowerName(file);
  return name.ends_with(".dcm") || name.ends_with(".dicom");
}

/// @throws Error when the file cannot be opened
bool isDicom(const fs::path& file) {
  std::ifstream stream(file, std::ios::binary);
  if (!stream) throw Error(file, "cannot be opened: " + systemErrorText(), "check its permissions");
  std::string start(256, '\0');
  stream.read(start.data(), static_cast<std::streamsize>(start.size()));
  start.resize(static_cast<std::size_t>(stream.gcount()));
  return looksLikeDicom(start);
}

void sortFile(const fs::path& file, FoundFiles& found) try {
  if (lowerName(file) != "dicomdir" && isDicom(file)) {
    found.dicom.push_back(file);
    return;
  }
  ++found.skipped;
  if (isNotCovered(file)) found.notCovered.push_back(file);
  if (isNamedLikeDicom(file)) found.notDicom.emplace_back(file, "is no DICOM, in spite of its name", "it was left out");
} catch (const Error& error) {
  found.unreadable.push_back(error);
}

std::vector<fs::directory_entry> entriesOf(const fs::path& folder) {
  std::error_code error;
  std::vector<fs::directory_entry> entries;
  for (fs::directory_iterator next(folder, error), end; !error && next != end; next.increment(error))
    entries.push_back(*next);
  if (error) throw Error(folder, "cannot be listed: " + error.message(), "check its permissions");
  std::ranges::sort(entries);
  return entries;
}

void look(const fs::path& folder, FoundFiles& found) {
  for (const fs::directory_entry& entry : entriesOf(folder)) {
    std::error_code ignored;  // what has gone meanwhile is neither
    if (entry.is_symlink(ignored)) {
      ++found.skipped;
    } else if (entry.is_regular_file(ignored)) {
      sortFile(entry.path(), found);
    } else if (entry.is_directory(ignored)) {
      try {
        look(entry.path(), found);
      } catch (const Error& error) {
        found.unreadable.push_back(error);
      }
    }
  }
}

}  // namespace

FoundFiles filesIn(const fs::path& folder) {
  FoundFiles found;
  look(folder, found);
  return found;
}

}  // namespace recontour
