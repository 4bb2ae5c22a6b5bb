"""What the engines index and are asked: pages as sections of plain text, and queries.

A page is {id, title, text, sections: [{level, heading, text}]}; `text` is all of it but the title.
"""
import json
import os
import random
import re
import subprocess
import sys


def plain(markdown):
    """One block of Markdown as a reader sees it, closely enough to count its words."""
    text = re.sub(r"^\s*(```.*|\|[-:| ]+\|)\s*$", "", markdown, flags=re.M)
    text = re.sub(r"^\s*(?:>\s*)?(?:\[![A-Z]+\]|\[\^\d+\]:)?", "", text, flags=re.M)
    text = re.sub(r"^\s*[-*]\s+(?:\[[ x]\]\s)?", "", text, flags=re.M)
    text = re.sub(r"\[\^\d+\]", "", text)
    text = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", text)
    text = re.sub(r"[*`|]", " ", text)
    return re.sub(r"\s+", " ", text).strip()


def page(name, title, sections):
    parts = [s["text"] if s["level"] == 1 else f'{s["heading"]}\n{s["text"]}' for s in sections]
    return {"id": name, "title": title, "text": "\n".join(parts), "sections": sections}


def read_markdown(name, source):
    _, front, body = source.split("---\n", 2)
    title = re.search(r'^title: "(.*)"$', front, flags=re.M).group(1)
    sections, fenced = [{"level": 1, "heading": title, "text": []}], False
    for line in body.splitlines():
        fenced ^= line.startswith("```")
        heading = None if fenced else re.match(r"(#{2,6}) (.*)", line)
        if heading:
            sections.append({"level": len(heading[1]), "heading": heading[2], "text": []})
        else:
            sections[-1]["text"].append(line)
    for section in sections:
        section["text"] = plain("\n".join(section["text"]))
    return page(name, title, sections)


def corpus(inputs, folder, count):
    """The Vietnamese half of the benchmark's corpus, and 100 queries of three adjacent words."""
    subprocess.run([sys.executable, os.path.join(inputs, "gen_corpus.py"), "--pages", str(count),
                    "--layout", "sotay", folder], check=True, stdout=subprocess.DEVNULL)
    pages = []
    for base, _, names in os.walk(os.path.join(folder, "content")):
        for name in names:
            if name.endswith(".vi.md") and name != "index.vi.md":
                with open(os.path.join(base, name), encoding="utf-8") as file:
                    pages.append(read_markdown(name[:-len(".vi.md")], file.read()))
    pages.sort(key=lambda one: one["id"])
    pick = random.Random("queries")
    queries = []
    while len(queries) < 100:
        section = pick.choice(pick.choice(pages)["sections"])
        words = re.findall(r"[^\W\d_]+", section["text"])
        if len(words) >= 3:
            start = pick.randrange(len(words) - 2)
            queries.append({"query": " ".join(words[start:start + 3]).lower(), "timed": True, "cut": False})
    return pages, queries


def judged(folder, language):
    """Pages and queries of one language for which the right answers are known."""
    def lines(name):
        with open(os.path.join(folder, name), encoding="utf-8") as file:
            return [one for one in map(json.loads, file) if one["lang"] == language]

    pages = [page(one["id"], one["title"], [{"level": 1, "heading": one["title"], "text": one["text"]}])
             for one in lines("docs.jsonl")]
    queries = [{"query": one["query"], "variant": one["variant"], "relevant": one["relevant"],
                "cut": one["variant"] == "kw_prefix", "timed": False} for one in lines("variants.jsonl")]
    keywords = [one for one in queries if one["variant"] == "kw"]
    for at in range(100):
        keywords[at * len(keywords) // 100]["timed"] = True
    return pages, queries
