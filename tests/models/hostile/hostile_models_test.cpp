// Models made by make_models.py that must not reach LibTorch: the check reads their bytes alone.
#include <algorithm>
#include <chrono>
#include <cstdio>

#include <gtest/gtest.h>

#include "core/base/error.h"
#include "core/base/folders.h"
#include "models/engine/model_folder.h"
#include "models/engine/operator_list.h"
#include "models/engine/script_archive.h"

namespace recontour {
namespace {

struct Refused {
  const char* model;
  const char* cause;  ///< part of the message
};

void PrintTo(const Refused& refused, std::ostream* out) { *out << refused.model; }

constexpr Refused kRefused[] = {
    // code
    {"from_file", "code/__torch__/net.py: line 9: the operator 'torch.from_file'"},
    {"save", "code/__torch__/net.py: line 9: the operator 'torch.save'"},
    {"load", "the operator 'torch.load'"},
    {"set_state", "'__setstate__', which runs while it is loaded"},
    {"built_in_class", "the built-in class '__torch__.torch.classes.rnn.CellParamsBase"},
    {"built_in_class_as_type", "the built-in class '__torch__.torch.classes.rnn.CellParamsBase'"},
    {"other_operators", "the operator 'ops.inductor._reinterpret_tensor'"},
    {"remote_call", "the operator 'ops.prim.rpc_async'"},
    {"raw_memory", "the operator 'torch.as_strided'"},
    {"memory_behind_a_tensor", "the operator 'torch.native_batch_norm'"},
    {"unwritten_memory", "the operator 'torch.empty'"},
    {"getattr_of_operators", "getattr other than"},
    {"alias_of_operators", "the operator 'torch' is not"},
    {"alias_of_namespace", "the operator 'ops.aten' is not"},
    {"tensor_method", "'.resize_', which no class of the archive has"},
    {"shadowed_name", "getattr other than"},
    {"thread", "the word 'fork'"},
    {"comment", "the character #"},
    {"decorator", "the character @"},
    {"deep_brackets", "brackets are nested too deeply"},
    {"missing_class", "'__torch__.elsewhere.Part', which the archive does not have"},
    // code that loading would run
    {"default_argument", "net.py: line 23: a call in what is evaluated while it is loaded"},
    {"class_constant", "net.py: line 18: a call in what is evaluated while it is loaded"},
    {"class_constant_further_in", "a call in what is evaluated"},
    {"class_constant_behind_methods", "a call in what is evaluated"},
    {"named_tuple_default", "a call in what is evaluated"},
    {"enum_value", "a call in what is evaluated"},
    {"interface_default", "a call in what is evaluated"},
    {"call_of_a_shadow", "a call in what is evaluated"},
    {"call_of_a_bracket", "a call in what is evaluated"},
    {"default_from_an_object", "the word 'CONSTANTS' in what is evaluated"},
    {"default_from_a_loop", "the word 'for' in what is evaluated"},
    // operators behind a variable
    {"ops_behind_a_loop", "the operator 'ops.aten.save'"},
    {"ops_as_keyword", "the operator 'ops' is not"},
    {"ops_from_itself", "the operator 'ops.aten' is not"},
    {"ops_in_a_branch", "the operator 'ops.aten' is not"},
    {"ops_of_another_function", "the operator 'ops.aten' is not"},
    // pickles
    {"os_system", "data.pkl: uses 'os.system'"},
    {"unknown_function", "data.pkl: uses 'torch._utils._rebuild_sparse_tensor'"},
    {"remote_reference", "data.pkl: uses 'torch.distributed.rpc.rref'"},
    {"old_opcode", "data.pkl: has the opcode 83"},
    {"other_protocol", "data.pkl: is no pickle of protocol 2"},
    {"deep_nesting", "data.pkl: is nested deeper than 256 levels"},
    {"huge_tensor", "the tensor file '0' has another size"},
    {"tensor_beyond_its_file", "a tensor is larger than the file that holds it"},
    {"tensor_before_its_file", "a tensor's offset is no natural number"},
    {"tensor_of_no_file", "a tensor's file '7' is missing"},
    {"many_copies", "much more memory than the archive has bytes"},
    {"memory_number", "leaves out numbers in its memory"},
    {"list_of_another_type", "a list holds values of another type"},
    {"list_in_itself", "a value that holds itself"},
    {"unknown_class", "uses '__torch__.elsewhere.Part'"},
    {"text_behind_the_end", "has something behind its end"},
    // archives
    {"same_name_twice", "net/code/__torch__/net.py: is there twice"},
    {"same_name_in_capitals", "net/code/__torch__/NET.py: is there twice"},
    {"second_archive_before", "does not begin where the file before it ends"},
    {"second_archive_behind", "does not end where its end record begins"},
    {"second_archive_in_the_comment", "does not end"},
    {"second_archive_between", "something between its files and its directory"},
    {"name_that_leads_out", "'net/../stolen' leads elsewhere"},
    {"absolute_name", "'/tmp/stolen' leads elsewhere"},
    {"other_folder", "other/data.pkl: lies in another folder"},
    {"legacy_model", "model.json: is no file of a TorchScript archive"},
    {"file_of_no_purpose", "libs/os.py: is no file of a TorchScript archive"},
    {"bomb", "of which at most 4194304 are allowed"},
    {"bomb_that_lies", "does not unpack to its length"},
    {"bomb_of_many_parts", "its code files have more than 33554432 bytes unpacked"},
    {"cut_off", "it is cut off, or something was appended"},
    {"wrong_crc", "net.py: is damaged (CRC-32)"},
    {"wrong_crc_of_weights", "data/0: is damaged (CRC-32)"},
    {"two_headers", "its two headers differ"},
    {"encrypted", "is encrypted"},
    {"packed_weights", "weights must not be compressed"},
    {"no_archive", "it is no zip archive"},
};

/// Those that are as PyTorch writes them: hostile_worker_test.cpp runs them.
constexpr const char* kReadable[] = {"unread_files",
                                     "benign",
                                     "ordinary_defaults",
                                     "method_behind_a_name",
                                     "endless_loop",
                                     "huge_allocation",
                                     "other_shape",
                                     "other_channels",
                                     "nan",
                                     "infinite",
                                     "raises",
                                     "all_background",
                                     "prints_garbage",
                                     "nan_where_there_is_tissue",
                                     "all_background_by_far"};

std::string refusal(const std::string& name) {
  ModelFolder folder(std::filesystem::path(HOSTILE_MODELS) / name);
  try {
    checkScriptArchive(folder.takeWeights(), folder.weightsFile());
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::BadInput);
    return error.what();
  }
  return "accepted";
}

class HostileModel : public testing::TestWithParam<Refused> {};

TEST_P(HostileModel, IsRefusedBeforeLibTorchSeesIt) {
  const std::string message = refusal(GetParam().model);
  EXPECT_TRUE(message.starts_with((std::filesystem::path(HOSTILE_MODELS) / GetParam().model / "model.ts: ").string()));
  EXPECT_NE(message.find(GetParam().cause), std::string::npos) << message;
  EXPECT_EQ(message.find('\n'), std::string::npos);
  EXPECT_LT(message.size(), 1000U);
}

INSTANTIATE_TEST_SUITE_P(Made, HostileModel, testing::ValuesIn(kRefused),
                         [](const auto& made) { return std::string(made.param.model); });

TEST(HostileModels, OnlyThoseThatTheWorkerMustContainPassTheCheck) {
  std::size_t folders = 0;
  for (const auto& entry : std::filesystem::directory_iterator(HOSTILE_MODELS)) {
    folders += entry.is_directory() ? 1 : 0;
  }
  EXPECT_EQ(folders, std::size(kRefused) + std::size(kReadable)) << "a model of make_models.py is in no table here";
  for (const char* name : kReadable) EXPECT_EQ(refusal(name), "accepted") << name;
}

TEST(OperatorList, IsInOrderSoThatItCanBeSearched) {
  EXPECT_TRUE(std::ranges::is_sorted(tensorOperators()));
  EXPECT_TRUE(std::ranges::is_sorted(primitiveOperators()));
  EXPECT_GT(tensorOperators().size(), 300U);
}

TEST(OperatorList, HasNothingThatOpensFilesOrReinterpretsMemory) {
  for (const char* name : {"from_file", "save", "load", "set_", "resize_", "as_strided", "empty", "empty_strided",
                           "data", "set_data", "record_stream", "backward", "owner", "to_here", "native_batch_norm"}) {
    EXPECT_FALSE(isTensorOperator(name)) << name;
    EXPECT_FALSE(isGraphOperator("aten::" + std::string(name))) << name;
  }
  for (const char* kind : {"prim::rpc_sync", "prim::fork", "prim::PythonOp", "inductor::_alloc_from_pool", "conv3d"}) {
    EXPECT_FALSE(isGraphOperator(kind)) << kind;
  }
  EXPECT_TRUE(isGraphOperator("aten::conv3d"));
  EXPECT_TRUE(isGraphOperator("prim::If"));
}

/// Collected from scripted and traced archives of PyTorch 2.11: MONAI 1.6.1 (UNet, BasicUNet, BasicUNetPlusPlus,
/// DynUNet, SegResNet, SegResNetDS, SegResNetVAE, SwinUNETR, UNETR, VNet, AttentionUnet, HighResNet) and
/// dynamic_network_architectures 0.4.4 (nnU-Net's PlainConvUNet and ResidualEncoderUNet, Primus).
TEST(OperatorList, HasWhatPublishedNetworksUse) {
  // clang-format off
  for (const char* name : {
      "__and__", "__contains__", "__derive_index", "__is__", "__isnot__", "__not__", "__range_length",
      "_convolution", "_set_item", "_upsample_bicubic2d_aa", "_upsample_bilinear2d_aa",
      "_upsample_nearest_exact1d", "_upsample_nearest_exact2d", "_upsample_nearest_exact3d",
      "adaptive_avg_pool1d", "adaptive_avg_pool2d", "adaptive_avg_pool3d", "add", "add_", "all", "amax",
      "amin", "append", "arange", "as_tensor", "avg_pool3d", "batch_norm", "broadcast_tensors", "cat",
      "chunk", "clone", "contiguous", "conv3d", "conv_transpose3d", "detach", "device", "dim", "div",
      "dropout", "dropout_", "einsum", "elu", "elu_", "eq", "expand", "feature_dropout", "feature_dropout_",
      "fill_", "flatten", "floor", "floor_divide", "floordiv", "format", "gelu", "group_norm", "gt", "index",
      "instance_norm", "items", "layer_norm", "le", "leaky_relu", "leaky_relu_", "len", "linear", "list",
      "log", "lt", "masked_fill", "matmul", "max_pool3d", "mean", "mse_loss", "mul", "mul_", "ne", "neg",
      "ones_like", "pad", "permute", "pop", "pow", "prelu", "prod", "randn_like", "relu", "relu_",
      "remainder", "repeat", "requires_grad_", "reshape", "reverse", "roll", "rsub",
      "scaled_dot_product_attention", "select", "sigmoid", "silu", "size", "slice", "softmax", "softplus",
      "sqrt", "squeeze", "squeeze_", "stack", "sub", "sum", "to", "transpose", "type_as", "unsqueeze",
      "unsqueeze_", "upsample_bicubic2d", "upsample_bilinear2d", "upsample_linear1d", "upsample_nearest1d",
      "upsample_nearest2d", "upsample_nearest3d", "upsample_trilinear3d", "view", "warn", "zeros"}) {
    // clang-format on
    EXPECT_TRUE(isTensorOperator(name)) << name;
  }
  for (const char* name : {"NumToTensor", "RaiseException", "device", "dtype", "min"}) {
    EXPECT_TRUE(isPrimitiveOperator(name)) << name;
  }
}

/// It was written by PyTorch itself, and its folder is the largest that is shipped.
TEST(HostileModels, AreToldFromTheDemoModel) {
  if (!HAVE_DEMO_MODEL) GTEST_SKIP() << "built without the demo model";
  ModelFolder folder(resource("models/zoo/word-demo"));
  const std::string bytes = folder.takeWeights();
  const auto start = std::chrono::steady_clock::now();
  ASSERT_NO_THROW(checkScriptArchive(bytes, folder.weightsFile()));
  const std::chrono::duration<double, std::milli> spent = std::chrono::steady_clock::now() - start;
  std::printf("checked %.1f MB in %.1f ms\n", double(bytes.size()) / 1e6, spent.count());
}

}  // namespace
}  // namespace recontour
