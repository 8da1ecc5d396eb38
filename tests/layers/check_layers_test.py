#!/usr/bin/env python3
"""The layer check must fail when an edge is broken: here it is, in small trees made for it."""
import json
import pathlib
import tempfile
import unittest

import check_layers

RULES = json.loads(check_layers.ALLOWED.read_text(encoding="utf-8"))


def faults_of(files):
    with tempfile.TemporaryDirectory() as folder:
        root = pathlib.Path(folder)
        for name, text in files.items():
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            (root / name).write_text(text, encoding="utf-8")
        return check_layers.check_includes(RULES, root)[1]


def fault_of(name, include):
    return "".join(faults_of({name: f"#pragma once\n#include {include}\n"}))


class IncludesTest(unittest.TestCase):
    def test_allowed_edges_pass(self):
        self.assertEqual(faults_of({
            "core/base/a.h": '#include <sys/types.h>\n#include <vector>\n#include "core/base/b.h"\n',
            "core/image/a.cpp": '#include <nlohmann/json.hpp>\n#include "core/base/b.h"\n',
            "core/workbench/a.h": '#include <QObject>\n#include "core/session/session.h"\n',
            "models/engine/a.cpp": '#include <torch/script.h>\n#include "core/image/volume.h"\n',
            "ui/views/a.h": '#include <QWidget>\n#include <vtkRenderer.h>\n#include "core/workbench/w.h"\n',
            "app/cli/a.cpp": '#include <CLI/CLI.hpp>\n#include "core/io/open_case.h"\n'}), [])

    def test_a_folder_above_is_refused(self):
        self.assertIn("core/base/a.h: includes core/image/volume.h", fault_of("core/base/a.h", '"core/image/volume.h"'))
        self.assertIn("core/edit may include", fault_of("core/edit/a.cpp", '"core/session/session.h"'))
        self.assertIn("ui/", fault_of("core/workbench/a.cpp", '"ui/views/slice_view.h"'))
        self.assertIn("models/", fault_of("ui/views/a.cpp", '"models/engine/engine.h"'))
        self.assertIn("core/io/", fault_of("models/engine/a.cpp", '"core/io/open_case.h"'))
        self.assertIn("ui/", fault_of("app/worker/a.cpp", '"ui/views/slice_view.h"'))

    def test_a_folder_whose_name_begins_alike_is_another(self):
        self.assertNotEqual(fault_of("core/image/a.cpp", '"core/baseline/a.h"'), "")

    def test_a_library_of_another_layer_is_refused(self):
        self.assertIn("core/image may use", fault_of("core/image/a.cpp", "<QString>"))
        self.assertIn("QWidget", fault_of("core/workbench/a.cpp", "<QWidget>"))
        self.assertIn("torch", fault_of("ui/views/a.cpp", "<torch/script.h>"))
        self.assertIn("QString", fault_of("models/engine/a.cpp", "<QString>"))
        self.assertIn("gdcm", fault_of("app/cli/a.cpp", "<gdcmImageReader.h>"))
        self.assertIn("unknown.h", fault_of("app/cli/a.cpp", "<unknown.h>"))

    def test_costly_headers_are_refused(self):
        self.assertIn("whole Qt module", fault_of("ui/views/a.cpp", "<QtWidgets>"))
        self.assertIn("C++20", fault_of("ui/views/a.cpp", "<vtkSMPTools.h>"))
        self.assertIn("4 s", fault_of("core/base/a.h", "<nlohmann/json.hpp>"))

    def test_a_header_without_its_path_is_refused(self):
        self.assertNotEqual(fault_of("core/base/a.cpp", '"error.h"'), "")

    def test_spaces_do_not_hide_an_include(self):
        self.assertNotEqual(faults_of({"core/base/a.cpp": '  #  include  "core/image/volume.h"\n'}), [])

    def test_a_folder_without_a_row_is_refused(self):
        self.assertIn("missing from", fault_of("core/new/a.h", "<vector>"))

    def test_every_named_library_exists(self):
        for row in RULES["folders"].values():
            for library in row["libraries"]:
                self.assertIn(library, RULES["libraries"])


class ProgramsTest(unittest.TestCase):
    NEEDED = " 0x0000000000000001 (NEEDED)             Shared library: [lib{}]\n"

    def faults(self, program, *libraries):
        section = "".join(self.NEEDED.format(library) for library in libraries)
        return check_layers.faults_of_program(RULES, program, section)

    def test_the_window_may_not_link_libtorch(self):
        self.assertEqual(self.faults("recontour", "Qt6Core.so.6", "c.so.6"), [])
        self.assertEqual(len(self.faults("recontour", "torch_cpu.so", "c10.so", "Qt6Core.so.6")), 2)
        self.assertEqual(len(self.faults("recontour-cli", "torch_cpu.so")), 1)

    def test_the_worker_may_not_link_qt(self):
        self.assertEqual(self.faults("recontour-worker", "torch_cpu.so", "c10.so"), [])
        self.assertEqual(len(self.faults("recontour-worker", "Qt6Core.so.6")), 1)
        self.assertEqual(len(self.faults("recontour-reader", "Qt6Core.so.6", "torch_cpu.so")), 2)


if __name__ == "__main__":
    unittest.main()
