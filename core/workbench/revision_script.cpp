#include "core/workbench/revision_script.h"

#include <nlohmann/json.hpp>

#include "core/base/error.h"
#include "core/base/json.h"

namespace recontour {
namespace {

Point3 pointFrom(const Json& json) {
  return {json.at(0).get<double>(), json.at(1).get<double>(), json.at(2).get<double>()};
}

ScriptedStroke strokeFrom(const Json& json) {
  ScriptedStroke stroke;
  stroke.organKey = json.at("organ").get<std::string>();
  stroke.brush.radiusMm = json.at("radius_mm").get<double>();
  stroke.brush.ball = json.value("ball", false);
  stroke.brush.rules.overwrite = EditRules::Overwrite::All;  // a script says where, and means it
  stroke.erase = json.value("erase", false);
  stroke.plane = planeNamed(json.value("plane", "axial"));
  for (const auto& point : json.at("points_mm")) stroke.pointsMm.push_back(pointFrom(point));
  if (stroke.pointsMm.empty() || !(stroke.brush.radiusMm > 0))
    throw Error("a stroke needs points and a radius above 0");
  return stroke;
}

}  // namespace

RevisionScript readRevisionScript(const std::filesystem::path& file) {
  const Json json = readJsonFile(file);
  RevisionScript script;
  try {
    if (json.at("format") != "recontour-revision" || json.at("version") != 1)
      throw Error("format or version is another");
    script.title = json.value("title", "");
    for (const auto& entry : json.at("strokes")) script.strokes.push_back(strokeFrom(entry));
  } catch (const std::exception& error) {
    throw Error(file, "stroke " + std::to_string(script.strokes.size()) + " cannot be used: " + error.what(),
                "compare it with docs/formats/revision.md");
  }
  return script;
}

std::vector<PointerSample> samplesOf(const ScriptedStroke& stroke, const AxisMap& axisMap) {
  std::vector<PointerSample> samples;
  for (const Point3& point : stroke.pointsMm) {
    PointerSample sample;
    sample.pointMm = point;
    sample.plane = stroke.plane;
    sample.slice = axisMap.sliceAt(stroke.plane, point);
    sample.control = stroke.erase;
    sample.timeMs = 10.0 * static_cast<double>(samples.size());
    samples.push_back(sample);
  }
  return samples;
}

}  // namespace recontour
