// Every way in which a file can place its voxels, as phantoms with known world points: loaded exactly, loaded with a
// warning, told apart, or refused in one sentence. The test prints the table.
#include <cmath>
#include <cstdio>
#include <functional>
#include <numbers>
#include <random>

#include <gtest/gtest.h>

#include "core/io/affine.h"
#include "core/io/label_file.h"
#include "core/io/open_case.h"
#include "tests/core/io/dicom_bytes.h"
#include "tests/core/io/nrrd_bytes.h"
#include "tests/core/io/test_folder.h"

namespace recontour {
namespace {

constexpr double kLargestPositionMm = 0.01, kLargestHu = 0.5;
constexpr double kNan = std::numeric_limits<double>::quiet_NaN(), kInfinite = std::numeric_limits<double>::infinity();

using Matrix = std::array<double, 9>;
constexpr Matrix kAxial = {1, 0, 0, 0, 1, 0, 0, 0, 1};

Matrix turned(double degrees) {
  const double c = std::cos(degrees * std::numbers::pi / 180), s = std::sin(degrees * std::numbers::pi / 180);
  return {c, 0, s, 0, 1, 0, -s, 0, c};
}

/// Where the voxels are, in the order that the file has them.
Geometry grid(const Matrix& direction = kAxial) {
  return {{6, 5, 4}, {0.8, 0.9, 2.5}, {-31.5, 12.25, -803}, direction};
}

int huAt(const Index3& i) { return i.x + 10 * i.y + 100 * i.z - 200; }

std::vector<std::int16_t> voxelsOf(const Size3& size) {
  std::vector<std::int16_t> voxels;
  for (int z = 0; z < size.z; ++z) {
    for (int y = 0; y < size.y; ++y) {
      for (int x = 0; x < size.x; ++x) voxels.push_back(static_cast<std::int16_t>(huAt({x, y, z})));
    }
  }
  return voxels;
}

std::array<float, 12> rasRows(const Geometry& g) {
  std::array<float, 12> rows{};
  for (int r = 0; r < 3; ++r) {
    const double sign = r < 2 ? -1 : 1;
    for (int a = 0; a < 3; ++a)
      rows[static_cast<std::size_t>(4 * r + a)] = static_cast<float>(sign * g.axisDirection(a)[r] * g.spacing[a]);
    rows[static_cast<std::size_t>(4 * r + 3)] = static_cast<float>(sign * g.origin[r]);
  }
  return rows;
}

NiftiBytes niftiOf(const Geometry& g) {
  NiftiBytes bytes;
  bytes.dimensions({3, std::int16_t(g.size.x), std::int16_t(g.size.y), std::int16_t(g.size.z), 1, 1, 1, 1});
  bytes.spacing(float(g.spacing.x), float(g.spacing.y), float(g.spacing.z)).sform(1, rasRows(g));
  return bytes;
}

std::string numbers(const std::vector<double>& values, const char* between) {
  std::string text;
  for (const double value : values) {
    char digits[32];
    std::snprintf(digits, sizeof digits, "%.12g", value);
    text += (text.empty() ? "" : between) + std::string(digits);
  }
  return text;
}

NrrdBytes nrrdOf(const Geometry& g) {
  std::string directions;
  for (int a = 0; a < 3; ++a) {
    const Point3 step = g.axisDirection(a) * g.spacing[a];
    directions += "(" + numbers({step.x, step.y, step.z}, ",") + ") ";
  }
  return NrrdBytes()
      .set("sizes", "6 5 4")
      .set("space directions", directions)
      .set("space origin", "(" + numbers({g.origin.x, g.origin.y, g.origin.z}, ",") + ")");
}

std::vector<DicomBytes> slicesOf(const Geometry& g) {
  std::vector<DicomBytes> slices;
  const auto voxels = voxelsOf(g.size);
  const std::size_t count = voxelCount({g.size.x, g.size.y, 1});
  for (int z = 0; z < g.size.z; ++z) {
    DicomBytes slice;
    slice.columns = g.size.x;
    slice.rows = g.size.y;
    const Point3 at = g.toWorld(Index3{0, 0, z}), row = g.axisDirection(0), column = g.axisDirection(1);
    slice.position = numbers({at.x, at.y, at.z}, "\\");
    slice.orientation = numbers({row.x, row.y, row.z, column.x, column.y, column.z}, "\\");
    slice.spacing = numbers({g.spacing.y, g.spacing.x}, "\\");
    const auto first = voxels.begin() + static_cast<std::ptrdiff_t>(count) * z;
    slice.pixels.assign(first, first + static_cast<std::ptrdiff_t>(count));
    slices.push_back(slice);
  }
  return slices;
}

using Path = std::filesystem::path;

struct Row {
  std::string name;
  std::function<Path(const TestFolder&)> make;
  Geometry truth = grid();
  std::string warning = {};               ///< part of one; empty: none is expected
  std::vector<std::string> refusal = {};  ///< parts of the sentence; empty: it loads
  bool labels = false;                    ///< as a label map
  std::optional<Affine> leaning = {};     ///< where the voxels are in a file that is to be straightened
};

/// What loading a row's file came to.
struct Outcome {
  double positionMm = 0, hu = 0;
  std::string sentence;
  bool good = false;
};

void measure(const Case& opened, const Geometry& truth, Outcome& outcome) {
  std::mt19937 random(3);
  const auto check = [&](const Index3& voxel) {
    const Point3 world = truth.toWorld(voxel);
    const Index3 at = opened.geometry.nearestVoxel(world);
    if (!Box{{}, opened.geometry.size}.contains(at)) return void(outcome.positionMm = kInfinite);
    outcome.positionMm = std::max(outcome.positionMm, length(opened.geometry.toWorld(at) - world));
    outcome.hu = std::max(outcome.hu, std::abs(double(opened.volume.at(at)) - huAt(voxel)));
  };
  for (int corner = 0; corner < 8; ++corner)
    check({corner & 1 ? truth.size.x - 1 : 0, corner & 2 ? truth.size.y - 1 : 0, corner & 4 ? truth.size.z - 1 : 0});
  for (int i = 0; i < 100; ++i)
    check({int(random() % unsigned(truth.size.x)), int(random() % unsigned(truth.size.y)),
           int(random() % unsigned(truth.size.z))});
}

/// Of a straightened file: each inner voxel of the file lies in a slice, and its HU between the voxels around it.
void measureStraightened(const Case& opened, const Affine& file, Outcome& outcome) {
  const auto hu = [&](int x, int y, int z) { return double(opened.volume.at({x, y, z})); };
  for (int z = 0; z < 4; ++z) {
    for (int y = 1; y < 4; ++y) {
      for (int x = 1; x < 5; ++x) {
        const Point3 world = file.origin + file.axes[0] * x + file.axes[1] * y + file.axes[2] * z;
        const Point3 at = opened.geometry.toIndex(world);
        outcome.positionMm = std::max(outcome.positionMm, std::abs(at.z - z) * opened.geometry.spacing.z);
        const int left = int(std::floor(at.x)), up = int(std::floor(at.y));
        const double fx = at.x - left, fy = at.y - up;
        const double found = (1 - fy) * ((1 - fx) * hu(left, up, z) + fx * hu(left + 1, up, z)) +
                             fy * ((1 - fx) * hu(left, up + 1, z) + fx * hu(left + 1, up + 1, z));
        outcome.hu = std::max(outcome.hu, std::abs(found - huAt({x, y, z})));
      }
    }
  }
}

bool saysAll(const std::string& sentence, const std::vector<std::string>& parts) {
  return std::ranges::all_of(parts, [&](const std::string& part) { return sentence.find(part) != std::string::npos; });
}

Outcome outcomeOf(const Row& row, const TestFolder& folder) {
  Outcome outcome;
  const Path file = row.make(folder);
  try {
    if (row.labels) {
      readLabelFileOn(file, row.truth);
      outcome.good = row.refusal.empty();
      return outcome;
    }
    OpenProgress nothing;
    const LeaningGrid wanted = row.leaning ? LeaningGrid::Allowed : LeaningGrid::Refused;
    const Case opened = openCase(file, nothing, {}, {{}, wanted});
    if (row.leaning) {
      measureStraightened(opened, *row.leaning, outcome);
    } else {
      measure(opened, row.truth, outcome);
    }
    for (const std::string& warning : opened.warnings)
      outcome.sentence += (outcome.sentence.empty() ? "" : " ") + warning;
    const bool told = row.warning.empty() ? opened.warnings.empty() : saysAll(outcome.sentence, {row.warning});
    outcome.good = row.refusal.empty() && told && outcome.positionMm <= kLargestPositionMm && outcome.hu <= kLargestHu;
  } catch (const Error& error) {
    outcome.sentence = error.what();
    const bool oneLine = outcome.sentence.find('\n') == std::string::npos;
    const bool named = outcome.sentence.find(folder.path().string()) == 0;
    outcome.sentence = outcome.sentence.substr(std::min(outcome.sentence.size(), folder.path().string().size() + 1));
    outcome.good = !row.refusal.empty() && oneLine && named && saysAll(outcome.sentence, row.refusal);
  }
  return outcome;
}

/// Writers of rows.
std::function<Path(const TestFolder&)> nifti(const NiftiBytes& bytes, const char* name = "a.nii") {
  return [=](const TestFolder& folder) { return folder.write(name, bytes.with(voxelsOf(grid().size))); };
}
template <typename T>
std::function<Path(const TestFolder&)> niftiOfType(std::int16_t code, const std::vector<T>& voxels, NiftiBytes bytes) {
  bytes.type(code, static_cast<std::int16_t>(8 * sizeof(T)));
  return [=](const TestFolder& folder) { return folder.write("a.nii", bytes.with(voxels)); };
}
std::function<Path(const TestFolder&)> nrrd(const NrrdBytes& bytes) {
  return [=](const TestFolder& folder) {
    const auto voxels = voxelsOf(grid().size);
    return folder.write("a.nrrd",
                        bytes.header() + std::string(reinterpret_cast<const char*>(voxels.data()), voxels.size() * 2));
  };
}
std::function<Path(const TestFolder&)> dicom(const std::vector<DicomBytes>& slices) {
  return [=](const TestFolder& folder) {
    for (std::size_t i = 0; i < slices.size(); ++i)
      folder.write("ct/" + std::to_string(slices.size() - i), slices[i].bytes());
    return folder.path() / "ct";
  };
}
/// The slices of grid() after a change of each.
std::vector<DicomBytes> changed(const std::function<void(DicomBytes&, int)>& change) {
  auto slices = slicesOf(grid());
  for (std::size_t z = 0; z < slices.size(); ++z) change(slices[z], static_cast<int>(z));
  return slices;
}

/// Axes y and z of grid() pushed over.
Affine leaningAxes() { return {{Point3{0.8, 0, 0}, {0.05, 0.9, 0}, {0.3, -0.7, 2.5}}, grid().origin}; }

std::vector<Row> obliqueRows() {
  NiftiBytes leaning = niftiOf(grid());
  auto leaningRows = rasRows(grid());
  for (std::size_t a = 0; a < 3; ++a) {
    leaningRows[a] = float(-leaningAxes().axes[a].x);
    leaningRows[4 + a] = float(-leaningAxes().axes[a].y);
  }
  leaning.sform(1, leaningRows);
  const Geometry oblique = grid(turned(17));
  NiftiBytes drift = niftiOf(grid());
  auto rows = rasRows(grid());
  rows[1] += 0.9F * 5e-5F;  // 0.003 degrees off a right angle
  drift.sform(1, rows);
  NiftiBytes shear = niftiOf(grid());
  rows[1] += 0.9F * 0.02F;
  shear.sform(1, rows);
  return {
      {"oblique NIfTI", nifti(niftiOf(oblique)), oblique},
      {"oblique NRRD", nrrd(nrrdOf(oblique)), oblique},
      {"oblique DICOM", dicom(slicesOf(oblique)), oblique},
      {"left-handed NIfTI", nifti(niftiOf(grid({1, 0, 0, 0, -1, 0, 0, 0, 1}))), grid({1, 0, 0, 0, -1, 0, 0, 0, 1})},
      {"axes in another order", nifti(niftiOf(grid({0, 0, 1, 1, 0, 0, 0, 1, 0}))), grid({0, 0, 1, 1, 0, 0, 0, 1, 0})},
      {"nearly orthonormal, 5e-5", nifti(drift), grid(), "made orthogonal"},
      {"true shear, 0.02", nifti(shear), grid(), "", {"right angle"}},
      {"shear in NRRD",
       nrrd(nrrdOf(grid()).set("space directions", "(0.8,0,0) (0.05,0.9,0) (0,0,2.5)")),
       grid(),
       "",
       {"right angle"}},
      {"true shear, straightened", nifti(leaning), grid(), "it leant by", {}, false, leaningAxes()},
      {"shear in NRRD, straightened",
       nrrd(nrrdOf(grid()).set("space directions", "(0.8,0,0) (0.05,0.9,0.0) (0.3,-0.7,2.5)")),
       grid(),
       "it leant by",
       {},
       false,
       leaningAxes()},
      {"sheared by 60 degrees",
       nrrd(nrrdOf(grid()).set("space directions", "(0.8,0,0) (1.6,0.9,0) (0,0,2.5)")),
       grid(),
       "",
       {"sheared by 60."},
       false,
       leaningAxes()}};
}

std::vector<Row> formRows() {
  NiftiBytes neither = niftiOf(grid());
  neither.sform(0, rasRows(grid())).qform(0, {0, 0, 0, 0, 0, 0, 1});
  Geometry assumed = grid({-1, 0, 0, 0, -1, 0, 0, 0, 1});
  assumed.origin = {};
  NiftiBytes disagree = niftiOf(grid());
  disagree.qform(1, {0, 0, 1, 31.5F, -10, -803, 1});
  NiftiBytes onlyQform = niftiOf(grid());  // half a turn about z: LPS in RAS
  onlyQform.sform(0, {}).qform(1, {0, 0, 1, 31.5F, -12.25F, -803, 1});
  NiftiBytes badSform = onlyQform;
  badSform.sform(1, {});
  NiftiBytes nanSform = niftiOf(grid());
  auto rows = rasRows(grid());
  rows[3] = std::numeric_limits<float>::quiet_NaN();
  nanSform.sform(1, rows);
  return {{"neither qform nor sform", nifti(neither), assumed, "has no orientation"},
          {"qform and sform disagree", nifti(disagree), grid(), "differ by up to"},
          {"qform alone", nifti(onlyQform)},
          {"sform of zeros, qform good", nifti(badSform), grid(), "qform is used"},
          {"sform not a number, no qform", nifti(nanSform), grid(), "", {"sform"}},
          {"NRRD without space", nrrd(nrrdOf(grid()).set("space", "scanner-xyz")), grid(), "no patient's space"},
          {"NRRD in RAS", nrrd(nrrdOf([] {
                                 Geometry ras = grid({-1, 0, 0, 0, -1, 0, 0, 0, 1});
                                 ras.origin = {31.5, -12.25, -803};
                                 return ras;
                               }())
                                   .set("space", "RAS"))}};
}

std::vector<Row> seriesRows() {
  const auto along = [](double z) { return numbers({-31.5, 12.25, z}, "\\"); };
  auto missing = slicesOf(grid());
  missing.erase(missing.begin() + 1);
  auto localizer = slicesOf(grid());
  localizer.push_back(localizer.back());
  localizer.back().orientation = "1\\0\\0\\0\\0\\-1";
  auto duplicate = slicesOf(grid());
  duplicate.push_back(duplicate.front());
  auto phases = slicesOf(grid());
  for (int z = 0; z < 4; ++z) {
    phases.push_back(phases[std::size_t(z)]);
    phases[std::size_t(z)].acquisition = "1";
    phases.back().acquisition = "2";
    phases.back().pixels.assign(30, 0);
  }
  auto otherSize = slicesOf(grid());
  otherSize.push_back(otherSize.back());
  otherSize.back().columns = 5;
  otherSize.back().rows = 6;
  return {
      {"gantry tilt",
       dicom(changed([](DicomBytes& s, int z) {
         s.position = numbers({-31.5, 12.25 + 0.4 * z, -803 + 2.5 * z}, "\\");
       })),
       grid(),
       "",
       {"gantry tilt of 9.09 degrees"}},
      {"gantry tilt, straightened",
       dicom(changed([](DicomBytes& s, int z) {
         s.position = numbers({-31.5, 12.25 + 0.4 * z, -803 + 2.5 * z}, "\\");
       })),
       grid(),
       "it leant by 9.09 degrees",
       {},
       false,
       Affine{{Point3{0.8, 0, 0}, {0, 0.9, 0}, {0, 0.4, 2.5}}, grid().origin}},
      {"gantry tilt, uneven",
       dicom(changed([](DicomBytes& s, int z) {
         s.position = numbers({-31.5, 12.25 + (z == 2 ? 1.4 : 0.4 * z), -803 + 2.5 * z}, "\\");
       })),
       grid(),
       "",
       {"not evenly"},
       false,
       Affine{}},
      {"a missing slice", dicom(missing), grid(), "", {"not evenly spaced"}},
      {"uneven spacing",
       dicom(changed([&](DicomBytes& s, int z) { s.position = along(-803 + 2.5 * z + (z == 2 ? 0.2 : 0)); })),
       grid(),
       "",
       {"not evenly spaced"}},
      {"spacing uneven by rounding",
       dicom(changed([&](DicomBytes& s, int z) { s.position = along(-803 + 2.5 * z + (z == 2 ? 0.004 : 0)); }))},
      {"a position twice", dicom(duplicate), grid(), "", {"same position"}},
      {"a localizer in the series", dicom(localizer), grid(), "2 'Abdomen' (1)"},
      {"another size in the series", dicom(otherSize), grid(), "2 'Abdomen' (1)"},
      {"two phases in the series", dicom(phases), grid(), "2 'Abdomen' (4)"},
      {"negative Spacing Between Slices", dicom(changed([](DicomBytes& s, int) { s.spacingBetween = "-2.5"; }))},
      {"wrong Spacing Between Slices", dicom(changed([](DicomBytes& s, int) { s.spacingBetween = "7"; }))},
      {"enhanced CT",
       dicom(changed([](DicomBytes& s, int) { s.sopClass = "1.2.840.10008.5.1.4.1.1.2.1"; })),
       grid(),
       "",
       {"multi-frame"}},
      {"several frames", dicom(changed([](DicomBytes& s, int) { s.frames = "3"; })), grid(), "", {"multi-frame"}},
      {"no position", dicom(changed([](DicomBytes& s, int) { s.position = "-"; })), grid(), "", {"Image Position"}},
      {"no orientation",
       dicom(changed([](DicomBytes& s, int) { s.orientation = "-"; })),
       grid(),
       "",
       {"Image Orientation"}},
      {"no pixel spacing", dicom(changed([](DicomBytes& s, int) { s.spacing = "-"; })), grid(), "", {"Pixel Spacing"}},
      {"zero pixel spacing",
       dicom(changed([](DicomBytes& s, int) { s.spacing = "0\\0.8"; })),
       grid(),
       "",
       {"Pixel Spacing"}},
      {"secondary capture",
       dicom(changed([](DicomBytes& s, int) { s.modality = "OT"; })),
       grid(),
       "",
       {"no CT series"}}};
}

std::vector<Row> rescaleRows() {
  const auto perSlice = changed([](DicomBytes& s, int z) {  // stored so that each gives the same HU
    s.intercept = numbers({-10.0 * z}, "");
    for (auto& value : s.pixels) value = static_cast<std::int16_t>(value + 10 * z);
  });
  const auto half = changed([](DicomBytes& s, int) {
    s.slope = "0.5";
    for (auto& value : s.pixels) value = static_cast<std::int16_t>(2 * value);
  });
  NiftiBytes scaled = niftiOf(grid());
  scaled.scale(2, -1000);
  std::vector<std::int16_t> stored;
  for (const auto value : voxelsOf(grid().size)) stored.push_back(static_cast<std::int16_t>((value + 1000) / 2));
  return {{"rescale differs by slice", dicom(perSlice)},
          {"rescale slope 0.5", dicom(half)},
          {"no rescale", dicom(changed([](DicomBytes& s, int) { s.slope = "-"; })), grid(), "", {"Rescale Slope"}},
          {"rescale slope 0",
           dicom(changed([](DicomBytes& s, int) { s.slope = "0"; })),
           grid(),
           "",
           {"Rescale Slope of 0"}},
          {"scl_slope 0", nifti(niftiOf(grid()).scale(0, 77))},
          {"scl_slope not a number", nifti(niftiOf(grid()).scale(float(kNan), float(kNan)))}};
}

std::vector<Row> spacingRows() {
  std::vector<Row> rows;
  const auto spaced = [](float value) { return niftiOf(grid()).put<float>(84, value); };
  for (const double value : {0.0, -0.9, kNan, kInfinite})
    rows.push_back({"NIfTI spacing " + numbers({value}, ""), nifti(spaced(float(value))), grid(), "", {"pixdim[2]"}});
  const auto placed = [](double value) {
    auto sform = rasRows(grid());
    sform[7] = float(value);
    return niftiOf(grid()).sform(1, sform);
  };
  for (const double value : {kNan, kInfinite})
    rows.push_back({"NIfTI origin " + numbers({value}, ""), nifti(placed(value)), grid(), "", {"sform"}});
  rows.push_back({"NIfTI origin 1e9", nifti(placed(1e9)), grid(), "", {"origin"}});
  for (const char* value : {"0", "nan", "inf"})
    rows.push_back(
        {std::string("NRRD spacing ") + value,
         nrrd(nrrdOf(grid()).set("space directions", "(" + std::string(value) + ",0,0) (0,0.9,0) (0,0,2.5)")),
         grid(),
         "",
         {"spac"}});
  rows.push_back({"DICOM position not a number",
                  dicom(changed([](DicomBytes& s, int) { s.position = "nan\\0\\0"; })),
                  grid(),
                  "",
                  {"Image Position"}});
  return rows;
}

std::vector<Row> contentRows() {
  const auto voxels = voxelsOf(grid().size);
  std::vector<float> odd(voxels.begin(), voxels.end());
  std::vector<float> withNan = odd;
  withNan[61] = float(kNan);  // not among the corners; its voxel is air
  NiftiBytes four = niftiOf(grid());
  four.dimensions({4, 6, 5, 2, 2, 1, 1, 1});
  NiftiBytes vector = niftiOf(grid());
  vector.dimensions({5, 6, 5, 2, 1, 2, 1, 1});
  std::vector<std::uint8_t> bytes(voxels.size() * 3);
  const auto labelsOf = [&](double bad) {
    std::vector<float> labels(voxels.size(), 1);
    labels[7] = float(bad);
    return niftiOfType(16, labels, niftiOf(grid()));
  };
  const auto labelRow = [&](const std::string& name, double bad) {
    return Row{name, labelsOf(bad), grid(), "", {"labels are whole numbers"}, true};
  };
  Geometry elsewhere = grid();
  elsewhere.origin.x += 0.5;
  Geometry smaller = grid();
  smaller.size = {6, 5, 3};
  return {
      {"4D NIfTI", nifti(four), grid(), "", {"4 dimensions"}},
      {"vector NIfTI", nifti(vector), grid(), "", {"5 dimensions"}},
      {"RGB NIfTI", niftiOfType(128, bytes, niftiOf(grid())), grid(), "", {"RGB"}},
      {"complex NIfTI", niftiOfType(32, std::vector<double>(voxels.size()), niftiOf(grid())), grid(), "", {"COMPLEX"}},
      {"4D NRRD", nrrd(nrrdOf(grid()).set("dimension", "4").set("sizes", "1 6 5 4")), grid(), "", {"4 dimensions"}},
      {"float voxels", niftiOfType(16, odd, niftiOf(grid()))},
      {"labels 1.9999", labelsOf(1.9999), grid(), "", {"labels are whole numbers"}, true},
      labelRow("negative label", -1),
      {"label 256", labelsOf(256), grid(), "", {"where labels end at 255"}, true},
      labelRow("label not a number", kNan),
      labelRow("label infinite", kInfinite),
      {"labels as whole floats", labelsOf(2), grid(), "", {}, true},
      {"labels on another grid",
       [=](const TestFolder& f) {
         return f.write("a.nii", niftiOf(elsewhere).type(2, 8).with(std::vector<std::uint8_t>(120, 1)));
       },
       grid(),
       "",
       {"0.5 mm away"},
       true},
      {"labels of another size",
       [=](const TestFolder& f) {
         return f.write("a.nii", niftiOf(smaller).type(2, 8).with(std::vector<std::uint8_t>(90, 1)));
       },
       grid(),
       "",
       {"6 x 5 x 3"},
       true}};
}

/// Rows and columns as scanners write them; positions are in the patient's coordinates, whatever the patient lies on.
std::vector<Row> patientRows() {
  const std::vector<std::pair<const char*, Matrix>> kPositions = {
      {"HFS", {1, 0, 0, 0, 1, 0, 0, 0, 1}},   {"HFP", {-1, 0, 0, 0, -1, 0, 0, 0, 1}},
      {"FFS", {-1, 0, 0, 0, 1, 0, 0, 0, -1}}, {"FFP", {1, 0, 0, 0, -1, 0, 0, 0, -1}},
      {"HFDR", {0, -1, 0, 1, 0, 0, 0, 0, 1}}, {"HFDL", {0, 1, 0, -1, 0, 0, 0, 0, 1}},
      {"FFDR", {0, 1, 0, 1, 0, 0, 0, 0, -1}}, {"FFDL", {0, -1, 0, -1, 0, 0, 0, 0, -1}}};
  std::vector<Row> rows;
  for (const auto& [name, direction] : kPositions)
    rows.push_back({std::string("patient position ") + name, dicom(slicesOf(grid(direction))), grid(direction)});
  return rows;
}

TEST(GeometryTable, EveryRowIsLoadedExactlyOrRefusedAsStated) {
  std::vector<Row> rows;
  for (const auto& part :
       {obliqueRows(), formRows(), seriesRows(), rescaleRows(), spacingRows(), contentRows(), patientRows()})
    rows.insert(rows.end(), part.begin(), part.end());
  int good = 0;
  std::printf("%-34s %-8s %12s %8s  %s\n", "case", "", "position mm", "HU", "what is said");
  for (const Row& row : rows) {
    const TestFolder folder;
    const Outcome outcome = outcomeOf(row, folder);
    EXPECT_TRUE(outcome.good) << row.name << ": " << outcome.positionMm << " mm, " << outcome.hu << " HU, "
                              << outcome.sentence;
    good += outcome.good ? 1 : 0;
    if (row.refusal.empty()) {
      std::printf("%-34s %-8s %12.2g %8.2g  %s\n", row.name.c_str(), "loaded", outcome.positionMm, outcome.hu,
                  outcome.sentence.c_str());
    } else {
      std::printf("%-34s %-8s %12s %8s  %s\n", row.name.c_str(), "refused", "", "", outcome.sentence.c_str());
    }
  }
  std::printf("%d of %zu as stated\n", good, rows.size());
}

}  // namespace
}  // namespace recontour
