#include "tests/core/io/malformed_files.h"

#include <cstring>
#include <limits>
#include <random>

#include <zip.h>

#include "tests/core/io/dicom_bytes.h"
#include "tests/core/io/nifti_bytes.h"
#include "tests/core/io/nrrd_bytes.h"

namespace recontour {
namespace {

struct Field {
  std::size_t offset;
  std::size_t bytes;
  bool real;
};

/// A good file of a format and where its header's numbers lie.
struct Seed {
  std::string kind;
  MalformedCase good;
  std::string victim;  ///< the file that is damaged
  std::size_t headerBytes;
  std::vector<Field> fields;
  bool compressed = false;
};

std::vector<Field> repeated(std::size_t offset, std::size_t count, std::size_t bytes, bool real) {
  std::vector<Field> fields;
  for (std::size_t i = 0; i < count; ++i) fields.push_back({offset + i * bytes, bytes, real});
  return fields;
}

template <typename... Lists>
std::vector<Field> joined(const Lists&... lists) {
  std::vector<Field> all;
  (all.insert(all.end(), lists.begin(), lists.end()), ...);
  return all;
}

/// By nifti1.h.
std::vector<Field> nifti1Fields() {
  return joined(repeated(0, 1, 4, false), repeated(39, 1, 1, false), repeated(40, 8, 2, false),
                repeated(68, 4, 2, false), repeated(76, 8, 4, true), repeated(108, 3, 4, true),
                repeated(252, 2, 2, false), repeated(256, 6, 4, true), repeated(280, 12, 4, true),
                repeated(344, 1, 4, false));
}

/// By nifti2.h.
std::vector<Field> nifti2Fields() {
  return joined(repeated(0, 2, 4, false), repeated(12, 2, 2, false), repeated(16, 8, 8, false),
                repeated(104, 8, 8, true), repeated(168, 1, 8, false), repeated(176, 2, 8, true),
                repeated(344, 2, 4, false), repeated(352, 6, 8, true), repeated(400, 12, 8, true));
}

std::string nifti2() {
  std::string bytes(544, '\0');
  const auto put = [&](std::size_t at, auto value) { std::memcpy(bytes.data() + at, &value, sizeof value); };
  put(0, std::int32_t{540});
  std::memcpy(bytes.data() + 4, "n+2\0\r\n\032\n", 8);
  put(12, std::int16_t{4});
  put(14, std::int16_t{16});
  const std::array<std::int64_t, 8> dim = {3, 3, 2, 2, 1, 1, 1, 1};
  const std::array<double, 8> pixdim = {1, 1, 2, 3, 0, 0, 0, 0};
  const std::array<double, 12> rows = {1, 0, 0, 10, 0, 2, 0, 20, 0, 0, 3, 30};
  for (std::size_t i = 0; i < 8; ++i) put(16 + 8 * i, dim[i]);
  for (std::size_t i = 0; i < 8; ++i) put(104 + 8 * i, pixdim[i]);
  put(168, std::int64_t{544});
  put(348, std::int32_t{1});  // sform_code
  for (std::size_t i = 0; i < 12; ++i) put(400 + 8 * i, rows[i]);
  return bytes + NrrdBytes::counting();
}

/// Header and voxels of a pair: the same header, without its voxels and with another magic.
std::map<std::string, std::string> niftiPair() {
  std::string header = NiftiBytes().put<float>(108, 0).withCounting().substr(0, 348);
  std::memcpy(header.data() + 344, "ni1", 4);
  return {{"a.hdr", header}, {"a.img", NrrdBytes::counting()}};
}

std::map<std::string, std::string> dicomSlices() {
  std::map<std::string, std::string> files;
  for (int z = 0; z < 4; ++z) {
    DicomBytes slice;
    slice.position = "0\\0\\" + std::to_string(5 * z);
    slice.sopInstance = "1.2.3." + std::to_string(z);
    files[std::to_string(z) + ".dcm"] = slice.bytes();
  }
  return files;
}

std::string zipOf(const std::map<std::string, std::string>& files) {
  zip_error_t error;
  zip_source_t* buffer = zip_source_buffer_create(nullptr, 0, 0, &error);
  zip_source_keep(buffer);
  zip_t* archive = zip_open_from_source(buffer, ZIP_TRUNCATE, &error);
  for (const auto& [name, bytes] : files)
    zip_file_add(archive, name.c_str(), zip_source_buffer(archive, bytes.data(), bytes.size(), 0), 0);
  zip_close(archive);
  zip_source_open(buffer);
  zip_source_seek(buffer, 0, SEEK_END);
  std::string result(std::size_t(zip_source_tell(buffer)), '\0');
  zip_source_seek(buffer, 0, SEEK_SET);
  zip_source_read(buffer, result.data(), result.size());
  zip_source_close(buffer);
  zip_source_free(buffer);
  return result;
}

/// The lengths of a slice's elements (explicit little endian): 2 bytes, or 4 for OW.
std::vector<Field> dicomLengths(const std::string& bytes) {
  std::vector<Field> fields;
  for (std::size_t at = 132; at + 8 <= bytes.size();) {
    const bool isLong = bytes.compare(at + 4, 2, "OW") == 0;
    const Field length{at + (isLong ? 8 : 6), isLong ? 4U : 2U, false};
    std::uint32_t value = 0;
    std::memcpy(&value, bytes.data() + length.offset, length.bytes);
    fields.push_back(length);
    at = length.offset + length.bytes + value;
  }
  return fields;
}

std::vector<Seed> seeds() {
  const std::string nii = NiftiBytes().withCounting(), nrrd = NrrdBytes().withCounting();
  const std::string zipped = NrrdBytes().gzippedCounting();
  const std::string header = NrrdBytes().set("data file", "a.raw").header();
  const auto slices = dicomSlices();
  const auto one = [](const std::string& name, const std::string& bytes) {
    return MalformedCase{{}, {{name, bytes}}, name};
  };
  const auto pair = niftiPair();
  return {
      {"NIfTI-1", one("a.nii", nii), "a.nii", 352, nifti1Fields()},
      {"NIfTI-2", one("a.nii", nifti2()), "a.nii", 544, nifti2Fields()},
      {"NIfTI .nii.gz", one("a.nii.gz", gzipped(nii)), "a.nii.gz", 10, {}, true},
      {"NIfTI pair", {{}, pair, "a.hdr"}, "a.hdr", 348, nifti1Fields()},
      {"NIfTI pair, voxels", {{}, pair, "a.hdr"}, "a.img", 0, {}},
      {"NRRD", one("a.nrrd", nrrd), "a.nrrd", nrrd.size() - 24, {}},
      {"NRRD gzip", one("a.nrrd", zipped), "a.nrrd", 10, {}, true},
      {"NRRD detached", {{}, {{"a.nhdr", header}, {"a.raw", NrrdBytes::counting()}}, "a.nhdr"}, "a.nhdr", 0, {}},
      {"DICOM", {{}, slices, ""}, "1.dcm", slices.at("1.dcm").size() - 12, dicomLengths(slices.at("1.dcm"))},
      {"DICOM .zip", one("a.zip", zipOf(slices)), "a.zip", 30, {}, true},
  };
}

/// Puts together what is told of damage to a seed.
class Maker {
 public:
  explicit Maker(const Seed& seed, std::vector<MalformedCase>& cases) : seed_(seed), cases_(cases) {}

  void cut() {
    const std::string& good = bytes();
    const std::size_t end = seed_.headerBytes > 0 ? good.size() : good.size() - 1;
    for (std::size_t length = 0; length < end; length += length < seed_.headerBytes ? 1 : 3)
      add("cut", good.substr(0, length), seed_.kind != "NRRD detached");
  }
  void boundaryValues() {
    for (const Field& field : seed_.fields) {
      for (const std::string& value : field.real ? realValues(field.bytes) : wholeValues(field.bytes)) {
        std::string damaged = bytes();
        damaged.replace(field.offset, field.bytes, value);
        add("boundary values", damaged, false);
      }
    }
  }
  void flippedBits(std::mt19937& random) {
    for (int round = 0; round < 120; ++round) {
      std::string damaged = bytes();
      for (int flip = 0; flip <= round % 3; ++flip) damaged[random() % damaged.size()] ^= char(1 << random() % 8);
      add("flipped bits", damaged, false);
    }
  }
  /// Each number of a header of text becomes another.
  void textValues() {
    for (const char* value : {"0", "-1", "nan", "inf", "1e999", "99999999999999999999", "", "x", "3 3 3 3 3 3 3 3"}) {
      const std::string& good = bytes();
      for (std::size_t at = 0; at < good.find("\n\n"); ++at) {
        const bool starts = std::isdigit(good[at]) != 0 && std::isdigit(good[at - 1]) == 0 && at > 8;
        if (!starts) continue;
        std::size_t end = at;
        while (std::isdigit(good[end]) != 0) ++end;
        add("boundary values", std::string(good).replace(at, end - at, value), false);
      }
    }
  }
  void add(const std::string& damage, const std::string& damaged, bool mustBeRefused) {
    MalformedCase made = seed_.good;
    made.kind = seed_.kind + ", " + damage;
    made.files[seed_.victim] = damaged;
    made.mustBeRefused = mustBeRefused;
    for (const auto& file : made.files) made.mostVoxels += seed_.compressed ? 0 : file.second.size();
    cases_.push_back(std::move(made));
  }

 private:
  const std::string& bytes() const { return seed_.good.files.at(seed_.victim); }
  static std::vector<std::string> wholeValues(std::size_t bytes) {
    std::vector<std::string> values;
    for (const std::uint64_t value : {0ULL, 1ULL, 0x7fULL, 0x80ULL, 0xffULL, 0x7fffULL, 0x8000ULL, 0xffffULL,
                                      0x7fffffffULL, 0xffffffffULL, 0x7fffffffffffffffULL, ~0ULL}) {
      if (bytes < 8 && value >> (8 * bytes) != 0) continue;
      values.emplace_back(reinterpret_cast<const char*>(&value), bytes);
    }
    return values;
  }
  static std::vector<std::string> realValues(std::size_t bytes) {
    std::vector<std::string> values;
    constexpr double kInfinite = std::numeric_limits<double>::infinity();
    for (const double value : {0.0, -1.0, 1e-30, 1e30, -kInfinite, kInfinite, std::nan("")}) {
      const auto single = static_cast<float>(value);
      const void* data = bytes == 4 ? static_cast<const void*>(&single) : static_cast<const void*>(&value);
      values.emplace_back(static_cast<const char*>(data), bytes);
    }
    return values;
  }
  const Seed& seed_;
  std::vector<MalformedCase>& cases_;
};

/// A sequence in a sequence in a sequence, of undefined length, before the pixels.
std::string nestedDicom(int depth) {
  const std::string good = DicomBytes{}.bytes();
  std::string nest;
  for (int i = 0; i < depth; ++i) {
    nest += std::string("\x40\x00\x00\xa0SQ\0\0\xff\xff\xff\xff", 12);
    nest += std::string("\xfe\xff\x00\xe0\xff\xff\xff\xff", 8);
  }
  return std::string(good).insert(good.size() - 24, nest);
}

}  // namespace

std::vector<MalformedCase> goodSeeds() {
  std::vector<MalformedCase> good;
  for (const Seed& seed : seeds()) {
    good.push_back(seed.good);
    good.back().kind = seed.kind;
  }
  return good;
}

std::vector<MalformedCase> malformedCases() {
  std::vector<MalformedCase> cases;
  std::mt19937 random(1);
  for (const Seed& seed : seeds()) {
    Maker maker(seed, cases);
    maker.cut();
    maker.boundaryValues();
    maker.flippedBits(random);
    if (seed.kind.starts_with("NRRD")) maker.textValues();
    if (seed.kind == "DICOM") {
      for (const int depth : {1, 100, 10000}) maker.add("nested sequences", nestedDicom(depth), false);
    }
  }
  return cases;
}

}  // namespace recontour
