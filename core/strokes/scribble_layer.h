#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "core/strokes/scribble_stroke.h"

namespace recontour {

/// One step in a layer of strokes: these go, those come. Drawing, erasing, cutting, another organ: all are such.
struct ScribbleChange {
  std::string name;  ///< "draw", "erase", "cut", "organ", ...
  std::vector<ScribbleStroke> removed, added;
  bool empty() const { return removed.empty() && added.empty(); }
  ScribbleChange reversed() const { return {name, added, removed}; }
};

/// All strokes of a case, beside its labels, with undo. A value; changed on one thread.
class ScribbleLayer {
 public:
  /// One that was taken away, and by which event of the session log.
  struct Erased {
    ScribbleStroke stroke;
    std::uint64_t event = 0;
  };

  /// In the order in which they are painted; later ones lie over earlier ones.
  const std::vector<ScribbleStroke>& strokes() const { return strokes_; }
  const ScribbleStroke* find(std::uint64_t id) const;  ///< null when it is not there
  std::uint64_t nextId() const { return nextId_; }     ///< for a new stroke
  std::vector<Erased> erased() const;                  ///< those that are not there any more, undone ones left out
  std::vector<std::string> authors() const;            ///< of the strokes, by name

  /// One step; what could be done again is gone. @param event  that records it
  /// @throws Error when one that goes is not there, or one that comes has the id of another
  void apply(ScribbleChange change, std::uint64_t event);
  bool canUndo() const { return depth_ > 0; }
  bool canRedo() const { return depth_ < steps_.size(); }
  std::uint64_t undoEvent() const { return steps_[depth_ - 1].event; }  ///< of the step that undo() takes back
  std::uint64_t redoEvent() const { return steps_[depth_].event; }
  ScribbleChange undo();  ///< @return what it did
  ScribbleChange redo();

 private:
  struct Step {
    ScribbleChange change;
    std::uint64_t event = 0;
  };
  void exchange(const ScribbleChange& change);
  std::vector<ScribbleStroke> strokes_;  ///< see liesBelow()
  std::vector<Step> steps_;
  std::size_t depth_ = 0;
  std::uint64_t nextId_ = 1;
};

}  // namespace recontour
