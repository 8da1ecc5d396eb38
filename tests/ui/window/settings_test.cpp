#include "ui/window/settings.h"

#include <fstream>

#include <gtest/gtest.h>

#include "tests/data/temporary_folder.h"

namespace recontour {
namespace {

TEST(Settings, RememberFromOneStartToTheNext) {
  const TemporaryFolder folder;
  {
    Settings settings(folder / "recontour.ini");
    settings.setBrush({.radiusMm = 8.5, .ball = true});
    settings.setFillOpacity(0.6);
    settings.setInbox("/data/inbox");
    settings.setInboxOpensFirst(true);
  }
  const Settings settings(folder / "recontour.ini");
  EXPECT_EQ(settings.brush().radiusMm, 8.5);
  EXPECT_TRUE(settings.brush().ball);
  EXPECT_EQ(settings.fillOpacity(), 0.6);
  EXPECT_EQ(settings.inbox(), "/data/inbox");
  EXPECT_TRUE(settings.inboxOpensFirst());
}

TEST(Settings, KeepTheLastFiveCasesThatAreStillThere) {
  const TemporaryFolder folder;
  Settings settings(folder / "recontour.ini");
  for (int i = 0; i < 7; ++i) {
    const auto file = folder / (std::to_string(i) + ".nii");
    std::ofstream(file) << "x";
    settings.addRecentCase(QString::fromStdString(file.string()));
  }
  std::filesystem::remove(folder / "5.nii");
  const QStringList recent = settings.recentCases();
  ASSERT_EQ(recent.size(), 4);
  EXPECT_TRUE(recent[0].endsWith("6.nii"));
  EXPECT_TRUE(recent[1].endsWith("4.nii"));
  EXPECT_EQ(settings.lastFolder().toStdString(), folder.path().string());
}

TEST(Settings, NonsenseInTheFileGivesTheDefaults) {
  const TemporaryFolder folder;
  std::ofstream(folder / "recontour.ini") << "[brush]\nradiusMm=-4\n[labels]\nfillOpacity=lots\n";
  const Settings settings(folder / "recontour.ini");
  EXPECT_EQ(settings.brush().radiusMm, BrushSettings().radiusMm);
  EXPECT_EQ(settings.fillOpacity(), 0.35);
}

TEST(Settings, WithoutAFileNothingIsRemembered) {
  Settings settings;
  settings.setFillOpacity(0.9);
  EXPECT_EQ(settings.fillOpacity(), 0.35);
  EXPECT_TRUE(settings.recentCases().isEmpty());
}

TEST(Settings, ModelAndDeviceAreUnknownUntilTheyAreChosen) {
  const TemporaryFolder folder;
  Settings settings(folder / "recontour.ini");
  EXPECT_FALSE(settings.modelChoice().has_value());
  EXPECT_EQ(settings.device(), "auto");
  settings.setModelChoice({});
  EXPECT_EQ(Settings(folder / "recontour.ini").modelChoice(), QString());  // none, on purpose
  settings.setModelChoice(QString::fromStdString(folder.path().string()));
  settings.setDevice("cuda");
  EXPECT_EQ(settings.modelChoice()->toStdString(), folder.path().string());
  EXPECT_EQ(settings.device(), "cuda");
  settings.setModelChoice("/nowhere/model");
  EXPECT_FALSE(settings.modelChoice().has_value());  // its folder is gone
}

TEST(Settings, KeepWindowsAndArrangement) {
  const TemporaryFolder folder;
  const std::vector<WindowLevel> own = {{160, 85}, {1200.5, -500}};
  {
    Settings settings(folder / "recontour.ini");
    settings.setOwnWindows(own);
    settings.setArrangement(ViewArrangement::Large);
  }
  const Settings settings(folder / "recontour.ini");
  EXPECT_EQ(settings.ownWindows(), own);
  EXPECT_EQ(settings.arrangement(), ViewArrangement::Large);
}

}  // namespace
}  // namespace recontour
