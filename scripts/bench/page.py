"""The results as tables: in the terminal, and as docs/performance.md."""
import pathlib
import statistics

from cases import CASES

NOTES = pathlib.Path(__file__).with_name("notes.md")

INTRODUCTION = """\
# Performance

Made by `scripts/bench-pytorch`, which measures cnn and PyTorch on the same networks, batches and numbers of
threads: in alternation, in several rounds, each measurement in a fresh process with its own warm-up. A figure
is the median over the rounds of the median step. Images are made up and stay the same, so nothing is said
about decoding them.

PyTorch is run as fast as it goes without changing the network: the better of its two memory layouts
(contiguous, channels_last), activations in place, `inference_mode` and `eval()` for inference, gradients set to
None, `foreach` SGD, matrix products by OpenBLAS. A training step is forward, backward and SGD with momentum, on both
sides. Networks that torchvision lacks are in `scripts/bench/networks.py`; each has exactly as many parameters as
ours. Neither side is pinned to cores; PyTorch's OpenMP waits as it does by default, cnn's as its launcher sets it.
*Ratio* is ours over PyTorch's, *of rounds* the lowest and the highest ratio of one round: where that
span holds 1, call it a tie.
"""


def number(value):
    return f"{value:,.0f}" if value >= 100 else f"{value:.1f}" if value >= 10 else f"{value:.2f}"


def met(value):
    return {True: "yes", False: "no", None: ""}[value]


def ratios(it):
    """The ratio, and the span of the rounds'."""
    return f"{it['ratio']:.2f}", f"{it['lowest_ratio']:.2f} - {it['highest_ratio']:.2f}"


def speeds(results, title=lambda case: case.title()):
    """Rows of images a second; a case without a result has only its target."""
    rows = [["case", "batch", "", "cnn img/s", "PyTorch img/s", "layout", "ratio", "of rounds", "target", "met"]]
    for case in CASES:
        for mode in ("train", "inference"):
            target, result = f"{getattr(case, mode):.1f}", results.get(case.name)
            cells = ["not measured", "", "", "", "", target, ""]
            if result:
                it = result[mode]
                cells = [
                    number(it["cnn"]), number(it["pytorch"]), it["layout"], *ratios(it), target, met(it["met"])]
            rows.append([title(case), str(case.batch), mode, *cells])
    return rows


def memories(results, title=lambda case: case.title()):
    """Rows of the training process's peak memory."""
    rows = [["case", "batch", "cnn MB", "PyTorch MB", "ratio", "target", "met"]]
    for case in CASES:
        result = (results.get(case.name) or {}).get("memory")
        target = "" if case.memory is None else f"{case.memory:.1f}"
        if result:
            cells = [number(result["cnn"]), number(result["pytorch"]), f"{result['ratio']:.2f}", target, met(result["met"])]
            rows.append([title(case), str(case.batch), *cells])
        elif target:
            rows.append([title(case), str(case.batch), "not measured", "", "", target, ""])
    return rows


def halves(results, title=lambda case: case.title()):
    """Rows of bf16 beside fp32, of the cases measured on a processor that has both."""
    rows = [["case", "batch", "", "bf16 img/s", "fp32 img/s", "ratio", "of rounds", "target", "met"]]
    for case in CASES:
        for mode in ("train", "inference"):
            it = results.get(case.name, {}).get("bf16", {}).get(mode)
            if it:
                rows.append([
                    title(case), str(case.batch), mode, number(it["bf16"]), number(it["fp32"]), *ratios(it),
                    "" if it["target"] is None else f"{it['target']:.1f}", met(it["met"])])
    return rows


def shares(results):
    """Rows of arithmetic done, and what part that is of a matrix product's speed."""
    rows = [["case", "", "cnn GFLOP/s", "sgemm GFLOP/s", "share"]]
    for case in CASES:
        it = results.get(case.name)
        if not it or "macs" not in it:
            continue
        ceiling = statistics.median(each["sgemm_gflops"] for each in it["rounds"])
        for mode, operations in (("train", 6), ("inference", 2)):
            reached = it[mode]["cnn"] * it["macs"] * operations / 1e9
            rows.append([case.title(), mode, number(reached), number(ceiling), f"{100 * reached / ceiling:.0f} %"])
    return rows


def loads(results):
    """What else ran before each round."""
    rows = [["case", "load average before each round", "cores busy with other work"]]
    for case in CASES:
        if case.name in results:
            rounds = results[case.name]["rounds"]
            rows.append([case.name, *(
                ", ".join("?" if each[key] is None else f"{each[key]:.2f}" for each in rounds)
                for key in ("load_average", "busy_cores"))])
    return rows


def occasions(results):
    """When, where and with what: a line for each set of cases that were measured alike."""
    alike = {}
    for case in CASES:
        if case.name in results:
            it = results[case.name]
            versions = ", ".join(f"{name} {version}" for name, version in it["versions"].items())
            line = f"{it['date']}, {it['machine']}, {it['threads']} threads, {len(it['rounds'])} rounds: {versions}, engine {it['engine']}"
            alike.setdefault(line, []).append(case.name)
    return [f"{line} ({'all cases' if len(names) == len(CASES) else ', '.join(names)})" for line, names in alike.items()]


def aligned(rows):
    widths = [max(len(row[i]) for row in rows) for i in range(len(rows[0]))]
    return "\n".join("  ".join(cell.ljust(width) for cell, width in zip(row, widths)).rstrip() for row in rows)


def markdown(rows):
    lines = ["| " + " | ".join(row) + " |" for row in rows]
    return "\n".join([lines[0], "|---" * len(rows[0]) + "|", *lines[1:]])


def terminal(results):
    """Only the cases that were measured."""
    name = lambda case: case.name
    parts = [[row for row in rows if row[3 if len(row) > 7 else 2] != "not measured"]
             for rows in (speeds(results, name), halves(results, name), memories(results, name), loads(results))]
    return "\n\n".join(aligned(rows) for rows in parts)


def document(results):
    goals = [it["met"] for result in results.values()
             for it in (result["train"], result["inference"], result["memory"], result.get("bf16", {}).get("train"))
             if it and it["met"] is not None]
    missing = [case.name for case in CASES if case.name not in results]
    parts = [INTRODUCTION]
    if missing:
        which = "Nothing has" if not results else ", ".join(missing) + " have not"
        parts.append(f"**{which} been measured yet**: `scripts/bench-pytorch` fills in this page.\n")
    if results:
        parts.append(f"{sum(goals)} of {len(goals)} targets are met. Measured:\n\n"
                     + "\n".join(f"- {line}" for line in occasions(results)) + "\n")
    parts.append("## Speed\n\n" + markdown(speeds(results)) + "\n")
    rows = halves(results)
    if len(rows) > 1:
        parts.append("## bf16\n\nThe same networks here with `--precision bf16` and without, in the same alternation: maps, their gradients and copies\n"
                     "of the weights in bfloat16; parameters, updates, statistics of batch normalisation and the loss in single precision.\n\n"
                     + markdown(rows) + "\n")
    parts.append("## Memory\n\nPeak resident memory of the training process, libraries and all (`VmHWM`, MB of 2^20 bytes), "
                 "beside PyTorch in the layout\nthat takes less. The target is a ratio of at most so much.\n\n"
                 + markdown(memories(results)) + "\n")
    if results:
        parts.append("## How close to the machine\n\nOperations are two a multiply-add of convolutions and dense layers, three times "
                     "that in training; *sgemm* is PyTorch's\nproduct of two 2048 x 2048 matrices by OpenBLAS on as many threads, "
                     "measured in each round.\n\n" + markdown(shares(results)) + "\n")
        parts.append("## What else ran\n\nThe load average has the round before in it; cores busy with other work are counted "
                     "over a second of waiting.\n\n" + markdown(loads(results)) + "\n")
    parts.append(NOTES.read_text())
    return "\n".join(parts)
