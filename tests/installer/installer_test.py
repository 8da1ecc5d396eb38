#!/usr/bin/env python3
"""Tests of the scripts in installer/, without changing this machine. Usage: installer_test.py SOURCE_TREE"""
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest

ROOT = pathlib.Path(sys.argv.pop(1)).resolve()
INSTALLER = ROOT / "installer"


def run(*command, path=None, **environment):
    variables = {**os.environ, **environment}
    if path:
        variables["PATH"] = path
    return subprocess.run(command, env=variables, capture_output=True, text=True, stdin=subprocess.DEVNULL)


class SetupTest(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, self.folder)

    def path_with(self, **own):
        """A PATH of the plain tools and the given scripts alone."""
        for name in ("bash", "awk", "sed", "dirname", "tr", "sort", "comm", "wc", "mkdir", "mktemp", "rm", "uname", "cat", "id"):
            (self.folder / name).symlink_to(shutil.which(name))
        for name, script in own.items():
            tool = self.folder / name.replace("_", "-")
            tool.write_text(f"#!/bin/sh\n{script}\n")
            tool.chmod(0o755)
        return str(self.folder)

    def test_another_system_gets_the_list_of_what_is_needed(self):
        result = run(INSTALLER / "setup.sh", path=self.path_with())
        self.assertEqual(result.returncode, 2)
        self.assertIn("window (Qt 6): qt6-base-dev", result.stderr)
        self.assertNotIn("libgtest-dev", result.stderr)

    def test_only_what_is_missing_is_installed(self):
        log = self.folder / "apt.log"
        path = self.path_with(
            dpkg_query="shift 3; for p; do [ $p = cmake ] || [ $p = libzip-dev ] || echo installed $p; done",
            apt_get=f'echo "$@" >>{log}', sudo='"$@"', env='shift; exec "$@"')
        run(INSTALLER / "setup.sh", path=path, LIBTORCH_DIR="/nowhere")
        self.assertEqual(log.read_text().splitlines(),
                         ["update -q", "install -q -y --no-install-recommends cmake libzip-dev"])

    def test_nothing_is_installed_when_all_is_there(self):
        (self.folder / "torch/lib").mkdir(parents=True)
        (self.folder / "torch/lib/libtorch_cpu.so").touch()
        path = self.path_with(dpkg_query="shift 3; for p; do echo installed $p; done", apt_get="exit 9")
        result = run(INSTALLER / "setup.sh", "--tests", path=path, LIBTORCH_DIR=str(self.folder))
        self.assertEqual(result.returncode, 0, result.stderr)

    def test_a_failed_download_leaves_no_libtorch_behind(self):
        path = self.path_with(dpkg_query="shift 3; for p; do echo installed $p; done", apt_get="exit 9", python3="exit 1")
        result = run(INSTALLER / "setup.sh", path=path, XDG_CACHE_HOME=str(self.folder / "cache"), LIBTORCH_DIR="")
        self.assertNotEqual(result.returncode, 0)
        self.assertEqual(list((self.folder / "cache/recontour-build").iterdir()), [])

    def test_a_libtorch_dir_without_libtorch_is_named(self):
        path = self.path_with(dpkg_query="shift 3; for p; do echo installed $p; done", apt_get="exit 9")
        result = run(INSTALLER / "setup.sh", path=path, LIBTORCH_DIR="/nowhere")
        self.assertEqual(result.returncode, 1)
        self.assertIn("/nowhere: holds no torch/lib/libtorch_cpu.so", result.stderr)

    def test_wrong_usage_is_status_2(self):
        for script in ("setup.sh", "run.sh", "test.sh"):
            self.assertEqual(run(INSTALLER / script, "--nonsense").returncode, 2, script)

    def test_every_wheel_is_pinned_by_its_hash(self):
        for name in ("libtorch.txt", "libtorch-cuda.txt"):
            lines = [line for line in (INSTALLER / name).read_text().splitlines() if not line.startswith("#")]
            self.assertTrue(lines)
            for line in lines:
                self.assertRegex(line, r"^[a-z0-9-]+==[0-9.]+ --hash=sha256:[0-9a-f]{64}$")


class CountTest(unittest.TestCase):
    CASES = {"passed": '<testcase status="run"/>',
             "failed": '<testcase status="fail"><failure message=""/></testcase>',
             "skipped": '<testcase status="notrun"><skipped message="SKIP_REGULAR_EXPRESSION_MATCHED"/></testcase>',
             "unstartable": '<testcase status="notrun"><skipped message="Unable to find executable"/></testcase>'}

    def count(self, *files):
        with tempfile.TemporaryDirectory() as folder:
            for number, cases in enumerate(files):
                text = "".join(self.CASES[case] for case in cases)
                (pathlib.Path(folder) / f"{number}.xml").write_text(f"<testsuite>{text}</testsuite>")
            result = run(sys.executable, INSTALLER / "count_tests.py", folder)
            return result.stdout.strip(), result.returncode

    def test_files_are_summed(self):
        self.assertEqual(self.count(["passed", "skipped"], ["passed"]), ("2 passed, 0 failed, 1 skipped", 0))

    def test_a_failure_is_a_failure(self):
        self.assertEqual(self.count(["passed", "failed"]), ("1 passed, 1 failed, 0 skipped", 1))

    def test_a_test_that_could_not_start_failed(self):
        self.assertEqual(self.count(["passed", "unstartable"]), ("1 passed, 1 failed, 0 skipped", 1))

    def test_nothing_passed_is_a_failure(self):
        self.assertEqual(self.count(["skipped"]), ("0 passed, 0 failed, 1 skipped", 1))
        self.assertEqual(self.count(), ("0 passed, 0 failed, 0 skipped", 1))


if __name__ == "__main__":
    unittest.main()
