"""recontour-cli train as scripts use it, with a worker that only pretends to train.

usage: cli_train_test.py RECONTOUR_CLI FAKE_TRAINER WRITE_SAMPLE_STUDY
"""
import json
import os
import pathlib
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import unittest

CLI, FAKE_TRAINER, WRITE_SAMPLE_STUDY = map(pathlib.Path, sys.argv[1:4])


class Train(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        # The worker is looked for beside the program, resources upwards from it.
        cls.place = pathlib.Path(tempfile.mkdtemp(prefix="train_test-", dir=CLI.parent))
        cls.addClassCleanup(shutil.rmtree, cls.place)
        cls.cli = cls.place / "recontour-cli"
        shutil.copy(CLI, cls.cli)
        shutil.copy(FAKE_TRAINER, cls.place / "recontour-worker")
        cls.environment = {**os.environ, "XDG_CONFIG_HOME": str(cls.place / "config"), "XDG_CACHE_HOME": str(cls.place / "cache")}
        cls.cases = cls.place / "cases"
        made = cls.run_cli("demo", cls.cases, "--cases", 2, "--seed", 3, "--spacing", "6,6,6")
        assert made.returncode == 0, made.stderr
        made = cls.run_cli("scribble", "generate", "--labels", cls.cases / "labelsTr", "--out", cls.cases / "scribblesTr")
        assert made.returncode == 0, made.stderr
        cls.split = cls.place / "split.json"
        cls.split.write_text(json.dumps({"training": ["demo_0001"], "validation": ["demo_0002"]}))

    @classmethod
    def run_cli(cls, *arguments):
        return subprocess.run([cls.cli, *map(str, arguments)], capture_output=True, text=True, timeout=120, env=cls.environment,
                              stdin=subprocess.DEVNULL)

    def setUp(self):
        temporary = tempfile.TemporaryDirectory()
        self.addCleanup(temporary.cleanup)
        self.folder = pathlib.Path(temporary.name)
        self.out = self.folder / "mine"

    def train(self, *more, network="resunet2d", loss="pce"):
        return self.run_cli("train", "--cases", self.cases, "--network", network, "--loss", loss, "--out", self.out,
                            "--split", self.split, *more)

    def refuse(self, status, name, *more, **what):
        result = self.train(*more, **what)
        self.assertEqual(result.returncode, status, result.stderr)
        self.assertEqual(len(result.stderr.splitlines()), 1, result.stderr)
        self.assertTrue(result.stderr.startswith("recontour-cli: "), result.stderr)
        self.assertIn(name, result.stderr)
        self.assertEqual(result.stdout, "")
        self.assertEqual(list(self.folder.iterdir()), [])

    def test_a_model_is_made_and_an_epoch_takes_one_line(self):
        result = self.train()
        self.assertEqual(result.returncode, 0, result.stderr)
        self.assertEqual(result.stdout, f"{self.out}: 100 iterations on cpu in 12.5 s, weights of iteration 50, held-back DSC 0.7500\n")
        self.assertEqual(result.stderr, "training on cpu\niteration 50/100: loss 0.6250, held-back DSC 0.2500\nbecause\n")
        self.assertEqual(sorted(self.out.iterdir()), [self.out / name for name in ("model.ts", "recontour.json", "train.json")])
        self.assertEqual(list(self.folder.iterdir()), [self.out])

    def test_the_report_is_one_document(self):
        result = self.train("--json")
        self.assertEqual(result.returncode, 0, result.stderr)
        report = json.loads(result.stdout)
        self.assertEqual(report["model"], str(self.out))
        self.assertEqual(report["name"], "trained")
        self.assertEqual((report["iterations"], report["chosen_iteration"], report["dsc_mean"]), (100, 50, 0.75))
        self.assertEqual(report["warnings"], [])

    def test_the_model_is_trusted_from_then_on(self):
        self.train()
        trusted = json.loads((self.place / "config/recontour/trusted-models.json").read_text())
        self.assertIn(str(self.out.resolve()), trusted["models"])

    def test_what_a_person_chose_reaches_the_worker(self):
        result = self.train("--epochs", 3, "--iterations-per-epoch", 10, "--lambda-em", 0.5, "--lambda-ivm", 0.25, "--lambda-crf", 2,
                            "--ivm", "normalized", "--ramp", 2, "--lr", 0.02, "--patch", "64,32,16", "--spacing", "2,2,4",
                            "--width", 4, "--normalization", "-100,200", "--no-augmentation", "--device", "cpu", "--threads", 1,
                            "--seed", 18446744073709551615, "--name", "Mine", "--select", "val-dense", network="unet3d", loss="pce+em+ivm")
        self.assertEqual(result.returncode, 0, result.stderr)
        request = json.loads((self.out / "train.json").read_text())
        self.assertEqual(request["loss"], {"name": "pce+em+ivm", "lambda_em": 0.5, "lambda_ivm": 0.25, "lambda_crf": 2,
                                           "ivm": "normalized", "ramp_iterations": 20})
        self.assertEqual(request["schedule"], {"iterations": 30, "iterations_per_epoch": 10, "learning_rate": 0.02, "momentum": 0.9,
                                               "weight_decay": 0.0001, "power": 0.9, "batch": 2, "gradient_clip": 12,
                                               "optimizer": "sgd", "decay": "poly", "averaging": 0})
        self.assertEqual((request["patch"], request["spacing_mm"], request["width"]), ([64, 32, 16], [2, 2, 4], 4))
        self.assertEqual(request["normalization"], {"type": "range", "in": [-100, 200], "out": [0, 1], "clip": True})
        self.assertEqual((request["augmentation"], request["device"], request["threads"], request["seed"]),
                         (False, "cpu", 1, 18446744073709551615))
        self.assertEqual((request["model_name"], request["selection"], request["network"]), ("Mine", "val-dense", "unet3d"))
        self.assertEqual([case["held_back"] for case in request["cases"]], [False, True])
        self.assertEqual([case["synthetic"] for case in request["cases"]], [True, True])

    def preset(self, *more):
        return self.run_cli("train", "--preset", "word-demo", "--cases", self.cases, "--out", self.out, "--split", self.split, *more)

    def test_the_preset_trains_the_shipped_models_network_from_label_maps(self):
        result = self.preset()
        self.assertEqual(result.returncode, 0, result.stderr)
        request = json.loads((self.out / "train.json").read_text())
        self.assertEqual((request["network"], request["width"], request["source"]), ("word-demo3d", 24, "labels"))
        self.assertEqual((request["patch"], request["spacing_mm"]), ([128, 96, 48], [3, 3, 3]))
        self.assertEqual(request["synthesis"], {"variants_per_map": 3})
        self.assertEqual(request["schedule"], {"iterations": 2000, "iterations_per_epoch": 50, "learning_rate": 0.0025, "momentum": 0.9,
                                               "weight_decay": 0.01, "power": 0.9, "batch": 2, "gradient_clip": 2,
                                               "optimizer": "adamw", "decay": "cosine", "averaging": 0.99})
        self.assertEqual(request["normalization"], {"type": "affine", "clip": [-250, 350], "subtract": 50, "divide": 150})
        self.assertEqual((request["loss"]["name"], len(request["loss"]["class_weights"])), ("ce-dice", 17))
        for case in request["cases"]:
            self.assertNotIn("file", case["volume"])
            self.assertIn("dense", case)

    def test_every_option_of_the_preset_can_be_another_before_it_or_after(self):
        options = ("--epochs", 3, "--iterations-per-epoch", 10, "--lr", 0.5, "--optimizer", "sgd", "--decay", "poly", "--weight-decay", 0,
                   "--averaging", 0.5, "--gradient-clip", 7, "--batch", 1, "--variants", 1, "--patch", "32,32,16", "--normalization", "-200,300",
                   "--class-weights", ",".join(["1"] * 17), "--network", "unet3d", "--name", "Mine", "--width", 4, "--seed", 8)
        for before, after in ((options, ()), ((), options)):
            with self.subTest(before=bool(before)):
                result = self.run_cli("train", *before, "--preset", "word-demo", "--cases", self.cases / "labelsTr", "--out", self.out,
                                      "--split", self.split, *after)
                self.assertEqual(result.returncode, 0, result.stderr)
                request = json.loads((self.out / "train.json").read_text())
                self.assertEqual(request["schedule"], {"iterations": 30, "iterations_per_epoch": 10, "learning_rate": 0.5, "momentum": 0.9,
                                                       "weight_decay": 0, "power": 0.9, "batch": 1, "gradient_clip": 7,
                                                       "optimizer": "sgd", "decay": "poly", "averaging": 0.5})
                self.assertEqual((request["network"], request["width"], request["patch"]), ("unet3d", 4, [32, 32, 16]))
                self.assertEqual((request["synthesis"], request["normalization"]), ({"variants_per_map": 1}, {"type": "range", "in": [-200, 300], "out": [0, 1], "clip": True}))
                self.assertEqual((request["loss"]["class_weights"], request["model_name"], request["seed"]), ([1] * 17, "Mine", 8))
                shutil.rmtree(self.out)
        self.assertEqual(self.preset("--from-ct").returncode, 0)
        self.assertEqual(json.loads((self.out / "train.json").read_text())["source"], "ct")
        shutil.rmtree(self.out)
        self.assertEqual(self.preset("--from-ct", "--loss", "pce").returncode, 0, "its class weights go with its loss")
        self.assertEqual(json.loads((self.out / "train.json").read_text())["loss"]["name"], "pce")

    def test_any_network_learns_from_label_maps(self):
        result = self.train("--from-labels", "--normalization", "-200,300,50,100", network="unet2d", loss="ce-dice")
        self.assertEqual(result.returncode, 0, result.stderr)
        request = json.loads((self.out / "train.json").read_text())
        self.assertEqual((request["network"], request["source"], request["spacing_mm"]), ("unet2d", "labels", [3, 3, 3]))

    def test_a_closed_studys_readings_are_learned_from(self):
        sample = self.place / "sample"
        written = subprocess.run([WRITE_SAMPLE_STUDY, sample], capture_output=True, text=True, check=True).stdout.split()
        arguments = ("train", "--cases", sample / "study", "--network", "unet2d", "--loss", "ce-dice", "--out", self.out)
        early = self.run_cli(*arguments)
        self.assertEqual((early.returncode, len(early.stderr.splitlines())), (3, 1), early.stderr)
        self.assertIn("study close", early.stderr)
        self.assertEqual(self.run_cli("study", "close", sample / "study").returncode, 0)
        result = self.run_cli(*arguments)
        self.assertEqual(result.returncode, 0, result.stderr)
        cases = json.loads((self.out / "train.json").read_text())["cases"]
        self.assertEqual([(case["name"].rsplit("_", 1)[0], "dense" in case) for case in cases], [(f"{written[1]}_R1", True)])
        strokes = self.run_cli(*arguments[:6], "pce", "--out", self.folder / "other")
        self.assertEqual((strokes.returncode, len(strokes.stderr.splitlines())), (3, 1), strokes.stderr)
        self.assertIn("has no accepted reading with strokes", strokes.stderr)

    def test_defaults_are_those_that_help_tells(self):
        self.train()
        request = json.loads((self.out / "train.json").read_text())
        self.assertEqual((request["patch"], request["width"], request["schedule"]["batch"]), ([128, 128, 1], 16, 8))
        self.assertEqual(request["spacing_mm"], [6, 6, 6])
        text = self.run_cli("train", "--help").stdout
        for words in ("[8; 2 for 3D networks]", "128,96,48", "[median of the cases]", "in mm", "=60"):
            self.assertIn(words, text)

    def test_wrong_usage_is_told_in_one_line(self):
        for name, more in (("--epochs", ("--epochs", 0)), ("--lr", ("--lr", -1)), ("--patch", ("--patch", "128")),
                           ("--patch", ("--patch", "0,1")), ("--spacing", ("--spacing", "1,1")), ("--spacing", ("--spacing", "1,1,0")),
                           ("--select", ("--select", "best")), ("--ivm", ("--ivm", "x")), ("--width", ("--width", 1)),
                           ("normalization 'wide'", ("--normalization", "wide")), ("the ramp in epochs is 61", ("--ramp", 61)),
                           ("takes slices", ("--patch", "64,64,8")), ("device 'gpu'", ("--device", "gpu")), ("--seed", ("--seed", "x")),
                           ("the weight of EM is nan", ("--lambda-em", "nan")), ("--nope", ("--nope",))):
            with self.subTest(more):
                self.refuse(2, name, *more)
        for name, more in (("does not learn from; take ce-dice", ("--from-labels",)), ("class weights are for", ("--class-weights", "1,1")),
                           ("--optimizer", ("--optimizer", "adam")), ("--averaging", ("--averaging", 1)), ("--variants", ("--variants", 0)),
                           ("--preset", ("--preset", "brats"))):
            with self.subTest(more):
                self.refuse(2, name, *more)
        for name, arguments in (("--network", ("--loss", "pce")), ("--loss", ("--network", "unet2d"))):
            result = self.run_cli("train", "--cases", self.cases, "--out", self.out, *arguments)
            self.assertEqual(result.returncode, 2, result.stderr)
            self.assertIn(name, result.stderr)
        self.refuse(2, "--network", network="vgg")
        self.refuse(2, "--loss", loss="dice")
        result = self.run_cli("train", "--cases", self.cases)
        self.assertEqual(result.returncode, 2)

    def test_bad_input_is_told_in_one_line(self):
        other = self.place / "other.json"
        for text, name in (('{"training": ["demo_0001", "x"]}', "names x"), ("{", "other.json"), ("[]", "'training'"),
                           ('{"training": ["demo_0001"], "validation": ["demo_0001"]}', "twice")):
            other.write_text(text)
            result = self.run_cli("train", "--cases", self.cases, "--network", "unet2d", "--loss", "pce", "--out", self.out, "--split", other)
            self.assertEqual((result.returncode, len(result.stderr.splitlines())), (3, 1), result.stderr)
            self.assertIn(name, result.stderr)
        result = self.run_cli("train", "--cases", self.folder, "--network", "unet2d", "--loss", "pce", "--out", self.out)
        self.assertEqual((result.returncode, len(result.stderr.splitlines())), (3, 1), result.stderr)
        self.assertIn("has no CT in imagesTr", result.stderr)
        self.refuse(3, "no stopped run to go on from", "--resume")
        self.refuse(3, "has no recontour.json", "--init", self.place / "config")

    def test_an_existing_model_stays(self):
        self.out.mkdir()
        result = self.train()
        self.assertEqual(result.returncode, 3)
        self.assertIn("is there already", result.stderr)
        self.assertEqual(list(self.out.iterdir()), [])

    def test_an_interrupted_run_says_how_it_goes_on_and_does(self):
        arguments = ["train", "--cases", self.cases, "--network", "resunet2d", "--loss", "pce", "--out", self.out, "--split", self.split,
                     "--name", "waits"]
        process = subprocess.Popen([self.cli, *map(str, arguments)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                                   env=self.environment)
        training = self.folder / "mine.training"
        deadline = time.monotonic() + 60
        while not (training / "checkpoint.bin").exists() and time.monotonic() < deadline:
            time.sleep(0.02)
        process.send_signal(signal.SIGINT)
        _, said = process.communicate(timeout=60)
        self.assertEqual(process.returncode, 5, said)
        self.assertEqual(said.splitlines()[-1], "recontour-cli: cancelled; what was learned is kept: go on with the same command and --resume")
        self.assertFalse(self.out.exists())
        again = self.run_cli(*arguments)
        self.assertEqual(again.returncode, 3, again.stderr)
        self.assertIn("resume it, or remove that folder", again.stderr)
        other = self.run_cli(*arguments, "--resume", "--lr", 0.5)
        self.assertEqual(other.returncode, 3, other.stderr)
        self.assertIn("learning_rate: 0.01 then, 0.5 now", other.stderr)
        self.assertTrue((training / "checkpoint.bin").exists())

    def test_a_worker_that_dies_is_a_failure_and_its_run_goes_on(self):
        died = self.train("--name", "dies")
        self.assertEqual(died.returncode, 4, died.stderr)
        self.assertIn("the model worker ended", died.stderr)
        self.assertIn("go on with the same command and --resume", died.stderr)
        self.assertFalse(self.out.exists())


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1], verbosity=2)
