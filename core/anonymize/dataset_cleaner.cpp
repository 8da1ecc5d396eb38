#include "core/anonymize/dataset_cleaner.h"

#include <algorithm>
#include <memory>

#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmdata/dcuid.h>

#include "core/anonymize/element_values.h"
#include "core/anonymize/plain_values.h"
#include "core/anonymize/shifted_dates.h"
#include "core/io/dicom_items.h"

namespace recontour {
namespace {

constexpr const char* kDummyScheme = "99ANON";

bool staysAs(const std::string& uid, Treatment treatment) {
  if (treatment == Treatment::KeepUids) return isUid(uid);
  return treatment == Treatment::MapInstanceUids && dcmFindNameOfUID(uid.c_str()) != nullptr;
}

void setCode(DcmItem& item) {
  putText(item, DCM_CodeValue, kDummyText);
  putText(item, DCM_CodingSchemeDesignator, kDummyScheme);
  putText(item, DCM_CodeMeaning, kDummyText);
}

std::string numberOf(DcmItem& item) {
  Uint16 segment = 0;
  const int roi = wholeNumberOf(item, DCM_ROINumber, -1);
  if (roi >= 0) return "ROI_" + std::to_string(roi);
  return item.findAndGetUint16(DCM_SegmentNumber, segment).good() ? "Segment_" + std::to_string(segment) : kDummyText;
}

/// The value that a treatment leaves; none where the value is not what it must be.
std::optional<std::string> keptValue(const AttributeRules& rules, const Attribute& attribute, Treatment treatment,
                                     const std::string& value, int daysBack) {
  const auto when = [&](bool kept) { return kept ? std::optional(value) : std::nullopt; };
  switch (treatment) {
    case Treatment::ShiftDates:
      return shiftedDates(value, daysBack);
    case Treatment::ShiftDateTimes:
      return shiftedDateTimes(value, daysBack);
    case Treatment::KeepTimes:
      return when(areTimes(value));
    case Treatment::KeepPlain:
      return plainValues(attribute.vr, value);
    case Treatment::KeepHarmless:
      return when(rules.texts().isHarmless(value));
    case Treatment::KeepNames:
      return when(rules.texts().isStructureName(value));
    default:
      return {};
  }
}

bool looksAtValue(Treatment treatment) {
  return treatment >= Treatment::ShiftDates && treatment <= Treatment::KeepNames;
}

}  // namespace

CleaningCounts DatasetCleaner::clean(DcmItem& dataset) {
  counts_ = {};
  cleanItem(dataset, false);
  return counts_;
}

void DatasetCleaner::cleanItem(DcmItem& item, bool isNested) {
  hideLocalCode(item);
  for (DcmElement* element : elementsOf(item)) {
    const Attribute attribute = attributeOf(*element, isNested);
    Rule rule = rules_.of(attribute);
    if (looksAtValue(rule.treatment)) {
      const std::string value = valueOf(*element);
      const auto kept = keptValue(rules_, attribute, rule.treatment, value, person_.daysBack);
      if (kept && *kept != value) put(item, *element, *kept);
      rule.treatment = kept ? Treatment::Keep : rule.otherwise;
    }
    apply(item, *element, rule.treatment);
  }
}

/// Codes of a hospital's own scheme, and their meanings, are free text.
void DatasetCleaner::hideLocalCode(DcmItem& item) {
  const std::string scheme = textOf(item, DCM_CodingSchemeDesignator);
  const bool isCode =
      item.tagExists(DCM_CodeValue) || item.tagExists(DCM_LongCodeValue) || item.tagExists(DCM_CodeMeaning);
  if ((!isCode && scheme.empty()) || rules_.texts().isPublicScheme(scheme)) return;
  item.findAndDeleteElement(DCM_CodingSchemeVersion);
  item.findAndDeleteElement(DCM_LongCodeValue);
  if (isCode)
    setCode(item);
  else if (!scheme.empty())
    putText(item, DCM_CodingSchemeDesignator, kDummyScheme);
  ++counts_.replaced;
}

void DatasetCleaner::apply(DcmItem& item, DcmElement& element, Treatment treatment) {
  switch (treatment) {
    case Treatment::Remove:
      return remove(item, element);
    case Treatment::Empty:
      return empty(element);
    case Treatment::Dummy:
      return putDummy(item, element);
    case Treatment::MapUids:
    case Treatment::MapInstanceUids:
    case Treatment::KeepUids:
      return mapUids(element, treatment);
    case Treatment::Walk:
      return walk(element);
    case Treatment::Patient:
      return put(item, element, person_.pseudonym);
    case Treatment::NameStructure:
      return nameByNumber(item, element);
    default:
      return;
  }
}

void DatasetCleaner::walk(DcmElement& sequence) {
  auto& items = dynamic_cast<DcmSequenceOfItems&>(sequence);
  for (DcmObject* next = items.nextInContainer(nullptr); next != nullptr; next = items.nextInContainer(next))
    cleanItem(dynamic_cast<DcmItem&>(*next), true);
}

void DatasetCleaner::remove(DcmItem& item, DcmElement& element) {
  const std::unique_ptr<DcmElement> gone(item.remove(&element));
  ++counts_.removed;
}

void DatasetCleaner::empty(DcmElement& element) {
  if (element.isEmpty()) return;
  element.clear();
  ++counts_.replaced;
}

void DatasetCleaner::putDummy(DcmItem& item, DcmElement& element) {
  if (element.isEmpty()) return;
  if (element.ident() == EVR_SQ) return putDummySequence(element);
  if (!setDummy(element)) return remove(item, element);
  ++counts_.replaced;
}

/// One code where codes are wanted; else nothing, since what belongs into an item is not known.
void DatasetCleaner::putDummySequence(DcmElement& element) {
  auto& sequence = dynamic_cast<DcmSequenceOfItems&>(element);
  sequence.clear();
  ++counts_.replaced;
  if (!isCodeSequence(element)) return;
  auto code = std::make_unique<DcmItem>();
  setCode(*code);
  if (sequence.append(code.get()).good()) static_cast<void>(code.release());  // it is the sequence's now
}

void DatasetCleaner::mapUids(DcmElement& element, Treatment treatment) {
  const std::string uids = valueOf(element);
  std::string mapped;
  for (std::size_t at = 0; at <= uids.size();) {
    const std::size_t next = std::min(uids.find('\\', at), uids.size());
    const std::string uid(trimmedValue(std::string_view(uids).substr(at, next - at)));  // else references would break
    mapped += (at > 0 ? "\\" : "") + (uid.empty() || staysAs(uid, treatment) ? uid : pseudonyms_.uid(uid));
    at = next + 1;
  }
  if (mapped == uids) return;
  element.putString(mapped.c_str());
  ++counts_.replaced;
}

void DatasetCleaner::nameByNumber(DcmItem& item, DcmElement& element) {
  if (rules_.texts().isStructureName(valueOf(element))) return;
  put(item, element, numberOf(item));
  ++counts_.structures;
}

void DatasetCleaner::put(DcmItem& item, DcmElement& element, const std::string& text) {
  if (element.putString(text.c_str()).bad()) return remove(item, element);
  ++counts_.replaced;
}

}  // namespace recontour
