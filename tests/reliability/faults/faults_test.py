"""D3: every write, fsync, rename and opening of a file fails once, in each command that writes.

usage: faults_test.py FAIL_CALL RECONTOUR_CLI WRITE_SAMPLE_SESSION WRITE_SAMPLE_STUDY DEMO_MODEL|- [SCENARIO...]
RECONTOUR_RELIABILITY=long fails each call with each error, once and from then on; the short form a few of each command.
"""
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

from faults import Faults, Scenario

FAIL_CALL, CLI, WRITE_SAMPLE_SESSION, WRITE_SAMPLE_STUDY, MODEL = sys.argv[1:6]
WANTED = sys.argv[6:]
LONG = os.environ.get("RECONTOUR_RELIABILITY") == "long"
SHORT_CALLS = 7  # of each scenario, evenly spread


def cli(*arguments, cwd=None):
    return subprocess.run([CLI, *map(str, arguments)], check=True, capture_output=True, text=True, cwd=cwd)


class Samples:
    """What the commands work on, made once by the programs themselves."""

    def __init__(self, folder):
        self.folder = folder
        self.demo = folder / "demo"
        cli("demo", self.demo / "cases", "--spacing", "9,9,9", "--cases", 2)
        self.image = self.demo / "cases/imagesTr/demo_0001.nii.gz"
        self.labels = self.demo / "cases/labelsTr/demo_0001.nii.gz"

    def folder_with(self, name, **files):
        """@return a new folder with these files; a text is a file's content, a path its origin"""
        made = self.folder / name
        made.mkdir()
        for target, source in files.items():
            target = made / target.replace("__", "/").replace("_dot_", ".")
            target.parent.mkdir(parents=True, exist_ok=True)
            if isinstance(source, str):
                target.write_text(source)
            elif source.is_dir():
                shutil.copytree(source, target, dirs_exist_ok=True)
            else:
                shutil.copy(source, target)
        return made


def file_scenarios(s):
    """Commands that write one file, where an old one is."""
    one = s.folder_with("one", image_dot_nii_dot_gz=s.image, labels_dot_nii_dot_gz=s.labels,
                        **{f"out_dot_{ending}": "what was here before"
                           for ending in ("nii", "nii_dot_gz", "nrrd", "csv", "svg", "png", "summary_dot_csv")})
    yield Scenario("convert to NIfTI", one, lambda w: [CLI, "convert", w / "image.nii.gz", w / "out.nii"])
    yield Scenario("convert to NIfTI.gz", one, lambda w: [CLI, "convert", w / "image.nii.gz", w / "out.nii.gz"])
    yield Scenario("convert to NRRD", one, lambda w: [CLI, "convert", w / "image.nii.gz", w / "out.nrrd"])
    yield Scenario("convert labels", one, lambda w: [CLI, "convert", w / "labels.nii.gz", w / "out.nrrd", "--ct",
                                                     w / "image.nii.gz"])
    judged = [CLI, "evaluate", "--truth"]
    yield Scenario("evaluate", one, lambda w: [*judged, w / "labels.nii.gz", "--prediction", w / "labels.nii.gz",
                                               "--csv", w / "out.csv"])
    yield Scenario("evaluate, figure SVG", one, lambda w: [*judged, w / "labels.nii.gz", "--prediction",
                                                           w / "labels.nii.gz", "--boxplot", w / "out.svg"])
    yield Scenario("evaluate, figure PNG", one, lambda w: [*judged, w / "labels.nii.gz", "--prediction",
                                                           w / "labels.nii.gz", "--boxplot", w / "out.png"])
    if MODEL != "-":
        yield Scenario("predict", one, lambda w: [CLI, "predict", w / "image.nii.gz", "--model", MODEL, "--out",
                                                  w / "out.nii.gz", "--threads", "1"],
                       # The folder of jobs is only swept, and what a worker prints is of use only when it fails.
                       may_pass=lambda call: call == "open cache/recontour/jobs" or call.endswith("worker.log"),
                       ignores=lambda name: name.startswith("cache"))
        yield train_scenario(s)
    session = s.folder / "session"
    subprocess.run([WRITE_SAMPLE_SESSION, session / "session"], check=True, capture_output=True)
    (session / "out.nii.gz").write_text("what was here before")
    (session / "out.csv").write_text("what was here before")
    yield Scenario("replay", session, lambda w: [CLI, "replay", w / "session", "--out", w / "out.nii.gz"])
    yield Scenario("times", session, lambda w: [CLI, "times", w / "session", "--csv", w / "out.csv"])


def train_scenario(s):
    """A run of three batches; what it has learned when it fails may stay, in the folder that --resume goes on from."""
    cases = s.folder_with("learn", cases=s.demo / "cases")
    cli("scribble", "generate", "--labels", cases / "cases/labelsTr", "--out", cases / "cases/scribblesTr")

    def command(w):
        return [CLI, "train", "--cases", w / "cases", "--network", "unet2d", "--loss", "pce", "--out", w / "model", "--width", "2",
                "--batch", "1", "--patch", "32,32", "--epochs", "3", "--iterations-per-epoch", "1", "--threads", "1"]

    def judge(work, before, now):
        yield from (f"{name} is other than before" for name in before if now.get(name) != before[name])
        left = {name.split("/")[0] for name in now.keys() - before.keys()}
        if left - {"model.training", "config"}:
            yield f"left: {', '.join(sorted(left))}"
        if "model.training" in left and not (work / "model.training/checkpoint.bin").exists():
            yield "model.training is left with nothing learned"
        resume = ["--resume"] if "model.training" in left else []
        again = subprocess.run([*map(str, command(work)), *resume], capture_output=True, text=True, env=home_of(work))
        if again.returncode != 0:
            yield f"it cannot go on: {again.stderr}"

    return Scenario("train", cases, command, judge_failed=judge,
                    # A picture that cannot be written is not shown.
                    may_pass=lambda call: call == "open cache/recontour/jobs" or call.endswith("worker.log") or "picture-" in call,
                    ignores=lambda name: name.startswith("cache"), varies=lambda name: name in ("model/train.json", "model/MODEL_CARD.md"),
                    says="recontour-cli: ")


def home_of(work):
    return {**os.environ, "XDG_DATA_HOME": str(work / "data"), "XDG_CACHE_HOME": str(work / "cache"),
            "XDG_CONFIG_HOME": str(work / "config")}


def folder_scenarios(s):
    """Commands that fill a folder."""
    none = s.folder_with("none")
    yield Scenario("demo", none, lambda w: [CLI, "demo", w / "demo", "--spacing", "9,9,9"])
    yield Scenario("demo over an old one", s.demo, lambda w: [CLI, "demo", w / "cases", "--spacing", "9,9,9", "--seed", "5"])
    labels = s.folder_with("labels", labelsTr=s.demo / "cases/labelsTr")
    yield Scenario("scribble generate", labels, lambda w: [CLI, "scribble", "generate", "--labels", w / "labelsTr",
                                                           "--out", w / "strokes"])
    cases = s.folder_with("cases", cases=s.demo / "cases")
    cli("scribble", "generate", "--labels", cases / "cases/labelsTr", "--out", cases / "cases/scribblesTr")
    for name in ("nnunet", "word", "pymic", "wsl4mis", "monai"):
        yield Scenario(f"scribble export {name}", cases, lambda w, name=name: [
            CLI, "scribble", "export", "--cases", w / "cases", "--out", w / "out", "--format", name, "--force"],
            # HDF5 looks whether a file of this name is open, then fills memory.
            may_pass=lambda call: call.startswith("open out") and call.endswith(".h5"))
    exported = s.folder_with("exported")
    cli("scribble", "export", "--cases", cases / "cases", "--out", exported / "out", "--format", "nnunet", "--force")
    yield Scenario("scribble import", exported, lambda w: [
        CLI, "scribble", "import", "--from", w / "out/nnUNet_raw", "--out", w / "cases"])


def is_store_aside(name):
    """What SQLite keeps beside a store that is open, or was left by a program that ended early."""
    return name.endswith(("-wal", "-shm", "-journal"))


def study_is_sound(repeat):
    """After a failed command the study is whole, and the command done again succeeds."""
    def judge(work, before, now):
        for name, hashed in before.items():
            if name not in now:
                yield f"{name} is gone"
        strays = [name for name in now.keys() - before.keys() if not is_store_aside(name) and is_stray(name)]
        if strays:
            yield f"left: {', '.join(strays)}"
        again = subprocess.run([*map(str, repeat(work))], capture_output=True, text=True)
        # A case that came in before a later step failed is there, and said to be.
        if again.returncode != 0 and not ("import" in again.args and "already" in again.stderr):
            yield f"it cannot be done again: {again.stderr}"
    return judge


def is_of_store(name):
    """The store's bytes depend on when SQLite moved its log into it; what it says is asked by doing all again."""
    return is_store_aside(name) or name.endswith("store.sqlite")


def is_stray(name):
    last = pathlib.PurePath(name).name
    return (last.startswith(".") or last.endswith((".partial", ".new", ".unpacking", ".making")) or "incoming" in name)


def study_scenarios(s):
    def scenario(name, template, command, **more):
        # SQLite ignores what a folder's fsync says, and a checkpoint that fails leaves all in the -wal file.
        return Scenario(name, template, command, judge_failed=study_is_sound(command),
                        may_pass=lambda call: ".sqlite" in call or call.startswith(("fsync study", "open study")) and
                        "/" not in call.split(" ", 1)[1],
                        ignores=is_of_store, **more)

    sample = s.folder / "sample"
    done = subprocess.run([WRITE_SAMPLE_STUDY, sample], check=True, capture_output=True, text=True)
    task, _ = done.stdout.split()
    shutil.rmtree(sample / "rebuilt")
    closed = s.folder_with("closed", study=sample / "study")
    cli("study", "close", closed / "study")
    none = s.folder_with("nothing")
    yield scenario("study create", none, lambda w: [CLI, "study", "create", w / "study"])
    draft = s.folder_with("draft", cases=s.demo / "cases")
    cli("study", "create", draft / "study", "--preset", "word-fig3", "--simulated")
    yield scenario("study import", draft, lambda w: [
        CLI, "study", "import", w / "study", "--case", "C01", "--cases", w / "cases/imagesTr/demo_0001.nii.gz", "--reference",
        w / "cases/labelsTr/demo_0001.nii.gz"])
    yield scenario("study import of a reader", draft, lambda w: [
        CLI, "study", "import", w / "study", "--reader", "R1", "--pin", "1234"])
    ready = s.folder_with("ready", study=draft / "study")
    cli("study", "import", ready / "study", "--cases", s.image, "--reference", s.labels)
    for reader in ("R1", "R2", "R3"):
        cli("study", "import", ready / "study", "--reader", reader, "--hospital", "H" + reader, "--years", "5")
    for arm in ("A", "B"):
        subprocess.run([CLI, "study", "import", ready / "study", "--case", "C01", "--starts", s.labels, "--arm", arm], capture_output=True)
    yield scenario("study freeze", ready, lambda w: [CLI, "study", "freeze", w / "study"])
    yield scenario("study pack", sample, lambda w: [
        CLI, "study", "pack", w / "study", "--reader", "R1", "--out", w / "R1.zip"])
    yield scenario("study exclude", sample, lambda w: [
        CLI, "study", "exclude", w / "study", task, "--reason", "a test"])
    yield scenario("study backup", sample, lambda w: [CLI, "study", "backup", w / "study", "--out", w / "backup"])
    yield scenario("study return", sample, lambda w: [CLI, "study", "return", w / "package", "--out", w / "R1.zip"])
    yield scenario("study merge", sample, lambda w: [CLI, "study", "merge", w / "before", w / "return.zip"])
    yield scenario("study export", closed, lambda w: [CLI, "study", "export", w / "study", "--out", w / "tables"])
    yield scenario("study report", closed, lambda w: [CLI, "study", "report", w / "study", "--out", w / "report"])


def main():
    with tempfile.TemporaryDirectory(prefix="recontour-faults-") as temporary:
        folder = pathlib.Path(temporary).resolve()
        faults = Faults(FAIL_CALL, folder, most_calls=None if LONG else SHORT_CALLS)
        samples = Samples(folder)
        for scenario in [*file_scenarios(samples), *folder_scenarios(samples), *study_scenarios(samples)]:
            if not WANTED or any(wanted in scenario.name for wanted in WANTED):
                found = len(faults.problems)
                before = faults.failed_calls
                faults.all_of(scenario, ("ENOSPC", "EIO", "EACCES") if LONG else ("ENOSPC",))
                print(f"{scenario.name}: {faults.failed_calls - before:,} calls failed, "
                      f"{len(faults.problems) - found} problems", flush=True)
                for problem in faults.problems[found:]:
                    print("  " + problem, flush=True)
    print(faults.summary())
    return 1 if faults.problems or faults.failed_calls == 0 else 0


if __name__ == "__main__":
    sys.exit(main())
