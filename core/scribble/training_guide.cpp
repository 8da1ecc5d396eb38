// TRAIN.md: how to train on what was exported.
#include <algorithm>

#include "core/scribble/scribble_layout.h"

namespace recontour {
namespace {

std::string evaluation(const std::string& truth) {
  return "recontour-cli evaluate --truth " + truth + " --prediction predictions --metrics dsc,hd95 --csv table.csv\n";
}

std::string nnUNetGuide(const ExportPlan& plan) {
  const std::string name = datasetName(plan.wanted.datasetId), id = std::to_string(plan.wanted.datasetId);
  const std::string fold = plan.folds > 1 ? "0" : "all";
  std::string text =
      "## nnU-Net v2\n\n"
      "Voxels without a stroke are `ignore`; background strokes are needed, or training collapses. Mirroring would "
      "swap\n"
      "paired organs such as the femoral heads, hence `nnUNetTrainerNoMirroring`.\n\n```\n"
      "export nnUNet_raw=$PWD/nnUNet_raw nnUNet_preprocessed=$PWD/nnUNet_preprocessed "
      "nnUNet_results=$PWD/nnUNet_results\n"
      "nnUNetv2_plan_and_preprocess -d " +
      id + " --verify_dataset_integrity\n";
  if (plan.folds > 1) text += "cp nnUNet_raw/" + name + "/splits_final.json nnUNet_preprocessed/" + name + "/\n";
  text += "nnUNetv2_train " + id + " 3d_fullres " + fold + " -tr nnUNetTrainerNoMirroring\n" +
          "nnUNetv2_predict -i IMAGES -o predictions -d " + id + " -c 3d_fullres -f " + fold +
          " -tr nnUNetTrainerNoMirroring\n" + evaluation("DENSE") + "```\n\n";
  return text +
         "`DENSE` are dense labels of the images that were predicted; those of the training cases, where there are "
         "such, lie in\n`labelsTr_dense`.\n\n";
}

std::string wordGuide(const ExportPlan&) {
  return "## WORD\n\n"
         "The layout of the data set's own code: `imagesTr`, `scribblesTr` (0 background, organs, 255 without a "
         "stroke) and, for\n"
         "comparison, `labelsTr`. The loss must leave 255 out: `CrossEntropyLoss(ignore_index=255)`.\n\n```\n" +
         evaluation("WORD/labelsTr") + "```\n\n";
}

std::string pyMicGuide(const ExportPlan& plan) {
  return "## PyMIC\n\nVoxels without a stroke are " + std::to_string(plan.unlabelled) +
         ", the number of classes, as `PartialLabelToProbability` wants it. `config/unet2d_em.cfg` holds what is "
         "about\n"
         "strokes; take sizes and schedule from PyMIC's examples.\n\n```\ncd PyMIC\n"
         "pymic_train config/unet2d_em.cfg\npymic_test config/unet2d_em.cfg\n" +
         evaluation("preprocess/label") + "```\n\n";
}

std::string wsl4MisGuide(const ExportPlan& plan) {
  const std::string classes = std::to_string(plan.unlabelled);
  return "## WSL4MIS\n\n"
         "Its folds are numbers of patients in `dataloaders/dataset.py`; `names.csv` tells which case each is. Set in "
         "its code\n`num_classes = " +
         classes + "`, `ignore_index=" + classes + "` of the cross entropy, and `cval=" + classes +
         "` in `RandomGenerator`.\n\n```\n"
         "python train_weakly_supervised_pCE_2D.py --root_path WSL4MIS --num_classes " +
         classes + "\n```\n\n";
}

std::string monaiGuide(const ExportPlan&) {
  return "## MONAI\n\n"
         "`load_decathlon_datalist(\"MONAI/datalist.json\", True, \"training\")`; 255 is without a stroke. `DiceLoss` "
         "knows no value to\n"
         "ignore: use `torch.nn.CrossEntropyLoss(ignore_index=255)`, or `MaskedLoss` with `mask`. Leave `RandFlip` "
         "out: paired\n"
         "organs would be swapped.\n\n```\n" +
         evaluation("MONAI/labelsTr") + "```\n\n";
}

}  // namespace

std::string trainingGuide(const ExportPlan& plan) {
  std::string text = "# Training on these strokes\n\n" + std::to_string(plan.cases.size()) + " cases, " +
                     (plan.folds > 1 ? std::to_string(plan.folds) + " folds by patient (seed " +
                                           std::to_string(plan.wanted.seed) + ").\n\n"
                                     : std::string("no folds: there is one patient.\n\n"));
  for (const ScribbleFormat format : plan.wanted.formats) {
    switch (format) {
      case ScribbleFormat::NnUNet:
        text += nnUNetGuide(plan);
        break;
      case ScribbleFormat::Word:
        text += wordGuide(plan);
        break;
      case ScribbleFormat::PyMic:
        text += pyMicGuide(plan);
        break;
      case ScribbleFormat::Wsl4Mis:
        text += wsl4MisGuide(plan);
        break;
      case ScribbleFormat::Monai:
        text += monaiGuide(plan);
        break;
    }
  }
  return text + "What each case holds, costs and lacks is in `manifest.json`.\n";
}

}  // namespace recontour
