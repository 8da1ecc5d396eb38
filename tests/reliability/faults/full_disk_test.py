"""A folder that cannot be written and a disk that is full, as the kernel makes them: a mount that is read-only, a small
one, and a limit on the size of files where nothing may be mounted.

usage: full_disk_test.py RECONTOUR_CLI WRITE_SAMPLE_STUDY
"""
import os
import pathlib
import resource
import signal
import subprocess
import sys
import tempfile
import unittest

from faults import content_of

CLI, WRITE_SAMPLE_STUDY = (os.path.abspath(program) for program in sys.argv[1:3])
MAY_MOUNT = subprocess.run(["unshare", "-rm", "true"], capture_output=True).returncode == 0


class FullDisk(unittest.TestCase):
    def setUp(self):
        temporary = tempfile.TemporaryDirectory()
        self.addCleanup(temporary.cleanup)
        self.folder = pathlib.Path(temporary.name)
        subprocess.run([CLI, "demo", self.folder / "demo", "--spacing", "6,6,6"], check=True, capture_output=True)
        self.image = self.folder / "demo/imagesTr/demo_0001.nii.gz"
        (self.folder / "old").mkdir()
        (self.folder / "old/out.nii").write_text("what was here before")

    def convert(self, target):
        return [CLI, "convert", str(self.image), str(target)]

    def mounted(self, mount, command, then="true"):
        """Runs it where `mount`, shell text, was done; only this process and its children see that."""
        script = f'set -e; {mount}; set +e; "$@"; status=$?; {then}; exit $status'
        return subprocess.run(["unshare", "-rm", "sh", "-c", script, "sh", *map(str, command)], capture_output=True, text=True)

    def assert_refused(self, done, cause):
        self.assertEqual(done.returncode, 3, done.stderr)
        self.assertEqual(len(done.stderr.splitlines()), 1, done.stderr)
        self.assertIn("out.nii", done.stderr)
        self.assertIn(cause, done.stderr)

    @unittest.skipUnless(MAY_MOUNT, "no user namespaces here, so nothing can be mounted")
    def test_a_read_only_folder(self):
        old = self.folder / "old"
        before = content_of(old)
        done = self.mounted(f"mount --bind {old} {old}; mount -o remount,bind,ro {old}", self.convert(old / "out.nii"))
        self.assert_refused(done, "Read-only file system")
        self.assertEqual(content_of(old), before)

    @unittest.skipUnless(MAY_MOUNT, "no user namespaces here, so nothing can be mounted")
    def test_a_small_disk(self):
        small = self.folder / "small"
        small.mkdir()
        done = self.mounted(f"mount -t tmpfs -o size=64k none {small}; echo old > {small}/out.nii",
                            self.convert(small / "out.nii"), then=f"ls -A {small}; cat {small}/out.nii")
        self.assert_refused(done, "No space left on device")
        self.assertEqual(done.stdout, "out.nii\nold\n")

    @unittest.skipUnless(MAY_MOUNT, "no user namespaces here, so nothing can be mounted")
    def test_a_study_on_a_small_disk_stays_whole(self):
        made = self.folder / "sample"
        subprocess.run([WRITE_SAMPLE_STUDY, made], check=True, capture_output=True)
        small = self.folder / "small"
        small.mkdir()
        room = sum(file.stat().st_size for file in (made / "before").rglob("*") if file.is_file()) // 1024 + 60
        done = self.mounted(f"mount -t tmpfs -o size={room}k none {small}; cp -r {made}/before {small}/study",
                            [CLI, "study", "merge", small / "study", made / "return.zip"],
                            then=f"mount -o remount,size=64m {small}; {CLI} verify {small}/study >&2; "
                            f"{CLI} study merge {small}/study {made}/return.zip; ls {small}/study")
        self.assertNotEqual(done.returncode, 0)
        self.assertIn("1 readings merged", done.stdout)
        self.assertNotIn("incoming", done.stdout)

    def test_files_that_may_not_grow(self):
        def limited():
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, 50_000))
        old = self.folder / "old"
        before = content_of(old)
        done = subprocess.run(self.convert(old / "out.nii"), capture_output=True, text=True, preexec_fn=limited)
        self.assert_refused(done, "File too large")
        self.assertEqual(content_of(old), before)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
