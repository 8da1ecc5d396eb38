#include "models/engine/script_pickle.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include "core/base/error.h"
#include "models/engine/pickle_stack.h"

namespace recontour {
namespace {

constexpr std::size_t kMostDimensions = 16;

using Kind = PickleKind;
using Places = std::vector<std::uint32_t>;

void require(bool holds, const std::string& cause) {
  if (!holds) throw Error(cause);
}

/// Bytes of one item by the storage type's name.
std::optional<int> itemBytes(std::string_view type) {
  constexpr std::array<std::pair<std::string_view, int>, 10> kTypes{{{"FloatStorage", 4},
                                                                     {"DoubleStorage", 8},
                                                                     {"HalfStorage", 2},
                                                                     {"BFloat16Storage", 2},
                                                                     {"LongStorage", 8},
                                                                     {"IntStorage", 4},
                                                                     {"ShortStorage", 2},
                                                                     {"CharStorage", 1},
                                                                     {"ByteStorage", 1},
                                                                     {"BoolStorage", 1}}};
  for (const auto& [name, bytes] : kTypes) {
    if (name == type) return bytes;
  }
  return {};
}

bool isFunction(std::string_view name) {
  for (const std::string_view known :
       {"torch._utils._rebuild_tensor_v2", "torch.jit._pickle.build_intlist", "torch.jit._pickle.build_tensorlist",
        "torch.jit._pickle.build_doublelist", "torch.jit._pickle.build_boollist", "torch.jit._pickle.restore_type_tag",
        "collections.OrderedDict", "torch.device"}) {
    if (name == known) return true;
  }
  return false;
}

/// "cpu", "cuda" or "cuda:N": where the tensor was when the model was saved.
bool isDevice(std::string_view name) {
  if (name == "cpu" || name == "cuda") return true;
  return name.starts_with("cuda:") && name.size() > 5 && name.size() < 8 &&
         name.find_first_not_of("0123456789", 5) == std::string_view::npos;
}

/// "Dict[str, Tensor]", "List[__torch__.net.Part]".
bool isTypeName(std::string_view name) {
  constexpr std::string_view kAllowed = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.,[]() ";
  return name.size() < 1000 && name.find_first_not_of(kAllowed) == std::string_view::npos &&
         name.find("torch.classes") == std::string_view::npos;
}

std::string printable(std::string_view name) {
  std::string result(name.substr(0, 100));
  for (char& c : result) c = c < ' ' || c > '~' ? '?' : c;
  return result;
}

class Walker {
 public:
  Walker(std::string_view bytes, const PickleContext& context) : bytes_(bytes), context_(context) {}

  void walk() {
    require(byte() == 0x80 && byte() == 2, "is no pickle of protocol 2");
    for (unsigned char code = byte(); code != '.'; code = byte()) step(code);
    require(stack_.isFinished(), "does not end with one value");
    require(at_ == bytes_.size(), "has something behind its end");
  }

 private:
  unsigned char byte() { return static_cast<unsigned char>(text(1)[0]); }
  std::string_view text(std::size_t length) {
    require(length <= bytes_.size() - at_, "is cut off");
    return bytes_.substr(std::exchange(at_, at_ + length), length);
  }
  std::uint64_t number(int bytes) {
    std::uint64_t value = 0;
    const std::string_view part = text(static_cast<std::size_t>(bytes));
    for (std::size_t i = part.size(); i-- > 0;) value = (value << 8U) | static_cast<unsigned char>(part[i]);
    return value;
  }
  std::string_view line() {
    const std::size_t end = bytes_.find('\n', at_);
    require(end != std::string_view::npos, "is cut off");
    const std::string_view result = text(end - at_);
    ++at_;
    return result;
  }

  void global() {
    const std::string_view module = line(), name = line();
    const std::string qualified = std::string(module) + "." + std::string(name);
    if (module == "torch") {
      if (const auto bytes = itemBytes(name)) return stack_.push(Kind::Type, *bytes);
    }
    if (isFunction(qualified)) return stack_.pushNamed(Kind::Function, qualified);
    require(module.starts_with("__torch__") && context_.isClass(qualified), "uses '" + printable(qualified) + "'");
    stack_.pushNamed(Kind::Class, qualified);
  }

  /// The values of a tuple, as a copy: the list of values moves when it grows.
  Places arguments(std::uint32_t tuple, std::size_t count, std::string_view function) const {
    const PickleValue& value = stack_.at(tuple);
    require(value.kind == Kind::Tuple && value.children.size() == count,
            std::string(function) + " gets other arguments than PyTorch's");
    return value.children;
  }
  std::int64_t natural(std::uint32_t place, const char* what) const {
    const PickleValue& value = stack_.at(place);
    require(value.kind == Kind::Int && value.number >= 0, std::string(what) + " is no natural number");
    return value.number;
  }
  std::string_view textAt(std::uint32_t place, const char* what) const {
    require(stack_.at(place).kind == Kind::String, std::string(what) + " is no text");
    return stack_.at(place).text;
  }

  /// A tensor must lie inside its storage.
  void rebuildTensor(std::uint32_t tuple) {
    const Places args = arguments(tuple, 6, "_rebuild_tensor_v2");
    require(stack_.at(args[0]).kind == Kind::Storage, "a tensor has no storage");
    const PickleValue &sizes = stack_.at(args[2]), &strides = stack_.at(args[3]);
    const std::size_t dimensions = sizes.children.size();
    require(sizes.kind == Kind::Tuple && strides.kind == Kind::Tuple && strides.children.size() == dimensions &&
                dimensions <= kMostDimensions,
            "a tensor's size and strides do not fit together");
    std::int64_t last = natural(args[1], "a tensor's offset");
    bool empty = false;
    for (std::size_t axis = 0; axis < dimensions; ++axis) {
      const std::int64_t size = natural(sizes.children[axis], "a tensor's size");
      const std::int64_t stride = natural(strides.children[axis], "a tensor's stride");
      require(size <= 1 || stride <= (INT64_MAX - last) / (size - 1), "a tensor is larger than the file that holds it");
      empty = empty || size == 0;
      last += std::max<std::int64_t>(size - 1, 0) * stride;
    }
    require(empty || last < stack_.at(args[0]).number, "a tensor is larger than the file that holds it");
    stack_.push(Kind::Other);
  }

  /// LibTorch takes the pickle's word for the size of the file, so it is compared here.
  void storage() {
    const Places args = arguments(stack_.pop(), 5, "a storage");
    const PickleValue& type = stack_.at(args[1]);
    require(textAt(args[0], "a storage's mark") == "storage" && type.kind == Kind::Type, "a storage has no type");
    const std::string_view device = textAt(args[3], "a device");
    require(isDevice(device), "a tensor lies on the device '" + printable(device) + "'");
    const std::string_view file = textAt(args[2], "a file name");
    const auto found = context_.storages.find(file);
    require(found != context_.storages.end(), "a tensor's file '" + printable(file) + "' is missing");
    const std::int64_t items = natural(args[4], "a storage's size");
    require(items <= INT64_MAX / 16 && static_cast<std::size_t>(items * type.number) == found->second,
            "the tensor file '" + printable(file) + "' has another size than the pickle says");
    tensorBytes_ += found->second;
    require(tensorBytes_ <= context_.tensorBytesLimit, "its tensors need much more memory than the archive has bytes");
    stack_.push(Kind::Storage, items);
  }

  void reduce() {
    const std::uint32_t tuple = stack_.pop(), callee = stack_.pop();
    require(stack_.at(callee).kind == Kind::Function, "calls what is no function");
    const std::string_view name = stack_.at(callee).text;
    if (name == "torch._utils._rebuild_tensor_v2") return rebuildTensor(tuple);
    if (name == "torch.jit._pickle.restore_type_tag") return restoreType(tuple);
    if (name == "collections.OrderedDict") {
      arguments(tuple, 0, name);
      return stack_.push(Kind::None);
    }
    if (name != "torch.device") return buildList(name, tuple);
    const std::string_view device = textAt(arguments(tuple, 1, name)[0], "a device");
    require(isDevice(device), "names the device '" + printable(device) + "'");
    stack_.push(Kind::Other);
  }
  void restoreType(std::uint32_t tuple) {
    const Places args = arguments(tuple, 2, "restore_type_tag");
    const Kind kind = stack_.at(args[0]).kind;
    require(kind == Kind::List || kind == Kind::Dict, "gives a type to what is no list");
    const std::string_view type = textAt(args[1], "a type");
    require(isTypeName(type), "names the type '" + printable(type) + "'");
    stack_.pushAgain(args[0]);
  }
  /// LibTorch believes the type that a list is given, so it must hold.
  void buildList(std::string_view function, std::uint32_t tuple) {
    const std::uint32_t list = arguments(tuple, 1, function)[0];
    require(stack_.at(list).kind == Kind::List, "gives a type to what is no list");
    Kind kind = Kind::Other;  // a tensor
    if (function.ends_with("intlist")) kind = Kind::Int;
    if (function.ends_with("doublelist")) kind = Kind::Float;
    if (function.ends_with("boollist")) kind = Kind::Bool;
    for (const std::uint32_t item : stack_.at(list).children) {
      require(stack_.at(item).kind == kind, "a list holds values of another type than it says");
    }
    stack_.pushAgain(list);
  }

  void newObject() {
    arguments(stack_.pop(), 0, "a class");
    require(stack_.at(stack_.pop()).kind == Kind::Class, "makes an object of what is no class");
    stack_.push(Kind::Instance);
  }
  void build() {
    const std::uint32_t members = stack_.pop();
    require(stack_.at(members).kind == Kind::Dict, "fills an object from what is no dictionary");
    stack_.addToTop(Kind::Instance, {members});
    stack_.top().kind = Kind::Other;
  }

  /// One byte stands for each opcode (Python's pickletools lists them).
  void step(unsigned char code) {
    if (stepScalar(code) || stepContainer(code)) return;
    switch (code) {
      case 'c':
        return global();
      case 0x81:
        return newObject();
      case 'b':
        return build();
      case 'R':
        return reduce();
      case 'Q':
        return storage();
      case 'q':
        return stack_.remember(number(1));
      case 'r':
        return stack_.remember(number(4));
      case 'h':
        return stack_.recall(number(1));
      case 'j':
        return stack_.recall(number(4));
      default:
        throw Error("has the opcode " + std::to_string(code) + ", which PyTorch does not write");
    }
  }
  std::int64_t longNumber() {
    require(byte() == 8, "has a number of another length than 8 bytes");
    return static_cast<std::int64_t>(number(8));
  }
  bool stepScalar(unsigned char code) {
    switch (code) {
      case 'N':
        return stack_.push(Kind::None), true;
      case 0x88:
        return stack_.push(Kind::Bool, 1), true;
      case 0x89:
        return stack_.push(Kind::Bool, 0), true;
      case 'K':
        return stack_.push(Kind::Int, static_cast<std::int64_t>(number(1))), true;
      case 'M':
        return stack_.push(Kind::Int, static_cast<std::int64_t>(number(2))), true;
      case 'J':
        return stack_.push(Kind::Int, static_cast<std::int32_t>(number(4))), true;
      case 0x8a:
        return stack_.push(Kind::Int, longNumber()), true;
      case 'G':
        return number(8), stack_.push(Kind::Float), true;
      case 'X':
        return stack_.push(PickleValue{Kind::String, 0, text(number(4))}), true;
      default:
        return false;
    }
  }
  bool stepContainer(unsigned char code) {
    switch (code) {
      case '(':
        return stack_.mark(), true;
      case ')':
        return stack_.push(Kind::Tuple), true;
      case ']':
        return stack_.push(Kind::List), true;
      case '}':
        return stack_.push(Kind::Dict), true;
      case 't':
        return stack_.pushTuple(stack_.sinceMark()), true;
      case 0x85:
        return stack_.pushTuple(1), true;
      case 0x86:
        return stack_.pushTuple(2), true;
      case 0x87:
        return stack_.pushTuple(3), true;
      case 'e':
        return stack_.addToTop(Kind::List, stack_.sinceMark()), true;
      case 'u':
        return stack_.addToTop(Kind::Dict, stack_.sinceMark()), true;
      default:
        return false;
    }
  }

  std::string_view bytes_;
  std::size_t at_ = 0;
  const PickleContext& context_;
  PickleStack stack_;
  std::size_t tensorBytes_ = 0;
};

}  // namespace

void checkPickle(std::string_view pickle, const PickleContext& context) { Walker(pickle, context).walk(); }

}  // namespace recontour
