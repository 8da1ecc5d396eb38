#include "app/cli/train_console.h"

#include <cstdio>

#include <unistd.h>

namespace recontour::cli {
namespace {

std::string inWords(const char* name, double value) {
  char text[64];
  std::snprintf(text, sizeof text, "%s %.4f", name, value);
  return text;
}

}  // namespace

TrainConsole::TrainConsole(const std::string& what, int iterationsPerEpoch)
    : bar_(what), onTerminal_(::isatty(STDERR_FILENO) == 1), iterationsPerEpoch_(iterationsPerEpoch) {}

void TrainConsole::progress(std::string_view stage, int done, int total, double secondsLeft) {
  if (stage != "train") bar_.progress(stage, done, total, secondsLeft);  // points say more
}

void TrainConsole::runsOn(std::string_view /*name*/, std::string_view device) {
  if (!onTerminal_) std::fprintf(stderr, "training on %.*s\n", int(device.size()), device.data());
}

void TrainConsole::warning(const std::string& sentence) {
  std::fprintf(stderr, "%swarning: %s\n", onTerminal_ ? "\r\033[K" : "", sentence.c_str());
}

void TrainConsole::point(const TrainingPoint& point) {
  lossSum_ += point.loss;
  ++lossCount_;
  if (point.dscMean) lastScore_ = ", " + inWords("held-back DSC", *point.dscMean);
  bar_.progress(inWords("loss", point.loss) + lastScore_, point.iteration, point.iterations, point.secondsLeft);
  if (point.iteration % iterationsPerEpoch_ == 0 || point.iteration == point.iterations) tellEpoch(point);
}

void TrainConsole::tellEpoch(const TrainingPoint& point) {
  const std::string loss = inWords("loss", lossSum_ / lossCount_);
  const std::string score = point.dscMean ? lastScore_ : "";
  lossSum_ = lossCount_ = 0;
  if (!onTerminal_)
    std::fprintf(stderr, "iteration %d/%d: %s%s\n", point.iteration, point.iterations, loss.c_str(), score.c_str());
}

}  // namespace recontour::cli
