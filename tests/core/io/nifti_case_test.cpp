#include <cmath>
#include <limits>

#include <gtest/gtest.h>

#include "core/io/affine.h"
#include "core/io/open_case.h"
#include "tests/core/io/nifti_bytes.h"
#include "tests/core/io/test_folder.h"

namespace recontour {
namespace {

class NiftiCase : public testing::Test {
 protected:
  Case open(const std::string& bytes, const std::string& name = "a.nii") {
    return openCase(folder_.write(name, bytes));
  }
  std::string refusal(const std::string& bytes, const std::string& name = "a.nii") {
    const std::filesystem::path file = folder_.write(name, bytes);
    const std::string message = errorOf([&] { openCase(file); });
    EXPECT_EQ(message.rfind(file.string() + ": ", 0), 0U) << "a message names its file: " << message;
    return message.substr(std::min(message.size(), file.string().size() + 2));
  }
  TestFolder folder_;
};

void expectNear(const Point3& a, const Point3& b, double tolerance = 1e-6) {
  EXPECT_LE(length(a - b), tolerance) << "(" << a.x << ", " << a.y << ", " << a.z << ")";
}

TEST_F(NiftiCase, RasBecomesLpsAndVoxelsStayInFileOrder) {
  const Case opened = open(NiftiBytes().withCounting());
  EXPECT_EQ(opened.geometry.size, (Size3{3, 2, 2}));
  EXPECT_EQ(opened.geometry.spacing, (Point3{1, 2, 3}));
  EXPECT_EQ(opened.geometry.origin, (Point3{-10, -20, 30}));
  EXPECT_EQ(orientationCode(opened.geometry), "RAS");
  expectNear(opened.geometry.toWorld(Index3{2, 1, 1}), {-12, -22, 33});
  EXPECT_EQ(opened.volume.at({2, 1, 1}), 11);
  EXPECT_EQ(opened.volume.at({1, 0, 0}), 1);
  EXPECT_EQ(opened.name, "a");
  EXPECT_EQ(opened.imageHash.size(), 64U);
  EXPECT_TRUE(opened.warnings.empty());
}

TEST_F(NiftiCase, GzippedContentIsRecognisedByItsBytes) {
  const std::string plain = NiftiBytes().withCounting();
  const Case expected = open(plain);
  EXPECT_EQ(open(gzipped(plain), "b.nii.gz").imageHash, expected.imageHash);
  EXPECT_EQ(open(gzipped(plain), "c.nii").imageHash, expected.imageHash);
}

TEST_F(NiftiCase, QformAloneGivesRotationAndHandedness) {
  // Half a turn about z (quaternion 0, 0, 0, 1) and a flipped third axis.
  const Case opened = open(NiftiBytes().sform(0, {}).qform(1, {0, 0, 1, 10, 20, 30, -1}).withCounting());
  EXPECT_EQ(orientationCode(opened.geometry), "LPI");
  expectNear(opened.geometry.toWorld(Index3{2, 1, 1}), {-8, -18, 27});
}

TEST_F(NiftiCase, SformWinsAndADifferenceIsSaid) {
  const NiftiBytes same = NiftiBytes().qform(1, {0, 0, 0, 10, 20, 30, 1});
  EXPECT_TRUE(open(same.withCounting()).warnings.empty());
  const Case opened = open(NiftiBytes().qform(1, {0, 0, 0, 10.5F, 20, 30, 1}).withCounting());
  EXPECT_EQ(opened.geometry.origin, (Point3{-10, -20, 30}));
  ASSERT_EQ(opened.warnings.size(), 1U);
  EXPECT_EQ(opened.warnings[0], "The file's two orientations (sform, qform) differ by up to 0.5 mm; sform is used.");
}

TEST_F(NiftiCase, UnusableSformFallsBackToQform) {
  const Case opened = open(NiftiBytes().sform(1, {}).qform(1, {0, 0, 0, 1, 2, 3, 1}).withCounting());
  EXPECT_EQ(opened.geometry.origin, (Point3{-1, -2, 3}));
  EXPECT_EQ(opened.warnings.size(), 1U);
}

TEST_F(NiftiCase, NoOrientationLoadsWithAWarning) {
  const Case opened = open(NiftiBytes().sform(0, {}).withCounting());
  EXPECT_EQ(orientationCode(opened.geometry), "RAS");
  EXPECT_EQ(opened.geometry.spacing, (Point3{1, 2, 3}));
  ASSERT_EQ(opened.warnings.size(), 1U);
  EXPECT_NE(opened.warnings[0].find("no orientation"), std::string::npos);
}

TEST_F(NiftiCase, ObliqueAxesAreKeptExactly) {
  const float c = std::cos(0.3F), s = std::sin(0.3F);
  const Case opened = open(NiftiBytes().sform(1, {c, -2 * s, 0, 10, s, 2 * c, 0, 20, 0, 0, 3, 30}).withCounting());
  EXPECT_TRUE(opened.warnings.empty());
  EXPECT_NEAR(obliquityDegrees(opened.geometry), 0.3 * 180 / M_PI, 1e-4);
  expectNear(opened.geometry.toWorld(Index3{2, 1, 0}), {-10.0 - 2 * c + 2 * s, -20.0 - 2 * s - 2 * c, 30}, 1e-5);
}

TEST_F(NiftiCase, NearlyOrthogonalAxesAreMadeSoWithTheAngle) {
  const Case opened = open(NiftiBytes().sform(1, {1, 5e-5F * 2, 0, 10, 0, 2, 0, 20, 0, 0, 3, 30}).withCounting());
  ASSERT_EQ(opened.warnings.size(), 1U);
  EXPECT_NE(opened.warnings[0].find("0.0028"), std::string::npos) << opened.warnings[0];  // 5e-5 rad
  const Geometry& g = opened.geometry;
  EXPECT_NEAR(dot(g.axisDirection(0), g.axisDirection(1)), 0, 1e-12);
  EXPECT_NEAR(length(g.axisDirection(1)), 1, 1e-12);
}

TEST_F(NiftiCase, ShearIsRefusedWithTheAngle) {
  const std::string message = refusal(NiftiBytes().sform(1, {1, 0.2F, 0, 0, 0, 2, 0, 0, 0, 0, 3, 0}).withCounting());
  EXPECT_EQ(message, "its axes are sheared by 5.71059 degrees; " + std::string(kStraighten));
}

TEST_F(NiftiCase, EveryRealTypeBecomesRoundedHu) {
  const NiftiBytes base = NiftiBytes().dimensions({3, 2, 1, 1, 1, 1, 1, 1});
  const auto at = [&](NiftiBytes bytes, std::int16_t type, std::int16_t bits, const auto& voxels) {
    return open(bytes.type(type, bits).with(voxels)).volume.at({1, 0, 0});
  };
  EXPECT_EQ(at(base, 2, 8, std::vector<std::uint8_t>{0, 200}), 200);
  EXPECT_EQ(at(base, 256, 8, std::vector<std::int8_t>{0, -100}), -100);
  EXPECT_EQ(at(base, 512, 16, std::vector<std::uint16_t>{0, 3000}), 3000);
  EXPECT_EQ(at(base, 8, 32, std::vector<std::int32_t>{0, -1024}), -1024);
  EXPECT_EQ(at(base, 768, 32, std::vector<std::uint32_t>{0, 7}), 7);
  EXPECT_EQ(at(base, 1024, 64, std::vector<std::int64_t>{0, -7}), -7);
  EXPECT_EQ(at(base, 1280, 64, std::vector<std::uint64_t>{0, 9}), 9);
  EXPECT_EQ(at(base, 16, 32, std::vector<float>{0, -99.6F}), -100);
  EXPECT_EQ(at(base, 64, 64, std::vector<double>{0, 99.4}), 99);
}

TEST_F(NiftiCase, SlopeAndInterceptApplyAndZeroOrNanMeansNone) {
  const float nan = std::numeric_limits<float>::quiet_NaN();
  EXPECT_EQ(open(NiftiBytes().scale(2, -1000).withCounting()).volume.at({2, 1, 1}), -978);
  EXPECT_EQ(open(NiftiBytes().scale(0, -1000).withCounting()).volume.at({2, 1, 1}), 11);
  EXPECT_EQ(open(NiftiBytes().scale(nan, nan).withCounting()).volume.at({2, 1, 1}), 11);
}

TEST_F(NiftiCase, ValuesThatDoNotFitAreClampedAndCounted) {
  const float nan = std::numeric_limits<float>::quiet_NaN(), infinity = std::numeric_limits<float>::infinity();
  const Case opened = open(NiftiBytes()
                               .dimensions({3, 4, 1, 1, 1, 1, 1, 1})
                               .type(16, 32)
                               .with(std::vector<float>{40000, -infinity, nan, 32767.4F}));
  EXPECT_EQ(opened.volume.at({0, 0, 0}), 32767);
  EXPECT_EQ(opened.volume.at({1, 0, 0}), -32768);
  EXPECT_EQ(opened.volume.at({2, 0, 0}), -1000);
  EXPECT_EQ(opened.volume.at({3, 0, 0}), 32767);
  ASSERT_EQ(opened.warnings.size(), 2U);
  EXPECT_EQ(opened.warnings[0].rfind("2 voxels lie outside", 0), 0U);
  EXPECT_EQ(opened.warnings[1].rfind("1 voxels are not a number", 0), 0U);
}

TEST_F(NiftiCase, OtherByteOrderIsSwapped) {
  std::string bytes = NiftiBytes().withCounting();
  const auto swap = [&](std::size_t from, std::size_t count, std::size_t width) {
    for (std::size_t i = 0; i < count; ++i) {
      std::reverse(bytes.begin() + long(from + i * width), bytes.begin() + long(from + (i + 1) * width));
    }
  };
  swap(0, 1, 4);     // sizeof_hdr
  swap(40, 8, 2);    // dim
  swap(70, 2, 2);    // datatype, bitpix
  swap(76, 11, 4);   // pixdim, vox_offset, slope, intercept
  swap(252, 2, 2);   // codes
  swap(256, 18, 4);  // qform, sform
  swap(352, 12, 2);  // voxels
  EXPECT_EQ(open(bytes).imageHash, open(NiftiBytes().withCounting(), "b.nii").imageHash);
}

TEST_F(NiftiCase, PhantomsAreKnownByTheirDescription) {
  EXPECT_TRUE(open(NiftiBytes().description("Recontour synthetic phantom").withCounting()).synthetic);
  EXPECT_FALSE(open(NiftiBytes().description("a patient").withCounting()).synthetic);
}

TEST_F(NiftiCase, TruncationNamesTheBytes) {
  const std::string whole = NiftiBytes().withCounting();
  EXPECT_EQ(refusal(whole.substr(0, 360)), "is truncated: 360 of 376 bytes; copy or download it again");
  EXPECT_EQ(refusal(whole.substr(0, 100)), "is truncated: only 100 bytes; copy or download it again");
  EXPECT_EQ(refusal(""), "is empty (0 bytes)");
}

TEST_F(NiftiCase, EveryCutOfAGzippedFileIsRefused) {
  const std::string whole = gzipped(NiftiBytes().withCounting());
  for (std::size_t length = 1; length < whole.size(); ++length) {
    EXPECT_NE(refusal(whole.substr(0, length), "a.nii.gz"), "no error") << "cut at " << length;
  }
  std::string flipped = whole;
  flipped[whole.size() - 6] = char(flipped[whole.size() - 6] ^ 1);  // in the checksum
  EXPECT_NE(refusal(flipped, "a.nii.gz").find("damaged"), std::string::npos);
}

TEST_F(NiftiCase, ALyingHeaderTakesNoMemory) {
  const NiftiBytes huge = NiftiBytes().dimensions({3, 8192, 8192, 16, 1, 1, 1, 1});
  EXPECT_NE(refusal(huge.withCounting()).find("is truncated: 376 of 2147484000 bytes"), std::string::npos);
  EXPECT_NE(refusal(gzipped(huge.withCounting()), "a.nii.gz").find("cannot hold the 2147484000 bytes"),
            std::string::npos);
}

TEST_F(NiftiCase, WrongFieldsAreRefusedByName) {
  const auto says = [&](const NiftiBytes& bytes, const std::string& part) {
    const std::string message = refusal(bytes.withCounting());
    EXPECT_NE(message.find(part), std::string::npos) << message;
  };
  const float nan = std::numeric_limits<float>::quiet_NaN(), infinity = std::numeric_limits<float>::infinity();
  says(NiftiBytes().spacing(0, 2, 3), "its spacing pixdim[1] is 0");
  says(NiftiBytes().spacing(1, -2, 3), "its spacing pixdim[2] is -2");
  says(NiftiBytes().spacing(1, 2, nan), "its spacing pixdim[3] is nan");
  says(NiftiBytes().spacing(infinity, 2, 3), "its spacing pixdim[1] is inf");
  says(NiftiBytes().sform(1, {1, 0, 0, nan, 0, 2, 0, 0, 0, 0, 3, 0}), "its only orientation (sform)");
  says(NiftiBytes().sform(1, {1, 0, 0, 1e9F, 0, 2, 0, 0, 0, 0, 3, 0}), "origin along x");
  says(NiftiBytes().dimensions({4, 3, 2, 1, 2, 1, 1, 1}), "has 4 dimensions (2 volumes)");
  says(NiftiBytes().dimensions({2, 3, 4, 1, 1, 1, 1, 1}), "has 2 dimensions");
  says(NiftiBytes().dimensions({3, -3, 2, 2, 1, 1, 1, 1}), "its size along dimension 1 is -3");
  says(NiftiBytes().dimensions({3, 9000, 1, 1, 1, 1, 1, 1}), "its size along dimension 1 is 9000");
  says(NiftiBytes().type(128, 24), "of type");  // RGB
  says(NiftiBytes().type(32, 64), "of type");   // complex
  says(NiftiBytes().put<float>(108, -5), "vox_offset");
  says(NiftiBytes().put<char>(123, 1), "metres");
  says(NiftiBytes().put<char>(345, 'i'), "pair");  // "ni1"
  says(NiftiBytes().put<char>(344, '\0'), "ANALYZE");
  says(NiftiBytes().put<int>(0, 77), "is not a NIfTI file");
}

TEST_F(NiftiCase, MissingFilesPointersAndUnknownKindsAreSaid) {
  const std::filesystem::path missing = folder_.path() / "none.nii.gz";
  EXPECT_EQ(errorOf([&] { openCase(missing); }), missing.string() + ": no such file or folder");
  EXPECT_EQ(refusal("version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n", "p.nii.gz"),
            "is a Git LFS pointer, not the file itself; fetch it with 'git lfs pull'");
  EXPECT_NE(refusal("x", "a.mha").find("is of no known kind"), std::string::npos);
  EXPECT_NE(refusal("x", "a.nrrd").find("is not an NRRD file"), std::string::npos);
  EXPECT_NE(refusal("x", "a.zip").find("cannot be opened as .zip"), std::string::npos);
}

TEST(CaseName, DropsTheEndingsAndTheFolder) {
  EXPECT_EQ(caseName("/data/word_0014.nii.gz"), "word_0014");
  EXPECT_EQ(caseName("a.b.NII"), "a.b");
  EXPECT_EQ(caseName("x.zip"), "x");
  EXPECT_EQ(caseName("/data/series 1/"), "series 1");
}

TEST_F(NiftiCase, LooksLikeACaseByItsEnding) {
  EXPECT_TRUE(looksLikeCase(folder_.write("a.nii.gz", "x")));
  EXPECT_TRUE(looksLikeCase(folder_.write("a.zip", "x")));
  EXPECT_FALSE(looksLikeCase(folder_.write("a.txt", "x")));
  EXPECT_FALSE(looksLikeCase(folder_.path() / "missing.nii"));
  EXPECT_FALSE(looksLikeCase(folder_.path()));
}

}  // namespace
}  // namespace recontour
