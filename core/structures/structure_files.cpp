#include "core/structures/structure_files.h"

#include <cstring>
#include <string_view>

#include <nlohmann/json.hpp>

#include "core/base/error.h"
#include "core/base/safe_file.h"
#include "core/base/sha256.h"
#include "core/image/job_files.h"

namespace recontour {
namespace {

constexpr const char* kSetFile = "structures.json";
constexpr const char* kContoursFile = "contours.bin";

template <typename Number>
void append(std::string& bytes, Number number) {
  bytes.append(reinterpret_cast<const char*>(&number), sizeof number);
}

/// Takes numbers from the front of a file's bytes.
class Numbers {
 public:
  explicit Numbers(std::string_view bytes) : bytes_(bytes) {}
  template <typename Number>
  Number next() {
    require(sizeof(Number));
    Number number;
    std::memcpy(&number, bytes_.data(), sizeof number);
    bytes_.remove_prefix(sizeof number);
    return number;
  }
  /// How many things of a size follow; never more than there are bytes for.
  std::size_t count(std::size_t bytesEach) {
    const auto number = next<std::uint32_t>();
    require(number * bytesEach);
    return number;
  }
  bool atEnd() const { return bytes_.empty(); }

 private:
  void require(std::size_t bytes) const {
    if (bytes > bytes_.size()) throw Error("the contours are cut off");
  }
  std::string_view bytes_;
};

Contour nextContour(Numbers& numbers) {
  Contour contour;
  contour.pointsMm.resize(numbers.count(3 * sizeof(double)));
  for (Point3& point : contour.pointsMm)
    for (int axis = 0; axis < 3; ++axis) point[axis] = numbers.next<double>();
  return contour;
}

std::string readChecked(const std::filesystem::path& file, const std::string& sha256) {
  std::string bytes = readWholeFile(file);
  if (sha256Hex(bytes) != sha256) throw Error(file, "is not what was written");
  return bytes;
}

}  // namespace

Json roiJson(const Roi& roi) {
  Json json = {{"number", roi.number},           {"name", roi.name},
               {"type", roi.interpretedType},    {"algorithm", roi.algorithm},
               {"snomed", roi.snomed},           {"meaning", roi.snomedMeaning},
               {"modifier", roi.snomedModifier}, {"frame", roi.frameOfReferenceUid},
               {"xor", roi.xorContours},         {"other", roi.otherContours}};
  if (roi.colour) json["colour"] = *roi.colour;
  return json;
}

Roi roiOf(const Json& json) {
  Roi roi;
  roi.number = json.at("number");
  roi.name = json.at("name");
  roi.interpretedType = json.at("type");
  roi.algorithm = json.at("algorithm");
  roi.snomed = json.at("snomed");
  roi.snomedMeaning = json.at("meaning");
  roi.snomedModifier = json.at("modifier");
  roi.frameOfReferenceUid = json.at("frame");
  roi.xorContours = json.at("xor");
  roi.otherContours = json.at("other");
  if (json.contains("colour")) roi.colour = json.at("colour").get<std::array<std::uint8_t, 3>>();
  return roi;
}

std::string writeContours(const std::filesystem::path& file, const std::vector<const Roi*>& rois) {
  std::string bytes;
  for (const Roi* roi : rois) {
    append(bytes, static_cast<std::uint32_t>(roi->contours.size()));
    for (const Contour& contour : roi->contours) {
      append(bytes, static_cast<std::uint32_t>(contour.pointsMm.size()));
      for (const Point3& point : contour.pointsMm)
        for (int axis = 0; axis < 3; ++axis) append(bytes, point[axis]);
    }
  }
  writeFileSafely(file, bytes);
  return sha256Hex(bytes);
}

void readContours(const std::filesystem::path& file, const std::string& sha256, const std::vector<Roi*>& rois) {
  const std::string bytes = readChecked(file, sha256);
  Numbers numbers(bytes);
  for (Roi* roi : rois) {
    roi->contours.resize(numbers.count(sizeof(std::uint32_t)));
    for (Contour& contour : roi->contours) contour = nextContour(numbers);
  }
  if (!numbers.atEnd()) throw Error(file, "holds more contours than were told");
}

Json structureSetMessage(const StructureSet& set, const std::filesystem::path& folder) {
  Json rois = Json::array();
  std::vector<const Roi*> all;
  for (const Roi& roi : set.rois) {
    rois.push_back(roiJson(roi));
    all.push_back(&roi);
  }
  const Json json = {{"label", set.label},
                     {"name", set.name},
                     {"sop_instance_uid", set.sopInstanceUid},
                     {"sop_class_uid", set.sopClassUid},
                     {"frame", set.frameOfReferenceUid},
                     {"series", set.referencedSeries},
                     {"approval", set.approvalStatus},
                     {"manufacturer", set.manufacturer},
                     {"warnings", set.warnings},
                     {"rois", rois}};
  const std::string text = json.dump(-1, ' ', false, Json::error_handler_t::replace);
  writeFileSafely(folder / kSetFile, text);
  return {{"file", kSetFile},
          {"sha256", sha256Hex(text)},
          {"contours", kContoursFile},
          {"contours_sha256", writeContours(folder / kContoursFile, all)}};
}

StructureSet structureSetOf(const Json& message, const std::filesystem::path& folder) {
  const Json json = Json::parse(readChecked(folder / plainName(message.at("file")), message.at("sha256")));
  StructureSet set;
  set.label = json.at("label");
  set.name = json.at("name");
  set.sopInstanceUid = json.at("sop_instance_uid");
  set.sopClassUid = json.at("sop_class_uid");
  set.frameOfReferenceUid = json.at("frame");
  set.referencedSeries = json.at("series").get<std::vector<std::string>>();
  set.approvalStatus = json.at("approval");
  set.manufacturer = json.at("manufacturer");
  set.warnings = json.at("warnings").get<std::vector<std::string>>();
  for (const Json& roi : json.at("rois")) set.rois.push_back(roiOf(roi));
  std::vector<Roi*> all;
  for (Roi& roi : set.rois) all.push_back(&roi);
  readContours(folder / plainName(message.at("contours")), message.at("contours_sha256"), all);
  return set;
}

}  // namespace recontour
