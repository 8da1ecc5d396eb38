#include "core/io/nrrd_header.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <fstream>
#include <limits>
#include <map>
#include <optional>

#include <nifti1.h>

#include "core/base/error.h"
#include "core/io/affine.h"
#include "core/io/inflating_file.h"

namespace recontour {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t kLargestHeader = 1 << 20;
constexpr const char* kConvert = "convert it to .nii.gz";

using Fields = std::map<std::string, std::string>;

/// The text before the first empty line, and where the data begins.
struct Text {
  Fields fields;
  std::uint64_t bytes = 0;
};

std::string trimmed(const std::string& text) {
  const auto first = text.find_first_not_of(" \t"), last = text.find_last_not_of(" \t\r");
  return first == std::string::npos || last == std::string::npos ? std::string() : text.substr(first, last - first + 1);
}

std::vector<std::string> words(const std::string& text) {
  std::vector<std::string> found;
  for (std::size_t at = 0; (at = text.find_first_not_of(" \t", at)) != std::string::npos;) {
    const std::size_t end = std::min(text.find_first_of(" \t", at), text.size());
    found.push_back(text.substr(at, end - at));
    at = end;
  }
  return found;
}

/// Keys have several spellings: "data file", "datafile".
std::string keyOf(std::string key) {
  key = trimmed(key);
  std::erase(key, ' ');
  return key == "centers" ? "centerings" : key;
}

Text readText(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) throw Error(path, "cannot be read: " + systemErrorText());
  std::string line;
  if (!std::getline(in, line) || line.size() > 16 || !line.starts_with("NRRD000"))
    throw Error(path, "is not an NRRD file", "give a file whose first line is NRRD000 and a number");
  Text text;
  while (std::getline(in, line)) {
    if (in.tellg() > static_cast<std::streamoff>(kLargestHeader)) throw Error(path, "its header has no end", kConvert);
    if (trimmed(line).empty()) break;  // of a header with data behind it
    const auto colon = line.find(':');
    if (line.front() == '#' || colon == std::string::npos || line.compare(colon, 2, ":=") == 0) continue;
    text.fields[keyOf(line.substr(0, colon))] = trimmed(line.substr(colon + 1));
  }
  in.clear();
  text.bytes = static_cast<std::uint64_t>(in.tellg());
  return text;
}

/// Reads fields and refuses them by name.
class FieldReader {
 public:
  FieldReader(const fs::path& path, const Fields& fields) : path_(path), fields_(fields) {}

  std::string value(const char* key) const {
    const auto found = fields_.find(key);
    return found == fields_.end() ? std::string() : found->second;
  }
  [[noreturn]] void refuse(const std::string& cause, const std::string& advice = kConvert) const {
    throw Error(path_, cause, advice);
  }
  std::int64_t whole(const std::string& key, const std::string& text) const {
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size()) refuse("its " + key + " '" + text + "' is no number");
    return value;
  }
  double real(const std::string& key, const std::string& text) const {
    double value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size() || !std::isfinite(value))
      refuse("its " + key + " '" + text + "' is no number");
    return value;
  }
  /// "(1,0,0)"
  Point3 vector(const std::string& key, std::string text) const {
    if (text.size() < 2 || text.front() != '(' || text.back() != ')')
      refuse("its " + key + " '" + text + "' is no vector");
    std::ranges::replace(text, ',', ' ');
    const auto parts = words(text.substr(1, text.size() - 2));
    if (parts.size() != 3) refuse("its " + key + " has vectors of " + std::to_string(parts.size()) + " numbers");
    return {real(key, parts[0]), real(key, parts[1]), real(key, parts[2])};
  }

 private:
  const fs::path& path_;
  const Fields& fields_;
};

/// "(1,0,0) (0, 1, 0) none": vectors may hold spaces.
std::vector<std::string> vectorsOf(const std::string& text) {
  std::vector<std::string> found;
  for (std::size_t at = 0; (at = text.find_first_not_of(" \t", at)) != std::string::npos;) {
    const bool isVector = text[at] == '(';
    const std::size_t end = isVector ? text.find(')', at) : text.find_first_of(" \t", at);
    const std::size_t length = end == std::string::npos ? text.size() - at : end - at + (isVector ? 1 : 0);
    found.push_back(text.substr(at, length));
    at += length;
  }
  return found;
}

int datatypeOf(const FieldReader& reader) {
  static const std::map<std::string, int> kTypes = {{"signed char", DT_INT8},
                                                    {"int8", DT_INT8},
                                                    {"int8_t", DT_INT8},
                                                    {"uchar", DT_UINT8},
                                                    {"unsigned char", DT_UINT8},
                                                    {"uint8", DT_UINT8},
                                                    {"uint8_t", DT_UINT8},
                                                    {"short", DT_INT16},
                                                    {"short int", DT_INT16},
                                                    {"signed short", DT_INT16},
                                                    {"signed short int", DT_INT16},
                                                    {"int16", DT_INT16},
                                                    {"int16_t", DT_INT16},
                                                    {"ushort", DT_UINT16},
                                                    {"unsigned short", DT_UINT16},
                                                    {"unsigned short int", DT_UINT16},
                                                    {"uint16", DT_UINT16},
                                                    {"uint16_t", DT_UINT16},
                                                    {"int", DT_INT32},
                                                    {"signed int", DT_INT32},
                                                    {"int32", DT_INT32},
                                                    {"int32_t", DT_INT32},
                                                    {"uint", DT_UINT32},
                                                    {"unsigned int", DT_UINT32},
                                                    {"uint32", DT_UINT32},
                                                    {"uint32_t", DT_UINT32},
                                                    {"longlong", DT_INT64},
                                                    {"long long", DT_INT64},
                                                    {"long long int", DT_INT64},
                                                    {"signed long long", DT_INT64},
                                                    {"int64", DT_INT64},
                                                    {"int64_t", DT_INT64},
                                                    {"ulonglong", DT_UINT64},
                                                    {"unsigned long long", DT_UINT64},
                                                    {"uint64", DT_UINT64},
                                                    {"uint64_t", DT_UINT64},
                                                    {"float", DT_FLOAT32},
                                                    {"double", DT_FLOAT64}};
  const auto found = kTypes.find(reader.value("type"));
  if (found == kTypes.end()) reader.refuse("its voxels are of type '" + reader.value("type") + "'");
  return found->second;
}

Size3 sizeOf(const FieldReader& reader, const fs::path& path) {
  const std::string dimension = reader.value("dimension");
  if (reader.whole("dimension", dimension) != 3)
    reader.refuse("has " + dimension + " dimensions: several volumes, layers or colours",
                  "save the one volume that you mean");
  const auto texts = words(reader.value("sizes"));
  if (texts.size() != 3) reader.refuse("has " + std::to_string(texts.size()) + " sizes for 3 dimensions");
  for (const std::string& kind : words(reader.value("kinds"))) {
    const bool spatial = kind == "domain" || kind == "space" || kind == "none" || kind == "???";
    if (!spatial)
      reader.refuse("one of its dimensions is of kind '" + kind + "', not of space",
                    "save the one volume that you mean");
  }
  Size3 size;
  for (int axis = 0; axis < 3; ++axis) {
    const std::int64_t extent = reader.whole("sizes", texts[static_cast<std::size_t>(axis)]);
    size[axis] = static_cast<int>(std::clamp<std::int64_t>(extent, -1, std::numeric_limits<int>::max()));
  }
  checkImageSize(path, size);
  return size;
}

/// Signs that turn the file's space into LPS; none when it names no patient's space.
std::optional<std::array<double, 3>> signsOf(const FieldReader& reader) {
  std::string space = reader.value("space");
  std::ranges::transform(space, space.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  if (space == "left-posterior-superior" || space == "lps") return std::array{1.0, 1.0, 1.0};
  if (space == "right-anterior-superior" || space == "ras") return std::array{-1.0, -1.0, 1.0};
  if (space == "left-anterior-superior" || space == "las") return std::array{1.0, -1.0, 1.0};
  if (space.empty() || space == "3d-right-handed" || space == "scanner-xyz") return std::nullopt;
  reader.refuse("its space '" + space + "' is none of a patient");
}

void checkUnits(const FieldReader& reader) {
  for (std::string unit : words(reader.value("spaceunits"))) {
    std::erase(unit, '"');
    if (!unit.empty() && unit != "mm" && unit != "millimeter" && unit != "millimeters")
      reader.refuse("its space is in '" + unit + "'", "save it with millimetres");
  }
}

/// Steps along the array's axes, in the file's space.
std::array<Point3, 3> axesOf(const FieldReader& reader) {
  const auto vectors = vectorsOf(reader.value("spacedirections"));
  if (!vectors.empty()) {
    if (vectors.size() != 3)
      reader.refuse("has " + std::to_string(vectors.size()) + " space directions for 3 dimensions");
    return {reader.vector("space directions", vectors[0]), reader.vector("space directions", vectors[1]),
            reader.vector("space directions", vectors[2])};
  }
  const auto spacings = words(reader.value("spacings"));
  if (spacings.size() != 3)
    reader.refuse("has neither space directions nor three spacings", "its voxels would have no size");
  return {Point3{reader.real("spacings", spacings[0]), 0, 0}, Point3{0, reader.real("spacings", spacings[1]), 0},
          Point3{0, 0, reader.real("spacings", spacings[2])}};
}

FileGrid gridOf(const FieldReader& reader, const fs::path& path, const Size3& size,
                std::vector<std::string>& warnings) {
  checkUnits(reader);
  const auto signs = signsOf(reader);
  Affine affine{axesOf(reader), {}};
  const std::string origin = reader.value("spaceorigin");
  if (!origin.empty()) affine.origin = reader.vector("space origin", origin);
  for (int row = 0; row < 3; ++row) {
    const double sign = signs ? (*signs)[static_cast<std::size_t>(row)] : 1.0;
    for (Point3& axis : affine.axes) axis[row] *= sign;
    affine.origin[row] *= sign;
  }
  if (!signs)
    warnings.push_back("The file names no patient's space; assumed that its axes run to the left, back and head.");
  if (origin.empty()) warnings.push_back("The file has no origin; its first voxel is taken to be at 0, 0, 0.");
  for (int axis = 0; axis < 3; ++axis) {
    if (length(affine.axes[static_cast<std::size_t>(axis)]) == 0)
      reader.refuse("its spacing along dimension " + std::to_string(axis + 1) + " is 0", "it must be above 0 mm");
  }
  return gridFromAffine(path, size, affine, warnings);
}

NrrdEncoding encodingOf(const FieldReader& reader) {
  const std::string encoding = reader.value("encoding");
  if (encoding == "raw") return NrrdEncoding::Raw;
  if (encoding == "gzip" || encoding == "gz") return NrrdEncoding::Gzip;
  reader.refuse("its encoding is '" + encoding + "'", "save it as raw or gzip");
}

/// A single file in the header's own folder: a name must not lead anywhere else.
fs::path dataFileOf(const FieldReader& reader, const fs::path& path) {
  const std::string name = reader.value("datafile");
  if (name.empty()) return path;
  if (name.starts_with("LIST") || name.find('%') != std::string::npos)
    reader.refuse("its voxels are spread over several files", "save it as one .nrrd");
  if (fs::path(name) != fs::path(name).filename() || name == "..")
    reader.refuse("its data file '" + name + "' is not in its own folder", "keep both in one folder");
  const fs::path file = path.parent_path() / name;
  if (!fs::is_regular_file(file))
    reader.refuse("its data file '" + name + "' is not beside it", "keep both in one folder");
  refuseGitLfsPointer(file);
  return file;
}

void checkBytes(const FieldReader& reader, NrrdHeader& header) {
  if (reader.value("lineskip") != "" && reader.value("lineskip") != "0") reader.refuse("skips lines before its voxels");
  const std::string skip = reader.value("byteskip");
  const std::int64_t skipped = skip.empty() ? 0 : reader.whole("byte skip", skip);
  const bool fromEnd = skipped == -1 && header.encoding == NrrdEncoding::Raw;
  if (skipped < 0 && !fromEnd) reader.refuse("its byte skip is " + skip);
  const std::uint64_t declared = voxelCount(header.geometry.size) * static_cast<std::uint64_t>(header.bytesPerVoxel);
  const std::uint64_t disk = fs::file_size(header.dataFile),
                      before = header.start + (fromEnd ? 0 : static_cast<std::uint64_t>(skipped));
  const std::uint64_t there = disk > before ? disk - before : 0;
  const bool enough = header.encoding == NrrdEncoding::Raw ? there >= declared : there >= declared / kLargestExpansion;
  if (!enough)
    throw Error(header.dataFile,
                "is truncated: " + std::to_string(there) + " bytes cannot hold the " + std::to_string(declared) +
                    " bytes that its header declares",
                "copy or download it again");
  if (header.encoding == NrrdEncoding::Gzip) header.skipped = static_cast<std::uint64_t>(skipped);
  if (header.encoding == NrrdEncoding::Raw) header.start = fromEnd ? disk - declared : before;
  const std::string endian = reader.value("endian");
  header.swapped = endian == "big";
  const bool needed = header.bytesPerVoxel > 1;
  if (needed && endian != "little" && endian != "big") reader.refuse("its endian is '" + endian + "'");
}

}  // namespace

NrrdHeader readNrrdHeader(const fs::path& path) {
  { const InflatingFile exists(path); }  // missing, empty, a Git LFS pointer
  const Text text = readText(path);
  const FieldReader reader(path, text.fields);
  NrrdHeader header;
  const Size3 size = sizeOf(reader, path);
  header.datatype = datatypeOf(reader);
  header.bytesPerVoxel = voxelBytes(path, header.datatype);
  header.place(gridOf(reader, path, size, header.warnings));
  header.encoding = encodingOf(reader);
  header.dataFile = dataFileOf(reader, path);
  header.description = reader.value("content");
  header.leftAnteriorSuperior = signsOf(reader) == std::array{1.0, -1.0, 1.0};
  header.start = header.dataFile == path ? text.bytes : 0;
  checkBytes(reader, header);
  return header;
}

}  // namespace recontour
