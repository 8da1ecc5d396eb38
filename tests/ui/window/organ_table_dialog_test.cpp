// Structures of one's own beside the shipped organs.
#include "ui/window/organ_table_dialog.h"

#include <QComboBox>
#include <QPushButton>
#include <QTableWidget>

#include "core/base/error.h"
#include "tests/ui/window/window_fixture.h"

namespace recontour {
namespace {

class OrganTableEditor : public testing::Test {
 protected:
  QComboBox& nameBox(int row) { return *qobject_cast<QComboBox*>(dialog.rows().cellWidget(row, 2)); }
  QString cell(int row, int column) { return dialog.rows().item(row, column)->text(); }
  const OrganTable word = OrganTable::named("word");
  OrganTableDialog& dialog = *new OrganTableDialog(word, nullptr);
};

TEST_F(OrganTableEditor, AStructureGetsTheNextNumberAndTheCodesOfItsName) {
  dialog.addButton().click();
  const int row = dialog.rows().rowCount() - 1;
  EXPECT_EQ(cell(row, 0), "17");
  nameBox(row).setCurrentText("Ovary_L");
  EXPECT_EQ(cell(row, 1), "Ovary left");
  EXPECT_EQ(cell(row, 3), "left");
  const OrganTable table = dialog.table();
  const Organ* ovary = table.find(Label{17});
  ASSERT_NE(ovary, nullptr);
  EXPECT_EQ(ovary->key, "ovary_left");
  EXPECT_EQ(ovary->tg263, "Ovary_L");
  EXPECT_EQ(ovary->snomed, "15497006");
  EXPECT_EQ(ovary->modifier, kSnomedLeft);
}

TEST_F(OrganTableEditor, AStructureOfOnesOwnMayLieOverOthers) {
  dialog.addButton().click();
  EXPECT_FALSE(dialog.table().find(Label{17})->overlaps);
  dialog.rows().item(16, 5)->setCheckState(Qt::Checked);
  EXPECT_TRUE(dialog.table().find(Label{17})->overlaps);
  EXPECT_FALSE(dialog.rows().item(0, 5)->flags() & Qt::ItemIsUserCheckable) << "the shipped ones stay as they are";
}

TEST_F(OrganTableEditor, SessionsOfTheShippedTableStayReadable) {
  dialog.addButton().click();
  const OrganTable table = dialog.table();
  EXPECT_EQ(table.name(), "word");
  EXPECT_NE(table.hash(), word.hash());
  EXPECT_TRUE(table.reads(word.hash()));
  EXPECT_FALSE(word.reads(table.hash()));
}

TEST_F(OrganTableEditor, ShippedOrgansKeepNumberAndKeyAndCannotGo) {
  dialog.rows().setCurrentCell(0, 1);
  EXPECT_FALSE(dialog.removeButton().isEnabled());
  EXPECT_FALSE(nameBox(0).isEnabled());
  dialog.rows().item(0, 1)->setText("Hepar");
  dialog.rows().setCurrentCell(1, 1);
  dialog.upButton().click();
  const OrganTable table = dialog.table();
  EXPECT_EQ(table.organs()[0].key, "spleen");
  EXPECT_EQ(table.organs()[1].key, "liver");
  EXPECT_EQ(table.organs()[1].label, 1);
  EXPECT_EQ(table.organs()[1].name, "Hepar");
  EXPECT_EQ(cell(0, 6), "Alt+1");
}

TEST_F(OrganTableEditor, AnOwnStructureCanGoAgain) {
  dialog.addButton().click();
  EXPECT_TRUE(dialog.removeButton().isEnabled());
  dialog.removeButton().click();
  EXPECT_EQ(dialog.rows().rowCount(), 16);
}

TEST_F(OrganTableEditor, TwoOfOneNameAreRefused) {
  dialog.addButton().click();
  dialog.addButton().click();
  dialog.rows().item(16, 1)->setText("Lesion");
  dialog.rows().item(17, 1)->setText("lesion");
  EXPECT_THROW(dialog.table(), Error);
}

TEST(OrganTableOfOnesOwn, IsKeptForTheNextStart) {
  const TemporaryFolder folder;
  WorkbenchFixture fixture;
  {
    MainWindow window(fixture.workbench, Settings(folder / "recontour.ini"), {.threeD = false});
    window.show();
    window.actions().organTable->trigger();
    auto* dialog = window.findChild<OrganTableDialog*>();
    ASSERT_NE(dialog, nullptr);
    dialog->addButton().click();
    dialog->rows().item(16, 1)->setText("Lesion");
    dialog->saveButton().click();
  }
  const Settings settings(folder / "recontour.ini");
  const OrganTable table = OrganTable::fromFile(settings.organTable().toStdString());
  EXPECT_EQ(table.find(Label{17})->key, "lesion");
  EXPECT_EQ(table.find(Label{3})->volumeRangeMl, OrganTable::named("word").find(Label{3})->volumeRangeMl);
  EXPECT_EQ(table.find(Label{3})->displayColour, OrganTable::named("word").find(Label{3})->displayColour);
}

}  // namespace
}  // namespace recontour
