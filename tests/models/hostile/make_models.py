#!/usr/bin/env python3
"""Makes model folders that are hostile or broken, and one that is neither.

usage: make_models.py FOLDER

Writes FOLDER/NAME/{model.ts,recontour.json} for every model, each a variation of the benign one, written byte by byte:
no PyTorch is needed. What becomes of each is in hostile_models_test.cpp (refused before LibTorch sees it) and
hostile_worker_test.cpp (refused or contained by the worker).
"""
import hashlib
import json
import pathlib
import struct
import sys
import zlib

CODE = "code/__torch__/net.py"
CONV = "torch.conv3d(x, weight, None, [1, 1, 1], [0, 0, 0], [1, 1, 1], 1)"


# --- TorchScript code -------------------------------------------------------------------------------------------------

def network(lines=(), result=CONV, members=(), methods="", before=""):
    """A network of one 1 x 1 x 1 convolution, which calls what is above its threshold the first organ."""
    head = ["class Net(Module):", '  __parameters__ = ["weight", ]', "  __buffers__ = []", "  weight : Tensor",
            "  training : bool"]
    head += ["  " + member for member in members]
    forward = ["  def forward(self: __torch__.net.Net,", "    x: Tensor) -> Tensor:", "    weight = self.weight"]
    forward += ["    " + line for line in lines] + ["    return " + result]
    return before + "\n".join(head + forward) + "\n" + methods


# Writes a file when it is called, by a name that the look at the code could take for a variable.
STEALS = """def steal(x: int) -> int:
  for i in range(0):
    ops = 1
  _1 = ops.aten.save(torch.ones([1], dtype=6, layout=None, device=None, pin_memory=None), "stolen")
  return 1
class Names(Module):
  __parameters__ = []
  __buffers__ = []
  aten : int
  def save(self: __torch__.net.Names,
    x: int) -> int:
    return x
"""
STOLEN = "__torch__.net.steal(1)"


def method_with(default, kind="int"):
    return f"  def odd(self: __torch__.net.Net,\n    a: {kind}={default}) -> int:\n    return 1\n"


# --- pickles ----------------------------------------------------------------------------------------------------------

def text(value):
    data = value.encode()
    return b"X" + struct.pack("<I", len(data)) + data


def whole(value):
    return b"\x8a\x08" + struct.pack("<q", value)


def tuple_of(*items):
    return b"(" + b"".join(items) + b"t"


def function(module, name):
    return f"c{module}\n{name}\n".encode()


def call(callee, *arguments):
    return callee + tuple_of(*arguments) + b"R"


def storage(items=2, file="0", device="cpu"):
    return tuple_of(text("storage"), function("torch", "FloatStorage"), text(file), text(device), whole(items)) + b"Q"


def tensor(items=2, size=(2, 1, 1, 1, 1), stride=(1, 1, 1, 1, 1), offset=0, **where):
    return call(function("torch._utils", "_rebuild_tensor_v2"), storage(items, **where), whole(offset),
                tuple_of(*map(whole, size)), tuple_of(*map(whole, stride)), b"\x89",
                call(function("collections", "OrderedDict")))


def pickled(value):
    return b"\x80\x02" + value + b"."


def module(weight=None, members=b"", before=b""):
    """The object of class Net. `before` is pushed, remembered and dropped into a tuple that no one reads."""
    attributes = text("training") + b"\x89" + text("weight") + (weight or tensor()) + members
    if before:
        attributes += text("odd") + before
    return pickled(function("__torch__.net", "Net") + b")\x81}(" + attributes + b"ub")


# --- zip archives -----------------------------------------------------------------------------------------------------

class Zip:
    """Writes what it is told, right or wrong; like PyTorch, entry after entry, then the directory."""

    def __init__(self, shift=0):
        self.data, self.records, self.shift = b"", [], shift

    def add(self, name, content, *, deflate=False, crc=None, local_name=None, flags=0, length=None):
        packed = content
        if deflate:
            packer = zlib.compressobj(9, zlib.DEFLATED, -15)
            packed = packer.compress(content) + packer.flush()
        crc = zlib.crc32(content) if crc is None else crc
        facts = (20, flags, 8 if deflate else 0, 0, 0, crc, len(packed), len(content) if length is None else length)
        at = len(self.data) + self.shift
        local = (local_name or name).encode()
        self.data += struct.pack("<IHHHHHIIIHH", 0x04034B50, *facts, len(local), 0) + local + packed
        self.records.append(struct.pack("<IHHHHHHIIIHHHHHII", 0x02014B50, 20, *facts, len(name.encode()), 0, 0, 0, 0, 0, at)
                            + name.encode())

    def bytes(self, comment=b""):
        directory = b"".join(self.records)
        end = struct.pack("<IHHHHIIH", 0x06054B50, 0, 0, len(self.records), len(self.records), len(directory),
                          len(self.data) + self.shift, len(comment))
        return self.data + directory + end + comment


WEIGHT = struct.pack("<2f", -1.0, 1.0)


def entries(code=None, data=None, weight=WEIGHT, more=(), **options):
    """Name, content and zip options of every file of an archive."""
    list_of = [("data.pkl", data or module(), {}), (CODE, (code or network()).encode(), {"deflate": True}),
               ("constants.pkl", pickled(b")"), {}), ("version", b"10\n", {}), ("data/0", weight, {})]
    list_of = [(name, content, options.get(name, how)) for name, content, how in list_of]
    return list_of + [(name, content, {}) for name, content in more]


def archive(files, shift=0, root="net/"):
    result = Zip(shift)
    for name, content, how in files:
        result.add(name if name.startswith("!") else root + name, content, **how)
    return result


def model(code=None, **options):
    return archive(entries(code, **options)).bytes()


# --- the models -------------------------------------------------------------------------------------------------------

def renamed(name, content=b"x"):
    """An archive with one more file, whose name is taken as it is."""
    result = archive(entries())
    result.add(name, content)
    return result.bytes()


def hostile_code():
    stolen = 'torch.from_file("/etc/passwd", True, 100, dtype=0, layout=None, device=None, pin_memory=None)'
    yield "from_file", network([f"_1 = {stolen}"])
    yield "save", network(['_1 = torch.save(x, "stolen")'])
    yield "load", network(['_1 = torch.load("/etc/passwd")'])
    yield "built_in_class", network(["_1 = __torch__.torch.classes.rnn.CellParamsBase.__new__("
                                     "__torch__.torch.classes.rnn.CellParamsBase)"])
    yield "built_in_class_as_type", network(members=["state : __torch__.torch.classes.rnn.CellParamsBase"])
    yield "other_operators", network(result="ops.inductor._reinterpret_tensor(x, [1000000], [1], 0)")
    yield "remote_call", network(['_1 = ops.prim.rpc_async("worker", __torch__.net.helper, ())'],
                                 before="def helper() -> int:\n  return 1\n")
    yield "raw_memory", network(result="torch.as_strided(x, [1000000], [1], None)")
    yield "memory_behind_a_tensor", network(["_1, _2, _3, = torch.native_batch_norm(x, None, None, weight, weight, True, 0.1, "
                                             "1.0000000000000001e-05)"], result="_1")
    yield "unwritten_memory", network(result="torch.empty([1, 2, 4, 4, 4], dtype=6, layout=None, device=None, "
                                             "pin_memory=None, memory_format=None)")
    yield "getattr_of_operators", network(['_1 = getattr(torch, "from_file")'])
    yield "alias_of_operators", network(["t = torch", '_1 = t.from_file("/etc/passwd", True, 100)'])
    yield "alias_of_namespace", network(["t = ops.aten", '_1 = t.save(x, "stolen")'])
    yield "tensor_method", network(["_1 = (x).resize_([1000000])"])
    yield "shadowed_name", network(["_1 = getattr(1, )"], before="def getattr(x: int) -> int:\n  return x\n")
    yield "thread", network(["_1 = fork(__torch__.net.helper, )", "_2 = torch.wait(_1)"], before="def helper() -> int:\n  return 1\n")
    yield "comment", network(["# type: (Tensor) -> Tensor"])
    yield "decorator", network(before="@ignore\n")
    yield "deep_brackets", network(["y = " + "(" * 100000 + "x" + ")" * 100000])
    yield "missing_class", network(members=["part : __torch__.elsewhere.Part"])
    # Only the compiled graph shows that .set_ is no method of ours.
    yield "method_behind_a_name", network(["_1 = (x).set_()"], methods="  def set_(self: __torch__.net.Net) -> Tensor:\n"
                                                                       "    return self.weight\n")


def code_run_by_loading():
    """LibTorch evaluates defaults and constants while it loads a class."""
    yield "default_argument", network(methods=method_with(STOLEN), before=STEALS)
    yield "class_constant", network(members=["y : Final[int] = " + STOLEN], before=STEALS)
    yield "class_constant_further_in", network(before=STEALS + f"class Odd(Module):\n    y : Final[int] = {STOLEN}\n")
    yield "class_constant_behind_methods", network(methods=f"  y : Final[int] = {STOLEN}\n", before=STEALS)
    yield "named_tuple_default", network(before=STEALS + f"class Odd(NamedTuple):\n  y : int = {STOLEN}\n")
    yield "enum_value", network(before=STEALS + f"class Odd(Enum):\n  y = {STOLEN}\n")
    yield "interface_default", network(before=STEALS + f"class Odd(Interface):\n  def odd(self,\n    a: int={STOLEN}) -> int:\n"
                                                       "    pass\n")
    yield "call_of_a_shadow", network(methods=method_with("__torch__.net.annotate(1)"),
                                      before="def annotate(x: int) -> int:\n  return x\n")
    yield "call_of_a_bracket", network(methods=method_with("(__torch__.net.steal)(1)"), before=STEALS)
    yield "default_from_an_object", network(methods=method_with("CONSTANTS.c0[0]"))
    yield "default_from_a_loop", network(methods=method_with("[i for i in [1, 2]]", "List[int]"))


def operators_behind_a_variable():
    """To LibTorch a variable is one only where it was surely assigned; elsewhere "ops" is its operators."""
    yield "ops_behind_a_loop", network(before=STEALS)
    members = "class Names(Module):\n  aten : int\n  def save(self: __torch__.net.Names,\n    x: int) -> int:\n    return x\n"
    yield "ops_as_keyword", network(['_1 = torch.format("", ops=1)', "_2 = ops.aten", '_3 = _2.save(x, "stolen")'],
                                    before=members)
    yield "ops_from_itself", network(["ops = ops.aten", '_1 = ops.save(x, "stolen")'], before=members)
    yield "ops_in_a_branch", network(["if True:", "  ops = 1", "else:", "  _1 = ops.aten", '  _2 = _1.save(x, "stolen")'],
                                     before=members)
    yield "ops_of_another_function", network(["_1 = ops.aten", '_2 = _1.save(x, "stolen")'], before=(
        "def other(x: int) -> int:\n  ops = 1\n  return ops\n" + members))


def ordinary_defaults():
    """What PyTorch does print in such places, and a variable that is named like its operators."""
    methods = method_with("annotate(List[int], [])", "List[int]") + (
        "  def more(self: __torch__.net.Net,\n    a: int=-1,\n    b: Optional[Tensor]=None,\n    c: Tuple[int, int]=(1, 2),\n"
        '    d: str="a (b)",\n    e: float=0.5) -> Tuple[int, int]:\n    return c\n')
    lines = ["ops = x", "if torch.gt(torch.dim(ops), 0):", "  y = ops", "else:", "  y = x"]
    return network(lines, CONV.replace("x", "y"), ["size : Final[Tuple[int, int]] = (1, 1)", "few : Final[List[int]] = [1, 2]"],
                   methods)


def set_state():
    """LibTorch calls __setstate__ where the class has both methods: this one writes a file while it is loaded."""
    methods = ("  def __setstate__(self: __torch__.net.Net,\n    state: Tensor) -> NoneType:\n"
               '    _1 = torch.save(state, "stolen")\n    self.weight = state\n    self.training = False\n    return None\n'
               "  def __getstate__(self: __torch__.net.Net) -> Tensor:\n    return self.weight\n")
    return model(network(methods=methods), data=pickled(function("__torch__.net", "Net") + b")\x81" + tensor() + b"b"))


def hostile_pickles():
    yield "os_system", module(before=call(function("os", "system"), text("touch stolen")))
    yield "unknown_function", module(before=call(function("torch._utils", "_rebuild_sparse_tensor"), whole(0)))
    yield "remote_reference", module(before=call(function("torch.distributed.rpc", "rref"), whole(0)))
    yield "old_opcode", module(before=b"(S'touch stolen'\nios\nsystem\n")
    yield "other_protocol", b"\x80\x04" + module()[2:]
    yield "deep_nesting", module(before=b")" + b"\x85" * 100000)
    yield "huge_tensor", module(tensor(items=2**40))
    yield "tensor_beyond_its_file", module(tensor(size=(2, 1000, 1, 1, 1)))
    yield "tensor_before_its_file", module(tensor(offset=-1000))
    yield "tensor_of_no_file", module(tensor(file="7"))
    yield "memory_number", module(before=b")r\xf0\xff\xff\xff")
    yield "list_of_another_type", module(before=call(function("torch.jit._pickle", "build_intlist"),
                                                     b"](" + text("x") + b"e"))
    yield "list_in_itself", module(before=b"]q\x00(h\x00e")
    yield "unknown_class", module(before=function("__torch__.elsewhere", "Part") + b")\x81}b")
    yield "text_behind_the_end", module() + b"more"


def many_copies():
    """A file of 16 kB, read 100,000 times."""
    items = 4096
    again = storage(items)[:-1] + b"q\x00Q" + b"h\x00Q" * 100000
    return model(data=module(tensor(items), before=b"(" + again + b"t"), weight=bytes(4 * items))


def hostile_archives():
    benign = model()
    yield "many_copies", many_copies()
    yield "same_name_twice", model(more=[(CODE, network(['_1 = torch.save(x, "stolen")']).encode())])
    yield "same_name_in_capitals", model(more=[("code/__torch__/NET.py", network().encode())])
    yield "second_archive_before", benign + archive(entries(), shift=len(benign)).bytes()
    yield "second_archive_behind", benign + benign
    yield "second_archive_in_the_comment", archive(entries()).bytes(comment=benign)
    yield "second_archive_between", between(benign)
    yield "name_that_leads_out", renamed("net/../stolen")
    yield "absolute_name", renamed("/tmp/stolen")
    yield "other_folder", renamed("other/data.pkl")
    yield "legacy_model", renamed("net/model.json", b"{}")
    yield "file_of_no_purpose", renamed("net/libs/os.py", b"import os\n")
    spaces = network() + " " * 2**22
    yield "bomb", model(spaces)
    yield "bomb_that_lies", archive(entries(spaces, **{CODE: {"deflate": True, "length": 1000}})).bytes()
    yield "bomb_of_many_parts", many_parts(spaces[:2**22])
    yield "cut_off", benign[:-100]
    yield "wrong_crc", archive(entries(**{CODE: {"deflate": True, "crc": 1}})).bytes()
    yield "wrong_crc_of_weights", archive(entries(**{"data/0": {"crc": 1}})).bytes()
    yield "two_headers", archive(entries(**{CODE: {"local_name": "net/code/__torch__/xyz.py"}})).bytes()
    yield "encrypted", archive(entries(**{CODE: {"flags": 1}})).bytes()
    yield "packed_weights", archive(entries(**{"data/0": {"deflate": True}})).bytes()
    yield "no_archive", b"no network"


def many_parts(code):
    result = archive(entries())
    for part in range(9):
        result.add(f"net/code/__torch__/part{part}.py", code.encode(), deflate=True)
    return result.bytes()


def between(hidden):
    """An archive with something between its files and its directory."""
    result = archive(entries())
    result.data += hidden
    return result.bytes()


def broken_networks():
    """They are what they say they are, and do harm, or no good, when they run."""
    ones = "torch.ones({}, dtype=6, layout=None, device=None, pin_memory=None)"
    yield "endless_loop", network(["y = x", "while True:", "  y = torch.add(y, 1, alpha=1)"], result="y")
    yield "huge_allocation", network(result=ones.format("[1099511627776]"))
    yield "other_shape", network(result=ones.format("[1, 2, 3]"))
    yield "other_channels", network(result=ones.format("[torch.size(x, 0), 3, torch.size(x, 2), torch.size(x, 3), "
                                                       "torch.size(x, 4)]"))
    yield "nan", network([f"_1 = {CONV}"], result="torch.mul(_1, nan)")
    yield "infinite", network([f"_1 = {CONV}"], result="torch.mul(_1, inf)")
    yield "nan_where_there_is_tissue", network([f"_1 = {CONV}"],
                                               result="torch.masked_fill(_1, torch.gt(x, 0.), nan)")
    yield "all_background", network(result="torch.mul(torch.abs(" + CONV + "), 0.)")
    yield "all_background_by_far", network([f"_1 = torch.mul({CONV}, 0.)", "_2 = torch.slice(_1, 1, 0, 1)"],
                                           result="torch.cat([torch.add(_2, 5.), _2], 1)")
    yield "prints_garbage", network(['print("{\\"type\\": \\"result\\", \\"id\\": 1}")', 'print("\\n}garbage{")'])
    yield "raises", network(['ops.prim.RaiseException("no\\nnetwork")'])


def all_models():
    yield "benign", model()
    yield "unread_files", model(more=[("extra/notes.txt", b"by hand"), ("traced_inputs.pkl", b"no pickle"),
                                      ("traced_inputs/0", b"")])
    yield "ordinary_defaults", model(ordinary_defaults())
    for name, code in [*hostile_code(), *code_run_by_loading(), *operators_behind_a_variable()]:
        yield name, model(code)
    yield "set_state", set_state()
    for name, data in hostile_pickles():
        yield name, model(data=data)
    yield from hostile_archives()
    for name, code in broken_networks():
        yield name, model(code)


def manifest(weights):
    return {"format": "recontour-model", "version": 1, "name": "test", "weights": "model.ts",
            "sha256": hashlib.sha256(weights).hexdigest(), "engine": "torchscript", "task": "multiclass",
            "input": {"channels": ["CT"], "axis_order": "zyx", "orientation": "LPS", "dims": 3, "dtype": "float32",
                      "spacing_mm": [3, 3, 3], "patch": [8, 8, 8], "divisible_by": [1, 1, 1], "pad_hu": -1000},
            "normalization": {"type": "affine", "clip": [-1000, 1000], "subtract": 0, "divide": 100},
            "output": {"kind": "logits", "channels": 2},
            "labels": {"0": {"key": "background"}, "1": {"key": "liver", "word": 1}}}


def main(folder):
    for name, weights in all_models():
        target = pathlib.Path(folder) / name
        target.mkdir(parents=True, exist_ok=True)
        (target / "model.ts").write_bytes(weights)
        (target / "recontour.json").write_text(json.dumps(manifest(weights), indent=1))


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(sys.argv[1])
