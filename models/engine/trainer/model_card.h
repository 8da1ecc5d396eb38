#pragma once
#include <string>

#include "models/engine/trainer/trained_model.h"

namespace recontour {

/// MODEL_CARD.md of a trained model: what it is, what it learned from, how good it was and by which labels it was
/// chosen, in plain English for whoever may use it.
std::string modelCard(const TrainedModel& model, const TrainingRequest& request);
/// What it was trained on, in one clause, such as "strokes of 3 cases".
std::string learnedFrom(const TrainingRequest& request);

}  // namespace recontour
