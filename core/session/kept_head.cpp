#include "core/session/kept_head.h"

#include <nlohmann/json.hpp>

#include "core/base/error.h"
#include "core/base/json.h"

namespace recontour {

std::string withChainHead(const std::string& resultJson, const ChainHead& head) {
  OrderedJson json = OrderedJson::parse(resultJson);
  json["chain_head"] = {{"event", head.sequence}, {"sha256", head.hash}};
  return json.dump(2) + "\n";
}

std::optional<ChainHead> headInResult(const std::filesystem::path& sessionFolder) {
  const auto file = sessionFolder / "result.json";
  if (!std::filesystem::exists(file)) return {};
  const Json json = readJsonFile(file);
  if (!json.is_object() || !json.contains("chain_head")) return {};
  try {
    const Json& head = json["chain_head"];
    return ChainHead{static_cast<std::uint64_t>(wholeNumber(head.at("event"), 0, INT64_MAX)), head.at("sha256")};
  } catch (const Json::exception&) {
    throw Error(file, "is damaged: its chain_head is none");
  }
}

std::string compareWithHead(std::span<const Sha256Digest> hashes, const ChainHead& head) {
  const std::string event = std::to_string(head.sequence);
  if (head.sequence >= hashes.size()) return "was cut: it ends before event " + event;
  if (toHex(hashes[head.sequence]) != head.hash)
    return "was built anew: event " + event + " or one before it is another";
  return {};
}

}  // namespace recontour
