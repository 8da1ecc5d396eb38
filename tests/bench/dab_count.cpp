// One dab of 10 mm and its undo, and a scribble stroke of that size, as the window does them, for dab_count.py to count
// instructions of.
//   dab_count X Y Z        voxels of the volume
#include <cmath>
#include <cstdio>
#include <cstdlib>

#include "core/session/session.h"
#include "tests/data/temporary_folder.h"

using namespace recontour;

namespace {

Case emptyCase(const Size3& size) {
  Case opened;
  opened.name = "dab";
  opened.geometry.size = size;
  opened.geometry.spacing = {0.98, 0.98, 2.5};  // mm; as WORD's mostly are
  opened.imageHash = std::string(64, '0');
  return opened;  // a session needs no voxels
}

/// A ball of liver in the middle of the volume, the same whatever its size.
StartMap liver(const Geometry& geometry) {
  constexpr double kRadiusMm = 50;
  StartMap start;
  start.labels = LabelMap(geometry.size);
  start.labelsHash = std::string(64, '0');
  const Size3& size = geometry.size;
  const Index3 middle{size.x / 64 * 32, size.y / 64 * 32, size.z / 64 * 32};  // a brick's corner in every volume
  for (int z = 0; z < size.z; ++z) {
    for (int y = 0; y < size.y; ++y) {
      const double dz = (z - middle.z) * geometry.spacing.z, dy = (y - middle.y) * geometry.spacing.y;
      const double left = kRadiusMm * kRadiusMm - dz * dz - dy * dy;
      if (left <= 0) continue;
      const int reach = static_cast<int>(std::sqrt(left) / geometry.spacing.x);
      start.labels.writeRow(y, z, middle.x - reach, std::vector<Label>(2 * static_cast<std::size_t>(reach) + 1, 1));
    }
  }
  return start;
}

}  // namespace

/// Not inlined and with C names: callgrind switches counting on and off at them.
extern "C" [[gnu::noinline]] void countedDab(Session& session, const PointerSample& at) {
  session.beginStroke({.label = 1, .radiusMm = 10, .ball = false, .erase = false}, at);
  session.endStroke();
}
extern "C" [[gnu::noinline]] void countedScribble(Session& session, const PointerSample& at) {
  session.beginScribble(1, 10, at);
  session.endScribble();
}
extern "C" [[gnu::noinline]] void countedUndo(Session& session) { session.undo(); }

int main(int argc, char** argv) {
  if (argc != 4) return std::fputs("usage: dab_count X Y Z\n", stderr), 2;
  const Case opened = emptyCase({std::atoi(argv[1]), std::atoi(argv[2]), std::atoi(argv[3])});
  const TemporaryFolder folder;
  const SystemClock clock;
  const auto session = Session::open(folder.path(), opened, OrganTable::named("word"), "R1", clock);
  session->addStart(liver(opened.geometry));
  PointerSample at;
  const Size3& size = opened.geometry.size;
  const Index3 edge{size.x / 64 * 32 + 50, size.y / 64 * 32, size.z / 64 * 32};  // on the liver's border
  at.pointMm = opened.geometry.toWorld(edge);
  at.slice = edge.z;
  countedDab(*session, at);  // the first of a session also makes buffers
  session->undo();
  countedDab(*session, at);
  countedUndo(*session);
  session->beginScribble(2, 10, at);  // the first makes the layer's raster
  session->endScribble();
  countedScribble(*session, at);
  return session->undoDepth() == 1 && session->scribbles().strokes().size() == 2 ? 0 : 1;
}
