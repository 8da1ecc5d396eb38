#include "tests/reliability/window_process.h"

#include <cstdlib>

#include <nlohmann/json.hpp>

#include "core/base/json.h"
#include "core/base/safe_file.h"
#include "core/io/label_file.h"
#include "tests/reliability/scripted_editing.h"

namespace recontour {

WindowDesk::WindowDesk() : opened_(scriptedCase({96, 96, 48}, 2)) {
  writeVolumeFile(root_ / "ct.nii", opened_.volume, opened_.geometry, "scripted");
  LabelMap start(opened_.geometry.size);
  for (int y = 30; y < 60; ++y) start.writeRow(y, 20, 30, std::vector<Label>(30, Label{1}));
  writeLabelFile(root_ / "start.nii", start, opened_.geometry);
}

bool WindowDesk::hasDisplay() const { return std::getenv("DISPLAY") != nullptr; }

std::filesystem::path WindowDesk::sessionFolder() const {
  return root_ / "sessions" / opened_.imageHash.substr(0, 16) / "R1";
}

std::unique_ptr<EditorProcess> WindowDesk::start(const std::vector<std::string>& options) const {
  std::vector<std::string> arguments = {root_ / "ct.nii", "--no-3d", "--sessions", root_ / "sessions"};
  arguments.insert(arguments.end(), options.begin(), options.end());
  ChildProcess::Options how;
  for (const char* name : {"XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME"})
    how.environment.push_back(std::string(name) + "=" + (root_ / name).string());
  how.errorFile = errors();
  return std::make_unique<EditorProcess>(RECONTOUR_PROGRAM, arguments, how);
}

std::unique_ptr<EditorProcess> WindowDesk::startRevising(int strokes, std::uint64_t seed) const {
  writeScript(root_ / "script.json", strokes, seed);
  return start(
      {"--prediction", root_ / "start.nii", "--unattended", root_ / "results", "--revision", root_ / "script.json"});
}

void WindowDesk::writeScript(const std::filesystem::path& file, int strokes, std::uint64_t seed) const {
  PortableRandom random(seed);
  Json script = {{"format", "recontour-revision"}, {"version", 1}, {"title", "random"}};
  for (int i = 0; i < strokes; ++i) {
    Point3 at{random.between(40, 150), random.between(40, 150), 2.5 * random.below(48)};
    Json path = Json::array();
    for (int sample = 0; sample < 15; ++sample) {
      path.push_back({at.x, at.y, at.z});
      at = at + Point3{random.between(-4, 4), random.between(-4, 4), 0};
    }
    script["strokes"].push_back({{"organ", random.below(2) == 0 ? "liver" : "spleen"},
                                 {"radius_mm", random.between(3, 12)},
                                 {"erase", random.below(5) == 0},
                                 {"points_mm", std::move(path)}});
  }
  writeFileSafely(file, script.dump());
}

}  // namespace recontour
