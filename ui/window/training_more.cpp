#include "ui/window/training_more.h"

#include <QComboBox>
#include <QDoubleSpinBox>
#include <QFormLayout>
#include <QSpinBox>
#include <QVBoxLayout>
#include <limits>

#include "ui/window/path_line.h"
#include "ui/window/training_texts.h"

namespace recontour {
namespace {

const TrainingSettings kUsual;

/// Sets a number that is kept and within its box's limits.
template <typename Box>
void restoreNumber(Box& box, const QVariantMap& kept, const char* key) {
  bool isNumber = false;
  const double value = kept.value(QLatin1String(key)).toDouble(&isNumber);
  if (isNumber) box.setValue(static_cast<decltype(box.value())>(value));
}

void choose(QComboBox& box, const QVariant& data) {
  const int found = box.findData(data);
  if (found >= 0) box.setCurrentIndex(found);
}

}  // namespace

TrainingMore::TrainingMore(QWidget* parent) : Section(tr("More"), parent) {
  form_ = new QFormLayout;
  form_->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
  form_->setVerticalSpacing(5);
  bodyLayout()->addLayout(form_);
  buildSchedule();
  buildWeights();
  buildChoices();
}

QSpinBox* TrainingMore::addNumber(const QString& name, int least, int most, int usual, const QString& toolTip) {
  auto* box = new QSpinBox(body());
  box->setRange(least, most);
  box->setValue(usual);
  box->setToolTip(toolTip);
  box->setAccessibleName(name);
  if (least == 0 && usual == 0) box->setSpecialValueText(tr("by the network"));
  form_->addRow(name, box);
  connect(box, &QSpinBox::valueChanged, this, &TrainingMore::changed);
  return box;
}

QDoubleSpinBox* TrainingMore::addWeight(const QString& name, const QString& toolTip) {
  auto* box = new QDoubleSpinBox(body());
  box->setDecimals(4);
  box->setRange(0, 100);
  box->setSingleStep(0.05);
  box->setToolTip(toolTip);
  box->setAccessibleName(name);
  form_->addRow(name, box);
  connect(box, &QDoubleSpinBox::valueChanged, this, &TrainingMore::changed);
  return box;
}

QComboBox* TrainingMore::addChoice(const QString& name, const std::vector<std::pair<QString, QString>>& choices) {
  auto* box = new QComboBox(body());
  for (const auto& [kept, shown] : choices) box->addItem(shown, kept);
  box->setAccessibleName(name);
  form_->addRow(name, box);
  connect(box, &QComboBox::currentIndexChanged, this, &TrainingMore::changed);
  return box;
}

PathLine* TrainingMore::addPath(PathLine* line, const QString& name) {
  form_->addRow(name, line);
  connect(line, &PathLine::changed, this, &TrainingMore::changed);
  return line;
}

void TrainingMore::buildSchedule() {
  epochs_ = addNumber(tr("Epochs"), 1, 100000, kUsual.epochs, tr("After each, held-back cases are scored"));
  iterations_ = addNumber(tr("Iterations an epoch"), 1, 100000, kUsual.iterationsPerEpoch, {});
  batch_ = addNumber(tr("Batch"), 0, 256, 0, tr("Patches an iteration"));
  side_ = addNumber(tr("Patch, side"), 0, 1024, 0, tr("Voxels along a slice"));
  slices_ = addNumber(tr("Patch, slices"), 0, 1024, 0, tr("1 for networks that label slice by slice"));
  rate_ = addWeight(tr("Learning rate"), tr("At the start; it falls to 0 by the end"));
  rate_->setRange(1e-4, 1);
  rate_->setSingleStep(0.005);
  rate_->setValue(kUsual.learningRate);
}

void TrainingMore::buildWeights() {
  em_ = addWeight(tr("Weight of entropy"), tr("Of clear decisions beside the strokes"));
  ivm_ = addWeight(tr("Weight of intensity"), tr("Of HU that vary little within a label"));
  crf_ = addWeight(tr("Weight of neighbours"), tr("Of like neighbours (gated CRF)"));
  em_->setValue(kUsual.lambdaEm);
  ivm_->setValue(kUsual.lambdaIvm);
  crf_->setValue(kUsual.lambdaCrf);
}

void TrainingMore::buildChoices() {
  seed_ = addNumber(tr("Seed"), 1, std::numeric_limits<int>::max(), static_cast<int>(kUsual.seed),
                    tr("The same seed and cases give the same training"));
  const auto selection = [](const char* name) { return std::pair(QString::fromLatin1(name), selectionTitle(name)); };
  selection_ = addChoice(tr("Weights to keep"), {selection("last"), selection("val-scribble"), selection("val-dense")});
  start_ = addPath(new PathLine(PathLine::Kind::Folder, tr("Model to start from"),
                                tr("A model folder whose network has the same parts"), body()),
                   tr("Start from"));
  start_->setPlaceholder(tr("nothing"));
  split_ = addPath(new PathLine(PathLine::Kind::File, tr("Which cases are held back"),
                                tr("A JSON file with the lists training and validation"), body(), tr("JSON (*.json)")),
                   tr("Held back"));
  split_->setPlaceholder(tr("a fifth of the patients"));
  device_ = addChoice(tr("Device"), {{QStringLiteral("auto"), tr("A graphics card where there is one")},
                                     {QStringLiteral("cpu"), tr("CPU")},
                                     {QStringLiteral("cuda"), tr("NVIDIA graphics card")}});
}

void TrainingMore::fill(TrainingSettings& settings) const {
  settings.epochs = epochs_->value();
  settings.iterationsPerEpoch = iterations_->value();
  settings.batch = batch_->value();
  settings.patch = {side_->value(), side_->value(), slices_->value()};
  settings.learningRate = rate_->value();
  settings.lambdaEm = em_->value();
  settings.lambdaIvm = ivm_->value();
  settings.lambdaCrf = crf_->value();
  settings.seed = static_cast<std::uint64_t>(seed_->value());
  settings.selection = selection_->currentData().toString().toStdString();
  settings.device = device_->currentData().toString().toStdString();
  if (!start_->path().isEmpty()) settings.startFolder = start_->path().toStdString();
}

QString TrainingMore::split() const { return split_->path(); }

void TrainingMore::keep(QVariantMap& kept) const {
  kept[QStringLiteral("epochs")] = epochs_->value();
  kept[QStringLiteral("iterations")] = iterations_->value();
  kept[QStringLiteral("batch")] = batch_->value();
  kept[QStringLiteral("patchSide")] = side_->value();
  kept[QStringLiteral("patchSlices")] = slices_->value();
  kept[QStringLiteral("rate")] = rate_->value();
  kept[QStringLiteral("em")] = em_->value();
  kept[QStringLiteral("ivm")] = ivm_->value();
  kept[QStringLiteral("crf")] = crf_->value();
  kept[QStringLiteral("seed")] = seed_->value();
  kept[QStringLiteral("selection")] = selection_->currentData();
  kept[QStringLiteral("device")] = device_->currentData();
  kept[QStringLiteral("start")] = start_->path();
  kept[QStringLiteral("split")] = split_->path();
}

void TrainingMore::restore(const QVariantMap& kept) {
  restoreNumber(*epochs_, kept, "epochs");
  restoreNumber(*iterations_, kept, "iterations");
  restoreNumber(*batch_, kept, "batch");
  restoreNumber(*side_, kept, "patchSide");
  restoreNumber(*slices_, kept, "patchSlices");
  restoreNumber(*rate_, kept, "rate");
  restoreNumber(*em_, kept, "em");
  restoreNumber(*ivm_, kept, "ivm");
  restoreNumber(*crf_, kept, "crf");
  restoreNumber(*seed_, kept, "seed");
  choose(*selection_, kept.value(QStringLiteral("selection")));
  choose(*device_, kept.value(QStringLiteral("device")));
  start_->setPath(kept.value(QStringLiteral("start")).toString());
  split_->setPath(kept.value(QStringLiteral("split")).toString());
}

void TrainingMore::setLoss(const std::string& loss) {
  const auto has = [&](const char* term) { return loss.find(term) != std::string::npos; };
  em_->setEnabled(has("+em"));
  ivm_->setEnabled(has("+ivm"));
  crf_->setEnabled(has("+crf"));
}

}  // namespace recontour
