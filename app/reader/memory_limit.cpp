#include "app/reader/memory_limit.h"

#include <malloc.h>
#include <sys/resource.h>

namespace recontour::reader {

#if defined(__SANITIZE_ADDRESS__)
void limitMemory(std::uint64_t) {}
#else
void limitMemory(std::uint64_t declaredBytes) {
  constexpr std::uint64_t kBase = 512ULL << 20;
  ::mallopt(M_ARENA_MAX, 2);  // each thread's own would reserve 64 MB
  rlimit limit{};
  ::getrlimit(RLIMIT_AS, &limit);
  limit.rlim_cur = kBase + declaredBytes + declaredBytes / 2;
  ::setrlimit(RLIMIT_AS, &limit);
}
#endif

}  // namespace recontour::reader
