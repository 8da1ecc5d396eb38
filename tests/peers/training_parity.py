#!/usr/bin/env python3
"""The trainer's ResUNet 2D and losses against PyTorch's, written here a second time from the papers and from the formulas of
WSL4MIS, PyMIC and nnU-Net: same weights, same batch, and then the values and the gradients of all parameters are compared.
By hand, since PyTorch takes some GB (or by the ctest label `long`, see CMakeLists.txt):

    python3 -m venv peers && peers/bin/pip install numpy torch==2.11.0
    build/dev/bin/training_parity FOLDER
    peers/bin/python tests/peers/training_parity.py FOLDER

Losses may differ by 1e-5 in single and 1e-10 in double precision. Gradients may differ by 1e-4 of the network's largest one in
single precision, and by 1e-8 of the largest one of their own parameter tensor in double precision. (In single precision
the latter would compare rounding: an instance norm undoes the convolution that only scales the image, whose gradients are
a thousandth of the others.)
"""
import json
import math
import pathlib
import re
import sys

import numpy
import torch
import torch.nn.functional as F
from torch import nn

WEIGHT = 0.1  # of each term beside the partial cross entropy
# Of losses, of gradients relative to the network's largest, of gradients relative to their tensor's largest.
TOLERANCES = {"float32": (1e-5, 1e-4, math.inf), "float64": (1e-10, 1e-8, 1e-8)}


# The network: residual blocks, strided convolutions down, bilinear interpolation up, skips joined.


class Unit(nn.Module):
    def __init__(self, before, after, kernel=3, stride=1):
        super().__init__()
        self.conv = nn.Conv2d(before, after, kernel, stride, padding=kernel // 2, bias=False)
        self.norm = nn.InstanceNorm2d(after, eps=1e-5, affine=True)

    def forward(self, x):
        return self.norm(self.conv(x))


class Residual(nn.Module):
    def __init__(self, before, after, stride=1):
        super().__init__()
        self.a = Unit(before, after, stride=stride)
        self.b = Unit(after, after)
        self.shortcut = Unit(before, after, kernel=1, stride=stride) if (before, stride) != (after, 1) else nn.Identity()

    def forward(self, x):
        return F.leaky_relu(self.b(F.leaky_relu(self.a(x), 0.01)) + self.shortcut(x), 0.01)


class ResUNet(nn.Module):
    def __init__(self, channels, width, stages=5):
        super().__init__()
        widths = [width * 2 ** i for i in range(stages)]
        self.encoder = nn.ModuleList([Residual(1, width)] + [Residual(a, 2 * a, stride=2) for a in widths[:-1]])
        self.decoder = nn.ModuleList([Residual(3 * a, a) for a in widths[:-1]])
        self.logits = nn.Conv2d(width, channels, 1)

    def forward(self, x):
        skips = []
        for block in self.encoder:
            x = block(x)
            skips.append(x)
        for block, skip in reversed(list(zip(self.decoder, skips))):
            up = F.interpolate(x, size=skip.shape[2:], mode="bilinear", align_corners=False)
            x = block(torch.cat([up, skip], dim=1))
        return self.logits(x)


def own_name(name):
    """'encoder2_a_scale' of the archive as 'encoder.1.a.norm.weight'."""
    found = re.fullmatch(r"(encoder|decoder)(\d)_(a|b|shortcut)_(weight|scale|shift)", name)
    if not found:
        return name.replace("_", ".")
    part, stage, unit, what = found.groups()
    kind = {"weight": "conv.weight", "scale": "norm.weight", "shift": "norm.bias"}[what]
    return f"{part}.{int(stage) - 1}.{unit}.{kind}"


# The losses, of N x C x H x W.


def entropy(p):
    """WSL4MIS, entropy_loss."""
    return torch.mean(-1 * torch.sum(p * torch.log(p + 1e-6), dim=1) / math.log(p.shape[1]))


def int_var_mini(img, pred):
    """The paper's own lines."""
    ivm = torch.std(img * pred, dim=[2, 3])
    return torch.mean(ivm)


def variance_about_means(img, pred):
    """Mumford and Shah's piecewise constant term of each class, over the class's mass."""
    terms = []
    for n in range(pred.shape[0]):
        for c in range(pred.shape[1]):
            p, i = pred[n, c].flatten(), img[n, 0].flatten()
            mean = torch.dot(p, i) / (p.sum() + 1e-6)
            terms.append(torch.dot(p, (i - mean) ** 2) / (p.sum() + 1e-6))
    return torch.stack(terms).mean()


def gated_crf(img, pred, radius=5):
    """Obukhov et al., by F.unfold; pixels beyond the image, which unfold makes up as zeros, are no neighbours."""
    n, c, h, w = pred.shape
    y, x = torch.meshgrid(torch.arange(h), torch.arange(w), indexing="ij")
    mesh = torch.stack([x, y]).to(img).expand(n, 2, h, w)
    features = torch.cat([mesh / 6, img / 0.1], dim=1)

    def unfold(t):
        return F.unfold(t, 2 * radius + 1, padding=radius).view(n, t.shape[1], -1, h, w)

    kernel = torch.exp(-0.5 * ((unfold(features) - features.unsqueeze(2)) ** 2).sum(1, keepdim=True))
    kernel = kernel * unfold(torch.ones_like(img))
    kernel[:, :, kernel.shape[2] // 2] = 0
    return (kernel.sum() - ((kernel * unfold(pred)).sum(2) * pred).sum()) / (n * h * w)


def dice_loss(pred, labels, ignored):
    """nnU-Net's batch Dice of the foreground classes, here only of those that the batch has."""
    known = labels != ignored
    dices = []
    for c in range(1, pred.shape[1]):
        truth = (labels == c).to(pred)
        if truth.sum() > 0:
            p = pred[:, c][known]
            dices.append((2 * (p * truth[known]).sum() + 1e-5) / (p.sum() + truth.sum() + 1e-5))
    return 1 - torch.stack(dices).mean()


def terms_of(run, logits, img, labels, ignored):
    names = run["loss"].split("+")
    cross_entropy = F.cross_entropy(logits, labels, ignore_index=ignored)
    p = torch.softmax(logits, dim=1)
    if names == ["ce-dice"]:
        return {"ce-dice": cross_entropy + dice_loss(p, labels, ignored)}
    terms = {"pce": cross_entropy}
    variance = variance_about_means if run["ivm_normalized"] else int_var_mini
    for name in names[1:]:
        terms[name] = {"em": lambda: entropy(p), "ivm": lambda: variance(img, p), "crf": lambda: gated_crf(img, p)}[name]()
    return terms


# The comparison.


def load_network(parity, folder):
    net = ResUNet(parity["channels"], parity["width"])
    archive = torch.jit.load(folder / "model.ts").state_dict()
    assert set(archive) == {each["name"] for each in parity["parameters"]}
    net.load_state_dict({own_name(name): value for name, value in archive.items()}, strict=True)
    return net


def compare(run, parity, net, img, labels, folder):
    """@return the total, and the largest differences that TOLERANCES limits"""
    net.zero_grad()
    terms = terms_of(run, net(img), img, labels, parity["ignored"])
    total = sum(value * (WEIGHT if name not in ("pce", "ce-dice") else 1) for name, value in terms.items())
    total.backward()
    assert set(terms) == set(run["terms"])
    loss = max([abs(total.item() - run["total"])] + [abs(terms[name].item() - run["terms"][name]) for name in terms])
    return total.item(), (loss, *compare_gradients(run, parity, dict(net.named_parameters()), folder))


def compare_gradients(run, parity, theirs, folder):
    ours = torch.from_numpy(numpy.fromfile(folder / run["gradients"], dtype=run["type"]))
    pieces = ours.split([math.prod(each["shape"]) for each in parity["parameters"]])
    of_all, of_tensor, largest = 0.0, 0.0, max(p.grad.abs().max().item() for p in theirs.values())
    for each, piece in zip(parity["parameters"], pieces):
        expected = theirs[own_name(each["name"])].grad
        difference = (piece.view(each["shape"]) - expected).abs().max().item()
        of_all = max(of_all, difference / largest)
        of_tensor = max(of_tensor, difference / expected.abs().max().item())
    return of_all, of_tensor


def main(folder):
    parity = json.loads((folder / "parity.json").read_text())
    img = torch.from_numpy(numpy.fromfile(folder / "image.bin", dtype="float32")).view(parity["image"])
    labels = torch.from_numpy(numpy.fromfile(folder / "labels.bin", dtype="int64")).view(img.shape[0], *img.shape[2:])
    net = load_network(parity, folder)
    count = sum(p.numel() for p in net.parameters())
    print(f"PyTorch {torch.__version__}, ResUNet 2D of {count} parameters, batch {list(img.shape)}, "
          f"{100 * (labels != parity['ignored']).float().mean():.1f} % of pixels labelled")
    print(f"{'':22} {'':8} {'':12} {'differs by':>13} {'gradients, of':>13} {'gradients, of':>13}")
    print(f"{'loss':22} {'type':8} {'value':>12} {'':13} {'largest':>13} {'own largest':>13}")
    failed = False
    for run in parity["runs"]:
        kind = getattr(torch, run["type"])
        value, differences = compare(run, parity, net.to(kind), img.to(kind), labels, folder)
        wrong = not all(d <= most for d, most in zip(differences, TOLERANCES[run["type"]]))
        failed = failed or wrong
        name = run["loss"] + (" (normalized)" if run["ivm_normalized"] else "")
        print(f"{name:22} {run['type']:8} {value:12.8f}", *(f"{d:13.1e}" for d in differences), "TOO MUCH" if wrong else "")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(pathlib.Path(sys.argv[1])))
