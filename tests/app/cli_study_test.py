"""recontour-cli verify and audit on a study that a reader has read half of.

usage: cli_study_test.py RECONTOUR_CLI WRITE_SAMPLE_STUDY
"""
import json
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

CLI, WRITE_SAMPLE_STUDY = sys.argv[1:3]


def run(*arguments):
    return subprocess.run([CLI, *map(str, arguments)], capture_output=True, text=True, timeout=240)


class CliStudy(unittest.TestCase):
    def setUp(self):
        self.temporary = tempfile.TemporaryDirectory()
        self.addCleanup(self.temporary.cleanup)
        self.folder = pathlib.Path(self.temporary.name) / "sample"
        made = subprocess.run([WRITE_SAMPLE_STUDY, self.folder], check=True, capture_output=True, text=True)
        self.task, self.case = made.stdout.split()
        self.study = self.folder / "study"
        self.session = self.study / "sessions" / "R1" / self.task
        self.receipts = self.folder / "receipts.csv"

    def holds(self, *arguments):
        result = run("verify", *arguments)
        self.assertEqual((result.returncode, result.stderr), (0, ""))
        return result.stdout

    def fails(self, *arguments):
        result = run("verify", *arguments)
        self.assertEqual(result.returncode, 1, result.stdout)
        self.assertEqual(result.stderr.count("\n"), 1)
        return result.stderr

    def test_verify_says_what_it_compared_with(self):
        self.assertIn("coordinator's store alone", self.holds(self.study))
        self.assertIn("1 of 1 receipts fit", self.holds(self.study, "--receipts", self.receipts))
        self.assertRegex(self.holds(self.session), r"compared with the head in result.json \(event \d+\)\n")
        self.assertRegex(self.holds(self.session, "--receipts", self.receipts), r"result.json \(event \d+\), a receipt \(event \d+\)")
        (self.session / "result.json").unlink()
        self.assertIn("no head was kept elsewhere", self.holds(self.session))

    def test_a_chain_that_was_built_anew_is_found_by_a_receipt(self):
        rebuilt = self.folder / "rebuilt"
        self.holds(rebuilt)
        self.assertIn("receipt", self.fails(rebuilt, "--receipts", self.receipts))
        session = rebuilt / "sessions" / "R1" / self.task
        self.assertIn("result.json", self.fails(session))
        (session / "result.json").unlink()
        self.holds(session)
        self.assertIn("a receipt", self.fails(session, "--receipts", self.receipts))

    def test_a_cut_tail_is_found_by_a_head(self):
        log = self.session / "session.rclog"
        whole = log.read_bytes()
        start, ends = 0, []
        while start < len(whole):
            start += 8 + int.from_bytes(whole[start:start + 4], "little")
            ends.append(start)
        log.write_bytes(whole[:ends[-3]])  # the accept and what follows
        self.assertIn("was cut", self.fails(self.session))
        self.assertIn(self.task, self.fails(self.study))

    def test_an_exchanged_file_is_found(self):
        truth = self.study / "truth" / "C01.nii.gz"
        shutil.copy(self.study / "starts" / "C01_A.nii.gz", truth)
        self.assertIn("C01.nii.gz", self.fails(self.study))

    def test_another_protocol_is_found(self):
        file = self.study / "study.json"
        file.write_text(file.read_text().replace("A trial", "B trial"))
        self.assertIn("study.json", self.fails(self.study))

    def test_a_missing_list_of_receipts_is_3(self):
        self.assertEqual(run("verify", self.study, "--receipts", self.folder / "none.csv").returncode, 3)

    def test_audit_tells_each_event_on_a_line(self):
        result = run("audit", self.study, "--reader", "R1", "--case", self.case)
        self.assertEqual((result.returncode, result.stderr), (0, ""))
        lines = result.stdout.splitlines()
        self.assertIn(self.task, lines[0])
        self.assertEqual(lines[-1], f"to watch it: recontour --replay {self.session} --speed 4")
        for line in lines[1:-1]:
            self.assertTrue(re.match(r" *\d+\.\d{3} s  2023-11-14T22:13:\d\d\.\d{3}Z  [a-z_]+ ", line), line)
        types = [line.split()[3] for line in lines[1:-1]]
        self.assertEqual(types[0], "first")
        self.assertLess(types.index("begin"), types.index("edit"))
        self.assertLess(types.index("acceptable"), types.index("accept"))
        self.assertTrue(any("Liver" in line and "brush, 1 voxels" in line for line in lines))

    def test_audit_is_json_where_asked(self):
        result = run("audit", self.study, "--reader", "R1", "--case", self.case, "--json")
        reading = json.loads(result.stdout)["readings"][0]
        self.assertEqual((reading["task"], reading["reader"], reading["case"]), (self.task, "R1", self.case))
        self.assertEqual([event["event"] for event in reading["events"]], list(range(len(reading["events"]))))

    def test_audit_of_what_is_not_there(self):
        self.assertEqual(run("audit", self.study, "--reader", "R9", "--case", self.case).returncode, 3)
        waiting = run("audit", self.study, "--reader", "R2", "--case", self.case)
        self.assertEqual(waiting.returncode, 0)
        self.assertIn("nothing has come in", waiting.stderr)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
