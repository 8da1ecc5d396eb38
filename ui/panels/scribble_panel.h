#pragma once
#include <map>
#include <vector>

#include "core/workbench/scribbling.h"
#include "ui/panels/section.h"

class QButtonGroup;
class QComboBox;
class QGridLayout;
class QLabel;
class QPushButton;
class QSlider;

namespace recontour {

class CoverageStrip;

/// Scribble mode's part of the dock: the pen, what has strokes and what has not, what they cost so far, slices worth a
/// stroke, and several authors.
class ScribblePanel : public Section {
  Q_OBJECT
 public:
  explicit ScribblePanel(QWidget* parent = nullptr);
  void setOrgans(const OrganTable& organs) { organs_ = organs; }
  void setBrush(const Scribbling::Brush& brush);  ///< emits nothing
  void showCoverage(const ScribbleCoverage& coverage);
  void showSeconds(double active);
  /// Strokes of others and exports have no place in a study, and time is shown where the protocol shows it.
  void setInStudy(bool withTime);
  void showSuggested(const std::vector<SuggestedSlice>& slices);
  void showAuthors(const std::vector<std::string>& authors, const std::optional<std::string>& shown,
                   const std::vector<StrokeConflict>& conflicts);
  QString text(const QString& key) const;  ///< of a row: "slices", "without", "background", "fg", "total", ...
  QLabel& suggestedText() { return *suggested_; }
  QLabel& conflictText() { return *conflicts_; }
  QComboBox& authorBox() { return *authors_; }
  CoverageStrip& strip() { return *strip_; }
  QSlider& slider() { return *width_; }

 Q_SIGNALS:
  void brushChanged(const recontour::Scribbling::Brush& brush);
  void sliceChosen(int slice);  ///< axial
  void placeChosen(const recontour::Point3& world);
  void suggestAsked();
  void authorChosen(const QString& author);  ///< empty: all
  void agreementChosen(recontour::Agreement agreement);
  void fillAsked();
  void correctionsAsked();
  void addAsked();
  void saveAsked();
  void exportAsked();
  void ended();

 private:
  void buildPen();
  void buildFigures();
  void buildSuggested();
  void buildAuthors();
  void buildButtons();
  void addRow(QGridLayout& grid, const QString& key, const QString& name);
  void setRow(const QString& key, const QString& value, bool warns = false);
  QString organName(Label label) const;
  QColor colourOf(Label label) const;

  OrganTable organs_;
  Scribbling::Brush brush_;
  QButtonGroup* tools_ = nullptr;
  QSlider* width_ = nullptr;
  QLabel* widthText_ = nullptr;
  CoverageStrip* strip_ = nullptr;
  QLabel* cost_ = nullptr;
  QLabel* costNote_ = nullptr;
  QLabel* suggested_ = nullptr;
  QWidget* authorPart_ = nullptr;
  QComboBox* authors_ = nullptr;
  QLabel* conflicts_ = nullptr;
  std::vector<Point3> conflictPlaces_;
  std::map<QString, QLabel*> rows_;
  std::vector<QPushButton*> ofOthers_;
  bool showsTime_ = true;
};

}  // namespace recontour
