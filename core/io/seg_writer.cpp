#include "core/io/seg_writer.h"

#include <algorithm>
#include <cmath>

#include <dcmtk/dcmiod/cielabutil.h>

#include "core/base/error.h"
#include "core/image/tg263.h"
#include "core/io/dicom_codes.h"
#include "core/io/dicom_context.h"
#include "core/io/seg_frames.h"

namespace recontour {
namespace {

constexpr const char* kSegmentation = "1.2.840.10008.5.1.4.1.1.66.4";
constexpr std::size_t kCodeString = 16;
const Code kAnatomicalStructure{"123037004", "SCT", "Anatomical Structure"};
const Code kArtificialIntelligence{"123109", "DCM", "Artificial Intelligence"};

void checkTexts(const SegToWrite& seg) {
  const auto isCode = [](char c) { return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == ' '; };
  const auto isDigits = [](const std::string& text, std::size_t digits) {
    return text.size() == digits && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
  };
  if (seg.contentLabel.empty() || seg.contentLabel.size() > kCodeString ||
      !std::ranges::all_of(seg.contentLabel, isCode))
    throw Error("'" + oneLine(seg.contentLabel) + "' is no label of a segmentation",
                "use up to 16 capitals, digits, blanks and underscores");
  if (!isDigits(seg.date, 8) || !isDigits(seg.time, 6))
    throw Error("'" + oneLine(seg.date + " " + seg.time) + "' is no date and time of a segmentation");
}

std::bitset<256> presentLabels(const LabelLayers& labels) {
  std::bitset<256> present;
  for (const Label number : labels.numbers()) {
    const auto counts = labelCounts(labels.layer(number));
    for (std::size_t label = 1; label < counts.size(); ++label) {
      if (counts[label] > 0 && labels.layerOf(static_cast<Label>(label)) == number) present.set(label);
    }
  }
  return present;
}

/// Organs that have voxels, in the table's order.
std::vector<const Organ*> presentOrgans(const SegToWrite& seg) {
  std::bitset<256> present = presentLabels(seg.labels);
  std::vector<const Organ*> organs;
  for (const Organ& organ : seg.organs.organs()) {
    if (present[organ.label]) organs.push_back(&organ);
    present.reset(organ.label);
  }
  for (std::size_t label = 1; label < present.size(); ++label) {
    if (present[label])
      throw Error(
          "the labels hold " + std::to_string(label) + ", which the organ table " + seg.organs.name() + " lacks",
          "add it to the table");
  }
  if (organs.empty()) throw Error("there is no voxel to write as a DICOM segmentation", "contour a structure");
  return organs;
}

/// Its own code, or the table's key where it has none.
Code typeOf(const Organ& organ) {
  const std::string meaning = longString(organ.snomedMeaning.empty() ? organ.name : organ.snomedMeaning);
  if (!organ.snomed.empty()) return {organ.snomed, "SCT", meaning};
  const std::string code = organ.key.size() <= kCodeString
                               ? organ.key
                               : organ.key.substr(0, kCodeString - 4) + "_" + std::to_string(organ.label);
  return {code, "99RECONTOUR", meaning};
}

Code modifierOf(const Organ& organ) {
  const std::string meaning = sideMeaning(organ.modifier);
  return {organ.modifier, "SCT", meaning.empty() ? organ.modifier : meaning};
}

std::vector<std::uint16_t> cieLab(const std::array<std::uint8_t, 3>& colour) {
  double lightness = 0, a = 0, b = 0;
  IODCIELabUtil::rgb2DicomLab(lightness, a, b, colour[0] / 255.0, colour[1] / 255.0, colour[2] / 255.0);
  std::vector<std::uint16_t> values;
  for (const double value : {lightness, a, b})
    values.push_back(static_cast<std::uint16_t>(std::lround(std::clamp(value, 0.0, 65535.0))));
  return values;
}

void putAlgorithm(DcmItem& segment, const Organ& organ, const SegAlgorithm& algorithm) {
  const bool manual = algorithm.type == "MANUAL";
  if (!manual && algorithm.type != "AUTOMATIC" && algorithm.type != "SEMIAUTOMATIC")
    throw Error("'" + oneLine(algorithm.type) + "' is no type of algorithm of a segment");
  if (!manual && algorithm.name.empty()) throw Error("the algorithm that segmented " + organ.name + " has no name");
  putText(segment, DCM_SegmentAlgorithmType, algorithm.type);
  if (manual) return;
  putText(segment, DCM_SegmentAlgorithmName, longString(algorithm.name));
  if (algorithm.version.empty()) return;
  DcmItem& identified = addItem(segment, DCM_SegmentationAlgorithmIdentificationSequence);
  addCode(identified, DCM_AlgorithmFamilyCodeSequence, kArtificialIntelligence);
  putText(identified, DCM_AlgorithmName, longString(algorithm.name));
  putText(identified, DCM_AlgorithmVersion, longString(algorithm.version));
}

void putSegment(DcmItem& written, const SegToWrite& seg, const Organ& organ, int number) {
  DcmItem& segment = addItem(written, DCM_SegmentSequence);
  putShorts(segment, DCM_SegmentNumber, {static_cast<std::uint16_t>(number)});
  putText(segment, DCM_SegmentLabel, longString(organ.tg263.empty() ? organ.name : organ.tg263));
  putText(segment, DCM_SegmentDescription, longString(organ.name));
  const auto own = seg.algorithms.find(organ.label);
  putAlgorithm(segment, organ, own == seg.algorithms.end() ? seg.algorithm : own->second);
  addCode(segment, DCM_SegmentedPropertyCategoryCodeSequence, kAnatomicalStructure);
  DcmItem& type = addCode(segment, DCM_SegmentedPropertyTypeCodeSequence, typeOf(organ));
  if (!organ.modifier.empty()) addCode(type, DCM_SegmentedPropertyTypeModifierCodeSequence, modifierOf(organ));
  putShorts(segment, DCM_RecommendedDisplayCIELabValue, cieLab(organ.colour));
}

/// All that the file follows from, so that other content has another UID.
std::string contentKey(const SegToWrite& seg) {
  std::string key = seg.ct.imageHash + "\n" + seg.ct.name + "\n" + seg.organs.hash();
  for (const Label number : seg.labels.numbers())
    key += "\n" + std::to_string(number) + " " + labelMapHash(seg.labels.layer(number));
  for (const std::string& text :
       {seg.contentLabel, seg.contentDescription, seg.contentCreatorName, seg.seriesDescription, seg.date, seg.time,
        seg.algorithm.type, seg.algorithm.name, seg.algorithm.version, std::to_string(seg.seriesNumber),
        std::to_string(seg.instanceNumber), seg.manufacturerModelName, seg.deviceSerialNumber})
    key += "\n" + text;
  for (const auto& [label, algorithm] : seg.algorithms)
    key += "\n" + std::to_string(label) + " " + algorithm.type + " " + algorithm.name + " " + algorithm.version;
  return key;
}

void putSeriesAndEquipment(DcmItem& written, const SegToWrite& seg, const std::string& key) {
  putText(written, DCM_Modality, "SEG");
  putText(written, DCM_SeriesInstanceUID, dicomUid(seg.uidRoot, "series " + key));
  putText(written, DCM_SeriesNumber, std::to_string(seg.seriesNumber));
  putText(written, DCM_SeriesDate, seg.date);
  putText(written, DCM_SeriesTime, seg.time);
  putText(written, DCM_SeriesDescription, longString(seg.seriesDescription));
  putText(written, DCM_Manufacturer, "Recontour");
  putText(written, DCM_ManufacturerModelName, longString(seg.manufacturerModelName));
  putText(written, DCM_DeviceSerialNumber, longString(seg.deviceSerialNumber));
  putText(written, DCM_SoftwareVersions, RECONTOUR_VERSION);
}

void putImage(DcmItem& written, const SegToWrite& seg, const std::string& key) {
  putText(written, DCM_SpecificCharacterSet, "ISO_IR 192");
  putText(written, DCM_SOPClassUID, kSegmentation);
  putText(written, DCM_SOPInstanceUID, dicomUid(seg.uidRoot, "instance " + key));
  putText(written, DCM_InstanceNumber, std::to_string(seg.instanceNumber));
  putText(written, DCM_ContentDate, seg.date);
  putText(written, DCM_ContentTime, seg.time);
  putText(written, DCM_ContentLabel, seg.contentLabel);
  putTextOrEmpty(written, DCM_ContentDescription, longString(seg.contentDescription));
  putTextOrEmpty(written, DCM_ContentCreatorName, longString(seg.contentCreatorName));
  putText(written, DCM_ImageType, "DERIVED\\PRIMARY");
  putText(written, DCM_SegmentationType, "BINARY");
  putText(written, DCM_LossyImageCompression, "00");
  putText(written, DCM_PhotometricInterpretation, "MONOCHROME2");
  putShorts(written, DCM_Rows, {static_cast<std::uint16_t>(seg.ct.geometry.size.y)});
  putShorts(written, DCM_Columns, {static_cast<std::uint16_t>(seg.ct.geometry.size.x)});
  for (const DcmTagKey& one : {DCM_SamplesPerPixel, DCM_BitsAllocated, DCM_BitsStored}) putShorts(written, one, {1});
  for (const DcmTagKey& zero : {DCM_HighBit, DCM_PixelRepresentation}) putShorts(written, zero, {0});
}

void putReferencedSeries(DcmItem& written, const DicomReference& ct) {
  DcmItem& series = addItem(written, DCM_ReferencedSeriesSequence);
  putText(series, DCM_SeriesInstanceUID, ct.seriesUid);
  for (const std::string& uid : ct.sopInstanceUids) {
    DcmItem& instance = addItem(series, DCM_ReferencedInstanceSequence);
    putText(instance, DCM_ReferencedSOPClassUID, ct.sopClassUid);
    putText(instance, DCM_ReferencedSOPInstanceUID, uid);
  }
}

}  // namespace

std::string segmentationBytes(const SegToWrite& seg, DcmItem* ctSlice) {
  checkTexts(seg);
  if (!(seg.labels.size() == seg.ct.geometry.size)) throw Error(seg.ct.source, "the labels have another grid than it");
  const std::vector<const Organ*> organs = presentOrgans(seg);
  const std::string key = contentKey(seg);
  DicomDataset dataset;
  DcmItem& written = dataset.items();
  putPatientAndStudy(written, seg.ct, ctSlice, seg.uidRoot);
  written.convertToUTF8();  // what is written from here on is; where that fails texts stay as they are
  putSeriesAndEquipment(written, seg, key);
  putImage(written, seg, key);
  std::vector<SegStructure> structures;
  for (const Organ* organ : organs) {
    const int number = static_cast<int>(structures.size()) + 1;
    putSegment(written, seg, *organ, number);
    structures.push_back({number, organ->label, seg.labels.of(organ->label)});
  }
  putFrames(written, seg.ct, structures, dicomUid(seg.uidRoot, "dimensions " + key));
  if (hasReferences(seg.ct)) putReferencedSeries(written, *seg.ct.dicom);
  return dataset.bytes();
}

}  // namespace recontour
