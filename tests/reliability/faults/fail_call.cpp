// fail_call --under DIR --error ENOSPC --call N [--onwards] --report FILE -- PROGRAM ARGUMENTS...
//
// Runs a program and lets the Nth of its calls that write below a folder fail. N = 0 only counts; --onwards is a disk
// that is full from then on: what takes no space, such as a rename, goes through again after it. The kernel asks us at
// each such call of the program, its threads and its children (seccomp's user notification), so that nothing is missed:
// no C library in between, whatever stream, database or compression library made the call. The report is one JSON line:
// {"calls": 12, "failed": "fsync /folder/file", "times": 1}.
#include <cerrno>
#include <csignal>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <unistd.h>

namespace {

namespace fs = std::filesystem;

/// Which argument tells the file: a descriptor, a path, or a folder's descriptor and a path.
enum class Names { Descriptor, Path, FolderAndPath };
struct Call {
  const char* name;
  Names names;
  unsigned argument;  ///< the first that tells the file
};

const std::map<int, Call> kCalls = {{SYS_open, {"open", Names::Path, 0}},
                                    {SYS_openat, {"open", Names::FolderAndPath, 0}},
                                    {SYS_creat, {"open", Names::Path, 0}},
                                    {SYS_mkdir, {"mkdir", Names::Path, 0}},
                                    {SYS_mkdirat, {"mkdir", Names::FolderAndPath, 0}},
                                    {SYS_write, {"write", Names::Descriptor, 0}},
                                    {SYS_pwrite64, {"write", Names::Descriptor, 0}},
                                    {SYS_writev, {"write", Names::Descriptor, 0}},
                                    {SYS_pwritev, {"write", Names::Descriptor, 0}},
                                    {SYS_pwritev2, {"write", Names::Descriptor, 0}},
                                    {SYS_sendfile, {"write", Names::Descriptor, 0}},
                                    {SYS_copy_file_range, {"write", Names::Descriptor, 2}},
                                    {SYS_ftruncate, {"truncate", Names::Descriptor, 0}},
                                    {SYS_truncate, {"truncate", Names::Path, 0}},
                                    {SYS_fallocate, {"allocate", Names::Descriptor, 0}},
                                    {SYS_fsync, {"fsync", Names::Descriptor, 0}},
                                    {SYS_fdatasync, {"fsync", Names::Descriptor, 0}},
                                    {SYS_close, {"close", Names::Descriptor, 0}},
                                    {SYS_rename, {"rename", Names::Path, 0}},
                                    {SYS_renameat, {"rename", Names::FolderAndPath, 0}},
                                    {SYS_renameat2, {"rename", Names::FolderAndPath, 0}},
                                    {SYS_link, {"link", Names::Path, 1}},
                                    {SYS_linkat, {"link", Names::FolderAndPath, 2}}};

struct Options {
  fs::path under, report;
  int error = ENOSPC;
  long call = 0;
  bool onwards = false;
  std::vector<char*> program;
};

[[noreturn]] void stop(const std::string& why) {
  std::fprintf(stderr, "fail_call: %s\n", why.c_str());
  std::exit(125);
}

int errorNamed(const std::string& name) {
  static const std::map<std::string, int> kErrors = {{"ENOSPC", ENOSPC}, {"EIO", EIO}, {"EACCES", EACCES}};
  const auto found = kErrors.find(name);
  if (found == kErrors.end()) stop("--error is ENOSPC, EIO or EACCES");
  return found->second;
}

Options optionsFrom(int count, char** arguments) {
  Options options;
  for (int i = 1; i < count; ++i) {
    const std::string name = arguments[i];
    if (name == "--") {
      options.program.assign(arguments + i + 1, arguments + count);
      break;
    }
    if (name == "--onwards") {
      options.onwards = true;
      continue;
    }
    if (++i == count) stop(name + " has no value");
    if (name == "--under") options.under = fs::canonical(arguments[i]);
    if (name == "--report") options.report = arguments[i];
    if (name == "--error") options.error = errorNamed(arguments[i]);
    if (name == "--call") options.call = std::atol(arguments[i]);
  }
  if (options.program.empty() || options.under.empty()) stop("--under DIR and -- PROGRAM are needed");
  options.program.push_back(nullptr);
  return options;
}

/// Asks us at the calls of the list, lets all others through.
int installFilter() {
  std::vector<sock_filter> filter = {BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, nr))};
  for (const auto& [number, call] : kCalls) {
    filter.push_back(BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, static_cast<unsigned>(number), 0, 1));
    filter.push_back(BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_USER_NOTIF));
  }
  filter.push_back(BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW));
  const sock_fprog program = {static_cast<unsigned short>(filter.size()), filter.data()};
  ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
  return static_cast<int>(::syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_NEW_LISTENER, &program));
}

void sendDescriptor(int socket, int descriptor) {
  char byte = 'x', space[CMSG_SPACE(sizeof(int))] = {};
  iovec data = {&byte, 1};
  msghdr message = {};
  message.msg_iov = &data;
  message.msg_iovlen = 1;
  message.msg_control = space;
  message.msg_controllen = sizeof space;
  cmsghdr* header = CMSG_FIRSTHDR(&message);
  header->cmsg_level = SOL_SOCKET;
  header->cmsg_type = SCM_RIGHTS;
  header->cmsg_len = CMSG_LEN(sizeof(int));
  std::memcpy(CMSG_DATA(header), &descriptor, sizeof descriptor);
  if (::sendmsg(socket, &message, 0) != 1) _exit(125);
}

int receivedDescriptor(int socket) {
  char byte = 0, space[CMSG_SPACE(sizeof(int))] = {};
  iovec data = {&byte, 1};
  msghdr message = {};
  message.msg_iov = &data;
  message.msg_iovlen = 1;
  message.msg_control = space;
  message.msg_controllen = sizeof space;
  if (::recvmsg(socket, &message, MSG_CMSG_CLOEXEC) != 1) stop("this system has no seccomp user notification");
  int descriptor = -1;
  std::memcpy(&descriptor, CMSG_DATA(CMSG_FIRSTHDR(&message)), sizeof descriptor);
  return descriptor;
}

std::string linkTarget(const std::string& link) {
  char text[4096];
  const ssize_t length = ::readlink(link.c_str(), text, sizeof text);
  return length > 0 ? std::string(text, static_cast<std::size_t>(length)) : std::string();
}

std::string procOf(unsigned pid) { return "/proc/" + std::to_string(pid); }

std::string textAt(unsigned pid, std::uint64_t address) {
  char text[4096] = {};
  const iovec here = {text, sizeof text - 1}, there = {reinterpret_cast<void*>(address), sizeof text - 1};
  if (::process_vm_readv(static_cast<pid_t>(pid), &here, 1, &there, 1, 0) > 0) return text;
  // The string may end just before a page that is not there: to the page's end only.
  const std::size_t left = 4096 - address % 4096;
  const iovec less = {text, std::min(left, sizeof text - 1)}, page = {reinterpret_cast<void*>(address), less.iov_len};
  ::process_vm_readv(static_cast<pid_t>(pid), &less, 1, &page, 1, 0);
  return text;
}

fs::path pathOf(const seccomp_notif& asked, const Call& call) {
  const auto* arguments = asked.data.args;
  const int descriptor = static_cast<int>(arguments[call.argument]);
  const std::string ofDescriptor = procOf(asked.pid) + "/fd/" + std::to_string(descriptor);
  if (call.names == Names::Descriptor) return linkTarget(ofDescriptor);
  const bool hasFolder = call.names == Names::FolderAndPath;
  const fs::path path = textAt(asked.pid, arguments[call.argument + (hasFolder ? 1 : 0)]);
  if (path.is_absolute()) return path.lexically_normal();
  const bool current = !hasFolder || descriptor == AT_FDCWD;
  return (fs::path(linkTarget(current ? procOf(asked.pid) + "/cwd" : ofDescriptor)) / path).lexically_normal();
}

bool opensFolder(const seccomp_notif& asked) {
  return asked.data.nr != SYS_creat && (asked.data.args[asked.data.nr == SYS_open ? 1 : 2] & O_DIRECTORY) != 0;
}

/// An opening for writing, or of a folder to flush it; not one to read or to list a folder.
bool isForWriting(const seccomp_notif& asked) {
  if (asked.data.nr == SYS_creat) return true;
  const auto flags = asked.data.args[asked.data.nr == SYS_open ? 1 : 2];
  if ((flags & O_DIRECTORY) != 0) return (flags & (O_NONBLOCK | O_NOFOLLOW)) == 0;
  return (flags & O_ACCMODE) != O_RDONLY || (flags & O_CREAT) != 0;
}

/// A file that was opened for writing.
bool isOpenForWriting(const seccomp_notif& asked) {
  std::ifstream info(procOf(asked.pid) + "/fdinfo/" + std::to_string(asked.data.args[0]));
  std::string name, flags;
  while (info >> name)
    if (name == "flags:" && info >> flags) return (std::strtoul(flags.c_str(), nullptr, 8) & O_ACCMODE) != O_RDONLY;
  return false;
}

bool isBelow(const fs::path& path, const fs::path& folder) {
  const std::string text = path.string(), root = folder.string();
  return text == root || text.starts_with(root + "/");
}

class Judge {
 public:
  explicit Judge(const Options& options) : options_(options) {}

  /// @return the error that the call gets, 0 to let it through
  int judge(const seccomp_notif& asked) {
    const Call& call = kCalls.at(asked.data.nr);
    const bool opens = std::strcmp(call.name, "open") == 0, closes = std::strcmp(call.name, "close") == 0;
    if (opens && !isForWriting(asked)) return 0;
    const fs::path path = pathOf(asked, call);
    if (!isBelow(path, options_.under) || (closes && !isOpenForWriting(asked))) return 0;
    ++calls_;
    if (options_.call == 0 || calls_ < options_.call) return 0;
    if (calls_ > options_.call && !(options_.onwards && takesSpace(asked, call))) return 0;
    if (failed_.empty()) failed_ = std::string(call.name) + " " + path.string();
    ++times_;
    return options_.error;
  }

  static bool takesSpace(const seccomp_notif& asked, const Call& call) {
    const std::string name = call.name;
    if (name == "open") return !opensFolder(asked);
    return name != "rename" && name != "close";
  }

  void report() const {
    std::string quoted;
    for (const char c : failed_) quoted += (c == '"' || c == '\\') ? std::string{'\\', c} : std::string{c};
    std::ofstream(options_.report) << "{\"calls\": " << calls_ << ", \"failed\": \"" << quoted
                                   << "\", \"times\": " << times_ << "}\n";
  }

 private:
  const Options& options_;
  long calls_ = 0, times_ = 0;
  std::string failed_;
};

/// Answers until the last process with the filter has ended.
void serve(int listener, Judge& judge) {
  for (;;) {
    pollfd ready = {listener, POLLIN, 0};
    if (::poll(&ready, 1, -1) < 0 && errno == EINTR) continue;
    if ((ready.revents & POLLIN) == 0) return;
    seccomp_notif asked = {};
    if (::ioctl(listener, SECCOMP_IOCTL_NOTIF_RECV, &asked) != 0) continue;
    seccomp_notif_resp answer = {};
    answer.id = asked.id;
    answer.error = -judge.judge(asked);
    if (answer.error == 0) answer.flags = SECCOMP_USER_NOTIF_FLAG_CONTINUE;
    ::ioctl(listener, SECCOMP_IOCTL_NOTIF_SEND, &answer);
  }
}

[[noreturn]] void becomeProgram(const Options& options, int socket) {
  const int listener = installFilter();
  if (listener < 0) _exit(125);
  sendDescriptor(socket, listener);
  ::fcntl(listener, F_SETFD, FD_CLOEXEC);
  ::execvp(options.program[0], options.program.data());
  _exit(127);
}

}  // namespace

int main(int count, char** arguments) {
  const Options options = optionsFrom(count, arguments);
  int sockets[2];
  if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, sockets) != 0) stop("no sockets");
  const pid_t child = ::fork();
  if (child == 0) {
    ::close(sockets[0]);
    becomeProgram(options, sockets[1]);
  }
  ::close(sockets[1]);
  Judge judge(options);
  serve(receivedDescriptor(sockets[0]), judge);
  int status = 0;
  ::waitpid(child, &status, 0);
  judge.report();
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}
