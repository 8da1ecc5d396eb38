"""recontour-cli as scripts use it: exit status, one line for an error, nothing half-written.

usage: cli_test.py RECONTOUR_CLI WRITE_SAMPLE_SESSION DEMO_MODEL HAVE_DEMO_MODEL
"""
import csv
import fcntl
import gzip
import hashlib
import json
import os
import pathlib
import pty
import shutil
import signal
import subprocess
import sys
import tempfile
import termios
import time
import unittest
import zipfile

CLI, WRITE_SAMPLE_SESSION, MODEL = sys.argv[1:4]
HAVE_MODEL = sys.argv[4] == "1"
LFS_POINTER = "version https://git-lfs.github.com/spec/v1\noid sha256:4d7a2146\nsize 12345\n"


SETTINGS = tempfile.TemporaryDirectory()
ENVIRONMENT = {**os.environ, "XDG_CONFIG_HOME": SETTINGS.name}
BWRAP = ["/usr/bin/bwrap", "--unshare-all", "--ro-bind", "/", "/", "/bin/true"]
WORKING_SANDBOX = os.path.exists(BWRAP[0]) and subprocess.run(BWRAP, capture_output=True).returncode == 0


def run(*arguments):
    return subprocess.run([CLI, *map(str, arguments)], capture_output=True, text=True, timeout=240, env=ENVIRONMENT,
                          stdin=subprocess.DEVNULL)


def hostile_names():
    """Names that lead out of a folder, or break programs that take them for something else."""
    names = ["../x", "../../x", "/tmp/x", "/etc/passwd", "a/../../x", "./../x", "..", ".", "...", "~/x", "~root/x", "-rf", "--help",
             "$(touch x)", "`touch x`", "a;touch x", "a|touch x", "a&touch x", "a\nb", "a\rb", "a\tb", "a\0b", "\0", "a b", " ", "%s%n",
             "%2e%2e%2fx", "..\\..\\x", "C:\\x", "\\\\host\\x", "con", "nul", "a:b", "a*b", "a?b", "\"", "'", "<x>", "\x1b[31mx", "\x7f",
             "\u202egpj.exe", "\u0130", "\ufeffx", "\u00e4", "a\u0308", "\U0001f480", "x" * 255, "x" * 4096, "../" * 1000 + "x", "file:///etc/passwd"]
    return names


class Cli(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.shared = tempfile.TemporaryDirectory()
        cls.demo = pathlib.Path(cls.shared.name) / "demo"
        made = run("demo", cls.demo, "--seed", 3, "--spacing", "6,6,6")
        assert made.returncode == 0, made.stderr
        cls.image = cls.demo / "imagesTr" / "demo_0001.nii.gz"
        cls.labels = cls.demo / "labelsTr" / "demo_0001.nii.gz"

    @classmethod
    def tearDownClass(cls):
        cls.shared.cleanup()

    def setUp(self):
        self.temporary = tempfile.TemporaryDirectory()
        self.addCleanup(self.temporary.cleanup)
        self.folder = pathlib.Path(self.temporary.name)

    def write(self, name, content):
        path = self.folder / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    def refuse(self, status, names, *arguments):
        """The command fails with one line that names every one of `names`, and writes nothing."""
        before = sorted(self.folder.rglob("*"))
        result = run(*arguments)
        self.assertEqual(result.returncode, status, result.stderr)
        lines = result.stderr.splitlines()
        self.assertEqual(len(lines), 1, result.stderr)
        self.assertTrue(lines[0].startswith("recontour-cli: "), lines[0])
        for name in names:
            self.assertIn(str(name), lines[0])
        self.assertEqual(result.stdout, "")
        self.assertEqual(sorted(self.folder.rglob("*")), before)
        return lines[0]

    # What works

    def test_info_tells_the_geometry_as_json(self):
        info = json.loads(run("info", self.image, "--json").stdout)
        self.assertEqual(info["spacing_mm"], [6, 6, 6])
        self.assertEqual(info["orientation"], "LPS")
        self.assertEqual(info["modality"], "CT")
        self.assertLess(info["hu_min"], -900)
        self.assertEqual(len(info["direction"]), 9)

    def test_info_knows_a_phantom_as_synthetic(self):
        self.assertIn("(synthetic)", run("info", self.image).stdout)

    def test_evaluate_writes_both_tables(self):
        table = self.folder / "x.csv"
        result = run("evaluate", "--truth", self.labels, "--prediction", self.labels, "--before", self.labels,
                     "--metrics", "dsc,hd95,volume", "--csv", table)
        self.assertEqual((result.returncode, result.stdout, result.stderr), (0, "", ""))
        rows = list(csv.DictReader(table.read_text().splitlines()))
        self.assertEqual(len(rows), 16)
        for row in rows:
            self.assertEqual((row["empty"], row["dsc"], row["hd95"], row["before_dsc"]), ("none", "1", "0", "1"))
        summary = list(csv.DictReader((self.folder / "x.summary.csv").read_text().splitlines()))
        self.assertIn("all", [row["organ"] for row in summary])

    def test_evaluate_compares_folders_with_every_metric(self):
        for folder in ("truth", "judged"):
            (self.folder / folder).mkdir()
            shutil.copy(self.labels, self.folder / folder / "one.nii.gz")
        table = self.folder / "x.csv"
        result = run("evaluate", "--truth", self.folder / "truth", "--prediction", self.folder / "judged", "--metrics",
                     "dsc,hd95,hd,assd,nsd,apl,volume", "--tolerance", "1,3", "--csv", table)
        self.assertEqual((result.returncode, result.stdout, result.stderr), (0, "", ""))
        row = next(csv.DictReader(table.read_text().splitlines()))
        self.assertEqual((row["case"], row["hd"], row["assd_mm"], row["nsd_1mm"], row["nsd_3mm"], row["apl_mm"]),
                         ("one", "0", "0", "1", "1", "0"))

    def test_predict_shards_a_folder_among_machines(self):
        for name in ("a", "b", "c"):
            shutil.copy(self.image, self.folder / f"{name}.nii.gz")
        listed = [run("predict", self.folder, "--list", "--shard", f"{i}/2").stdout.split() for i in (1, 2)]
        self.assertEqual([[pathlib.Path(path).name for path in shard] for shard in listed],
                         [["a.nii.gz", "c.nii.gz"], ["b.nii.gz"]])
        self.refuse(2, ["--shard"], "predict", self.folder, "--list", "--shard", "3/2")

    def voxels(self, path):
        """The bytes of a NIfTI-1 of uint8."""
        raw = gzip.open(path).read()
        return bytearray(raw[:352]), bytearray(raw[352:])

    def test_scribbles_are_drawn_and_their_cost_counted(self):
        out = self.folder / "scribbles"
        made = run("scribble", "generate", "--labels", self.labels, "--out", out, "--seed", 5)
        self.assertEqual(made.returncode, 0, made.stderr)
        self.assertIn("fg_ratio", made.stdout)
        drawn = out / self.labels.name
        values = set(self.voxels(drawn)[1])
        self.assertIn(0, values)
        self.assertIn(255, values)
        self.assertNotIn(17, values)
        again = self.folder / "again"
        run("scribble", "generate", "--labels", self.demo / "labelsTr", "--out", again, "--seed", 5)
        self.assertEqual(drawn.read_bytes(), (again / self.labels.name).read_bytes())
        strokes = json.loads((out / "demo_0001.json").read_text())
        self.assertEqual((strokes["case"], strokes["raster_origin"], strokes["strokes"]), ("demo_0001", "generated", []))
        cost = run("scribble", "cost", "--scribbles", drawn, "--labels", self.labels)
        self.assertEqual(cost.returncode, 0, cost.stderr)
        self.assertTrue(cost.stdout.startswith("organ,label,voxels_drawn,voxels_dense,fg_ratio,slice_ratio\nliver,1,"))
        self.assertRegex(cost.stdout, r"\n\ntotal_ratio\n[0-9.]+\n$")
        subprocess.run([WRITE_SAMPLE_SESSION, self.folder / "session"], check=True, capture_output=True)
        timed = run("scribble", "cost", "--scribbles", drawn, "--labels", self.labels, "--scribble-session", self.folder / "session")
        self.assertRegex(timed.stdout, r"\n\ntotal_ratio\n[0-9.]+\n\nminutes_scribble,minutes_dense,time_ratio\n[-0-9.e]+,,\n$")

    def test_scribbles_of_another_kind_or_grid_are_refused(self):
        out = self.folder / "scribbles"
        self.assertEqual(run("scribble", "generate", "--labels", self.labels, "--out", out).returncode, 0)
        drawn = out / self.labels.name
        header, voxels = self.voxels(drawn)
        released = self.write("released.nii.gz", gzip.compress(bytes(header + bytes(17 if v == 0 else v for v in voxels))))
        self.refuse(3, [released, "17"], "scribble", "cost", "--scribbles", released, "--labels", self.labels)
        header[76 + 4:76 + 8] = b"\0\0\0\x41"  # 8 mm along x
        header[280:284] = b"\0\0\0\x41"
        other = self.write("other.nii.gz", gzip.compress(bytes(header + voxels)))
        self.refuse(3, [other, "grid"], "scribble", "cost", "--scribbles", other, "--labels", self.labels)
        self.refuse(3, [drawn], "scribble", "generate", "--labels", drawn, "--out", out)
        self.refuse(3, ["some"], "scribble", "generate", "--labels", drawn, "--out", self.folder / "new", "--slices", "some")
        stroke = {"id": 1, "label": 1, "reader": "R1", "origin": "drawn", "plane": "axial", "slice": 0, "radius_mm": 1, "t_start": 0, "t_end": 0,
                  "points_mm": [[0, 0, 0]]}
        by_hand = out / "demo_0001.json"
        by_hand.write_text(json.dumps(json.loads(by_hand.read_text()) | {"strokes": [stroke]}))
        before = drawn.read_bytes(), by_hand.read_bytes()
        self.refuse(3, [by_hand, "drew"], "scribble", "generate", "--labels", self.labels, "--out", out, "--seed", 9)
        self.assertEqual((drawn.read_bytes(), by_hand.read_bytes()), before)

    def test_exported_strokes_load_as_training_code_loads_them(self):
        cases, out = self.folder / "cases", self.folder / "export"
        for part in ("imagesTr", "labelsTr"):
            shutil.copytree(self.demo / part, cases / part)
        run("scribble", "generate", "--labels", cases / "labelsTr", "--out", cases / "scribblesTr")
        made = run("scribble", "export", "--cases", cases, "--out", out, "--format", "all", "--force")
        self.assertEqual(made.returncode, 0, made.stderr)
        example = pathlib.Path(__file__).parents[2] / "docs/examples/read_scribble_export.py"
        read = subprocess.run([sys.executable, "-B", example, out], capture_output=True, text=True)
        self.assertEqual(read.returncode, 0, read.stderr)
        layouts = [line.split()[0] for line in read.stdout.splitlines()]
        self.assertEqual(layouts, ["nnUNet_raw", "WORD", "PyMIC", "WSL4MIS", "MONAI"])
        case = json.loads((out / "manifest.json").read_text())["cases"][0]
        self.assertEqual(case["origins"]["generated"], case["voxels_labelled"])
        self.assertEqual(set(self.voxels(out / "WORD/origins/demo_0001.nii.gz")[1]), {0, 3})
        again = ("scribble", "export", "--cases", cases, "--out", self.folder / "n", "--force", "--include")
        self.refuse(2, ["drawn"], *again, "drawn")
        self.assertEqual(run(*again, "grown,model").returncode, 0)
        shutil.rmtree(self.folder / "n")
        back = run("scribble", "import", "--from", out / "PyMIC", "--out", self.folder / "back")
        self.assertEqual((back.returncode, back.stderr), (0, ""))
        self.assertIn("1 cases from the layout of PyMIC", back.stdout)
        name = "scribblesTr/demo_0001.nii.gz"
        self.assertEqual(self.voxels(self.folder / "back" / name)[1], self.voxels(cases / name)[1])
        header, voxels = self.voxels(cases / name)
        (cases / name).write_bytes(gzip.compress(bytes(header + bytes(17 if v == 0 else v for v in voxels))))
        turned = self.folder / "turned"
        self.refuse(3, [name, "--background 17"], "scribble", "import", "--from", cases, "--out", turned)
        self.assertEqual(run("scribble", "import", "--from", cases, "--out", turned, "--background", 17).returncode, 0)
        self.assertEqual(self.voxels(turned / name)[1], voxels)
        self.refuse(3, [out, "already"], "scribble", "export", "--cases", cases, "--out", out)
        self.refuse(3, ["acdc"], "scribble", "export", "--cases", cases, "--out", self.folder / "n", "--format", "acdc")

    def test_convert_and_info_know_nrrd(self):
        self.assertEqual(run("convert", self.image, self.folder / "a.nrrd").returncode, 0)
        infos = [json.loads(run("info", path, "--json").stdout) for path in (self.image, self.folder / "a.nrrd")]
        self.assertEqual(infos[0], infos[1])
        self.refuse(3, ["b.mha"], "convert", self.image, self.folder / "b.mha")

    def test_evaluate_prints_methods_side_by_side(self):
        for folder in ("truth", "judged"):
            (self.folder / folder).mkdir()
            shutil.copy(self.labels, self.folder / folder / "one.nii.gz")
        result = run("evaluate", "--truth", self.folder / "truth", "--method", f"A={self.folder / 'judged'}", "--method",
                     f"B={self.folder / 'judged'}", "--table", "md", "--baseline", "A")
        self.assertEqual((result.returncode, result.stderr), (0, ""))
        self.assertIn("| A | **100.00** |", result.stdout)
        self.assertIn("| B - A | +0.00 |", result.stdout)

    def test_evaluate_names_files_without_a_partner(self):
        for folder in ("truth", "judged"):
            (self.folder / folder).mkdir()
        shutil.copy(self.labels, self.folder / "truth" / "one.nii.gz")
        shutil.copy(self.labels, self.folder / "judged" / "two.nii.gz")
        self.refuse(3, ["two.nii.gz"], "evaluate", "--truth", self.folder / "truth", "--prediction", self.folder / "judged")
        self.refuse(2, ["--method"], "evaluate", "--truth", self.folder / "truth", "--method", "=x")
        self.refuse(2, ["profile"], "evaluate", "--truth", self.labels, "--prediction", self.labels, "--profile", "x")

    def test_replay_times_and_verify_read_a_session(self):
        subprocess.run([WRITE_SAMPLE_SESSION, self.folder / "session"], check=True, capture_output=True)
        self.assertEqual(run("verify", self.folder / "session").returncode, 0)
        replayed = run("replay", self.folder / "session", "--out", self.folder / "labels.nii.gz")
        self.assertEqual((replayed.returncode, replayed.stderr), (0, ""))
        data = gzip.open(self.folder / "labels.nii.gz").read()
        voxels = data[-12 * 12 * 6:]
        self.assertGreater(voxels.count(4), 0)
        early = run("replay", self.folder / "session", "--out", self.folder / "start.nii.gz", "--at", 3)
        self.assertEqual(early.returncode, 0)
        self.assertEqual(gzip.open(self.folder / "start.nii.gz").read()[-12 * 12 * 6:].count(2), 7 * 6 - 1)
        self.assertEqual(gzip.open(self.folder / "start_ptv.nii.gz").read()[-12 * 12 * 6:].count(17), 1)
        rows = list(csv.DictReader(run("times", self.folder / "session", "--idle", "10,2.5").stdout.splitlines()))
        self.assertEqual({row["idle_limit_s"] for row in rows}, {"10", "2.5"})
        total = next(row for row in rows if row["organ"] == "total")
        self.assertEqual((total["strokes"], total["undos"]), ("9", "206"))

    def test_verify_names_the_first_bad_event(self):
        subprocess.run([WRITE_SAMPLE_SESSION, self.folder / "session"], check=True, capture_output=True)
        log = self.folder / "session" / "session.rclog"
        content = bytearray(log.read_bytes())
        content[len(content) // 2] ^= 1
        log.write_bytes(content)
        self.assertIn("event", self.refuse(1, [log], "verify", self.folder / "session"))

    def test_hostile_names_lead_nowhere(self):
        names = hostile_names()
        self.assertEqual(len(names), 50)
        inside = self.folder / "a" / "b" / "c"
        inside.mkdir(parents=True)
        for number, name in enumerate(names):
            archive = inside / "case.zip"
            with zipfile.ZipFile(archive, "w") as made:
                made.writestr(zipfile.ZipInfo(name), b"x" * 200)
            before = sorted(self.folder.rglob("*"))
            self.assertEqual(run("info", archive).returncode, 3, name)
            self.assertEqual(sorted(self.folder.rglob("*")), before, name)
            plain = name.encode("utf-8", "surrogateescape").replace(b"/", b"_").replace(b"\0", b"_")[:240]
            image = os.fsencode(inside) + b"/" + plain + b".nii.gz"
            shutil.copyfile(self.labels, image)
            converted = subprocess.run([CLI, "convert", image, inside / "out.nrrd"], capture_output=True, timeout=240)
            self.assertEqual(converted.returncode, 0, converted.stderr)
            os.remove(image)
            (inside / "out.nrrd").unlink()
            self.assertEqual(sorted(self.folder.rglob("*")), before, name)
        self.assertEqual(sorted(path.name for path in self.folder.rglob("*")), ["a", "b", "c", "case.zip"])

    def test_every_command_has_a_help(self):
        for command in ["info", "predict", "evaluate", "convert", "replay", "times", "verify", "model check", "demo"]:
            result = run(*command.split(), "--help")
            self.assertEqual(result.returncode, 0)
            self.assertIn("Usage:" if "Usage:" in result.stdout else "OPTIONS", result.stdout)

    # What fails

    def test_wrong_usage_is_2(self):
        self.refuse(2, ["frobnicate"], "frobnicate")
        self.refuse(2, ["command"])
        self.refuse(2, ["--truth"], "evaluate", "--prediction", self.labels)
        self.refuse(2, ["--cases"], "demo", self.folder / "demo", "--cases", "0")

    def test_a_missing_file_is_3(self):
        self.refuse(3, ["nothing.nii.gz"], "info", self.folder / "nothing.nii.gz")
        self.refuse(3, ["nothing.nii.gz"], "evaluate", "--truth", self.labels, "--prediction", self.folder / "nothing.nii.gz")
        self.refuse(3, ["nothing.nii.gz"], "predict", self.folder / "nothing.nii.gz", "--model", MODEL, "--out",
                    self.folder / "x.nii.gz")
        self.refuse(3, ["nowhere"], "replay", self.folder / "nowhere", "--out", self.folder / "x.nii.gz")
        self.refuse(3, ["nowhere"], "verify", self.folder / "nowhere")
        self.refuse(3, ["nowhere"], "times", self.folder / "nowhere")

    def test_a_truncated_file_is_3(self):
        cut = self.write("cut.nii.gz", self.image.read_bytes()[:20000])
        self.refuse(3, [cut], "info", cut)
        self.refuse(3, [cut], "predict", cut, "--model", MODEL, "--out", self.folder / "x.nii.gz")
        cut_labels = self.write("labels.nii.gz", self.labels.read_bytes()[:1500])
        self.refuse(3, [cut_labels], "evaluate", "--truth", self.labels, "--prediction", cut_labels)

    def test_a_git_lfs_pointer_is_3_and_says_what_to_do(self):
        pointer = self.write("ct.nii.gz", LFS_POINTER)
        self.assertIn("git lfs pull", self.refuse(3, [pointer], "info", pointer))

    def test_a_label_map_of_another_grid_is_3(self):
        run("demo", self.folder / "other", "--seed", 3, "--spacing", "7,7,7")
        other = self.folder / "other" / "labelsTr" / "demo_0001.nii.gz"
        self.assertIn("grid", self.refuse(3, [other], "evaluate", "--truth", self.labels, "--prediction", other))

    def test_a_folder_without_a_ct_is_3(self):
        empty = self.folder / "empty"
        empty.mkdir()
        (empty / "readme.txt").write_text("no CT here")
        self.refuse(3, [empty], "info", empty)
        self.refuse(3, [empty], "predict", empty, "--model", MODEL, "--out", self.folder / "x.nii.gz")

    @unittest.skipUnless(HAVE_MODEL, "built without the demo model")
    def test_a_model_with_a_wrong_hash_is_3(self):
        model = self.folder / "model"
        shutil.copytree(MODEL, model)
        with (model / "model.ts").open("r+b") as weights:
            weights.seek(100_000)
            weights.write(b"x")
        out = self.folder / "x.nii.gz"
        self.assertIn("SHA-256", self.refuse(3, [model / "model.ts"], "predict", self.image, "--model", model, "--out", out))
        self.refuse(3, [model / "model.ts"], "model", "check", model)

    def test_a_folder_that_is_no_model_is_3(self):
        self.refuse(3, [self.folder], "predict", self.image, "--model", self.folder, "--out", self.folder / "x.nii.gz")

    @unittest.skipUnless(HAVE_MODEL, "built without the demo model")
    def test_an_interrupted_prediction_is_5_and_leaves_nothing(self):
        fine = self.folder / "fine"
        run("demo", fine, "--seed", 1, "--spacing", "2,2,2")
        image = fine / "imagesTr" / "demo_0001.nii.gz"
        out = self.folder / "x.nii.gz"
        process = subprocess.Popen([CLI, "predict", image, "--model", MODEL, "--out", out], stdout=subprocess.PIPE,
                                   stderr=subprocess.PIPE, text=True)
        time.sleep(1.0)
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate(timeout=20)
        self.assertEqual(process.returncode, 5, errors)
        self.assertEqual(len(errors.splitlines()), 1, errors)
        self.assertFalse(out.exists())

    def my_model(self, name):
        """A model folder that is not shipped, whose manifest says this name."""
        model = self.folder / "mine"
        shutil.copytree(MODEL, model, dirs_exist_ok=True)
        manifest = json.loads((model / "recontour.json").read_text())
        (model / "recontour.json").write_text(json.dumps({**manifest, "name": name}))
        return model

    @unittest.skipUnless(HAVE_MODEL, "built without the demo model")
    def test_a_model_is_named_on_first_use_and_refused_once_it_is_exchanged(self):
        out = self.folder / "x.nii.gz"
        predict = ["predict", self.image, "--device", "cpu", "--out", out, "--model"]
        first = run(*predict, self.my_model("first"))
        self.assertEqual(first.returncode, 0, first.stderr)
        self.assertIn("first time", first.stderr)
        again = run(*predict, self.my_model("first"))
        self.assertEqual((again.returncode, again.stderr), (0, ""))
        out.unlink()
        message = self.refuse(3, [self.folder / "mine"], *predict, self.my_model("second"))
        self.assertIn("--trust-model", message)
        self.assertFalse(out.exists())
        self.assertEqual(run(*predict, self.folder / "mine", "--trust-model").returncode, 0)
        self.assertEqual(run("model", "check", self.folder / "mine").returncode, 0)
        self.assertEqual(run(*predict, MODEL).stderr, "")

    def remembered(self):
        file = self.folder / "config" / "recontour" / "trusted-models.json"
        return sorted(json.loads(file.read_text())["models"]) if file.exists() else []

    def own_settings(self):
        return {**ENVIRONMENT, "XDG_CONFIG_HOME": str(self.folder / "config")}

    @unittest.skipUnless(HAVE_MODEL, "built without the demo model")
    def test_a_model_that_nobody_is_asked_for_is_remembered_once_it_has_labelled_a_case(self):
        def go(*arguments):
            return subprocess.run(list(map(str, [CLI, *arguments])), capture_output=True, text=True, timeout=240,
                                  env=self.own_settings(), stdin=subprocess.DEVNULL)
        predict = ["predict", self.image, "--device", "cpu", "--out", self.folder / "x.nii.gz", "--model"]
        bad = self.my_model("mine") / "model.ts"
        weights = bad.read_bytes()
        bad.write_bytes(weights[:-1])
        for command in (predict, ["model", "check"]):
            self.assertIn(go(*command, self.folder / "mine").returncode, (3, 4))
            self.assertEqual(self.remembered(), [])
        bad.write_bytes(weights)
        self.assertEqual(go("model", "check", self.folder / "mine").returncode, 0)
        self.assertEqual(self.remembered(), [])
        self.assertEqual(go(*predict, self.folder / "mine").returncode, 0)
        self.assertEqual(self.remembered(), [str(self.folder / "mine")])
        self.assertEqual(go("model", "check", self.my_model("other")).returncode, 3)
        changed = go("model", "check", self.folder / "mine", "--trust-model")
        self.assertEqual(changed.returncode, 0, changed.stderr)
        self.assertIn("in place of the one that was used before", changed.stderr)
        self.assertNotIn("first time", changed.stderr)

    def answer(self, keys):
        """`model check` of a new model on a terminal: its exit status when asked whether to run it."""
        terminal, theirs = pty.openpty()
        self.addCleanup(os.close, terminal)
        process = subprocess.Popen([CLI, "model", "check", self.folder / "mine"], stdin=theirs, stderr=theirs,
                                   stdout=subprocess.DEVNULL, env=self.own_settings(), start_new_session=True,
                                   preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0))
        self.addCleanup(process.kill)
        os.close(theirs)
        shown = b""
        while b"[y/N]" not in shown:
            shown += os.read(terminal, 4096)
        os.write(terminal, keys)
        return process.wait(timeout=60)

    @unittest.skipUnless(HAVE_MODEL, "built without the demo model")
    def test_on_a_terminal_a_new_model_is_asked_for(self):
        self.my_model("mine")
        for keys in (b"\n", b"n\n", b"\x03"):  # the last is Ctrl+C
            self.assertEqual(self.answer(keys), 5, keys)
            self.assertEqual(self.remembered(), [])
        self.assertEqual(self.answer(b"y\n"), 0)
        self.assertEqual(self.remembered(), [str(self.folder / "mine")])

    @unittest.skipUnless(HAVE_MODEL and WORKING_SANDBOX, "built without the demo model, or no sandbox to take away")
    def test_without_a_sandbox_shipped_models_run_and_others_only_when_allowed(self):
        out = self.folder / "x.nii.gz"

        def predict(*arguments):
            """On a machine without bubblewrap."""
            hidden = [BWRAP[0], "--dev-bind", "/", "/", "--ro-bind", "/dev/null", BWRAP[0], "--"]
            command = [*hidden, CLI, "predict", self.image, "--device", "cpu", "--out", out, "--json", *arguments]
            return subprocess.run(list(map(str, command)), capture_output=True, text=True, timeout=240, env=ENVIRONMENT,
                                  stdin=subprocess.DEVNULL)
        shipped = json.loads(predict("--model", MODEL).stdout)
        self.assertIs(shipped["sandboxed"], False)
        self.assertIn("without a sandbox", shipped["warnings"][-1])
        out.unlink()
        refused = predict("--model", self.my_model("mine"))
        self.assertEqual((refused.returncode, refused.stdout), (3, ""))
        self.assertEqual(len(refused.stderr.splitlines()), 1, refused.stderr)
        self.assertIn("--allow-unsandboxed", refused.stderr)
        self.assertFalse(out.exists())
        allowed = predict("--model", self.folder / "mine", "--allow-unsandboxed")
        self.assertEqual(allowed.returncode, 0, allowed.stderr)
        self.assertIs(json.loads(allowed.stdout)["sandboxed"], False)

    @unittest.skipUnless(HAVE_MODEL, "built without the demo model")
    def test_a_model_is_ended_when_it_takes_too_much_memory_or_too_long(self):
        out = self.folder / "x.nii.gz"
        predict = ["predict", self.image, "--device", "cpu", "--model", MODEL, "--out", out]
        self.assertIn("memory", self.refuse(4, [], *predict, "--memory", "0.1"))
        self.assertIn("got no further", self.refuse(4, [], *predict, "--patience", "0.0002"))
        self.assertFalse(out.exists())

    @unittest.skipUnless(HAVE_MODEL, "built without the demo model")
    def test_predict_reports_as_json(self):
        out = self.folder / "new" / "folder"
        result = run("predict", self.image, "--model", MODEL, "--out", out, "--json", "--device", "cpu")
        self.assertEqual(result.returncode, 0, result.stderr)
        report = json.loads(result.stdout)
        self.assertEqual((report["device"], report["fallback"]), ("cpu", ""))
        self.assertEqual(set(report["seconds"]), {"load", "preprocess", "network", "resample", "write"})
        self.assertIs(report["sandboxed"], WORKING_SANDBOX)
        manifest = (pathlib.Path(MODEL) / "recontour.json").read_bytes()
        self.assertEqual(report["model"]["manifest_sha256"], hashlib.sha256(manifest).hexdigest())
        self.assertTrue((out / "demo_0001.nii.gz").is_file())


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1], verbosity=1)
