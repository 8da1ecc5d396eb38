// main() of tests that need windows.
#include <QApplication>
#include <cstdio>
#include <cstdlib>
#include <string>

#include <gtest/gtest.h>

#include "tests/data/virtual_display.h"
#include "ui/views/probe_3d.h"

namespace {

bool isProbe(int argc, char** argv) { return argc == 2 && std::string(argv[1]) == "--probe-3d"; }

}  // namespace

int main(int argc, char** argv) {
  if (isProbe(argc, argv)) return recontour::runProbe3d();
  testing::InitGoogleTest(&argc, argv);
  if (testing::GTEST_FLAG(list_tests)) return RUN_ALL_TESTS();
  const recontour::VirtualDisplay display;
  if (std::getenv("DISPLAY") == nullptr) {
    std::fprintf(stderr, "these tests need an X display, or the program Xvfb to start one\n");
    return 1;
  }
  QApplication application(argc, argv);
  return RUN_ALL_TESTS();
}
