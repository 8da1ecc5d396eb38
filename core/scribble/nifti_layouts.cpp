#include "core/scribble/nifti_layouts.h"

#include <algorithm>
#include <future>
#include <numeric>

#include <nlohmann/json.hpp>

#include "core/base/error.h"
#include "core/base/json.h"
#include "core/base/safe_file.h"
#include "core/image/label_values.h"
#include "core/io/label_file.h"
#include "core/scribble/scribble_generator.h"

namespace recontour {
namespace {

constexpr const char* kEnding = ".nii.gz";

void writeJson(const std::filesystem::path& file, const OrderedJson& json) {
  writeFileSafely(file, json.dump(2, ' ', false, OrderedJson::error_handler_t::replace) + "\n");
}

/// Writes the maps of a case at the same time: deflating them is most of an export.
class LabelFiles {
 public:
  void add(const std::filesystem::path& file, const LabelMap& map, const Geometry& geometry) {
    writers_.push_back(std::async(std::launch::async, writeLabelFile, file, map, geometry));
  }
  /// @throws Error when one cannot be written
  void finish() {
    for (std::future<void>& writer : writers_) writer.get();
  }

 private:
  std::vector<std::future<void>> writers_;
};

class NnUNet final : public ScribbleLayout {
 public:
  NnUNet(const std::filesystem::path& folder, const ExportPlan& plan)
      : plan_(plan),
        folder_(madeFolder(folder / datasetName(plan.wanted.datasetId))),
        images_(madeFolder(folder_ / "imagesTr")),
        labels_(madeFolder(folder_ / "labelsTr")) {}

  void add(const PlannedCase& planned, const ScribbleCase& one) override {
    LabelFiles files;
    const std::string name = planned.files.name + kEnding;
    placeImage(planned.files.image, images_ / (planned.files.name + "_0000" + kEnding));
    files.add(labels_ / name, withUnlabelled(one.scribbles, plan_.unlabelled), one.geometry);
    files.add(madeFolder(folder_ / "origins") / name, one.origins, one.geometry);
    if (one.dense) files.add(madeFolder(folder_ / "labelsTr_dense") / name, *one.dense, one.geometry);
    files.finish();
  }

  void finish() override {
    OrderedJson labels = {{"background", 0}};
    for (const Organ& organ : inOrder()) labels[organ.key] = organ.label;
    labels["ignore"] = plan_.unlabelled;
    writeJson(folder_ / "dataset.json", {{"channel_names", {{"0", "CT"}}},
                                         {"labels", labels},
                                         {"numTraining", plan_.cases.size()},
                                         {"file_ending", kEnding},
                                         {"overwrite_image_reader_writer", "SimpleITKIO"}});
    if (plan_.folds > 1) writeJson(folder_ / "splits_final.json", splits());
  }

 private:
  std::vector<Organ> inOrder() const {
    std::vector<Organ> organs = plan_.wanted.organs.organs();
    std::ranges::sort(organs, {}, &Organ::label);
    return organs;
  }
  OrderedJson splits() const {
    OrderedJson splits = OrderedJson::array();
    for (int fold = 0; fold < plan_.folds; ++fold) {
      OrderedJson split = {{"train", OrderedJson::array()}, {"val", OrderedJson::array()}};
      for (const PlannedCase& one : plan_.cases) split[one.fold == fold ? "val" : "train"].push_back(one.files.name);
      splits.push_back(split);
    }
    return splits;
  }
  const ExportPlan& plan_;
  std::filesystem::path folder_, images_, labels_;
};

/// Images, strokes and dense labels in folders of their own, with 255 where there is no stroke.
class WordLayout : public ScribbleLayout {
 public:
  WordLayout(const std::filesystem::path& folder, const ExportPlan& plan)
      : plan_(plan),
        folder_(folder),
        images_(madeFolder(folder / "imagesTr")),
        scribbles_(madeFolder(folder / "scribblesTr")) {}

  void add(const PlannedCase& planned, const ScribbleCase& one) override {
    LabelFiles files;
    const std::string name = planned.files.name + kEnding;
    placeImage(planned.files.image, images_ / name);
    files.add(scribbles_ / name, one.scribbles, one.geometry);
    files.add(madeFolder(folder_ / "origins") / name, one.origins, one.geometry);
    if (one.dense) files.add(madeFolder(folder_ / "labelsTr") / name, *one.dense, one.geometry);
    files.finish();
  }
  void finish() override {}

 protected:
  const ExportPlan& plan_;
  std::filesystem::path folder_, images_, scribbles_;
};

/// The same with a list of what trains and what validates, and a mask of where there are strokes: MONAI's DiceLoss
/// knows no value to ignore.
class Monai final : public WordLayout {
 public:
  using WordLayout::WordLayout;
  void add(const PlannedCase& planned, const ScribbleCase& one) override {
    WordLayout::add(planned, one);
    const std::string name = planned.files.name + kEnding;
    SlotLabels drawn;
    drawn.fill(1);
    drawn[kUnlabelled] = 0;
    writeLabelFile(madeFolder(folder_ / "mask") / name, relabelled(one.scribbles, drawn), one.geometry);
    const bool validates = plan_.validates(planned) && one.dense;
    list_[validates ? "validation" : "training"].push_back(
        {{"image", "imagesTr/" + name}, {"label", (validates ? "labelsTr/" : "scribblesTr/") + name}});
    if (!validates) list_["training"].back()["mask"] = "mask/" + name;
  }
  void finish() override { writeJson(folder_ / "datalist.json", list_); }

 private:
  OrderedJson list_ = {
      {"training", OrderedJson::array()}, {"validation", OrderedJson::array()}, {"test", OrderedJson::array()}};
};

class PyMic final : public ScribbleLayout {
 public:
  PyMic(const std::filesystem::path& folder, const ExportPlan& plan)
      : plan_(plan), folder_(folder), root_(madeFolder(folder / "preprocess")) {}

  void add(const PlannedCase& planned, const ScribbleCase& one) override {
    LabelFiles files;
    const std::string name = planned.files.name + kEnding;
    placeImage(planned.files.image, madeFolder(root_ / "img") / name);
    files.add(madeFolder(root_ / "scribble") / name, withUnlabelled(one.scribbles, plan_.unlabelled), one.geometry);
    files.add(madeFolder(root_ / "origins") / name, one.origins, one.geometry);
    if (one.dense) files.add(madeFolder(root_ / "label") / name, *one.dense, one.geometry);
    const bool validates = plan_.validates(planned) && one.dense;
    (validates ? valid_ : train_) += "img/" + name + (validates ? ",label/" : ",scribble/") + name + "\n";
    files.finish();
  }

  void finish() override {
    const auto data = madeFolder(folder_ / "config" / "data");
    writeFileSafely(data / "image_train.csv", kHead + train_);
    writeFileSafely(data / "image_valid.csv", kHead + valid_);
    writeFileSafely(data / "image_test.csv", kHead + valid_);
    writeFileSafely(folder_ / "config" / "unet2d_em.cfg", settings());
  }

 private:
  /// What is about partial labels; the network's own sections are those of PyMIC's examples.
  std::string settings() const {
    const std::string classes = std::to_string(plan_.unlabelled);
    return "[dataset]\ntask_type = seg\nsupervise_type = weak_sup\nroot_dir = ./preprocess\n"
           "train_csv = config/data/image_train.csv\nvalid_csv = config/data/image_valid.csv\n"
           "test_csv = config/data/image_test.csv\n"
           "train_transform = [Pad, RandomCrop, NormalizeWithMeanStd, PartialLabelToProbability]\n"
           "PartialLabelToProbability_class_num = " +
           classes + "\n\n[network]\nnet_type = UNet2D\nclass_num = " + classes +
           "\nin_chns = 1\n\n[training]\nloss_type = CrossEntropyLoss\n\n[weakly_supervised_learning]\n"
           "method_name = EntropyMinimization\nregularize_w = 0.1\nrampup_start = 1000\nrampup_end = 15000\n";
  }
  inline static const std::string kHead = "image,label\n";
  const ExportPlan& plan_;
  std::filesystem::path folder_, root_;
  std::string train_, valid_;
};

}  // namespace

LabelMap withUnlabelled(const LabelMap& map, Label unlabelled) {
  SlotLabels labels;
  std::iota(labels.begin(), labels.end(), Label{0});
  labels[kUnlabelled] = unlabelled;
  return relabelled(map, labels);
}

std::unique_ptr<ScribbleLayout> makeNnUNetLayout(const std::filesystem::path& folder, const ExportPlan& plan) {
  return std::make_unique<NnUNet>(folder, plan);
}
std::unique_ptr<ScribbleLayout> makeWordLayout(const std::filesystem::path& folder, const ExportPlan& plan) {
  return std::make_unique<WordLayout>(folder, plan);
}
std::unique_ptr<ScribbleLayout> makePyMicLayout(const std::filesystem::path& folder, const ExportPlan& plan) {
  return std::make_unique<PyMic>(folder, plan);
}
std::unique_ptr<ScribbleLayout> makeMonaiLayout(const std::filesystem::path& folder, const ExportPlan& plan) {
  return std::make_unique<Monai>(folder, plan);
}

}  // namespace recontour
