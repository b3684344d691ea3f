"""The pictures and tables of docs/experiments.md, from the sweeps in runs/experiments; see scripts/experiments."""
import collections
import html
import json
import math
import pathlib
import re
import statistics
import sys

import machine

ROOT = pathlib.Path(__file__).resolve().parents[2]
NOTES = ROOT / "scripts/bench/experiments"
PAGE = ROOT / "docs/experiments.md"
COLOURS = ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9"]
WIDTH, HEIGHT, LEFT, TOP, BOTTOM = 340, 250, 52, 30, 40

# What a picture shows: panels of (title, x, y); x is "epoch", "macs" or a parameter. Series are the other parameters.
PERCENT = {"val_top1", "train_top1"}
LABELS = {"val_top1": "validation top-1, %", "train_top1": "training top-1, %", "train_loss": "training loss", "val_loss": "validation loss",
          "epoch": "epoch", "macs": "multiply-adds an image, 10^6", "train.lr": "learning rate"}
PANELS = {
    "degradation": [("epoch", "train_loss"), ("epoch", "val_top1")],
    "batch-norm": [("train.lr", "val_top1"), ("train.lr", "train_loss")],
    "kernels": [("epoch", "val_top1"), ("epoch", "train_loss")],
    "multipliers": [("macs", "val_top1"), ("macs", "train_loss")],
    "dropout": [("epoch", "train_top1"), ("epoch", "val_top1")],
    "augmentation": [("epoch", "train_top1"), ("epoch", "val_top1")],
    "pooling-or-dense": [("epoch", "train_top1"), ("epoch", "val_top1")],
    "inception-reduction": [("macs", "val_top1"), ("epoch", "val_top1")],
}
LOGARITHMIC = {"train.lr", "macs"}


class Trial:
    def __init__(self, facts, folder):
        self.parameters = {k: v for k, v in facts["parameters"].items() if k != "train.seed"}
        self.status = facts["status"]
        self.error = facts.get("error", "")
        run = folder / "trials" / pathlib.Path(facts["run"]).name
        lines = (run / "metrics.jsonl").read_text().splitlines() if (run / "metrics.jsonl").is_file() else []
        self.epochs = [json.loads(line) for line in lines]
        result = json.loads((run / "result.json").read_text()) if (run / "result.json").is_file() else {}
        self.test = result.get("test_top1")
        self.macs = result.get("macs", facts["metrics"].get("macs"))
        self.size = result.get("parameters", facts["metrics"].get("parameters"))


def trials(folder):
    return [Trial(facts, folder) for facts in json.loads((folder / "sweep.json").read_text())["trials"]]


def word(path, value):
    return f"{path.split('.', 1)[-1].replace('_', ' ')} {value}"


def groups(rows, without=()):
    """Trials that differ in their seed alone, by their other parameters."""
    found = collections.OrderedDict()
    for trial in rows:
        key = ", ".join(word(k, v) for k, v in trial.parameters.items() if k not in without)
        found.setdefault(key, []).append(trial)
    return found


def value(record, metric):
    x = record.get(metric)
    return None if x is None else 100 * x if metric in PERCENT else x


def curve(rows, x, y):
    """Points (x, mean, least, greatest) of trials that differ in their seed, or in x."""
    points = collections.defaultdict(list)
    for trial in rows:
        if x == "epoch":
            for record in trial.epochs:
                points[record["epoch"]].append(value(record, y))
        elif trial.epochs:
            at = trial.macs / 1e6 if x == "macs" else trial.parameters[x]
            points[at].append(value(trial.epochs[-1], y))
    return [(at, statistics.mean(v), min(v), max(v)) for at, v in sorted(points.items()) if None not in v]


def ticks(low, high):
    step = 10 ** math.floor(math.log10((high - low) or 1))
    for factor in (0.2, 0.5, 1, 2, 5):
        if (high - low) / (step * factor) <= 5:
            step *= factor
            break
    first = math.ceil(low / step - 1e-9)
    return [i * step for i in range(first, int(high / step + 1e-9) + 1)]


def panel(left, x, y, series):
    """One plot; a dot for a mean over seeds, a bar from the least to the greatest."""
    points = [p for _, ps in series for p in ps]
    if not points:
        return ""
    scale = (lambda v: math.log10(v)) if x in LOGARITHMIC else (lambda v: v)
    xs = [scale(p[0]) for p in points]
    x0, x1 = min(xs), max(xs)
    y0, y1 = min(p[2] for p in points), max(p[3] for p in points)
    margin = 0.06 * ((y1 - y0) or 1)
    y0, y1 = y0 - margin, y1 + margin
    px = lambda v: left + LEFT + 8 + (WIDTH - LEFT - 26) * ((scale(v) - x0) / ((x1 - x0) or 1))
    py = lambda v: TOP + (HEIGHT - TOP - BOTTOM) * (1 - (v - y0) / (y1 - y0))
    parts = [f'<text x="{left + LEFT}" y="18" font-weight="bold">{LABELS[y]}</text>']
    for t in ticks(y0, y1):
        parts.append(f'<line x1="{left + LEFT}" y1="{py(t):.1f}" x2="{left + WIDTH - 10}" y2="{py(t):.1f}" stroke="#ddd"/>'
                     f'<text x="{left + LEFT - 6}" y="{py(t) + 4:.1f}" text-anchor="end">{t:g}</text>')
    shown = sorted({p[0] for p in points})
    for at in shown if len(shown) <= 8 else shown[:: math.ceil(len(shown) / 6)]:
        label = f"{at:.3g}"
        parts.append(f'<text x="{px(at):.1f}" y="{HEIGHT - BOTTOM + 16}" text-anchor="middle">{label}</text>')
    parts.append(f'<text x="{left + (LEFT + WIDTH) / 2}" y="{HEIGHT - 6}" text-anchor="middle">{LABELS.get(x, x)}</text>')
    for i, (_, ps) in enumerate(series):
        colour = COLOURS[i % len(COLOURS)]
        path = " ".join(f"{px(p[0]):.1f},{py(p[1]):.1f}" for p in ps)
        parts.append(f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="1.6"/>')
        for p in ps:
            if p[3] > p[2]:
                parts.append(f'<line x1="{px(p[0]):.1f}" y1="{py(p[2]):.1f}" x2="{px(p[0]):.1f}" y2="{py(p[3]):.1f}" stroke="{colour}"/>')
            parts.append(f'<circle cx="{px(p[0]):.1f}" cy="{py(p[1]):.1f}" r="3" fill="{colour}"/>')
    return "".join(parts)


def series_of(rows, x):
    without = () if x == "epoch" else (x,)
    if x == "macs":
        # Over multiply-adds, a line for each value of the first parameter
        first = next(iter(rows[0].parameters))
        without = tuple(k for k in rows[0].parameters if k != first)
    return groups(rows, without)


def picture(name, rows):
    parts, legends = [], []
    for i, (x, y) in enumerate(PANELS[name]):
        found = series_of(rows, x)
        parts.append(panel(i * WIDTH, x, y, [(key, curve(ts, x, y)) for key, ts in found.items()]))
        legends.append(list(found))
    height = HEIGHT
    for i, names in enumerate(legends):
        if i and names == legends[0]:
            continue
        for j, text in enumerate(names):
            at = HEIGHT + 12 + 16 * j
            height = max(height, at + 8)
            parts.append(f'<circle cx="{i * WIDTH + LEFT + 6}" cy="{at - 4}" r="4" fill="{COLOURS[j % len(COLOURS)]}"/>'
                         f'<text x="{i * WIDTH + LEFT + 16}" y="{at}">{html.escape(text)}</text>')
    width = WIDTH * len(PANELS[name])
    return (f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" font-family="sans-serif" font-size="11">'
            f'<rect width="{width}" height="{height}" fill="white"/>' + "".join(parts) + "</svg>\n")


def spread(values):
    if not values:
        return "-"
    mean = statistics.mean(values)
    return f"{mean:.2f}" if len(values) == 1 else f"{mean:.2f} ± {(max(values) - min(values)) / 2:.2f}"


def table(rows):
    lines = ["| | parameters | 10^6 MACs | training loss | training top-1, % | validation top-1, % | test top-1, % | |", "|---|---|---|---|---|---|---|---|"]
    for key, ts in groups(rows).items():
        last = [t.epochs[-1] for t in ts if t.epochs]
        note = "; ".join(sorted({t.error.splitlines()[0] for t in ts if t.error})) or ("" if len(ts) == 1 else f"{len(ts)} seeds")
        known = next((t for t in ts if t.size), None)
        lines.append("| " + " | ".join([
            key, f"{known.size:,.0f}" if known else "-", f"{known.macs / 1e6:.2f}" if known else "-",
            spread([e["train_loss"] for e in last]), spread([100 * e["train_top1"] for e in last]),
            spread([100 * e["val_top1"] for e in last]), spread([100 * t.test for t in ts if t.test is not None]), note]) + " |")
    return lines


def description(name):
    text = (ROOT / f"configs/sweeps/experiments/{name}.yaml").read_text()
    return re.search(r"^description: (.*)$", text, re.M).group(1)


def sections(page):
    """The page's parts by experiment: what isn't run here stays as it is."""
    return {m.group(1): m.group(0).rstrip() for m in re.finditer(r"^## (\S+)$.*?(?=^## |\Z)", page, re.M | re.S)}


def main():
    before = PAGE.read_text() if PAGE.is_file() else ""
    old = sections(before)
    here = machine.kind()
    runs = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "runs/experiments"
    images = ROOT / "docs/images/experiments"
    images.mkdir(parents=True, exist_ok=True)
    stays = any(name in old and not (runs / name / "sweep.json").is_file() for name in PANELS)
    known = re.search(r"made by it \((.*?)\)\.", before)
    kind = known.group(1) if stays and known else here
    lines = [
        "# Experiments: claims of the papers, tried again", "",
        "Each is a sweep in `configs/sweeps/experiments`, small enough for two cores: Fashion-MNIST, a few epochs, often only some batches of each.",
        "They show a tendency, not the papers' figures. `scripts/experiments NAME` runs one, `scripts/experiments all --jobs 2` all of them; pictures and tables below are made by it "
        f"({kind}).", "",
        "Figures are those of the last epoch, the test split's with the epoch best on validation; after ± half the distance between the least and the greatest seed, as the bars in the pictures. "
        "A difference within it is none.", "",
    ]
    for name in PANELS:
        folder = runs / name
        if not (folder / "sweep.json").is_file():
            print(f"{name}: not run here, {'stays as it was' if name in old else 'left out'}", file=sys.stderr)
            lines += [old[name], ""] if name in old else []
            continue
        rows = trials(folder)
        (images / f"{name}.svg").write_text(picture(name, rows))
        claim = description(name)
        lines += [f"## {name}", "", f"Claim: {claim}.", "", f"![{name}](images/experiments/{name}.svg)", "", *table(rows), ""]
        if here != kind:
            lines += [f"Run on {here}.", ""]
        reading = NOTES / f"{name}.md"
        if reading.is_file():
            lines += [reading.read_text().rstrip(), ""]
    PAGE.write_text("\n".join(lines))
    print(PAGE.relative_to(ROOT))


if __name__ == "__main__":
    main()
