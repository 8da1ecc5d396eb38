#include "core/strokes/scribble_json.h"

#include <nlohmann/json.hpp>

#include "core/base/error.h"

namespace recontour {
namespace {

constexpr const char* kFormat = "recontour-scribbles";
constexpr int kVersion = 1;

template <typename AnyJson>
AnyJson jsonOf(const ScribbleStroke& stroke) {
  AnyJson points = AnyJson::array(), times = AnyJson::array();
  for (const ScribblePoint& point : stroke.points) {
    points.push_back({point.mm.x, point.mm.y, point.mm.z});
    times.push_back(point.timeMs);
  }
  AnyJson json = {{"id", stroke.id},
                  {"label", stroke.label},
                  {"reader", stroke.author},
                  {"origin", strokeOriginName(stroke.origin)},
                  {"plane", planeName(stroke.plane)},
                  {"slice", stroke.slice},
                  {"radius_mm", stroke.radiusMm},
                  {"t_start", stroke.startMs},
                  {"t_end", stroke.endMs},
                  {"points_mm", std::move(points)},
                  {"times_ms", std::move(times)}};
  if (stroke.order != 0) json["order"] = stroke.order;
  return json;
}

OrderedJson namedJson(const ScribbleStroke& stroke, const OrganTable& organs, OrderedJson erasedBy) {
  auto json = jsonOf<OrderedJson>(stroke);
  const Organ* organ = organs.find(stroke.label);
  json["organ"] = stroke.label == 0 ? "background" : organ != nullptr ? organ->key : "";
  json["erased_by"] = std::move(erasedBy);
  return json;
}

StrokeOrigin originFrom(const Json& json) {
  const auto origin = strokeOriginNamed(json.get<std::string>());
  if (!origin) throw Error("a stroke's origin is unknown", "open it with a newer version");
  return *origin;
}

std::optional<double> secondsFrom(const Json& json, const char* member) {
  if (!json.contains(member) || json.at(member).is_null()) return std::nullopt;
  const auto seconds = json.at(member).get<double>();
  if (!(seconds >= 0)) throw Error(std::string(member) + " is below 0");
  return seconds;
}

}  // namespace

Json toJson(const ScribbleStroke& stroke) { return jsonOf<Json>(stroke); }

ScribbleStroke scribbleStrokeFrom(const Json& json) {
  try {
    ScribbleStroke stroke;
    stroke.id = static_cast<std::uint64_t>(wholeNumber(json.at("id"), 1, INT32_MAX));
    if (json.contains("order")) stroke.order = static_cast<std::uint64_t>(wholeNumber(json["order"], 1, INT32_MAX));
    stroke.label = static_cast<Label>(wholeNumber(json.at("label"), 0, kBackgroundStroke - 1));
    stroke.author = json.at("reader").get<std::string>();
    stroke.origin = originFrom(json.at("origin"));
    stroke.plane = planeNamed(json.at("plane").get<std::string>());
    stroke.slice = static_cast<int>(wholeNumber(json.at("slice"), 0, INT16_MAX));
    stroke.radiusMm = json.at("radius_mm").get<double>();
    if (!(stroke.radiusMm > 0 && stroke.radiusMm < 1000)) throw Error("a stroke has no width");
    stroke.startMs = wholeNumber(json.at("t_start"), 0, INT64_MAX);
    stroke.endMs = wholeNumber(json.at("t_end"), 0, INT64_MAX);
    const Json& points = json.at("points_mm");
    const Json times = json.value("times_ms", Json::array());
    for (std::size_t i = 0; i < points.size(); ++i) {
      const Json& at = points[i];
      stroke.points.push_back({{at.at(0).get<double>(), at.at(1).get<double>(), at.at(2).get<double>()},
                               i < times.size() ? times[i].get<double>() : 0});
    }
    if (stroke.points.empty()) throw Error("a stroke has no points");
    return stroke;
  } catch (const Json::exception& error) {
    throw Error(std::string("a stroke cannot be read: ") + error.what());
  }
}

std::string toJson(const ScribbleFile& file, const OrganTable& organs) {
  OrderedJson strokes = OrderedJson::array();
  for (const ScribbleStroke& stroke : file.strokes) strokes.push_back(namedJson(stroke, organs, nullptr));
  for (const auto& [stroke, event] : file.erased) strokes.push_back(namedJson(stroke, organs, event));
  OrderedJson json = {{"format", kFormat},
                      {"version", kVersion},
                      {"case", file.caseName},
                      {"image_hash", file.imageHash},
                      {"organ_table", organs.name()}};
  if (file.rasterOrigin != StrokeOrigin::Drawn) json["raster_origin"] = strokeOriginName(file.rasterOrigin);
  if (file.activeS) json["active_s"] = *file.activeS;
  if (file.denseActiveS) json["dense_active_s"] = *file.denseActiveS;
  json["strokes"] = std::move(strokes);
  return json.dump(1, ' ', false, OrderedJson::error_handler_t::replace) + "\n";
}

ScribbleFile scribbleFileFrom(const std::string& text, const std::filesystem::path& source) {
  const Json json = parseJson(text, source);
  try {
    if (json.at("format") != kFormat) throw Error(source, "holds no strokes", "choose a scribbles.json");
    if (wholeNumber(json.at("version"), 1, INT32_MAX) > kVersion)
      throw Error(source, "is of a newer version", "open it with a newer version");
    ScribbleFile file{json.value("case", ""), json.value("image_hash", ""), {}, {}};
    file.organTable = json.value("organ_table", "");
    if (json.contains("raster_origin")) file.rasterOrigin = originFrom(json.at("raster_origin"));
    file.activeS = secondsFrom(json, "active_s");
    file.denseActiveS = secondsFrom(json, "dense_active_s");
    for (const Json& entry : json.at("strokes")) {
      const Json by = entry.value("erased_by", Json());
      ScribbleStroke stroke = scribbleStrokeFrom(entry);
      if (by.is_null())
        file.strokes.push_back(std::move(stroke));
      else
        file.erased.push_back({std::move(stroke), static_cast<std::uint64_t>(wholeNumber(by, 0, INT64_MAX))});
    }
    return file;
  } catch (const Json::exception& error) {
    throw Error(source, std::string("holds no strokes: ") + error.what(), "choose a scribbles.json");
  }
}

}  // namespace recontour
