#include "ui/panels/prediction_line.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QStyle>
#include <cmath>

#include "ui/panels/theme.h"

namespace recontour {
namespace {

constexpr int kTextWidth = 460;

QString stageText(const std::string& stage) {
  if (stage == "load") return PredictionLine::tr("loading the model");
  if (stage == "preprocess") return PredictionLine::tr("preparing the CT");
  if (stage == "resample") return PredictionLine::tr("drawing contours");
  return QString::fromStdString(stage);
}

QString deviceText(const std::string& device) {
  return device == "cpu" ? QStringLiteral("CPU") : QString::fromStdString(device);
}

}  // namespace

PredictionLine::PredictionLine(QWidget* parent) : QWidget(parent) {
  auto* layout = new QHBoxLayout(this);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(10);
  model_ = new QLabel(this);
  badge_ = new QLabel(tr("demo model, expect errors"), this);
  badge_->setProperty("role", QStringLiteral("chip"));
  badge_->hide();
  bare_ = new QLabel(tr("ran without a sandbox"), this);
  bare_->setProperty("role", QStringLiteral("chip"));
  bare_->setToolTip(tr("The model's program could do all that you may do on this machine."));
  bare_->hide();
  bar_ = new QProgressBar(this);
  bar_->setTextVisible(false);
  bar_->setFixedWidth(160);
  text_ = new QLabel(this);
  cancel_ = new QPushButton(tr("cancel"), this);
  cancel_->setProperty("role", QStringLiteral("link"));
  again_ = new QPushButton(tr("run again"), this);
  again_->setProperty("role", QStringLiteral("link"));
  for (QWidget* part : std::initializer_list<QWidget*>{model_, badge_, bare_, bar_, text_, cancel_, again_})
    layout->addWidget(part);
  connect(cancel_, &QPushButton::clicked, this, &PredictionLine::cancelClicked);
  connect(again_, &QPushButton::clicked, this, &PredictionLine::againClicked);
  setStatus({});
}

void PredictionLine::setProgress(int done, int total) {
  bar_->setVisible(total > 0);
  if (total <= 0) return;
  bar_->setRange(0, total);
  bar_->setValue(done);
}

void PredictionLine::show(const QString& text, const char* role, const QString& toolTip) {
  text_->setText(text_->fontMetrics().elidedText(text, Qt::ElideRight, kTextWidth));
  text_->setToolTip(toolTip);
  text_->setProperty("role", QString::fromLatin1(role));
  text_->style()->unpolish(text_);
  text_->style()->polish(text_);
}

void PredictionLine::showRunning(const PredictionStatus& status) {
  setProgress(status.tilesDone, status.tilesTotal);
  QString text = stageText(status.stage);
  if (status.tilesTotal > 0 && status.stage == "network") {
    text = tr("tile %1 of %2").arg(status.tilesDone).arg(status.tilesTotal);
  }
  if (!status.device.empty()) text += tr(" on %1").arg(deviceText(status.device));
  if (status.secondsLeft >= 0) text += tr("   %1 s left").arg(std::ceil(status.secondsLeft));
  show(text, "", {});
}

void PredictionLine::setStatus(const PredictionStatus& status) {
  using State = PredictionStatus::State;
  model_->setText(status.state == State::None ? QString() : QString::fromStdString(status.modelName));
  bare_->setVisible(status.state == State::Done && !status.sandboxed);
  cancel_->setVisible(status.state == State::Running);
  again_->setVisible(status.state == State::Failed || status.state == State::Cancelled);
  if (status.state == State::Running) return showRunning(status);
  setProgress(0, 0);
  if (status.state == State::None) show({}, "dim", {});
  if (status.state == State::Cancelled) show(tr("cancelled"), "dim", {});
  if (status.state == State::Failed) {
    const QString error = QString::fromStdString(status.error);
    show(tr("failed: %1").arg(error), "error", error);
  }
  if (status.state != State::Done) return;
  if (status.kept) return show(tr("from an earlier run on %1").arg(deviceText(status.device)), "dim", {});
  const QString seconds = QString::number(status.secondsTotal, 'f', 1);
  const QString fallback = QString::fromStdString(status.fallback);
  show(tr("done in %1 s on %2").arg(seconds, deviceText(status.device)), "dim",
       fallback.isEmpty() ? QString() : tr("Not on what was asked for: %1").arg(fallback));
}

void PredictionLine::setOrigin(const std::optional<ContourOrigin>& origin) {
  badge_->setVisible(origin && origin->demoModel);
  if (origin && model_->text().isEmpty())
    show(tr("contours from %1").arg(QString::fromStdString(origin->name)), "dim", {});
}

void PredictionLine::setWaiting() {
  show(tr("no contours yet"), "dim",
       tr("Run a model (Model menu), open a label map to start from (File menu), or draw"));
}

void PredictionLine::setOpening(const QString& text, int done, int total) {
  model_->clear();
  badge_->hide();
  bare_->hide();
  cancel_->hide();
  again_->hide();
  show(text, "dim", {});
  setProgress(done, text.isEmpty() ? 0 : total);
}

QString PredictionLine::text() const { return text_->text(); }

}  // namespace recontour
