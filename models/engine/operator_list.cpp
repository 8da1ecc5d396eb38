#include "models/engine/operator_list.h"

#include <algorithm>

namespace recontour {
namespace {

// All three in ASCII order, which a test checks; another sees to it that LibTorch knows every name.

// clang-format off
constexpr std::string_view kTensorOperators[] = {
    "Bool", "Complex", "Float", "FloatImplicit", "Int", "IntImplicit", "ScalarImplicit", "__and__", "__contains__",
    "__derive_index", "__getitem__", "__is__", "__isnot__", "__not__", "__or__", "__range_length", "__xor__",
    "_convolution", "_convolution_mode", "_log_softmax", "_set_item", "_shape_as_tensor", "_softmax",
    "_upsample_bicubic2d_aa", "_upsample_bilinear2d_aa", "_upsample_nearest_exact1d", "_upsample_nearest_exact2d",
    "_upsample_nearest_exact3d", "abs", "abs_", "adaptive_avg_pool1d", "adaptive_avg_pool2d", "adaptive_avg_pool3d",
    "adaptive_max_pool1d", "adaptive_max_pool2d", "adaptive_max_pool3d", "add", "add_", "addcdiv", "addcmul",
    "addmm", "all", "alpha_dropout", "amax", "amin", "any", "append", "arange", "argmax", "argmin", "as_tensor",
    "atan", "avg_pool1d", "avg_pool2d", "avg_pool3d", "baddbmm", "batch_norm", "bitwise_and", "bitwise_not",
    "bitwise_or", "bmm", "broadcast_tensors", "broadcast_to", "cat", "ceil", "ceil_", "celu", "celu_",
    "channel_shuffle", "chunk", "clamp", "clamp_", "clamp_max", "clamp_max_", "clamp_min", "clamp_min_", "clone",
    "concat", "constant_pad_nd", "contiguous", "conv1d", "conv2d", "conv3d", "conv_transpose1d", "conv_transpose2d",
    "conv_transpose3d", "copy", "copy_", "cos", "cpu", "cumsum", "detach", "device", "dict", "dim", "div", "div_",
    "divide", "dropout", "dropout_", "einsum", "elu", "elu_", "embedding", "endswith", "eq", "erf", "exp", "exp_",
    "expand", "expand_as", "extend", "eye", "feature_alpha_dropout", "feature_dropout", "feature_dropout_", "fill",
    "fill_", "flatten", "flip", "floor", "floor_", "floor_divide", "floordiv", "fmod", "format", "full",
    "full_like", "gather", "ge", "gelu", "gelu_", "get", "glu", "grid_sampler", "grid_sampler_3d", "group_norm",
    "gt", "hardshrink", "hardsigmoid", "hardsigmoid_", "hardswish", "hardswish_", "hardtanh", "hardtanh_", "index",
    "index_put", "index_put_", "index_select", "insert", "instance_norm", "is_complex", "is_contiguous",
    "is_floating_point", "is_grad_enabled", "isfinite", "isinf", "isnan", "item", "items", "join", "keys",
    "layer_norm", "le", "leaky_relu", "leaky_relu_", "len", "linalg_norm", "linalg_vector_norm", "linear",
    "linspace", "list", "log", "log1p", "log2", "log_sigmoid", "log_softmax", "logical_and", "logical_not",
    "logical_or", "logical_xor", "logit", "logsumexp", "lower", "lt", "masked_fill", "masked_fill_",
    "masked_select", "matmul", "max", "max_pool1d", "max_pool2d", "max_pool3d", "max_pool3d_with_indices",
    "maximum", "mean", "meshgrid", "min", "minimum", "mish", "mish_", "mm", "movedim", "mse_loss", "mul", "mul_",
    "multiply", "nan_to_num", "narrow", "native_group_norm", "native_layer_norm", "ne", "neg",
    "neg_", "new_full", "new_ones", "new_zeros", "nonzero", "norm", "normal", "normal_", "numel", "one_hot", "ones",
    "ones_like", "outer", "pad", "permute", "pixel_shuffle", "pixel_unshuffle", "pop", "pow", "pow_", "prelu",
    "prod", "quantile", "rand", "rand_like", "randint", "randn", "randn_like", "randperm", "range", "real",
    "reciprocal", "reflection_pad1d", "reflection_pad2d", "reflection_pad3d", "relu", "relu6", "relu6_", "relu_",
    "remainder", "repeat", "repeat_interleave", "replication_pad1d", "replication_pad2d", "replication_pad3d",
    "requires_grad_", "reshape", "reshape_as", "result_type", "reverse", "rms_norm", "roll", "rot90", "round",
    "round_", "rrelu", "rsqrt", "rsqrt_", "rsub", "scalar_tensor", "scaled_dot_product_attention", "scatter",
    "scatter_", "scatter_add", "select", "selu", "selu_", "sigmoid", "sigmoid_", "sign", "silu", "silu_", "sin",
    "size", "slice", "softmax", "softplus", "softshrink", "sort", "sorted", "split", "split_with_sizes", "sqrt",
    "sqrt_", "square", "squeeze", "squeeze_", "stack", "startswith", "std", "std_mean", "str", "stride", "strip",
    "sub", "sub_", "subtract", "sum", "swapaxes", "t", "tan", "tanh", "tanh_", "tensor", "tensor_split",
    "tensordot", "threshold", "threshold_", "tile", "to", "topk", "transpose", "tril", "triu", "true_divide",
    "trunc", "type_as", "unbind", "unflatten", "unfold", "unsqueeze", "unsqueeze_", "upper", "upsample_bicubic2d",
    "upsample_bilinear2d", "upsample_linear1d", "upsample_nearest1d", "upsample_nearest2d", "upsample_nearest3d",
    "upsample_trilinear3d", "values", "var", "var_mean", "view", "view_as", "warn", "where", "zero_", "zeros",
    "zeros_like"};
// clang-format on

constexpr std::string_view kPrimitiveOperators[] = {
    "NumToTensor", "RaiseException",           "abs", "device", "dtype", "is_cuda", "layout", "max", "min", "shape",
    "tolist",      "unchecked_unwrap_optional"};

// What calls, branches, loops, literals and brackets of the language are compiled to.
constexpr std::string_view kSyntax[] = {
    "CallFunction",  "CallMethod", "Constant",    "DictConstruct", "GetAttr",    "If",
    "ListConstruct", "ListUnpack", "Loop",        "Print",         "SetAttr",    "TupleConstruct",
    "TupleIndex",    "TupleSlice", "TupleUnpack", "Uninitialized", "isinstance", "unchecked_cast"};

constexpr std::string_view kTensorNamespace = "aten::", kPrimitiveNamespace = "prim::";

template <typename List>
bool holds(const List& list, std::string_view name) {
  return std::ranges::binary_search(list, name);
}

}  // namespace

std::span<const std::string_view> tensorOperators() { return kTensorOperators; }
std::span<const std::string_view> primitiveOperators() { return kPrimitiveOperators; }

bool isTensorOperator(std::string_view name) { return holds(kTensorOperators, name); }

bool isPrimitiveOperator(std::string_view name) { return holds(kPrimitiveOperators, name); }

bool isGraphOperator(std::string_view kind) {
  if (kind.starts_with(kTensorNamespace)) return isTensorOperator(kind.substr(kTensorNamespace.size()));
  if (!kind.starts_with(kPrimitiveNamespace)) return false;
  const std::string_view name = kind.substr(kPrimitiveNamespace.size());
  return isPrimitiveOperator(name) || holds(kSyntax, name);
}

}  // namespace recontour
