#pragma once
#include <QObject>
#include <QString>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "core/edit/pointer_sample.h"
#include "core/scribble/scribble_coverage.h"
#include "core/scribble/scribble_generator.h"
#include "core/strokes/author_agreement.h"
#include "core/workbench/workbench.h"

namespace recontour {

/// Scribble mode of a Workbench: strokes that say what lies where, in a layer beside the labels. Lives on the GUI
/// thread with its workbench; figures follow changes in the background.
class Scribbling final : public QObject {
  Q_OBJECT

 public:
  enum class Tool { Draw, Erase, Cut, Organ };
  struct Brush {
    Tool tool = Tool::Draw;
    double radiusMm = 1.2;  ///< half of a line's width
    friend bool operator==(const Brush&, const Brush&) = default;
  };

  bool on() const { return on_; }
  void setOn(bool on);
  const Brush& brush() const { return brush_; }
  void setBrush(const Brush& brush);

  const ScribbleLayer& layer() const;
  const LabelMap& raster() const;  ///< of the strokes shown, see ScribbleRaster; empty without a case
  /// @param background  the right button: the stroke says what is no organ. Control takes away as the eraser does
  void press(const PointerSample& at, bool background);
  void drag(const PointerSample& to);
  void release();
  void cancel();
  bool active() const;  ///< between press and release
  bool canUndo() const;
  bool canRedo() const;
  void undo();
  void redo();

  const ScribbleCoverage& coverage() const { return coverage_; }   ///< of all authors
  bool settled() const { return counted_ == asked_ && !adding_; }  ///< nothing of it is under way
  Label nextWithoutStroke() const;  ///< the next organ after the selected one; 0 when all have strokes
  const std::vector<SuggestedSlice>& suggestedSlices() const { return suggested_; }
  void suggestSlices();  ///< suggested() follows

  /// Contours from the strokes of a slice: a correction that waits for an answer (Workbench::acceptCorrection()). The
  /// strokes stay. Ends the mode.
  void fillFrom(Plane plane, int slice);

  // Several authors
  const std::optional<std::string>& shownAuthor() const { return shownAuthor_; }
  void showAuthor(const std::optional<std::string>& author);  ///< none: all of them
  const std::vector<StrokeConflict>& conflicts() const { return conflicts_; }
  void setAgreement(Agreement agreement) { agreement_ = agreement; }  ///< of what is written as a map
  Agreement agreement() const { return agreement_; }

  // Files, in the background
  /// Strokes as scribbles.json, or, by the ending, as a label map: 0 background, 255 without a stroke.
  void saveAs(const std::filesystem::path& file);
  void addFrom(const std::filesystem::path& file);  ///< strokes of a scribbles.json of this image; one step
  /// Makes the case one of a folder of cases for training. @param dense  the contours as they are go along
  void putInto(const std::filesystem::path& cases, bool dense);  ///< casePut() follows
  /// Strokes of what the reader corrected; one step.
  void addFromCorrections();

 Q_SIGNALS:
  void modeChanged(bool on);
  void brushChanged();
  void changed(const recontour::Box& voxels);  ///< these may differ
  void coverageChanged();                      ///< and the conflicts
  void suggested();
  void casePut(const QString& cases);

 private:
  friend class Workbench;
  explicit Scribbling(Workbench::State& state) : state_(state) {}
  void caseOpened();
  void caseClosed();
  void changedNow(const Box& voxels);
  void changeStrokeAt(const PointerSample& at, Label label);
  void refuse(const QString& why);
  void requestCoverage();

  Workbench::State& state_;
  bool on_ = false;
  Brush brush_;
  ScribbleCoverage coverage_;
  std::vector<SuggestedSlice> suggested_;
  std::vector<StrokeConflict> conflicts_;
  std::optional<std::string> shownAuthor_;
  std::optional<LabelMap> shownRaster_;  ///< of that author
  Agreement agreement_ = Agreement::Union;
  int asked_ = 0, counted_ = 0;  ///< coverages
  bool adding_ = false;          ///< strokes from a file
};

}  // namespace recontour
