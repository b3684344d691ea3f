"""The work of scripts/scaling; see there."""
import datetime
import json
import pathlib
import statistics
import subprocess
import time

import machine

ROOT = pathlib.Path(__file__).resolve().parents[2]
SIZE = 64
DEPTHS = {"resnet18": 18, "resnet34": 34, "resnet50": 50, "resnet101": 101, "resnet152": 152}
DEPTH_BATCH = 8
BATCHES = [1, 2, 4, 8, 16, 32]
STEPS = 2000


def cnn(*arguments):
    done = subprocess.run([ROOT / "cnn", *map(str, arguments)], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, check=True)
    return json.loads(done.stdout)


def step(model, batch):
    """Milliseconds of a training step."""
    return cnn("bench", model, "--input-size", SIZE, "-b", batch, "--mode", "train", "--warmup", 2, "--steps", 6,
               "--seconds", 3, "--format", "json")["ms_per_step"]


def resident():
    """Megabytes of a training process about once a second, over so many steps; the first seconds are left out."""
    process = subprocess.Popen(
        [ROOT / "cnn", "bench", "resnet20_cifar", "-b", "16", "--mode", "train", "--steps", str(STEPS), "--format", "json"],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    samples = []
    while process.poll() is None:
        try:
            status = pathlib.Path(f"/proc/{process.pid}/status").read_text()
            samples.append(next(int(line.split()[1]) / 1024 for line in status.splitlines() if line.startswith("VmRSS:")))
        except (OSError, StopIteration):
            break
        time.sleep(1)
    return samples[3:-1]


def line(points):
    """Slope and intercept of the least squares, and the share of the variance that they explain."""
    xs, ys = zip(*points)
    mx, my = statistics.mean(xs), statistics.mean(ys)
    slope = sum((x - mx) * (y - my) for x, y in points) / sum((x - mx) ** 2 for x in xs)
    rest = sum((y - my - slope * (x - mx)) ** 2 for x, y in points)
    return slope, my - slope * mx, 1 - rest / sum((y - my) ** 2 for y in ys)


def panel(left, title, label, points):
    """One plot of 320 x 240 with its fitted line."""
    width, height, right, top = 320, 240, max(x for x, _ in points) * 1.05, max(y for _, y in points) * 1.1
    place = lambda x, y: (left + 50 + (width - 70) * x / right, 30 + (height - 70) * (1 - y / top))
    slope, start, _ = line(points)
    parts = [f'<text x="{left + 50}" y="20" font-weight="bold">{title}</text>']
    for i in range(5):
        x, y = place(0, top * i / 4)
        parts.append(f'<line x1="{x}" y1="{y:.1f}" x2="{left + width - 20}" y2="{y:.1f}" stroke="#ccc"/>'
                     f'<text x="{x - 6}" y="{y + 4:.1f}" text-anchor="end">{top * i / 4:.0f}</text>')
    (x1, y1), (x2, y2) = place(0, max(0, start)), place(right, start + slope * right)
    parts.append(f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" stroke="#0072b2" stroke-dasharray="4 3"/>')
    for px, py in points:
        x, y = place(px, py)
        parts.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4" fill="#d55e00"/>'
                     f'<text x="{x:.1f}" y="{height - 24}" text-anchor="middle">{px:g}</text>')
    parts.append(f'<text x="{left + 50 + (width - 70) / 2}" y="{height - 6}" text-anchor="middle">{label}</text>')
    return "".join(parts)


def main():
    gmacs = {model: cnn("info", model, "--input-size", SIZE, "--format", "json")["macs"] / 1e9 for model in DEPTHS}
    depth = [(model, gmacs[model], step(model, DEPTH_BATCH)) for model in DEPTHS]
    batch = [(n, step("resnet18", n)) for n in BATCHES]
    samples = resident()
    by_depth = [(round(g * DEPTH_BATCH, 2), ms) for _, g, ms in depth]
    svg = ('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 660 240" font-family="sans-serif" font-size="11">'
           '<rect width="660" height="240" fill="white"/>'
           + panel(0, f"ResNet-18 to 152, batch {DEPTH_BATCH}: ms a step", "10^9 multiply-adds a batch", by_depth)
           + panel(330, "ResNet-18: ms a step", "batch", batch) + "</svg>\n")
    (ROOT / "docs/images/scaling.svg").write_text(svg)
    third = max(1, len(samples) // 3)
    first, last = statistics.median(samples[:third]), statistics.median(samples[-third:])
    text = [
        "# Growth with batch and depth, and memory over time", "",
        f"Made by `scripts/scaling` on {datetime.date.today().isoformat()}, {machine.kind()}; training, {SIZE} px.", "",
        "![ms a step against multiply-adds and against batch](images/scaling.svg)", "",
        "| network | multiply-adds an image, 10^9 | ms a step of %d |" % DEPTH_BATCH, "|---|---|---|",
        *[f"| {model} | {g:.2f} | {ms:.0f} |" for model, g, ms in depth], "",
        "A straight line through these explains %.1f %% of the variance." % (100 * line(by_depth)[2]), "",
        "| batch of resnet18 | ms a step | ms an image |", "|---|---|---|",
        *[f"| {n} | {ms:.0f} | {ms / n:.1f} |" for n, ms in batch], "",
        "Here the line explains %.1f %%." % (100 * line(batch)[2]), "",
        f"Resident memory of {STEPS:,} steps of resnet20_cifar at batch 16, sampled {len(samples)} times: {first:.0f} MB in the first third, "
        f"{last:.0f} MB in the last (medians), {min(samples):.0f} to {max(samples):.0f} MB over all.", ""]
    (ROOT / "docs/scaling.md").write_text("\n".join(text))
    print("\n".join(text))


if __name__ == "__main__":
    main()
