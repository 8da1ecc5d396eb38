#include "core/base/error.h"

#include <cerrno>

#include <gtest/gtest.h>

namespace recontour {
namespace {

TEST(Error, IsOneLineOfFileCauseAndAdvice) {
  EXPECT_STREQ(Error("a.nii", "is cut short", "copy it again").what(), "a.nii: is cut short; copy it again");
  EXPECT_STREQ(Error("a.nii", "is cut short").what(), "a.nii: is cut short");
  EXPECT_STREQ(Error("only a cause").what(), "only a cause");
}

TEST(Error, KindsGiveTheExitStatusOfTheCommandLineContract) {
  EXPECT_EQ(exitStatus(ErrorKind::CheckFailed), 1);
  EXPECT_EQ(exitStatus(ErrorKind::BadInput), 3);
  EXPECT_EQ(exitStatus(ErrorKind::ModelFailed), 4);
  EXPECT_EQ(exitStatus(ErrorKind::Cancelled), 5);
  EXPECT_EQ(Error("cause").kind(), ErrorKind::BadInput);
  EXPECT_EQ(Error("cause", ErrorKind::Cancelled).kind(), ErrorKind::Cancelled);
}

TEST(Error, SystemErrorTextIsThatOfErrno) {
  errno = ENOENT;
  EXPECT_EQ(systemErrorText(), "No such file or directory");
}

TEST(Error, StaysOnOneLineWhateverAFileSays) {
  EXPECT_STREQ(Error("a.dcm", "is of modality C\nT\r\x01").what(), "a.dcm: is of modality C T  ");
  EXPECT_STREQ(Error("two\nlines").what(), "two lines");
}

}  // namespace
}  // namespace recontour
