"""Medians and ratios of a case's rounds."""
import statistics

OURS, BF16, LAYOUTS = "cnn", "cnn bf16", ("contiguous", "channels_last")


def series(rounds, who, mode, key="images_per_second"):
    """One value a round; `who` is cnn or one of PyTorch's layouts."""
    return [run[key] for each in rounds for run in each["runs"] if (run["who"], run["mode"]) == (who, mode)]


def speed(rounds, mode, target):
    """Ours beside the faster of PyTorch's layouts, by medians over the rounds."""
    theirs = {layout: statistics.median(series(rounds, layout, mode)) for layout in LAYOUTS}
    layout = max(LAYOUTS, key=theirs.get)
    ours = series(rounds, OURS, mode)
    return {
        "cnn": statistics.median(ours),
        "pytorch": theirs[layout],
        "layout": layout,
        **compared(ours, series(rounds, layout, mode), target),
    }


def compared(ours, theirs, target):
    """The ratio of medians, the span of the rounds' own ratios, and whether it is at least the target, if there is one."""
    ratios = [a / b for a, b in zip(ours, theirs)]
    ratio = statistics.median(ours) / statistics.median(theirs)
    return {
        "ratio": ratio,
        "lowest_ratio": min(ratios),
        "highest_ratio": max(ratios),
        "target": target,
        "met": None if target is None else ratio >= target,
    }


def bf16(rounds, mode, target):
    """Our bfloat16 beside our single precision; nothing where the processor has none."""
    half, single = series(rounds, BF16, mode), series(rounds, OURS, mode)
    if not half:
        return None
    return {"bf16": statistics.median(half), "fp32": statistics.median(single), **compared(half, single, target)}


def memory(rounds, target):
    """Peak of the training processes in MB, PyTorch's in the layout that takes less."""
    if None in series(rounds, OURS, "train", "peak_rss_mb"):
        return None
    theirs = min(statistics.median(series(rounds, layout, "train", "peak_rss_mb")) for layout in LAYOUTS)
    ours = statistics.median(series(rounds, OURS, "train", "peak_rss_mb"))
    ratio = ours / theirs
    return {
        "cnn": ours,
        "pytorch": theirs,
        "ratio": ratio,
        "target": target,
        "met": None if target is None else ratio <= target,
    }


def summary(case, rounds, facts):
    """All that is kept of a case."""
    return {
        "case": case.name,
        "model": case.model,
        "settings": list(case.sets),
        "input": [case.channels, case.size, case.size],
        "batch": case.batch,
        "engine": series(rounds, OURS, "train", "engine")[0],
        **facts,
        "train": speed(rounds, "train", case.train),
        "inference": speed(rounds, "inference", case.inference),
        "memory": memory(rounds, case.memory),
        "bf16": {"train": bf16(rounds, "train", case.bf16), "inference": bf16(rounds, "inference", None)},
        "rounds": rounds,
    }
