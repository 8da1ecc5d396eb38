#include "core/io/dicom_header.h"

#include <algorithm>
#include <cmath>

namespace recontour {
namespace {

constexpr std::size_t kHeaderBytes = 64 << 10;  // holds the header of nearly every slice
constexpr int kLargestDimension = 8192;
constexpr double kUnitTolerance = 1e-3;

constexpr DicomTag kPatientId = 0x00100020, kSopClass = 0x00080016, kSopInstance = 0x00080018, kStudy = 0x0020000d,
                   kFrame = 0x00200052, kContentDate = 0x00080023, kContentTime = 0x00080033,
                   kStructureSetDate = 0x30060008, kStructureSetTime = 0x30060009, kAcquisition = 0x00200012,
                   kInstance = 0x00200013, kModality = 0x00080060, kSeriesDescription = 0x0008103e,
                   kThickness = 0x00180050, kSeries = 0x0020000e, kPosition = 0x00200032, kOrientation = 0x00200037,
                   kSamples = 0x00280002, kFrames = 0x00280008, kRows = 0x00280010, kColumns = 0x00280011,
                   kPixelSpacing = 0x00280030, kIntercept = 0x00281052, kSlope = 0x00281053;
constexpr const char* kEnhancedCt = "1.2.840.10008.5.1.4.1.1.2.1";

bool isUnit(const Point3& v) { return std::abs(length(v) - 1) <= kUnitTolerance; }

std::string readPlane(const DicomFile& file, DicomSlice& slice) {
  slice.rows = file.shortValue(kRows);
  slice.columns = file.shortValue(kColumns);
  if (slice.rows < 1 || slice.columns < 1 || slice.rows > kLargestDimension || slice.columns > kLargestDimension) {
    return "has no valid Rows and Columns";
  }
  const std::vector<double> position = file.numbers(kPosition), cosines = file.numbers(kOrientation);
  if (position.size() != 3) return "has no valid Image Position (Patient)";
  slice.position = {position[0], position[1], position[2]};
  if (cosines.size() != 6) return "has no valid Image Orientation (Patient)";
  slice.rowDirection = {cosines[0], cosines[1], cosines[2]};
  slice.columnDirection = {cosines[3], cosines[4], cosines[5]};
  if (!isUnit(slice.rowDirection) || !isUnit(slice.columnDirection)) {
    return "has an Image Orientation (Patient) that is not made of unit vectors";
  }
  const std::vector<double> spacing = file.numbers(kPixelSpacing);
  if (spacing.size() != 2 || spacing[0] <= 0 || spacing[1] <= 0) return "has no valid Pixel Spacing";
  slice.rowSpacingMm = spacing[0];
  slice.columnSpacingMm = spacing[1];
  return "";
}

std::string readPixelMeaning(const DicomFile& file, DicomSlice& slice) {
  if (file.shortValue(kSamples) > 1) return "is a colour picture, not a CT slice";
  const std::optional<double> slope = file.number(kSlope), intercept = file.number(kIntercept);
  if (!slope || !intercept) return "has no Rescale Slope and Intercept, so its HU are unknown";
  if (*slope == 0) return "has a Rescale Slope of 0";
  slice.slope = *slope;
  slice.intercept = *intercept;
  return "";
}

std::string readSlice(const DicomFile& file, DicomSlice& slice) {
  if (!file.reachedPixels()) return "has no pixels; it is truncated or damaged";
  if (file.text(kSopClass) == kEnhancedCt || file.number(kFrames).value_or(1) > 1) {
    return "is a multi-frame (enhanced) CT, which is not supported; export it as single slices";
  }
  const std::string plane = readPlane(file, slice);
  return plane.empty() ? readPixelMeaning(file, slice) : plane;
}

int wholeNumber(const DicomFile& file, DicomTag tag) {
  const double value = file.number(tag).value_or(0);
  return std::abs(value) < 1e9 ? static_cast<int>(value) : 0;
}

DicomHeader interpret(const DicomFile& file) {
  DicomHeader header;
  if (!file.isDicom()) return header;
  header.modality = file.text(kModality);
  header.slice.study = file.text(kStudy);
  header.content = header.modality == "CT" ? DicomContent::CtSlice : DicomContent::OtherModality;
  if (header.content != DicomContent::CtSlice) {
    header.made =
        file.text(kStructureSetDate) + file.text(kStructureSetTime) + file.text(kContentDate) + file.text(kContentTime);
    return header;
  }
  DicomSlice& slice = header.slice;
  slice.series = file.text(kSeries);
  slice.description = file.text(kSeriesDescription);
  slice.patient = file.text(kPatientId);
  slice.frameOfReference = file.text(kFrame);
  slice.sopClass = file.text(kSopClass);
  slice.sopInstance = file.text(kSopInstance);
  slice.acquisition = wholeNumber(file, kAcquisition);
  slice.instance = wholeNumber(file, kInstance);
  slice.thicknessMm = std::max(0.0, file.number(kThickness).value_or(0));
  slice.problem = readSlice(file, slice);
  return header;
}

}  // namespace

DicomHeader readDicomHeader(const FileSet& files, std::size_t number) {
  std::string start = files.read(number, kHeaderBytes);
  if (!looksLikeDicom(start)) return {};
  const bool whole = start.size() < kHeaderBytes;
  const DicomFile beginning(std::move(start));
  DicomHeader header = interpret(beginning);
  const bool unclear = !beginning.reachedPixels() && (header.modality.empty() || header.modality == "CT");
  if (!whole && unclear) header = interpret(DicomFile(files.readAll(number)));
  header.slice.file = number;
  return header;
}

}  // namespace recontour
