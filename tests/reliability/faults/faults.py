"""Lets every write, fsync, rename and opening of a program fail once, and judges what the program made of it."""
import hashlib
import json
import os
import pathlib
import shutil
import subprocess

CAUSES = {"ENOSPC": ("No space left on device",),
          "EIO": ("Input/output error",),
          "EACCES": ("Permission denied",)}
# The words of SQLite, which tells no more of a cause.
SQLITE_CAUSES = ("disk I/O error", "readonly database", "disk is full", "unable to open database", "locking protocol")


def content_of(folder):
    """Each file's SHA-256 and each folder, by its path in `folder`."""
    content = {}
    for path in sorted(folder.rglob("*")):
        name = str(path.relative_to(folder))
        content[name] = "folder" if path.is_dir() else hashlib.sha256(path.read_bytes()).hexdigest()
    return content


class Scenario:
    """One command on a folder that is the same before each run.

    `says` begins each line that tells why, where the command tells how far it is too; `judge_failed(folder)` says what is wrong after a run that failed, where more than the old files may be there;
    `may_pass(call)` names failing calls that rightly do no harm; `ignores(name)` leaves out files of no account;
    `varies(name)` tells those that need not be the same twice, since they say how long it took."""

    def __init__(self, name, template, command, judge_failed=None, may_pass=None, ignores=None, varies=None, says=""):
        self.name, self.template, self.command, self.says = name, template, command, says
        self.judge_failed = judge_failed
        self.may_pass = may_pass or (lambda call: False)
        self.ignores = ignores or (lambda name: False)
        self.varies = varies or (lambda name: False)


class Faults:
    """Runs scenarios; `problems` holds what went wrong, in words."""

    def __init__(self, fail_call, folder, most_calls=None):
        self.fail_call, self.folder, self.most_calls = fail_call, folder, most_calls
        self.failed_calls = self.scenarios = self.silent = self.changed = self.strays = self.unclear = 0
        self.problems, self.harmless = [], {}

    def home(self, work):
        runtime = self.folder / "runtime"  # Qt would make one of its own in TMPDIR
        runtime.mkdir(mode=0o700, exist_ok=True)
        return {**os.environ, "TMPDIR": str(work / "tmp"), "XDG_DATA_HOME": str(work / "data"),
                "XDG_CACHE_HOME": str(work / "cache"), "XDG_CONFIG_HOME": str(work / "config"), "XDG_RUNTIME_DIR": str(runtime), "LC_ALL": "C.UTF-8",
                "QT_QPA_PLATFORM": "offscreen"}

    def run(self, scenario, call=0, error="ENOSPC", onwards=False):
        """@return the finished program and what fail_call reports"""
        work = self.folder / "work"
        shutil.rmtree(work, ignore_errors=True)
        shutil.copytree(scenario.template, work, symlinks=True)
        (work / "tmp").mkdir(exist_ok=True)
        report = self.folder / "report.json"
        report.unlink(missing_ok=True)
        arguments = [self.fail_call, "--under", work, "--error", error, "--call", str(call), "--report", report]
        done = subprocess.run([*arguments, *(["--onwards"] if onwards else []), "--", *scenario.command(work)],
                              capture_output=True, text=True, timeout=300, env=self.home(work))
        return done, json.loads(report.read_text())

    def content(self, scenario):
        return {name: hashed for name, hashed in content_of(self.folder / "work").items()
                if name != "tmp" and not scenario.ignores(name)}

    def good_run(self, scenario):
        """@return its content, without that of files that differ between two runs, and the number of its calls"""
        contents = []
        for _ in range(2):
            done, report = self.run(scenario)
            assert done.returncode == 0, f"{scenario.name}: {done.stderr}"
            contents.append(self.content(scenario))
        assert contents[0].keys() == contents[1].keys(), f"{scenario.name}: {contents[0].keys() ^ contents[1].keys()}"
        same = {name: hashed if hashed == contents[1][name] and not scenario.varies(name) else "some"
                for name, hashed in contents[0].items()}
        return same, report["calls"]

    def all_of(self, scenario, errors=("ENOSPC", "EIO", "EACCES")):
        good, calls = self.good_run(scenario)
        shutil.rmtree(self.folder / "work")
        shutil.copytree(scenario.template, self.folder / "work")
        before = self.content(scenario)
        self.scenarios += 1
        every = 1 if self.most_calls is None else -(-calls // self.most_calls)
        for error in errors:
            for onwards in (False, True) if error == "ENOSPC" else (False,):
                for call in range(1, calls + 1, every):
                    self.once(scenario, before, good, call, error, onwards)

    def once(self, scenario, before, good, call, error, onwards):
        done, report = self.run(scenario, call, error, onwards)
        if report["times"] == 0:
            return
        self.failed_calls += report["times"]
        failed = report["failed"].replace(str(self.folder / "work") + "/", "")
        what = f"{scenario.name}, {error} from call {call} on" if onwards else f"{scenario.name}, {error} at call {call}"
        what += f" ({failed}), exit {done.returncode}"
        if done.returncode == 0:
            return self.judge_success(scenario, good, what, failed, done)
        self.judge_message(scenario, what, done, error)
        now = self.content(scenario)
        if scenario.judge_failed is not None:
            for problem in scenario.judge_failed(self.folder / "work", before, now) or []:
                self.note("changed", what, problem)
            return
        for name in before.keys() | now.keys():
            if name in before and before[name] != now.get(name):
                self.note("changed", what, f"{name} is {'other than before' if name in now else 'gone'}")
            if name not in before:
                self.note("strays", what, f"{name} is left")

    def judge_success(self, scenario, good, what, failed, done):
        now = self.content(scenario)
        differs = [name for name in good.keys() | now.keys()
                   if (name in good) != (name in now) or good[name] not in ("some", now[name])]
        if differs:
            return self.note("silent", what, f"it differs from the good run: {', '.join(sorted(differs))}")
        # Closed without flushing and saying so would show in fsync's turn; with it, nothing is lost by a failed close.
        # Where files cannot be linked they are copied.
        if failed.startswith(("close ", "link ")) or scenario.may_pass(failed):
            self.harmless[scenario.name] = self.harmless.get(scenario.name, 0) + 1
            return
        self.note("silent", what, f"it says nothing; {done.stderr}")

    def judge_message(self, scenario, what, done, error):
        lines = [line for line in done.stderr.splitlines() if line.strip() and line.startswith((scenario.says, "refused: "))]
        refused = [line for line in lines if line.startswith("refused: ")]  # a reading each, then one line of them all
        lines = refused + [line for line in lines if line not in refused]
        if done.returncode not in (1, 3, 4) or len(lines) - len(refused) != 1:
            return self.note("unclear", what, f"{len(lines)} lines: {done.stderr}")
        if not any(cause in lines[0] for cause in CAUSES[error] + SQLITE_CAUSES):
            self.note("unclear", what, f"the cause is missing: {lines[0]}")
        elif "/" not in lines[0]:
            self.note("unclear", what, f"the file is missing: {lines[0]}")

    def note(self, kind, what, problem):
        setattr(self, kind, getattr(self, kind) + 1)
        self.problems.append(f"{kind}: {what}: {problem}")

    def summary(self):
        return (f"D3 faults: {self.failed_calls:,} calls failed in {self.scenarios} scenarios, {self.silent} silent successes, "
                f"{self.changed} old files changed, {self.strays} stray files, {self.unclear} unclear messages")
