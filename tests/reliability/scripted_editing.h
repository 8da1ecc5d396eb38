#pragma once
#include <functional>

#include "core/base/portable_random.h"
#include "core/image/case.h"
#include "core/session/session.h"

namespace recontour {

/// An empty CT for scripts: only its grid matters. @param spacingMm  of x and y; slices are 2.5 mm apart
Case scriptedCase(const Size3& size, double spacingMm);

/// What a reader does, drawn at random: strokes, erasing, undo, redo, operations, now and then a start map.
class ScriptedEditing {
 public:
  struct Pace {
    int samples = 30;                              ///< of a stroke, at most
    std::function<void(int sample)> between = {};  ///< called before each sample of a stroke but the first
    std::function<void()> released = {};           ///< called when the hand leaves the mouse, before the stroke ends
    bool wholeMaps = true;                         ///< start maps and operations too, not only strokes, undo and redo
  };
  ScriptedEditing(Session& session, const Case& opened, std::uint64_t seed, Pace pace);
  /// Does the next edit. Its event may still be on its way to the disk.
  void next();
  /// A brush stroke alone.
  void stroke(bool erase);

 private:
  void addStart();
  void operate();
  PointerSample at(double column, double row, int slice) const;
  Session& session_;
  AxisMap axes_;
  Geometry geometry_;
  PortableRandom random_;
  Pace pace_;
};

}  // namespace recontour
