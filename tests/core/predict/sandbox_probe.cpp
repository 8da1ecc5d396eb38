// Tries one thing that a hostile model might. Exit status 0: it could; 1: it could not.
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <string>

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <signal.h>
#include <sys/socket.h>
#include <unistd.h>

namespace {

bool canConnect(const char* port) {
  const int made = ::socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in address = {};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<std::uint16_t>(std::atoi(port)));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  return ::connect(made, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
}

bool canWrite(const char* file) { return ::open(file, O_WRONLY | O_CREAT, 0600) >= 0; }

bool canRead(const char* file) {
  char byte = 0;
  const int opened = ::open(file, O_RDONLY);
  return opened >= 0 && ::read(opened, &byte, 1) >= 0;
}

bool can(const std::string& what, char* on) {
  if (what == "read") return canRead(on);
  if (what == "write") return canWrite(on);
  if (what == "connect") return canConnect(on);
  if (what == "signal") return ::kill(std::atoi(on), 0) == 0;
  if (what == "variable") return std::getenv(on) != nullptr;
  if (what == "program") return ::access(on, X_OK) == 0;
  return false;
}

}  // namespace

int main(int count, char** arguments) { return count == 3 && can(arguments[1], arguments[2]) ? 0 : 1; }
