#pragma once
#include <QColor>
#include <QWidget>
#include <vector>

namespace recontour {

/// The axial slices of a scan from below (left) to above, with a tick where there are strokes. A click goes there.
class CoverageStrip : public QWidget {
  Q_OBJECT
 public:
  struct Tick {
    int slice = 0;
    std::vector<QColor> colours;  ///< of the labels on it
  };
  explicit CoverageStrip(QWidget* parent = nullptr);
  void setTicks(int slices, const std::vector<Tick>& ticks);
  const std::vector<Tick>& ticks() const { return ticks_; }

 Q_SIGNALS:
  void sliceChosen(int slice);

 protected:
  void paintEvent(QPaintEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;

 private:
  double xOf(int slice) const;
  int slices_ = 0;
  std::vector<Tick> ticks_;
};

}  // namespace recontour
