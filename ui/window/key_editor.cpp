#include "ui/window/key_editor.h"

#include <QAction>
#include <QDialogButtonBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QKeySequenceEdit>
#include <QLabel>
#include <QPushButton>
#include <QTreeWidget>
#include <QVBoxLayout>
#include <algorithm>

namespace recontour {
namespace {

constexpr int kNameColumn = 0, kKeyColumn = 1;
constexpr int kWidth = 560, kHeight = 620, kNameWidth = 330;

QString textOf(const QList<QKeySequence>& keys) {
  QStringList texts;
  for (const QKeySequence& key : keys) texts << key.toString(QKeySequence::NativeText);
  return texts.join(QStringLiteral("   "));
}

QString plainText(const QAction& action) { return QString(action.text()).remove(QLatin1Char('&')); }

}  // namespace

KeyEditor::KeyEditor(const WindowActions& actions, OwnKeys keys, QWidget* parent)
    : QDialog(parent), actions_(actions), keys_(std::move(keys)) {
  setWindowTitle(tr("Change keys"));
  setAttribute(Qt::WA_DeleteOnClose);
  resize(kWidth, kHeight);
  list_ = new QTreeWidget(this);
  list_->setHeaderLabels({tr("Command"), tr("Keys")});
  list_->setColumnWidth(kNameColumn, kNameWidth);
  list_->setAccessibleName(tr("Commands"));
  edit_ = new QKeySequenceEdit(this);
  edit_->setAccessibleName(tr("New key"));
  note_ = new QLabel(this);
  note_->setProperty("role", QStringLiteral("dim"));
  note_->setWordWrap(true);
  auto* layout = new QVBoxLayout(this);
  layout->addWidget(list_, 1);
  addButtons();
  layout->addWidget(note_);
  auto* close = new QDialogButtonBox(QDialogButtonBox::Close, this);
  layout->addWidget(close);
  connect(close, &QDialogButtonBox::rejected, this, &QDialog::accept);
  connect(list_, &QTreeWidget::currentItemChanged, this, &KeyEditor::showSelected);
  connect(edit_, &QKeySequenceEdit::keySequenceChanged, this, &KeyEditor::showConflict);
  fill();
  showSelected();
}

void KeyEditor::addButtons() {
  auto* row = new QHBoxLayout;
  const auto button = [&](const QString& text, auto call) {
    auto* made = new QPushButton(text, this);
    made->setAutoDefault(false);  // Enter is a key like any other here
    connect(made, &QPushButton::clicked, this, call);
    row->addWidget(made);
    return made;
  };
  row->addWidget(edit_, 1);
  assign_ = button(tr("Use this key"), [this] { assign(edit_->keySequence()); });
  button(tr("Standard"), [this] { resetSelected(); });
  button(tr("All standard"), [this] { resetAll(); });
  static_cast<QVBoxLayout*>(layout())->addLayout(row);
}

void KeyEditor::fill() {
  const QString current = selected() != nullptr ? selected()->action->objectName() : QString();
  list_->clear();
  for (const CommandGroup& group : actions_.groups()) {
    auto* heading = new QTreeWidgetItem(list_, {group.heading});
    heading->setFlags(Qt::ItemIsEnabled);
    for (const Command& command : group.commands) {
      auto* item = new QTreeWidgetItem(heading, {plainText(*command.action), textOf(keysOf(command))});
      item->setData(kNameColumn, Qt::UserRole, command.action->objectName());
    }
    heading->setExpanded(true);
  }
  select(current);
}

void KeyEditor::select(const QString& command) {
  for (int i = 0; i < list_->topLevelItemCount(); ++i) {
    for (int j = 0; j < list_->topLevelItem(i)->childCount(); ++j) {
      QTreeWidgetItem* item = list_->topLevelItem(i)->child(j);
      if (item->data(kNameColumn, Qt::UserRole).toString() == command) list_->setCurrentItem(item);
    }
  }
}

const Command* KeyEditor::selected() const {
  const QTreeWidgetItem* item = list_->currentItem();
  const QString name = item != nullptr ? item->data(kNameColumn, Qt::UserRole).toString() : QString();
  for (const CommandGroup& group : actions_.groups()) {
    const auto found =
        std::ranges::find_if(group.commands, [&](const Command& each) { return each.action->objectName() == name; });
    if (found != group.commands.end()) return &*found;
  }
  return nullptr;
}

const Command* KeyEditor::ownerOf(const QKeySequence& key) const {
  for (const CommandGroup& group : actions_.groups()) {
    const auto found =
        std::ranges::find_if(group.commands, [&](const Command& each) { return keysOf(each).contains(key); });
    if (found != group.commands.end()) return &*found;
  }
  return nullptr;
}

QList<QKeySequence> KeyEditor::keysOf(const Command& command) const {
  const auto own = keys_.find(command.action->objectName());
  return own == keys_.end() ? command.standardKeys : own->second;
}

void KeyEditor::setKeys(const Command& command, const QList<QKeySequence>& keys) {
  if (keys == command.standardKeys) {
    keys_.erase(command.action->objectName());
  } else {
    keys_[command.action->objectName()] = keys;
  }
}

void KeyEditor::assign(const QKeySequence& key) {
  const Command* command = selected();
  if (command == nullptr) return;
  if (const Command* owner = key.isEmpty() ? nullptr : ownerOf(key); owner != nullptr && owner != command) {
    QList<QKeySequence> left = keysOf(*owner);
    left.removeAll(key);
    setKeys(*owner, left);
  }
  setKeys(*command, key.isEmpty() ? QList<QKeySequence>() : QList<QKeySequence>{key});
  changed();
}

void KeyEditor::resetSelected() {
  if (selected() == nullptr) return;
  const Command& command = *selected();
  for (const QKeySequence& key : command.standardKeys) {
    const Command* owner = ownerOf(key);
    if (owner == nullptr || owner == &command) continue;
    QList<QKeySequence> left = keysOf(*owner);
    left.removeAll(key);
    setKeys(*owner, left);
  }
  keys_.erase(command.action->objectName());
  changed();
}

void KeyEditor::resetAll() {
  keys_.clear();
  changed();
}

void KeyEditor::changed() {
  fill();
  Q_EMIT keysChanged(keys_);
}

void KeyEditor::showSelected() {
  const Command* command = selected();
  edit_->setEnabled(command != nullptr);
  edit_->clear();
  showConflict({});
}

void KeyEditor::showConflict(const QKeySequence& key) {
  const Command* command = selected();
  assign_->setEnabled(command != nullptr);
  const Command* owner = key.isEmpty() ? nullptr : ownerOf(key);
  if (command == nullptr) return note_->setText(tr("Choose a command, then press its new key."));
  if (owner != nullptr && owner != command)
    return note_->setText(tr("%1 has this key now and would lose it.").arg(plainText(*owner->action)));
  note_->setText(key.isEmpty() ? tr("Press the new key in the field; an empty field takes the key away.") : QString());
}

}  // namespace recontour
