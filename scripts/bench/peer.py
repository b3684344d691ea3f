"""One measurement of PyTorch in a process of its own, for run.py: prints JSON as `cnn bench` does."""
import argparse
import inspect
import json
import statistics
import sys
import time

import torch
import torchvision

from cases import CASES
from networks import NETWORKS


def blas():
    """The library that matrix products come from, which decides the speed of dense layers; a warning."""
    if torch.backends.mkl.is_available():
        return "MKL", None
    try:
        with open("/proc/self/maps") as maps:
            mapped = {line.split()[-1] for line in maps if ".so" in line}
    except OSError:
        return "unknown", None
    found = sorted(path for path in mapped if "openblas" in path)
    if not found:
        sys.exit(
            "PyTorch's matrix products come neither from OpenBLAS nor from MKL: comparing would be unfair\n"
            "Debian: apt-get install libopenblas0-openmp, and see update-alternatives --get-selections | grep blas")
    name = next((path for path in found if "libopenblas" in path), found[0])
    if any("openblas-openmp" in path for path in found):
        return name.split("/")[-1], None
    return name.split("/")[-1], (
        f"{name} may have threads of its own beside OpenMP's, which slows PyTorch down; Debian's libopenblas0-openmp has none")


def step_of(model, mode, images, labels):
    """A function that does one step and returns what has to be finite."""
    if mode == "inference":
        model.eval()

        def infer():
            with torch.inference_mode():
                return model(images)

        return infer
    model.train()
    settings = {"lr": 0.01, "momentum": 0.9}
    if "foreach" in inspect.signature(torch.optim.SGD).parameters:
        settings["foreach"] = True
    optimizer = torch.optim.SGD(model.parameters(), **settings)

    def train():
        optimizer.zero_grad(set_to_none=True)
        loss = torch.nn.functional.cross_entropy(model(images), labels)
        loss.backward()
        optimizer.step()
        return loss.detach()

    return train


def peak_megabytes():
    try:
        with open("/proc/self/status") as status:
            return next(int(line.split()[1]) / 1024 for line in status if line.startswith("VmHWM:"))
    except OSError:
        return None


def measure(case, flags):
    torch.set_num_threads(flags.threads)
    torch.manual_seed(1)
    layout = torch.channels_last if flags.layout == "channels_last" else torch.contiguous_format
    model = NETWORKS[case.name]().to(memory_format=layout)
    images = torch.randn(case.batch, case.channels, case.size, case.size).contiguous(memory_format=layout)
    step = step_of(model, flags.mode, images, torch.randint(0, 10, (case.batch,)))
    for _ in range(flags.warmup):
        step()
    times, start = [], time.perf_counter()
    while len(times) < flags.steps or time.perf_counter() - start < flags.seconds:
        began = time.perf_counter()
        result = step()
        times.append(time.perf_counter() - began)
    if not torch.isfinite(result).all():
        sys.exit(f"{case.name}: PyTorch's result is not finite")
    seconds = statistics.median(times)
    return {
        "model": case.name,
        "mode": flags.mode,
        "batch": case.batch,
        "input": [case.channels, case.size, case.size],
        "threads": torch.get_num_threads(),
        "layout": flags.layout,
        "images_per_second": case.batch / seconds,
        "ms_per_step": 1000 * seconds,
        "steps": len(times),
        "peak_rss_mb": peak_megabytes(),
    }


def ceiling(threads, size=2048):
    """GFLOP/s of a single-precision matrix product, the best of some: what the processor gives at most in practice."""
    torch.set_num_threads(threads)
    a, b = torch.randn(size, size), torch.randn(size, size)
    best = 0
    for _ in range(8):
        began = time.perf_counter()
        torch.mm(a, b)
        best = max(best, 2e-9 * size ** 3 / (time.perf_counter() - began))
    return best


def describe(case):
    library, warning = blas()
    return {
        "parameters": sum(p.numel() for p in NETWORKS[case.name]().parameters()),
        "versions": {"PyTorch": torch.__version__, "torchvision": torchvision.__version__, "BLAS": library},
        "warning": warning,
    }


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("case", choices=list(NETWORKS))
    parser.add_argument("--describe", action="store_true", help="print its parameters, and versions")
    parser.add_argument("--ceiling", action="store_true", help="print GFLOP/s of a matrix product")
    parser.add_argument("--mode", choices=["train", "inference"], default="train")
    parser.add_argument("--layout", choices=["contiguous", "channels_last"], default="contiguous")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--warmup", type=int, default=5)
    parser.add_argument("--steps", type=int, default=10)
    parser.add_argument("--seconds", type=float, default=0)
    flags = parser.parse_args()
    case = next(case for case in CASES if case.name == flags.case)
    if flags.ceiling:
        return print(json.dumps(ceiling(flags.threads)))
    print(json.dumps(describe(case) if flags.describe else measure(case, flags)))


if __name__ == "__main__":
    main()
