"""The work of scripts/torchvision-parity; see there."""
import copy
import datetime
import json
import pathlib
import struct
import subprocess
import sys
import tempfile

import numpy
import torch
import torchvision

sys.path.append(str(pathlib.Path(__file__).resolve().parents[1] / "bench"))
import machine  # noqa: E402

ROOT = pathlib.Path(__file__).resolve().parents[2]
LOGITS, GRADIENTS = 1e-4, 1e-3


class Case:
    """A model of ours, torchvision's that it equals, and how ours is to be set."""

    def __init__(self, name, theirs, model=None, sets=(), size=224, gradients=0, **kwargs):
        self.name, self.theirs, self.model = name, theirs, model or name
        self.sets, self.size, self.gradients, self.kwargs = list(sets), size, gradients, kwargs

    def build(self, **more):
        return getattr(torchvision.models, self.theirs)(**{**self.kwargs, **more})


CASES = [
    Case("alexnet", "alexnet"),
    Case("vgg11", "vgg11"),
    Case("vgg16_bn", "vgg16_bn"),
    Case("vgg19", "vgg19"),
    Case("googlenet_torchvision", "googlenet", init_weights=False),
    Case("resnet18", "resnet18", gradients=32),
    Case("resnet34", "resnet34"),
    Case("resnet50", "resnet50"),
    Case("resnet152", "resnet152"),
    Case("mobilenet_v2", "mobilenet_v2"),
    Case("mobilenet_v2 0.5", "mobilenet_v2", model="mobilenet_v2", sets=["params.width=0.5"], width_mult=0.5),
    Case("mobilenet_v3_large", "mobilenet_v3_large"),
    Case("mobilenet_v3_small", "mobilenet_v3_small", gradients=32),
]


def randomize(model):
    """Statistics and affine parameters as after training: with fresh ones (0, 1) mistakes hide."""
    for module in model.modules():
        if isinstance(module, torch.nn.BatchNorm2d):
            module.running_mean.normal_(0, 0.2)
            module.running_var.uniform_(0.5, 1.5)
            with torch.no_grad():
                module.weight.uniform_(0.5, 1.5)
                module.bias.normal_(0, 0.2)
        elif isinstance(module, (torch.nn.Conv2d, torch.nn.Linear)) and module.bias is not None:
            with torch.no_grad():
                module.bias.normal_(0, 0.1)


def cnn(*arguments):
    """Runs ./cnn and returns what it prints."""
    done = subprocess.run([str(ROOT / "cnn"), *map(str, arguments)], stdout=subprocess.PIPE, text=True)
    if done.returncode:
        sys.exit(f"cnn {' '.join(map(str, arguments))}: exit code {done.returncode}")
    return done.stdout


def save_safetensors(state, file):
    """By the format's specification; Debian has no package of the library."""
    header, blobs, at = {}, [], 0
    for name, tensor in state.items():
        kind = {torch.float32: "F32", torch.int64: "I64"}[tensor.dtype]
        blob = tensor.contiguous().numpy().tobytes()
        header[name] = {"dtype": kind, "shape": list(tensor.shape), "data_offsets": [at, at + len(blob)]}
        blobs.append(blob)
        at += len(blob)
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    with open(file, "wb") as out:
        out.write(struct.pack("<Q", len(text)) + text)
        out.writelines(blobs)


def load_npz(file):
    with numpy.load(file) as arrays:
        return {name: arrays[name] for name in arrays.files}


def difference(ours, theirs):
    """Largest difference over the largest value, of the reference."""
    ours, theirs = numpy.asarray(ours, numpy.float64), numpy.asarray(theirs, numpy.float64)
    if ours.shape != theirs.shape:
        sys.exit(f"shapes differ: {ours.shape} and {theirs.shape}")
    if not numpy.isfinite(ours).all():
        return float("inf")
    return float(numpy.abs(ours - theirs).max() / max(numpy.abs(theirs).max(), 1e-30))


def import_weights(case, state, folder, sets=(), size=None, safetensors=False):
    file = folder / ("weights.safetensors" if safetensors else "weights.pth")
    save_safetensors(state, file) if safetensors else torch.save(state, file)
    checkpoint = folder / "checkpoint.zip"
    sets = [part for value in [*case.sets, *sets] for part in ("--set", value)]
    sized = ["--input-size", size] if size else []
    cnn("weights", "import", "--model", case.model, *sets, *sized, "--from", file, "--output", checkpoint)
    file.unlink()
    return checkpoint


def inference(case, folder, index):
    """Logits in inference mode, and the exported weights; every second model goes as safetensors."""
    torch.manual_seed(index)
    model = case.build().eval()
    randomize(model)
    images = torch.randn(2, 3, case.size, case.size)
    with torch.no_grad():
        theirs = model(images).numpy()
        exact = model.double()(images.double()).numpy()
    model.float()
    safetensors = index % 2 == 1
    checkpoint = import_weights(case, model.state_dict(), folder, safetensors=safetensors)
    numpy.save(folder / "images.npy", images.numpy())
    printed = cnn("predict", "--checkpoint", checkpoint, "--tensor", folder / "images.npy", "--logits", "--format", "json")
    ours = numpy.array([row["logits"] for row in json.loads(printed)])
    exported = folder / "exported.npz"
    cnn("weights", "export", "--checkpoint", checkpoint, "--format", "npz", "--output", exported)
    back = load_npz(exported)
    wanted = {name: t.numpy() for name, t in model.state_dict().items() if not name.endswith("num_batches_tracked")}
    same = set(back) == set(wanted) and all(numpy.array_equal(back[n], wanted[n]) for n in wanted)
    return {
        "file": "safetensors" if safetensors else "pth",
        "logits": difference(ours, theirs),
        "logits_exact": difference(ours, exact),
        "torch_exact": difference(theirs, exact),
        "export": same,
    }


KINKS = {torch.nn.ReLU: (0.0,), torch.nn.Hardswish: (-3.0, 3.0), torch.nn.Hardsigmoid: (-3.0, 3.0)}
MARGIN = 5e-6


def away_from_kinks(model, size):
    """Images for which no activation's input is so near a kink that rounding decides the gradient."""
    nearest = []

    def watch(module, inputs):
        for kink in KINKS[type(module)]:
            nearest.append((inputs[0] - kink).abs().min().item())

    watched = copy.deepcopy(model).double().train()
    for module in watched.modules():
        if type(module) in KINKS:
            module.register_forward_pre_hook(watch)
    for attempt in range(1000):
        images = torch.randn(8, 3, size, size)
        nearest.clear()
        with torch.no_grad():
            watched(images.double())
        if min(nearest) > MARGIN:
            return images
    sys.exit("no images away from kinks in 1000 attempts")


def gradient_differences(ours, model):
    """By parameter, over its largest gradient; where that is 0 by mathematics, over the network's."""
    theirs = {name: p.grad.numpy() for name, p in model.named_parameters()}
    largest = {name: numpy.abs(g).max() for name, g in theirs.items()}
    whole = max(largest.values())
    return {
        name: float(numpy.abs(ours.pop(name) - g).max() / (largest[name] if largest[name] > 1e-12 * whole else whole))
        for name, g in theirs.items()
    }


def training(case, folder, index):
    """Logits in training mode, gradients of the cross-entropy, and the new running statistics."""
    torch.manual_seed(100 + index)
    dropout = {"dropout": 0.0} if "mobilenet" in case.name else {}
    model = case.build(**dropout)
    randomize(model)
    checkpoint = import_weights(
        case, model.state_dict(), folder, [f"params.{k}=0" for k in dropout], size=case.gradients)
    images = away_from_kinks(model, case.gradients)
    labels = torch.randint(0, 1000, (8,))
    numpy.save(folder / "images.npy", images.numpy())
    numpy.save(folder / "labels.npy", labels.numpy())
    step = folder / "step.npz"
    cnn("weights", "gradients", "--checkpoint", checkpoint, "--tensor", folder / "images.npy",
        "--labels", folder / "labels.npy", "--output", step)
    ours = load_npz(step)
    model.double().train()
    logits = model(images.double())
    torch.nn.functional.cross_entropy(logits, labels).backward()
    gradients = gradient_differences(ours, model)
    worst = max(gradients, key=gradients.get)
    result = {
        "training_logits": difference(ours.pop("logits"), logits.detach().numpy()),
        "gradients": gradients[worst],
        "worst": worst,
        "count": len(gradients),
    }
    running = {n: b for n, b in model.named_buffers() if not n.endswith("num_batches_tracked")}
    result["running"] = max(difference(ours.pop(name), b.numpy()) for name, b in running.items())
    if ours:
        sys.exit(f"{case.name}: gradients that PyTorch doesn't have: {', '.join(ours)}")
    return result


def passed(result):
    return (
        result["logits"] < LOGITS
        and result["export"]
        and result.get("training_logits", 0) < LOGITS
        and result.get("gradients", 0) < GRADIENTS
        and result.get("running", 0) < LOGITS
    )


def table(results):
    lines = [
        "| model | weights as | logits | against float64 | PyTorch's own | export equal | |",
        "|---|---|---|---|---|---|---|",
    ]
    for name, r in results.items():
        lines.append(
            f"| {name} | {r['file']} | {r['logits']:.1e} | {r['logits_exact']:.1e} | {r['torch_exact']:.1e} "
            f"| {'yes' if r['export'] else 'NO'} | {'' if passed(r) else 'FAILS'} |")
    trained = {name: r for name, r in results.items() if "gradients" in r}
    if trained:
        lines += [
            "",
            "| model, 32 px, batch 8 | training-mode logits | worst gradient | where | parameters | running statistics |",
            "|---|---|---|---|---|---|",
        ]
    for name, r in trained.items():
        lines.append(
            f"| {name} | {r['training_logits']:.1e} | {r['gradients']:.1e} | `{r['worst']}` | {r['count']} "
            f"| {r['running']:.1e} |")
    return "\n".join(lines)


def document(results):
    return f"""# Parity with torchvision

Made by `scripts/torchvision-parity` on {datetime.date.today()}, PyTorch {torch.__version__},
torchvision {torchvision.__version__}, {machine.kind()}.

For each model torchvision's own code makes a network with random weights, batch normalisation's scale,
shift and running statistics randomised too; its state dict is saved and imported here by `cnn weights
import`, two random images go through both, and the logits are compared in inference mode: the largest
difference over the largest logit, which has to stay below {LOGITS:.0e}. *Against float64* is the same against
PyTorch in double precision, and *PyTorch's own* how far PyTorch in single precision is from that. *Export
equal*: `cnn weights export` gives back every tensor under its name, bit for bit.

Two networks also make one step in training mode: logits and the gradient of the mean cross-entropy for
every parameter (the largest difference over the parameter's largest gradient, below {GRADIENTS:.0e}; the
worst one is named) and the running statistics after it, against PyTorch in double precision. A bias whose
gradient is 0 by mathematics, since batch normalisation follows, is measured against the network's largest
gradient. The images are such that no ReLU (hard swish, hard sigmoid) gets an input within {MARGIN:.0e} of its
kink: there rounding decides which gradient counts, and PyTorch's single and double precision differ by 1e-2.

{table(results)}
"""


def main(wanted):
    torch.set_num_threads(2)
    unknown = set(wanted) - {case.name for case in CASES}
    if unknown:
        sys.exit(f"no such model: {', '.join(unknown)}; known: {', '.join(case.name for case in CASES)}")
    results = {}
    for index, case in enumerate(CASES):
        if wanted and case.name not in wanted:
            continue
        with tempfile.TemporaryDirectory() as folder:
            results[case.name] = inference(case, pathlib.Path(folder), index)
        if case.gradients:
            with tempfile.TemporaryDirectory() as folder:
                results[case.name].update(training(case, pathlib.Path(folder), index))
        print(case.name, "passed" if passed(results[case.name]) else "FAILED", file=sys.stderr, flush=True)
    if wanted:
        print(table(results))
    else:
        (ROOT / "docs/parity.md").write_text(document(results))
    failed = [name for name, result in results.items() if not passed(result)]
    if failed:
        sys.exit(f"not equal: {', '.join(failed)}")


if __name__ == "__main__":
    main(sys.argv[1:])
