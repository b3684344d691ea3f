"""What is measured on, and what else runs there."""
import os
import platform
import time


def kind():
    """The machine without its name: cores, architecture, the widest vectors."""
    words = _processor()
    vectors = " with AVX-512" if "avx512f" in words else " with AVX2" if "avx2" in words else ""
    architecture = {"x86_64": "x86-64", "AMD64": "x86-64"}.get(platform.machine(), platform.machine())
    server = "server" if words & {"Xeon", "Xeon(R)", "EPYC", "hypervisor"} else "machine"
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return f"{cores} cores of an {architecture} {server}{vectors}"


def has_bf16():
    """Whether the processor multiplies bfloat16, as `cnn --precision bf16` needs."""
    return "avx512_bf16" in _processor()


def _processor():
    """All words that the system has of its processors; none where it doesn't say."""
    try:
        with open("/proc/cpuinfo") as file:
            return set(file.read().split())
    except OSError:
        return set()


def load():
    """The load average of the last minute, which the round before counts in, and how many cores are busy
    with others' work right now, over a second in which we only wait."""
    before = _ticks()
    time.sleep(1)
    after = _ticks()
    busy = None
    if before and after:
        busy = round((after[0] - before[0]) / max(1, after[1] - before[1]) * os.cpu_count(), 2)
    return {"load_average": round(os.getloadavg()[0], 2), "busy_cores": busy}


def _ticks():
    """Of all cores since the start: those not idle, and all."""
    try:
        with open("/proc/stat") as stat:
            ticks = [int(word) for word in stat.readline().split()[1:9]]  # guests' count in users' too
    except OSError:
        return None
    return sum(ticks) - ticks[3] - ticks[4], sum(ticks)
