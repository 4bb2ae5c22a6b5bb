#!/usr/bin/env python3
"""Measures other search engines on the pages and queries that the site search is measured on.

    benches/search/peers.py OUT [--peers tantivy,fts5,...] [--pages 1000,10000] [--judged DIR]
                                [--inputs DIR] [--work DIR]

Writes OUT/peers.json and prints Markdown tables; README.md beside this file says what is needed and
what each figure means.
"""
import argparse
import gzip
import json
import os
import re
import shutil
import signal
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
import unicodedata

import pages as data

HERE = os.path.dirname(os.path.abspath(__file__))
REPO = os.path.dirname(os.path.dirname(HERE))
LIMIT = 600
MDBOOK = os.environ.get("MDBOOK", "mdbook")
CHROMIUM = os.environ.get("SOTAY_CHROMIUM", "/usr/bin/chromium")
VARIANTS = ["orig", "nodia", "nfd", "tone", "kw", "kw_nodia", "kw_typo", "kw_prefix"]


def tantivy(*options):
    target = os.environ.get("CARGO_TARGET_DIR", os.path.join(HERE, "tantivy", "target"))
    return lambda verb, *rest: [os.path.join(target, "release", "bench-tantivy"), verb, *rest[:3], *options]


def fts5(verb, *rest):
    return [sys.executable, os.path.join(HERE, "peers", "fts5.py"), verb, *rest[:3]]


def browser(name):
    return lambda verb, *rest: ["node", os.path.join(HERE, "browser.mjs"), name, verb, *rest]


class Peer:
    """How to run an engine: `command(verb, pages, queries, folder, language)`."""

    def __init__(self, name, command, prepares=False, composed=False, languages=("vi", "en"), costs=True):
        self.name, self.command, self.prepares = name, command, prepares
        self.composed, self.languages, self.costs = composed, languages, costs


PEERS = {
    "tantivy": Peer("Tantivy", tantivy()),
    "tantivy-composed": Peer("Tantivy, NFC before", tantivy(), composed=True, languages=("vi",), costs=False),
    "tantivy-stem": Peer("Tantivy, stemmed", tantivy("--stem"), languages=("en",), costs=False),
    "fts5": Peer("SQLite FTS5", fts5),
    "minisearch": Peer("MiniSearch", browser("minisearch"), prepares=True),
    "pagefind": Peer("Pagefind", browser("pagefind"), prepares=True),
    "mdbook": Peer("mdBook", browser("mdbook"), prepares=True),
}


class Ended(Exception):
    """Why an engine gave no figures."""


def run(command, **environment):
    """Output, CPU seconds (with children) and MB at most of the largest process of one run."""
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        child = subprocess.Popen(command, stdout=out, stderr=err, start_new_session=True,
                                 env={**os.environ, **environment})
        until = time.monotonic() + LIMIT
        try:
            while True:
                pid, status, usage = os.wait4(child.pid, os.WNOHANG)
                if pid:
                    break
                if time.monotonic() > until:
                    raise Ended(f"over {LIMIT // 60} minutes")
                time.sleep(0.01)
        except BaseException:
            # With the browser that it started.
            os.killpg(child.pid, signal.SIGKILL)
            child.wait()
            raise
        child.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        err.seek(0)
        if child.returncode != 0:
            message = err.read().decode(errors="replace").strip().splitlines() or [f"status {child.returncode}"]
            raise Ended(next((line for line in message if re.match(r"\w*[Ee]rror\b", line)), message[-1])[:300])
        return out.read().decode(), usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


class Sizes:
    """Raw bytes and those after gzip -6, each file once."""

    def __init__(self):
        self.known = {}

    def of(self, files):
        for name in files:
            if name not in self.known:
                with open(name, "rb") as file:
                    content = file.read()
                self.known[name] = (len(content), len(gzip.compress(content, 6)))
        both = [self.known[name] for name in files]
        return {"requests": len(files), "raw": sum(a for a, _ in both), "gzip": sum(b for _, b in both)}


def middle(loads):
    return {what: statistics.median(load[what] for load in loads) for what in ("requests", "raw", "gzip")}


def p95(values):
    return sorted(values)[max(0, -(-len(values) * 95 // 100) - 1)]


def score(queries, hits):
    """MRR and recall at ten, per variant."""
    sums = {}
    for query, found in zip(queries, hits, strict=True):
        right = set(query["relevant"])
        rank = next((at for at, one in enumerate(found[:10], 1) if one in right), None)
        entry = sums.setdefault(query["variant"], [0, 0.0, 0.0])
        entry[0] += 1
        entry[1] += 1 / rank if rank else 0
        entry[2] += len(right & set(found[:10])) / len(right)
    return {name: {"queries": n, "mrr10": mrr / n, "recall10": recall / n}
            for name, (n, mrr, recall) in sums.items()}


def measure(peer, work, language, pages, queries):
    """One engine on one set of pages."""
    shutil.rmtree(work, ignore_errors=True)
    os.makedirs(work)
    names = []
    for name, rows in (("pages", pages), ("queries", queries)):
        names.append(os.path.join(work, f"{name}.jsonl"))
        with open(names[-1], "w", encoding="utf-8") as file:
            for row in rows:
                text = json.dumps(row, ensure_ascii=False)
                file.write((unicodedata.normalize("NFC", text) if peer.composed else text) + "\n")

    def call(verb, **environment):
        try:
            return run(peer.command(verb, *names, work, language), **environment)
        except Ended as reason:
            raise Ended(f"{verb}: {reason}") from None

    result = {}
    try:
        if peer.prepares:
            call("prepare")
        if peer is PEERS["mdbook"]:
            # Most of a book's build is not its index: what the same book costs without one.
            _, without, _ = call("build", MDBOOK_OUTPUT__HTML__SEARCH__ENABLE="false")
            shutil.rmtree(os.path.join(work, "book"))
            _, cpu, memory = call("build")
            result["build"] = {"cpu": cpu - without, "all_cpu": cpu, "mb": memory}
        else:
            _, cpu, memory = call("build")
            result["build"] = {"cpu": cpu, "mb": memory}
        answer = json.loads(call("query")[0])
    except Ended as reason:
        return {**result, "ended": str(reason)}, []
    sizes = Sizes()
    result["index"] = sizes.of(answer["index"])
    result["ms"] = {"median": statistics.median(answer["ms"]), "p95": p95(answer["ms"]), "queries": len(answer["ms"])}
    if "first" in answer:
        result["first"] = middle([sizes.of(files) for files in answer["first"]])
        result["further"] = middle([sizes.of(files) for files in answer["further"]])
        result["interface"] = sizes.of(answer["extra"])
        result["ready_ms"] = statistics.median(answer["ready"])
    return result, answer["hits"]


def row(cells):
    return "| " + " | ".join(str(cell) for cell in cells) + " |"


def relevance_table(report, what, language):
    rows = {key: one for key, one in report["relevance"].items() if language in one}
    columns = [v for v in VARIANTS if any(v in one[language] for one in rows.values())]
    yield row([f"{what}, {language}"] + columns)
    yield "|---" * (len(columns) + 1) + "|"
    key = "mrr10" if what == "MRR@10" else "recall10"
    for name, one in rows.items():
        yield row([PEERS[name].name] + [f"{one[language][v][key]:.3f}" for v in columns])


def versions():
    """Of what was measured, as far as it is installed."""
    with open(os.path.join(HERE, "package.json"), encoding="utf-8") as file:
        found = json.load(file)["devDependencies"]
    with open(os.path.join(HERE, "tantivy", "Cargo.lock"), encoding="utf-8") as file:
        found["tantivy"] = re.search(r'name = "tantivy"\nversion = "(.*)"', file.read()).group(1)
    found["sqlite"] = sqlite3.sqlite_version
    for name, command in (("mdbook", MDBOOK), ("chromium", CHROMIUM)):
        if shutil.which(command):
            output = subprocess.run([command, "--version"], capture_output=True, text=True).stdout
            found[name] = re.search(r"\d+(\.\d+)+", output).group()
    return found


def kb(size):
    return f"{size / 1000:,.1f}" if size < 100_000 else f"{size / 1000:,.0f}"


def costs_table(report):
    yield row(["pages", "engine", "index kB", "gzip", "build CPU s", "MB", "first query kB", "gzip", "requests",
               "further kB", "gzip", "requests", "ready ms", "query ms", "p95"])
    yield "|---" * 15 + "|"
    for case, peers in report["costs"].items():
        for name, one in peers.items():
            label = PEERS[name].name
            if "ended" in one:
                yield row([case, label, one["ended"]] + [""] * 12)
                continue
            loads = [kb(one[when][what]) if what != "requests" else f"{one[when][what]:g}"
                     for when in ("first", "further") for what in ("raw", "gzip", "requests")] if "first" in one else [""] * 6
            loads.append(f'{one["ready_ms"]:.0f}' if "ready_ms" in one else "")
            build = f'{one["build"]["cpu"]:.2f}' + (f' (of {one["build"]["all_cpu"]:.2f})' if "all_cpu" in one["build"] else "")
            yield row([case, label, kb(one["index"]["raw"]), kb(one["index"]["gzip"]), build, f'{one["build"]["mb"]:.0f}',
                       *loads, f'{one["ms"]["median"]:.2f}', f'{one["ms"]["p95"]:.2f}'])


def save(report, out):
    path = os.path.join(out, "peers.json")
    with open(path, "w", encoding="utf-8", newline="\n") as file:
        json.dump(report, file, indent=1, ensure_ascii=False)
        file.write("\n")


def main():
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out")
    parser.add_argument("--peers", default=",".join(PEERS))
    parser.add_argument("--pages", default="1000,10000", help="sizes of the benchmark's corpus, both languages; empty for none")
    parser.add_argument("--judged", default=os.path.join(REPO, "..", "shared", "search-eval"),
                        help="the folder of pages and queries with known answers")
    parser.add_argument("--inputs", default=os.path.join(REPO, "..", "shared", "bench"),
                        help="the folder of gen_corpus.py")
    parser.add_argument("--work", help="a folder for indexes (default: a temporary one)")
    options = parser.parse_args()
    for name in options.peers.split(","):
        if name not in PEERS:
            parser.error(f"no engine {name}; there are {', '.join(PEERS)}")
    chosen = {name: PEERS[name] for name in options.peers.split(",")}
    if not os.path.isdir(options.judged):
        print(f"skipped: there are no judged pages and queries at {options.judged}")
        return
    os.makedirs(options.out, exist_ok=True)
    report = {"versions": versions(), "relevance": {}, "costs": {}}
    with tempfile.TemporaryDirectory() as temporary:
        work = options.work or temporary

        def cost(case, name, result):
            if chosen[name].costs:
                report["costs"].setdefault(case, {})[name] = result
            save(report, options.out)
            print(f"{case}: {name}" + (f': {result["ended"]}' if "ended" in result else ""), file=sys.stderr)

        for language in ("vi", "en"):
            pages, queries = data.judged(options.judged, language)
            for name, peer in chosen.items():
                if language in peer.languages:
                    result, hits = measure(peer, os.path.join(work, f"judged-{language}-{name}"), language, pages, queries)
                    if hits:
                        report["relevance"].setdefault(name, {})[language] = score(queries, hits)
                    cost(f"{len(pages)} {language}", name, result)
        sizes = list(filter(None, options.pages.split(",")))
        if sizes and not os.path.isfile(os.path.join(options.inputs, "gen_corpus.py")):
            print(f"skipped: there is no corpus generator at {options.inputs}")
            sizes = []
        for count in sizes:
            folder = os.path.join(work, f"corpus-{count}")
            shutil.rmtree(folder, ignore_errors=True)
            pages, queries = data.corpus(options.inputs, folder, int(count))
            for name, peer in chosen.items():
                if peer.costs:
                    place = os.path.join(work, f"corpus-{count}-{name}")
                    cost(f"{int(count):,}", name, measure(peer, place, "vi", pages, queries)[0])
                    shutil.rmtree(place)
    for language in ("vi", "en"):
        for what in ("MRR@10", "recall@10"):
            print(*relevance_table(report, what, language), "", sep="\n")
    print(*costs_table(report), sep="\n")


if __name__ == "__main__":
    main()
