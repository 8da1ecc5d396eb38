#include "core/io/seg_header.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <set>

#include <dcmtk/dcmiod/cielabutil.h>

#include "core/base/error.h"
#include "core/io/dicom_codes.h"

namespace recontour {
namespace {

constexpr const char* kSegmentation = "1.2.840.10008.5.1.4.1.1.66.4";
constexpr const char* kLabelMapSegmentation = "1.2.840.10008.5.1.4.1.1.66.7";
constexpr int kLargestDimension = 8192;
constexpr double kSmallestSpacingMm = 1e-3, kLargestSpacingMm = 1e3, kFarthestMm = 1e6;
constexpr const char* kAgain = "export it again";

bool isSpacing(double mm) { return mm >= kSmallestSpacingMm && mm <= kLargestSpacingMm; }

bool isPlace(const std::vector<double>& positionMm) {
  return std::ranges::all_of(positionMm, [](double mm) { return std::abs(mm) <= kFarthestMm; });
}

/// Cosines of two directions, rounded as decimal strings are.
bool isRightAngled(const std::vector<double>& cosines) {
  constexpr double kRounding = 1e-3;
  const Point3 row{cosines[0], cosines[1], cosines[2]}, column{cosines[3], cosines[4], cosines[5]};
  return std::abs(length(row) - 1) <= kRounding && std::abs(length(column) - 1) <= kRounding &&
         std::abs(dot(row, column)) <= kRounding;
}

std::uint8_t eightBits(double share) { return static_cast<std::uint8_t>(std::clamp(share, 0.0, 1.0) * 255 + 0.5); }

std::optional<std::array<std::uint8_t, 3>> colourOf(DcmItem& item) {
  std::array<Uint16, 3> lab{};
  for (unsigned long i = 0; i < lab.size(); ++i) {
    if (item.findAndGetUint16(DCM_RecommendedDisplayCIELabValue, lab[i], i).bad()) return std::nullopt;
  }
  double red = 0, green = 0, blue = 0;
  IODCIELabUtil::dicomLab2RGB(red, green, blue, lab[0], lab[1], lab[2]);
  return std::array{eightBits(red), eightBits(green), eightBits(blue)};
}

Segment segmentOf(DcmItem& item, const std::string& characterSet) {
  Segment segment;
  segment.number = shortOf(item, DCM_SegmentNumber);
  segment.label = readableTextOf(item, DCM_SegmentLabel, characterSet);
  segment.description = readableTextOf(item, DCM_SegmentDescription, characterSet);
  segment.category = codeOf(item, DCM_SegmentedPropertyCategoryCodeSequence, characterSet);
  segment.type = codeOf(item, DCM_SegmentedPropertyTypeCodeSequence, characterSet);
  if (DcmItem* type = firstItemOf(item, DCM_SegmentedPropertyTypeCodeSequence))
    segment.modifier = codeOf(*type, DCM_SegmentedPropertyTypeModifierCodeSequence, characterSet);
  segment.algorithmType = textOf(item, DCM_SegmentAlgorithmType);
  segment.algorithmName = readableTextOf(item, DCM_SegmentAlgorithmName, characterSet);
  segment.colour = colourOf(item);
  return segment;
}

/// Goes through a data set whose first fault is an Error.
class HeaderReader {
 public:
  explicit HeaderReader(DicomDataset& data)
      : file_(data.file()), items_(data.items()), characterSet_(textOf(items_, DCM_SpecificCharacterSet)) {}

  SegHeader read() {
    readKind();
    readPixelLayout();
    readAbout();
    readSegments();
    readFrames();
    return std::move(header_);
  }

 private:
  [[noreturn]] void fail(const std::string& cause, const char* advice = kAgain) const {
    throw Error(file_, cause, advice);
  }
  void readKind() {
    const std::string sopClass = textOf(items_, DCM_SOPClassUID);
    if (sopClass != kSegmentation && sopClass != kLabelMapSegmentation)
      fail("is no DICOM segmentation (SOP class " + oneLine(sopClass.empty() ? "missing" : sopClass) + ")",
           "choose a file of modality SEG");
    const std::string type = textOf(items_, DCM_SegmentationType);
    if (type != "BINARY" && type != "FRACTIONAL" && type != "LABELMAP")
      fail("is a segmentation of unknown type '" + oneLine(type) + "'");
    header_.type = type == "BINARY" ? SegType::Binary : type == "LABELMAP" ? SegType::LabelMap : SegType::Fractional;
  }
  void readPixelLayout() {
    header_.columns = shortOf(items_, DCM_Columns);
    header_.rows = shortOf(items_, DCM_Rows);
    header_.bitsAllocated = shortOf(items_, DCM_BitsAllocated);
    const int smaller = std::min(header_.columns, header_.rows), larger = std::max(header_.columns, header_.rows);
    if (smaller < 1 || larger > kLargestDimension)
      fail("has frames of " + std::to_string(header_.columns) + " x " + std::to_string(header_.rows) + " pixels");
    if (shortOf(items_, DCM_SamplesPerPixel) > 1) fail("has coloured pixels");
    const int bits = header_.bitsAllocated;
    const bool known = header_.type == SegType::Binary     ? bits == 1 || bits == 8
                       : header_.type == SegType::LabelMap ? bits == 8 || bits == 16
                                                           : bits == 8;
    if (!known) fail("has " + std::to_string(bits) + " bits a pixel, which its type of segmentation cannot have");
    if (header_.type != SegType::Fractional) return;
    header_.largestFraction = shortOf(items_, DCM_MaximumFractionalValue);
    if (header_.largestFraction < 1) fail("has fractions without a Maximum Fractional Value");
  }
  void readAbout() {
    SegmentSet& about = header_.about;
    about.sopInstanceUid = textOf(items_, DCM_SOPInstanceUID);
    about.frameOfReferenceUid = textOf(items_, DCM_FrameOfReferenceUID);
    about.contentLabel = readableTextOf(items_, DCM_ContentLabel, characterSet_);
    about.contentDescription = readableTextOf(items_, DCM_ContentDescription, characterSet_);
    about.fractional = header_.type == SegType::Fractional;
    for (DcmItem* series : itemsOf(items_, DCM_ReferencedSeriesSequence))
      about.referencedSeries.push_back(textOf(*series, DCM_SeriesInstanceUID));
  }
  void readSegments() {
    for (DcmItem* item : itemsOf(items_, DCM_SegmentSequence)) {
      Segment segment = segmentOf(*item, characterSet_);
      if (segment.number == 0 && header_.type == SegType::LabelMap) continue;  // the background
      if (segment.number < 1) fail("has a segment without a number");
      if (!numbers_.insert(segment.number).second) fail("has two segments " + std::to_string(segment.number));
      header_.about.segments.push_back(std::move(segment));
    }
    if (numbers_.empty()) fail("describes no segment");
  }
  void readFrames() {
    shared_ = firstItemOf(items_, DCM_SharedFunctionalGroupsSequence);
    const auto frames = itemsOf(items_, DCM_PerFrameFunctionalGroupsSequence);
    if (frames.empty()) fail("has no frames that say where they lie (Per-frame Functional Groups)");
    const std::string declared = textOf(items_, DCM_NumberOfFrames);
    const bool isOne = declared.empty() && frames.size() == 1;
    if (!isOne && std::strtol(declared.c_str(), nullptr, 10) != static_cast<long>(frames.size()))
      fail((declared.empty() ? "does not say how many frames it has"
                             : "says that it has " + oneLine(declared, 20) + " frames") +
           " and describes " + std::to_string(frames.size()));
    for (DcmItem* frame : frames) header_.frames.push_back(frameOf(*frame));
  }
  /// A functional group of a frame, its own or the one that all share.
  DcmItem* group(DcmItem& frame, const DcmTagKey& sequence) const {
    DcmItem* own = firstItemOf(frame, sequence);
    return own != nullptr || shared_ == nullptr ? own : firstItemOf(*shared_, sequence);
  }
  std::vector<double> numbers(DcmItem& frame, const DcmTagKey& sequence, const DcmTagKey& tag,
                              std::size_t count) const {
    DcmItem* found = group(frame, sequence);
    const auto values = found == nullptr ? std::vector<double>() : decimalsOf(*found, tag);
    return values.size() == count ? values : std::vector<double>();
  }
  SegFrame frameOf(DcmItem& item) const {
    const std::string name = "frame " + std::to_string(header_.frames.size() + 1);
    const auto position = numbers(item, DCM_PlanePositionSequence, DCM_ImagePositionPatient, 3);
    const auto direction = numbers(item, DCM_PlaneOrientationSequence, DCM_ImageOrientationPatient, 6);
    const auto spacing = numbers(item, DCM_PixelMeasuresSequence, DCM_PixelSpacing, 2);
    const auto thickness = numbers(item, DCM_PixelMeasuresSequence, DCM_SliceThickness, 1);
    const auto between = numbers(item, DCM_PixelMeasuresSequence, DCM_SpacingBetweenSlices, 1);
    if (position.empty()) fail("does not say where its " + name + " lies (Image Position (Patient))");
    if (direction.empty()) fail("does not say how its " + name + " is turned (Image Orientation (Patient))");
    if (spacing.empty() || !isSpacing(spacing[0]) || !isSpacing(spacing[1]))
      fail("has no usable Pixel Spacing for its " + name);
    if (!isPlace(position)) fail("places its " + name + " more than 1 km away");
    if (!isRightAngled(direction)) fail("has no right angle in its " + name + " (Image Orientation (Patient))");
    const double rowSpacingMm = spacing[0], columnSpacingMm = spacing[1];
    SegFrame frame;
    frame.positionMm = {position[0], position[1], position[2]};
    frame.columnStepMm = Point3{direction[0], direction[1], direction[2]} * columnSpacingMm;
    frame.rowStepMm = Point3{direction[3], direction[4], direction[5]} * rowSpacingMm;
    if (!thickness.empty()) frame.thicknessMm = std::max(0.0, thickness[0]);
    if (!between.empty()) frame.betweenMm = std::max(0.0, between[0]);
    if (header_.type != SegType::LabelMap) frame.segment = segmentOfFrame(item, name);
    return frame;
  }
  int segmentOfFrame(DcmItem& item, const std::string& name) const {
    DcmItem* identification = group(item, DCM_SegmentIdentificationSequence);
    const int number = identification == nullptr ? -1 : shortOf(*identification, DCM_ReferencedSegmentNumber);
    if (number < 0) fail("does not say whose its " + name + " is");
    if (!numbers_.contains(number))
      fail("has in its " + name + " segment " + std::to_string(number) + ", which it does not describe");
    return number;
  }

  std::filesystem::path file_;
  DcmItem& items_;
  std::string characterSet_;
  DcmItem* shared_ = nullptr;
  std::set<int> numbers_;
  SegHeader header_;
};

}  // namespace

SegHeader readSegHeader(DicomDataset& data) { return HeaderReader(data).read(); }

}  // namespace recontour
