"""The work of scripts/bench-pytorch; see there."""
import argparse
import datetime
import difflib
import json
import os
import pathlib
import subprocess
import sys

import machine
import page
import results
from cases import CASES

ROOT = pathlib.Path(__file__).resolve().parents[2]
PAGE, FACTS = ROOT / "docs/performance.md", ROOT / "docs/performance.json"


def output(command, **environment):
    """What a program prints on stdout; where it fails, so do we."""
    command = [str(word) for word in command]
    done = subprocess.run(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env={**os.environ, **environment})
    if done.returncode:
        sys.exit(f"{done.stderr.strip()}\nexit code {done.returncode}: {' '.join(command)}")
    return done.stdout


def cnn(*arguments):
    return output([ROOT / "cnn", *arguments])


def peer(case, *arguments, threads=2):
    return json.loads(output(
        [sys.executable, ROOT / "scripts/bench/peer.py", case.name, *arguments], OMP_NUM_THREADS=str(threads)))


def check(case):
    """That both sides have the same network; returns PyTorch's versions and the network's multiply-adds."""
    theirs = peer(case, "--describe")
    info = json.loads(cnn("info", *case.flags(), "--format", "json"))
    ours = info["trainable_params"]
    if ours != theirs["parameters"]:
        sys.exit(f"{case.name}: {ours:,} parameters here, {theirs['parameters']:,} in PyTorch: not the same network")
    if theirs["warning"]:
        print(f"WARNING: {theirs['warning']}", file=sys.stderr)
    return theirs["versions"], info["macs"]


def versions():
    """Ours, with the commit."""
    lines = dict(line.split(" ", 1) for line in cnn("--version").splitlines())
    git = subprocess.run(
        ["git", "describe", "--always", "--dirty"], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    if git.returncode == 0:
        lines["cnn"] += f" ({git.stdout.strip()})"
    return lines


def measure(case, who, mode, flags):
    """A fresh process of one of the sides."""
    length = ["--mode", mode, "--threads", flags.threads, "--warmup", case.warmup if flags.warmup is None else flags.warmup,
              "--steps", flags.steps, "--seconds", flags.seconds]
    if who in (results.OURS, results.BF16):
        precision = "bf16" if who == results.BF16 else "fp32"
        run = json.loads(cnn(
            "bench", *case.flags(), "-b", case.batch, *length, "--precision", precision, "--format", "json"))
    else:
        run = peer(case, "--layout", who, *length, threads=flags.threads)
    kept = ("images_per_second", "ms_per_step", "steps", "peak_rss_mb")
    print(f"  {mode:9}  {who:13}  {page.number(run['images_per_second']):>8} img/s", file=sys.stderr)
    return {"who": who, "mode": mode, **{key: run[key] for key in kept}, **({"engine": run["engine"]} if "engine" in run else {})}


def rounds(case, flags):
    """Each side by turns, another one first each time."""
    order, done = [results.OURS, *([results.BF16] if machine.has_bf16() else []), *results.LAYOUTS], []
    for index in range(flags.rounds):
        print(f"{case.name}, round {index + 1} of {flags.rounds}", file=sys.stderr)
        first = index % len(order)
        load = machine.load()
        if (load["busy_cores"] or 0) > 0.25:
            print(f"WARNING: other work keeps {load['busy_cores']:.1f} cores busy: don't trust these figures", file=sys.stderr)
        runs = [measure(case, who, mode, flags)
                for mode in ("train", "inference") for who in order[first:] + order[:first]]
        sgemm = peer(case, "--ceiling", "--threads", flags.threads, threads=flags.threads)
        done.append({**load, "sgemm_gflops": round(sgemm, 1), "runs": runs})
    return done


def chosen(names):
    known = {case.name: case for case in CASES}
    for name in names:
        if name not in known:
            near = difflib.get_close_matches(name, known, 1)
            hint = f"; did you mean '{near[0]}'?" if near else ""
            sys.exit(f"bench-pytorch: no case '{name}'{hint}\ncases: {', '.join(known)}")
    return [known[name] for name in names] or CASES


def write(file, text):
    """Beside, then renamed."""
    new = file.with_name("." + file.name)
    new.write_text(text)
    new.replace(file)


def flags_of(arguments):
    parser = argparse.ArgumentParser(
        prog="scripts/bench-pytorch", epilog="cases: " + ", ".join(case.name for case in CASES))
    parser.add_argument("cases", nargs="*", metavar="CASE", help="which; otherwise all")
    parser.add_argument("--rounds", type=int, default=5, help="how often each side is measured (default 5)")
    parser.add_argument("--steps", type=int, help="measure at least so many steps (default 10)")
    parser.add_argument("--seconds", type=float, help="and at least so long (default 5; with --steps, 0)")
    parser.add_argument("--warmup", type=int, help="steps before those; otherwise the case's")
    parser.add_argument("--threads", type=int, default=2, help="default 2")
    parser.add_argument("--no-write", action="store_true", help="leave docs/performance.* as they are")
    parser.add_argument("--page", action="store_true", help="measure nothing, write the page anew")
    parser.add_argument("--format", choices=["table", "json"], default="table", help="what is printed in the end")
    flags = parser.parse_args(arguments)
    if flags.seconds is None:
        flags.seconds = 5 if flags.steps is None else 0
    flags.steps = flags.steps or 10
    return flags


def main(arguments):
    flags = flags_of(arguments)
    cases = chosen(flags.cases)
    known = {it["case"]: it for it in json.loads(FACTS.read_text())} if FACTS.exists() else {}
    if flags.page:
        return write(PAGE, page.document(known))
    theirs = {case.name: check(case) for case in cases}
    ours = versions()
    measured = {}
    for case in cases:
        done = rounds(case, flags)
        measured[case.name] = known[case.name] = results.summary(case, done, {
            "date": datetime.date.today().isoformat(),
            "machine": machine.kind(),
            "threads": flags.threads,
            "versions": {**ours, **theirs[case.name][0]},
            "macs": theirs[case.name][1],
        })
        if not flags.no_write:  # after every case: it may be an hour's work
            write(FACTS, json.dumps(list(known.values()), indent=1) + "\n")
            write(PAGE, page.document(known))
    print(json.dumps(list(measured.values()), indent=1) if flags.format == "json" else page.terminal(measured))


if __name__ == "__main__":
    main(sys.argv[1:])
