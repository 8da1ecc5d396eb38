"""recontour as it is started: screenshots, the demo without a person, and what it says when it cannot start.

usage: workstation_test.py RECONTOUR RECONTOUR_CLI DEMO_MODEL HAVE_DEMO_MODEL
"""
import json
import os
import pathlib
import re
import struct
import subprocess
import sys
import tempfile
import unittest

RECONTOUR, CLI, MODEL = sys.argv[1:4]
HAVE_MODEL = sys.argv[4] == "1"


class Workstation(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        # One server for all, which picks its own number: xvfb-run guesses one, and fails now and then where others do too.
        read, write = os.pipe()
        server = subprocess.Popen(["Xvfb", "-displayfd", str(write), "-screen", "0", "1920x1200x24", "-nolisten", "tcp"],
                                  pass_fds=[write], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        cls.addClassCleanup(server.wait)
        cls.addClassCleanup(server.terminate)
        os.close(write)
        with os.fdopen(read) as pipe:
            cls.display = ":" + pipe.readline().strip()

    def setUp(self):
        self.temporary = tempfile.TemporaryDirectory()
        self.addCleanup(self.temporary.cleanup)
        self.folder = pathlib.Path(self.temporary.name)
        runtime = self.folder / "runtime"
        runtime.mkdir(mode=0o700)
        self.environment = {**os.environ, "XDG_DATA_HOME": str(self.folder / "data"), "XDG_RUNTIME_DIR": str(runtime),
                            "XDG_CONFIG_HOME": str(self.folder / "config"), "XDG_CACHE_HOME": str(self.folder / "cache")}
        for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
            self.environment.pop(name, None)

    def run_program(self, *arguments, display=True):
        environment = {**self.environment, "DISPLAY": self.display} if display else self.environment
        return subprocess.run([RECONTOUR, *map(str, arguments)], capture_output=True, text=True, timeout=240,
                              env=environment)

    def make_demo(self, seed=1, spacing="5,5,5"):
        demo = self.folder / "data" / "recontour" / "demo"
        subprocess.run([CLI, "demo", demo, "--seed", str(seed), "--spacing", spacing], check=True, capture_output=True)
        return demo / "imagesTr" / "demo_0001.nii.gz", demo / "labelsTr" / "demo_0001.nii.gz"

    def refuse(self, status, part, *arguments, display=True):
        result = self.run_program(*arguments, display=display)
        self.assertEqual(result.returncode, status, result.stderr)
        self.assertEqual(len(result.stderr.splitlines()), 1, result.stderr)
        self.assertTrue(result.stderr.startswith("recontour: "), result.stderr)
        self.assertIn(part, result.stderr)

    def test_a_screenshot_shows_a_case_with_its_labels(self):
        image, labels = self.make_demo()
        picture = self.folder / "x.png"
        result = self.run_program(image, "--prediction", labels, "--screenshot", picture, "--size", "1200x800", "--scale", "1.5")
        self.assertEqual(result.returncode, 0, result.stderr)
        content = picture.read_bytes()
        self.assertEqual(struct.unpack(">II", content[16:24]), (1800, 1200))
        self.assertGreater(len(content), 100_000)

    def test_a_screenshot_of_a_file_that_does_not_open_fails(self):
        broken = self.folder / "broken.nii.gz"
        broken.write_bytes(b"\x1f\x8b nonsense")
        self.refuse(3, "broken.nii.gz", broken, "--screenshot", self.folder / "x.png")
        self.assertFalse((self.folder / "x.png").exists())

    def test_missing_files_are_named_before_a_window_opens(self):
        image, _ = self.make_demo()
        self.refuse(3, "nothing.nii.gz", "nothing.nii.gz", display=False)
        self.refuse(3, "nothing.nii.gz", image, "--prediction", "nothing.nii.gz", display=False)
        self.refuse(3, "recontour.json", image, "--model", self.folder, display=False)

    def test_a_session_is_shown_again_and_nothing_is_written(self):
        image, labels = self.make_demo()
        sessions, picture = self.folder / "sessions", self.folder / "again.png"
        first = self.run_program(image, "--prediction", labels, "--sessions", sessions, "--screenshot", self.folder / "x.png")
        self.assertEqual(first.returncode, 0, first.stderr)
        log = next(sessions.glob("*/R1/session.rclog"))
        before = {file: file.read_bytes() for file in sessions.rglob("*") if file.is_file()}
        again = self.run_program("--replay", log.parent, "--speed", "100", "--screenshot", picture)
        self.assertEqual(again.returncode, 0, again.stderr)
        self.assertGreater(picture.stat().st_size, 100_000)
        self.assertEqual({file: file.read_bytes() for file in sessions.rglob("*") if file.is_file()}, before)
        (sessions / "cases.json").unlink()
        self.refuse(3, "name the CT too", "--replay", log.parent, display=False)
        other, _ = self.make_demo(seed=2)
        self.refuse(3, "belongs to another image", other, "--replay", log.parent, "--screenshot", picture)

    def test_what_is_no_session_is_not_shown(self):
        self.refuse(3, "nothing", "--replay", self.folder / "nothing", display=False)
        self.refuse(3, "session.rclog", "--replay", self.folder, display=False)
        self.refuse(2, "--speed", "--replay", self.folder, "--speed", "0", display=False)

    def test_without_a_display_it_says_so(self):
        image, _ = self.make_demo()
        self.refuse(3, "no display", image, display=False)

    def test_wrong_usage_is_2(self):
        self.refuse(2, "--size", "x.nii.gz", "--size", "huge", display=False)
        self.refuse(2, "--frobnicate", "--frobnicate", display=False)

    @unittest.skipUnless(HAVE_MODEL, "built without the demo model")
    def test_the_demo_runs_without_a_person_and_the_revision_helps(self):
        self.make_demo(spacing="3,3,3")
        results = self.folder / "results"
        result = self.run_program("--demo", "--unattended", results)
        self.assertEqual(result.returncode, 0, result.stderr)
        before, after = map(float, re.search(r"^mean +([\d.]+) +([\d.]+)", result.stdout, re.M).groups())
        self.assertGreater(after, before + 0.03)
        self.assertRegex(result.stdout, r"edit time [\d.]+ s")
        self.assertTrue((results / "screenshot.png").is_file())
        session = pathlib.Path(re.search(r"^result folder (.*)$", result.stdout, re.M).group(1))
        document = json.loads((session / "result.json").read_text())
        self.assertTrue(document["synthetic"])
        duodenum = next(organ for organ in document["organs"] if organ["organ"] == "duodenum")
        self.assertGreater(duodenum["dsc"], duodenum["before_dsc"] + 0.2)
        replayed = self.folder / "replayed.nii.gz"
        subprocess.run([CLI, "replay", session, "--out", replayed], check=True)
        compared = subprocess.run([CLI, "evaluate", "--truth", session / "revision.nii.gz", "--prediction", replayed,
                                   "--json"], check=True, capture_output=True, text=True)
        self.assertEqual({organ["dsc"] for organ in json.loads(compared.stdout)["organs"]}, {1})


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1], verbosity=1)
