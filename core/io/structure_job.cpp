#include "core/io/structure_job.h"

#include <nlohmann/json.hpp>

#include "core/base/error.h"
#include "core/base/safe_file.h"
#include "core/base/sha256.h"
#include "core/image/job_files.h"
#include "core/io/dicom_context.h"
#include "core/io/reader_messages.h"
#include "core/structures/structure_files.h"

namespace recontour {
namespace {

constexpr const char* kContoursFile = "rois.bin";
constexpr const char* kJobFile = "job.json";

Json caseJson(const Case& ct) {
  Json json = {{"name", percentEncoded(ct.name)},
               {"source", percentEncoded(ct.source)},
               {"geometry", geometryJson(ct.geometry)},
               {"image_hash", ct.imageHash}};
  if (ct.dicom) json["dicom"] = referenceMessage(*ct.dicom);
  return json;
}

Case caseOf(const Json& json) {
  Case ct;
  ct.name = percentDecoded(json.at("name")).string();
  ct.source = percentDecoded(json.at("source"));
  ct.geometry = geometryOf(json.at("geometry"));
  ct.imageHash = json.at("image_hash");
  if (json.contains("dicom")) ct.dicom = readReference(json.at("dicom"));
  return ct;
}

Json factsJson(const StructureSetFacts& facts) {
  Json json = {{"label", facts.label},
               {"description", facts.description},
               {"series", facts.seriesDescription},
               {"date", facts.date},
               {"time", facts.time},
               {"operator", facts.operatorName},
               {"root", facts.uidRoot},
               {"uid_text", facts.uidText}};
  if (facts.approval) json["approval"] = {{"name", facts.approval->name}, {"role", facts.approval->role}};
  return json;
}

StructureSetFacts factsOf(const Json& json) {
  StructureSetFacts facts{json.at("label"), json.at("description"), json.at("series"),
                          json.at("date"),  json.at("time"),        json.at("operator"),
                          json.at("root"),  json.at("uid_text"),    {}};
  if (json.contains("approval"))
    facts.approval = StructureSetFacts::Approval{json.at("approval").at("name"), json.at("approval").at("role")};
  return facts;
}

Json wantedJson(const RoiToWrite& wanted) {
  return {{"roi", roiJson(wanted.roi)},
          {"there", wanted.isThere},
          {"slices", wanted.slices},
          {"description", wanted.description}};
}

RoiToWrite wantedOf(const Json& json) {
  return {roiOf(json.at("roi")), json.at("there"), json.at("slices").get<std::set<int>>(), json.at("description")};
}

Json algorithmJson(const SegAlgorithm& algorithm) {
  return {{"type", algorithm.type}, {"name", algorithm.name}, {"version", algorithm.version}};
}

SegAlgorithm algorithmOf(const Json& json) { return {json.at("type"), json.at("name"), json.at("version")}; }

/// What is too long for a message goes into a file. @return the message's part that names it
Json withJobFile(const Json& json, const std::filesystem::path& folder) {
  const std::string text = json.dump(-1, ' ', false, Json::error_handler_t::replace);
  writeFileSafely(folder / kJobFile, text);
  return {{"job", kJobFile}, {"job_sha256", sha256Hex(text)}};
}

Json readJobFile(const Json& request, const std::filesystem::path& folder) {
  const std::string text = readWholeFile(folder / plainName(request.at("job")));
  if (sha256Hex(text) != request.at("job_sha256").get<std::string>())
    throw Error("the job's file is not what was told");
  return Json::parse(text);
}

}  // namespace

std::string structureSetBytes(const StructureSetJob& job) {
  if (job.predecessor.empty()) {
    std::optional<DicomDataset> slice = sliceOf(job.ct);
    return newStructureSet(job.ct, slice ? &slice->items() : nullptr, job.facts, job.rois);
  }
  const std::string bytes = readWholeFile(job.predecessor);
  if (!job.predecessorSha256.empty() && sha256Hex(bytes) != job.predecessorSha256)
    throw Error(job.predecessor, "is not the file any more that the contours came from",
                "put it back, or export a structure set of its own");
  return revisedStructureSet(DicomDataset::parse(job.predecessor, bytes), job.ct, job.facts, job.rois);
}

std::string segmentationJobBytes(const SegToWrite& job) {
  std::optional<DicomDataset> slice = sliceOf(job.ct);
  return segmentationBytes(job, slice ? &slice->items() : nullptr);
}

Json segmentationRequest(const SegToWrite& job, const std::filesystem::path& folder) {
  Json json = {{"case", caseJson(job.ct)},
               {"algorithm", algorithmJson(job.algorithm)},
               {"content", {job.contentLabel, job.contentDescription, job.contentCreatorName, job.seriesDescription}},
               {"date", job.date},
               {"time", job.time},
               {"root", job.uidRoot},
               {"table", job.organs.name()}};
  for (const auto& [label, algorithm] : job.algorithms)
    json["algorithms"].push_back({{"label", label}, {"algorithm", algorithmJson(algorithm)}});
  for (const Organ& organ : job.organs.organs()) json["organs"].push_back(organJson(organ));
  for (const Label layer : job.labels.numbers())
    json["layers"].push_back(
        {{"layer", layer},
         {"labels", labelBoxMessage(job.labels.layer(layer), folder, "layer-" + std::to_string(layer) + ".u8")}});
  return withJobFile(json, folder);
}

SegToWrite segmentationJobOf(const Json& request, const std::filesystem::path& folder) {
  const Json json = readJobFile(request, folder);
  SegToWrite job;
  job.ct = caseOf(json.at("case"));
  job.algorithm = algorithmOf(json.at("algorithm"));
  for (const Json& one : json.value("algorithms", Json::array()))
    job.algorithms[one.at("label").get<Label>()] = algorithmOf(one.at("algorithm"));
  std::vector<Organ> organs;
  for (const Json& organ : json.at("organs")) organs.push_back(organOf(organ));
  job.organs = OrganTable::made(json.at("table"), std::move(organs));
  const Json& content = json.at("content");
  job.contentLabel = content.at(0);
  job.contentDescription = content.at(1);
  job.contentCreatorName = content.at(2);
  job.seriesDescription = content.at(3);
  job.date = json.at("date");
  job.time = json.at("time");
  job.uidRoot = json.at("root");
  std::map<Label, LabelMap> layers;
  std::bitset<256> structures;
  for (const Json& one : json.at("layers")) {
    const Label layer = one.at("layer").get<Label>();
    layers[layer] = labelMapOf(one.at("labels"), folder, job.ct.geometry.size);
    if (layer != LabelLayers::kOrgans) structures.set(layer);
  }
  job.labels = LabelLayers(LabelMap(job.ct.geometry.size));
  job.labels.setOverlapping(structures);
  for (auto& [layer, map] : layers) job.labels.layer(layer) = std::move(map);
  return job;
}

Json structureSetRequest(const StructureSetJob& job, const std::filesystem::path& folder) {
  std::vector<const Roi*> rois;
  Json list = Json::array();
  for (const RoiToWrite& wanted : job.rois) {
    list.push_back(wantedJson(wanted));
    rois.push_back(&wanted.roi);
  }
  const Json json = {{"case", caseJson(job.ct)},
                     {"predecessor", percentEncoded(job.predecessor)},
                     {"predecessor_sha256", job.predecessorSha256},
                     {"facts", factsJson(job.facts)},
                     {"rois", list}};
  Json request = withJobFile(json, folder);
  request["contours"] = kContoursFile;
  request["contours_sha256"] = writeContours(folder / kContoursFile, rois);
  return request;
}

StructureSetJob structureSetJobOf(const Json& request, const std::filesystem::path& folder) {
  const Json json = readJobFile(request, folder);
  StructureSetJob job{caseOf(json.at("case")),
                      percentDecoded(json.at("predecessor")),
                      json.at("predecessor_sha256"),
                      factsOf(json.at("facts")),
                      {}};
  for (const Json& wanted : json.at("rois")) job.rois.push_back(wantedOf(wanted));
  std::vector<Roi*> rois;
  for (RoiToWrite& wanted : job.rois) rois.push_back(&wanted.roi);
  readContours(folder / plainName(request.at("contours")), request.at("contours_sha256"), rois);
  return job;
}

}  // namespace recontour
