#include "tests/reliability/crash_states.h"

#include <algorithm>
#include <fstream>
#include <sstream>
#include <utility>

#include <sys/stat.h>

#include "core/base/error.h"
#include "core/base/safe_file.h"

namespace recontour {
namespace {

namespace fs = std::filesystem;

std::string folderOf(const std::string& path) { return fs::path(path).parent_path().string(); }

std::uint64_t inodeOf(const fs::path& file) {
  struct stat now = {};
  if (::stat(file.c_str(), &now) != 0) throw Error(file, "has no inode");
  return now.st_ino;
}

}  // namespace

std::vector<RecordedCall> readTrace(const fs::path& file) {
  const std::string text = readWholeFile(file);
  std::vector<RecordedCall> calls;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t bytes = text.find('\n', at) + 1;
    std::istringstream head(text.substr(at, bytes - at));
    RecordedCall call;
    std::size_t first = 0, second = 0;
    head >> call.kind >> call.a >> call.b >> first >> second;
    if (!head || bytes == 0 || bytes + first + second > text.size()) throw Error(file, "is no whole trace");
    call.first = text.substr(bytes, first);
    call.second = text.substr(bytes + first, second);
    at = bytes + first + second;
    calls.push_back(std::move(call));
  }
  return calls;
}

void FolderState::writeInto(const fs::path& folder) const {
  for (const auto& name : folders) fs::create_directories(folder / name);
  for (const auto& [name, content] : files) std::ofstream(folder / name, std::ios::binary) << content;
}

DiskModel::DiskModel(const fs::path& root) : root_(root) {
  for (const auto& entry : fs::recursive_directory_iterator(root)) {
    const std::string name = relative(entry.path().string());
    if (entry.is_directory()) {
      flushed_.folders.insert(name);
    } else {
      flushed_.files[name] = inodeOf(entry.path());
      inodes_[inodeOf(entry.path())].flushed = readWholeFile(entry.path());
    }
  }
}

std::string DiskModel::relative(const std::string& path) const { return fs::path(path).lexically_relative(root_); }

void DiskModel::apply(const RecordedCall& call) {
  switch (call.kind) {
    case 'O':
      if (call.b == 1) {
        inodes_[call.a] = {};  // numbers of removed files are used again
        addName({'O', call.a, relative(call.first), {}, 0});
      }
      break;
    case 'W':
      inodes_[call.a].pending.push_back({false, call.b, call.first});
      break;
    case 'T':
      inodes_[call.a].pending.push_back({true, call.b, {}});
      break;
    case 'F': {
      Inode& inode = inodes_[call.a];
      for (const Change& change : inode.pending) apply(change, inode.flushed);
      inode.pending.clear();
      break;
    }
    case 'D': {
      const std::string folder = relative(call.first);
      std::erase_if(pendingNames_, [&](const NameChange& change) {
        const bool done = folderOf(change.path) == (folder == "." ? "" : folder);
        if (done) apply(change, flushed_);
        return done;
      });
      break;
    }
    case 'R':
      addName({'R', call.a, relative(call.first), relative(call.second), 0});
      break;
    case 'E':
      addName({'E', call.a, relative(call.first), relative(call.second), call.b});
      break;
    case 'U':
    case 'M':
    case 'X':
      addName({call.kind, 0, relative(call.first), {}, 0});
      break;
    default:
      break;
  }
}

void DiskModel::addName(NameChange change) { pendingNames_.push_back(std::move(change)); }

void DiskModel::apply(const NameChange& change, Names& names) {
  if (change.kind == 'O') names.files[change.path] = change.inode;
  if (change.kind == 'M') names.folders.insert(change.path);
  if (change.kind == 'X') names.folders.erase(change.path);
  if (change.kind == 'U' || change.kind == 'R') names.files.erase(change.path);
  if (change.kind == 'R' || change.kind == 'E') names.files[change.target] = change.inode;
  if (change.kind == 'E') names.files[change.path] = change.other;
}

void DiskModel::apply(const Change& change, std::string& content) {
  if (change.truncates) {
    content.resize(change.offset);
    return;
  }
  if (content.size() < change.offset + change.bytes.size()) content.resize(change.offset + change.bytes.size());
  content.replace(change.offset, change.bytes.size(), change.bytes);
}

DiskModel::Names DiskModel::namesAfter(Fate fate, PortableRandom& random) const {
  Names names = flushed_;
  if (fate == Fate::NoneDone || fate == Fate::DataAlone) return names;
  const bool inOrder = random.below(2) == 0;
  const std::size_t until = fate == Fate::Random ? random.uniformBelow(pendingNames_.size() + 1) : pendingNames_.size();
  for (std::size_t i = 0; i < pendingNames_.size(); ++i) {
    const bool done = fate != Fate::Random || (inOrder ? i < until : random.below(2) == 0);
    if (done) apply(pendingNames_[i], names);
  }
  return names;
}

std::string DiskModel::contentAfter(const Inode& inode, Fate fate, PortableRandom& random) {
  std::string content = inode.flushed;
  if (fate == Fate::NoneDone || inode.pending.empty()) return content;
  const bool inOrder = random.below(2) == 0;
  const std::size_t until = random.uniformBelow(inode.pending.size() + 1);
  for (std::size_t i = 0; i < inode.pending.size(); ++i) {
    Change change = inode.pending[i];
    if (fate == Fate::NoData) change.bytes.assign(change.bytes.size(), '\0');
    if (fate == Fate::Random && inOrder && i > until) break;
    if (fate == Fate::Random && inOrder && i == until)
      change.bytes.resize(random.uniformBelow(change.bytes.size() + 1));
    if (fate == Fate::Random && !inOrder && random.below(2) == 0) continue;
    apply(change, content);
  }
  return content;
}

FolderState DiskModel::afterPowerLoss(Fate fate, PortableRandom& random) const {
  const Names names = namesAfter(fate, random);
  FolderState state;
  const auto isThere = [&](const std::string& path) { return path.empty() || state.folders.contains(path); };
  for (const std::string& folder : names.folders)  // in order of their names: those that hold others come first
    if (isThere(folderOf(folder))) state.folders.insert(folder);
  for (const auto& [name, inode] : names.files)
    if (isThere(folderOf(name))) state.files[name] = contentAfter(inodes_.at(inode), fate, random);
  return state;
}

FolderState DiskModel::now() const {
  PortableRandom unused(0);
  return afterPowerLoss(Fate::AllDone, unused);
}

}  // namespace recontour
