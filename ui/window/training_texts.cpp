#include "ui/window/training_texts.h"

#include <QCoreApplication>
#include <cmath>
#include <map>

namespace recontour {
namespace {

QString text(const char* source) { return QCoreApplication::translate("recontour", source); }

struct LossText {
  const char *title, *sentence;
};

/// Source of the last term of each: docs/development/training.md.
const std::map<std::string, LossText> kLosses = {
    {"ce-dice",
     {QT_TRANSLATE_NOOP("recontour", "Dense contours"),
      QT_TRANSLATE_NOOP("recontour",
                        "Every voxel counts, by cross entropy and Dice: each case needs contours of all its organs.")}},
    {"pce",
     {QT_TRANSLATE_NOOP("recontour", "Strokes alone"),
      QT_TRANSLATE_NOOP("recontour", "Only voxels under strokes count; nothing is learned from all others.")}},
    {"pce+em",
     {QT_TRANSLATE_NOOP("recontour", "Strokes and entropy"),
      QT_TRANSLATE_NOOP("recontour", "Beside the strokes, the network is to decide clearly where there is none.")}},
    {"pce+ivm",
     {QT_TRANSLATE_NOOP("recontour", "Strokes and intensity"),
      QT_TRANSLATE_NOOP("recontour", "Beside the strokes, what gets one label is to have HU that vary little.")}},
    {"pce+em+ivm",
     {QT_TRANSLATE_NOOP("recontour", "Strokes, entropy and intensity"),
      QT_TRANSLATE_NOOP(
          "recontour",
          "Beside the strokes, decisions are to be clear and HU within a label are to vary little: WORD's "
          "way.")}},
    {"pce+crf",
     {QT_TRANSLATE_NOOP("recontour", "Strokes and neighbours"),
      QT_TRANSLATE_NOOP("recontour",
                        "Beside the strokes, neighbours with like HU are to get the same label (gated CRF).")}},
};

}  // namespace

QString lossTitle(const std::string& loss) {
  const auto found = kLosses.find(loss);
  const QString name = QString::fromStdString(loss);
  return found == kLosses.end() ? name : QStringLiteral("%1 (%2)").arg(text(found->second.title), name);
}

QString lossSentence(const std::string& loss) {
  const auto found = kLosses.find(loss);
  return found == kLosses.end() ? QString() : text(found->second.sentence);
}

QString networkSentence(const NetworkChoice& network) {
  if (network.dims == 2) return text("Labels slice by slice: trains on a machine without a graphics card.");
  return text("Labels blocks of slices together: sees more, and takes longer without a graphics card.");
}

QString selectionTitle(const std::string& selection) {
  if (selection == "val-scribble") return text("best on held-back strokes");
  if (selection == "val-dense") return text("best on held-back contours");
  return text("as they are at the end");
}

QString timeLeftText(double seconds) {
  if (seconds < 0) return {};
  if (seconds < 90) return text("%1 s left").arg(std::lround(seconds));
  const long minutes = std::lround(seconds / 60);
  if (minutes < 90) return text("%1 min left").arg(minutes);
  return text("%1 h %2 min left").arg(minutes / 60).arg(minutes % 60);
}

QString stageText(const QString& stage, int done, int total) {
  const auto of = [&](const char* what) { return text(what).arg(done).arg(total); };
  if (stage == QLatin1String("read")) return of("Reading cases, %1 of %2");
  if (stage == QLatin1String("load")) return of("Preparing cases, %1 of %2");
  if (stage == QLatin1String("score")) return of("Scoring held-back cases, slice %1 of %2");
  return of("Iteration %1 of %2");
}

}  // namespace recontour
