#include "core/io/reader_messages.h"

#include <charconv>

#include <nlohmann/json.hpp>

#include "core/base/error.h"
#include "core/image/job_files.h"

namespace recontour {
namespace {

constexpr const char* kVolumeFile = "volume.i16";
constexpr const char* kSliceFile = "slice.i16";
constexpr const char* kLabelsFile = "labels.u8";

}  // namespace

std::string percentEncoded(const std::filesystem::path& path) {
  constexpr char kDigits[] = "0123456789ABCDEF";
  std::string text;
  for (const char character : path.string()) {
    const auto byte = static_cast<unsigned char>(character);
    if (byte >= 0x20 && byte < 0x7f && byte != '%') {
      text += character;
    } else {
      text += {'%', kDigits[byte >> 4], kDigits[byte & 15]};
    }
  }
  return text;
}

std::filesystem::path percentDecoded(const std::string& text) {
  std::string path;
  for (std::size_t i = 0; i < text.size(); ++i) {
    unsigned value = 0;
    if (text[i] != '%') {
      path += text[i];
      continue;
    }
    const char* digits = text.data() + i + 1;
    if (i + 2 >= text.size() || std::from_chars(digits, digits + 2, value, 16).ptr != digits + 2)
      throw Error("'" + text + "' is no percent-encoded path");
    path += static_cast<char>(value);
    i += 2;
  }
  return path;
}

Json referenceMessage(const DicomReference& reference) {
  return {{"study_uid", reference.studyUid},
          {"series_uid", reference.seriesUid},
          {"frame_of_reference_uid", reference.frameOfReferenceUid},
          {"sop_class_uid", reference.sopClassUid},
          {"sop_instance_uids", reference.sopInstanceUids}};
}

DicomReference readReference(const Json& json) {
  return {json.at("study_uid"), json.at("series_uid"), json.at("frame_of_reference_uid"), json.at("sop_class_uid"),
          json.at("sop_instance_uids")};
}

Json sliceMessage(const FirstSlice& slice, const std::filesystem::path& folder) {
  writeVoxels(folder / kSliceFile, slice.pixels);
  return {{"type", "slice"}, {"geometry", geometryJson(slice.geometry)}, {"z", slice.z}, {"file", kSliceFile}};
}

FirstSlice readSlice(const Json& message, const std::filesystem::path& folder) {
  FirstSlice slice{geometryOf(message.at("geometry")), message.at("z"), {}};
  const Size3& size = slice.geometry.size;
  if (slice.z < 0 || slice.z >= size.z) throw Error("the first slice lies outside its volume");
  slice.pixels = readVoxels(folder / plainName(message.at("file")), voxelCount({size.x, size.y, 1}));
  return slice;
}

Json caseMessage(const Case& opened, const std::filesystem::path& folder) {
  writeVoxels(folder / kVolumeFile, opened.volume.voxels());
  Json message = {{"geometry", geometryJson(opened.geometry)},
                  {"file", kVolumeFile},
                  {"image_hash", opened.imageHash},
                  {"modality", opened.modality},
                  {"synthetic", opened.synthetic},
                  {"warnings", opened.warnings}};
  if (opened.dicom) message["dicom"] = referenceMessage(*opened.dicom);
  message["structures"] = Json::array();
  for (const auto& file : opened.structures) message["structures"].push_back(percentEncoded(file));
  return message;
}

Case readCase(const Json& message, const std::filesystem::path& folder) {
  Case opened;
  opened.geometry = geometryOf(message.at("geometry"));
  const Size3& size = opened.geometry.size;
  opened.volume = Volume(size, readVoxels(folder / plainName(message.at("file")), voxelCount(size)));
  opened.imageHash = imageHash(opened.geometry, opened.volume);
  if (opened.imageHash != message.at("image_hash").get<std::string>()) throw Error("the voxels' hash differs");
  opened.modality = message.at("modality");
  opened.synthetic = message.at("synthetic");
  opened.warnings = message.at("warnings").get<std::vector<std::string>>();
  if (message.contains("dicom")) opened.dicom = readReference(message.at("dicom"));
  for (const Json& file : message.value("structures", Json::array())) opened.structures.push_back(percentDecoded(file));
  return opened;
}

Json labelsMessage(const LabelValues& values, const std::filesystem::path& folder) {
  Json list = Json::array();
  for (const auto& [slot, value] : values.valueOf) list.push_back({slot, value});
  return {{"geometry", geometryJson(values.geometry)},
          {"file", kLabelsFile},
          {"sha256", writeLabels(folder / kLabelsFile, values.slots)},
          {"values", list}};
}

LabelValues readLabelsMessage(const Json& message, const std::filesystem::path& folder) {
  LabelValues values;
  values.geometry = geometryOf(message.at("geometry"));
  values.slots = readLabels(folder / plainName(message.at("file")), values.geometry.size, message.at("sha256"));
  for (const Json& entry : message.at("values")) {
    const int slot = entry.at(0);
    if (slot < 1 || slot > 255) throw Error("slot " + std::to_string(slot) + " is out of range");
    values.valueOf[static_cast<Label>(slot)] = entry.at(1);
  }
  return values;
}

Json seriesMessage(const std::vector<CtSeries>& series) {
  Json list = Json::array();
  for (const CtSeries& one : series) {
    list.push_back({{"name", one.name},
                    {"problem", one.problem},
                    {"size", {one.size.x, one.size.y, one.size.z}},
                    {"spacing_mm", {one.spacingMm.x, one.spacingMm.y, one.spacingMm.z}},
                    {"plane", one.plane},
                    {"uid", one.uid},
                    {"patient", one.patient},
                    {"content", one.content}});
  }
  return list;
}

std::vector<CtSeries> readSeries(const Json& list) {
  std::vector<CtSeries> series;
  for (const Json& json : list) {
    CtSeries one{json.at("name"),    json.at("problem"), {}, {}, json.at("plane"), json.at("uid"),
                 json.at("patient"), json.at("content")};
    for (int axis = 0; axis < 3; ++axis) {
      one.size[axis] = json.at("size").at(std::size_t(axis));
      one.spacingMm[axis] = json.at("spacing_mm").at(std::size_t(axis));
    }
    series.push_back(std::move(one));
  }
  return series;
}

}  // namespace recontour
