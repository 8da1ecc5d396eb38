#!/usr/bin/env python3
"""nnU-Net v2 and MONAI take what `recontour-cli scribble export` wrote: nnU-Net's own check of the data set, its planning and
three iterations of its trainer on the CPU, MONAI's data list. By hand, since it fetches some GB (or all of it at once by the
ctest label `long`, see CMakeLists.txt):

    python3 -m venv peers && peers/bin/pip install nnunetv2 monai torch==2.11.0
    recontour-cli demo CASES --cases 3 --spacing 4,4,4
    recontour-cli scribble generate --labels CASES/labelsTr --out CASES/scribblesTr
    recontour-cli scribble export --cases CASES --out OUT --format all
    peers/bin/python tests/peers/nnunet_training.py OUT
"""
import json
import os
import pathlib
import sys
import tempfile

ITERATIONS = 3


def check_monai(folder):
    from monai.data import load_decathlon_datalist
    from monai.transforms import LoadImage

    training = load_decathlon_datalist(str(folder / "datalist.json"), True, "training", base_dir=str(folder))
    label = LoadImage(image_only=True)(training[0]["label"])
    print("MONAI:", len(training), "training cases, values of the first", sorted({int(v) for v in label.unique()}))


def train(dataset):
    import torch
    from nnunetv2.experiment_planning.plan_and_preprocess_api import extract_fingerprints, plan_experiments, preprocess
    from nnunetv2.run.run_training import get_trainer_from_args

    number = int(dataset.name[7:10])
    extract_fingerprints([number], num_processes=1, check_dataset_integrity=True)
    print("nnU-Net: verify_dataset_integrity passed")
    plan_experiments([number])
    preprocess([number], configurations=["2d"], num_processes=[1])
    splits = json.loads((dataset / "splits_final.json").read_text())
    preprocessed = pathlib.Path(os.environ["nnUNet_preprocessed"]) / dataset.name
    assert json.loads((preprocessed / "splits_final.json").read_text()) == splits, "the planner copies the folds"
    os.environ["nnUNet_n_proc_DA"] = "0"  # augmentation in this process; the planner wants at least one
    trainer = get_trainer_from_args(str(number), "2d", 0, "nnUNetTrainerNoMirroring", device=torch.device("cpu"))
    trainer.initialize()
    trainer.on_train_start()
    trainer.on_train_epoch_start()
    for i in range(ITERATIONS):
        loss = trainer.train_step(next(trainer.dataloader_train))["loss"]
        assert loss == loss, "the loss is no number"
        print(f"nnU-Net: iteration {i + 1}, loss {float(loss):.4f}")


def main(folder):
    with tempfile.TemporaryDirectory() as work:
        os.environ.update(nnUNet_raw=str(folder / "nnUNet_raw"), nnUNet_preprocessed=f"{work}/preprocessed",
                          nnUNet_results=f"{work}/results", nnUNet_n_proc_DA="1", nnUNet_compile="f")
        check_monai(folder / "MONAI")
        train(next((folder / "nnUNet_raw").glob("Dataset*")))


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]).resolve())
