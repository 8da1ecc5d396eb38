#include "core/anonymize/refusal.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "core/anonymize/pixel_surplus.h"
#include "core/anonymize/unusable_values.h"
#include "core/io/dicom_items.h"

namespace recontour {
namespace {

constexpr const char* kBlacken = "it was left out; look at it, and blacken it elsewhere";

/// Secondary Capture, Ultrasound, and encapsulated documents, with those derived from them: screens and reports, with a
/// name on most of them.
constexpr std::array<std::string_view, 5> kScreens = {"1.2.840.10008.5.1.4.1.1.7", "1.2.840.10008.5.1.4.1.1.6",
                                                      "1.2.840.10008.5.1.4.1.1.3", "1.2.840.10008.5.1.4.1.1.104",
                                                      "1.2.840.10008.5.1.4.1.1.77.1.1.1"};
constexpr std::string_view kCt = "1.2.840.10008.5.1.4.1.1.2";
/// Of Image Type: pictures of a screen, and the dose reports that scanners store among the slices.
constexpr std::array<std::string_view, 3> kScreenTypes = {"SCREEN SAVE", "SCREENSHOT", "DOSE"};

bool isOfClass(std::string_view sopClass, std::string_view wanted) {
  return sopClass.starts_with(wanted) && (sopClass.size() == wanted.size() || sopClass[wanted.size()] == '.');
}

bool isScreen(std::string_view sopClass) {
  return std::ranges::any_of(kScreens, [&](std::string_view screen) { return isOfClass(sopClass, screen); });
}

/// In capitals, with blanks for low lines: "Screen_Save" too.
std::string upperTextOf(DcmItem& items, const DcmTagKey& tag) {
  std::string text = textOf(items, tag);
  for (char& c : text) c = c == '_' ? ' ' : c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  return text;
}

/// A CT whose slices are grey holds no colours but those of a screen.
bool isScreenAmongSlices(DcmItem& items, std::string_view sopClass) {
  if (!isOfClass(sopClass, kCt)) return false;
  const std::string type = upperTextOf(items, DCM_ImageType);
  Uint16 samples = 1;
  static_cast<void>(items.findAndGetUint16(DCM_SamplesPerPixel, samples));  // one where it is missing
  return samples > 1 || std::ranges::any_of(kScreenTypes, [&](std::string_view screen) {
           return type.find(screen) != std::string::npos;
         });
}

std::optional<Refusal> reasonInPicture(DicomDataset& dataset) {
  DcmItem& items = dataset.items();
  const std::string burned = upperTextOf(items, DCM_BurnedInAnnotation);
  if (!burned.empty() && burned != "NO") return Refusal{"says that names are burned into its pixels", kBlacken};
  const std::string own = textOf(items, DCM_SOPClassUID), stored = dataset.mediaStorageClass();
  if (own.empty() && stored.empty())
    return Refusal{"does not say what it is (no SOP Class UID)", "it was left out; export it again"};
  if (burned == "NO") return {};
  if (isScreen(own) || isScreen(stored))
    return Refusal{"is a screenshot, ultrasound or document, which often show a name in their pixels", kBlacken};
  if (isScreenAmongSlices(items, own.empty() ? stored : own))
    return Refusal{"is a CT's screenshot or dose report, which often show a name in their pixels", kBlacken};
  return {};
}

}  // namespace

std::optional<Refusal> reasonToRefuse(DicomDataset& dataset, const AttributeRules& rules) {
  if (auto refusal = reasonInPicture(dataset)) return refusal;
  if (const auto surplus = pixelSurplus(dataset))
    return Refusal{*surplus, "it was left out, since they may hold anything; export it again"};
  if (const auto unusable = unusableValue(dataset.items(), rules))
    return Refusal{*unusable, "it was left out, since it would be of no use without; export it again"};
  return {};
}

}  // namespace recontour
