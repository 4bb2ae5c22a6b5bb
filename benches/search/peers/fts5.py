"""SQLite FTS5: a title and a text column, marks removed by its own tokenizer, bm25(), words OR-ed.

    fts5.py build|query PAGES QUERIES FOLDER

The table keeps no copy of the texts, so that its file is the index alone. A query that is marked as
cut short asks for words that begin with its last one.
"""
import json
import os
import re
import sqlite3
import sys
import time

verb, pages_file, queries_file, folder = sys.argv[1:5]
database = os.path.join(folder, "index.db")
connection = sqlite3.connect(database)


def lines(name):
    with open(name, encoding="utf-8") as file:
        for line in file:
            yield json.loads(line)


def match(query, cut):
    words = [f'"{word}"' for word in re.findall(r"(?:[^\W_]|[\u0300-\u036f])+", query)]
    if cut and words:
        words[-1] += "*"
    return " OR ".join(words)


if verb == "build":
    connection.execute("CREATE VIRTUAL TABLE pages USING fts5("
                       "title, text, content='', tokenize=\"unicode61 remove_diacritics 2\")")
    connection.execute("CREATE TABLE ids (number INTEGER PRIMARY KEY, id TEXT)")
    for number, page in enumerate(lines(pages_file), 1):
        connection.execute("INSERT INTO pages(rowid, title, text) VALUES (?, ?, ?)",
                           (number, page["title"], page["text"]))
        connection.execute("INSERT INTO ids VALUES (?, ?)", (number, page["id"]))
    connection.execute("INSERT INTO pages(pages) VALUES ('optimize')")
    connection.commit()
    connection.execute("VACUUM")
elif verb == "query":
    hits, milliseconds = [], []
    for asked in lines(queries_file):
        start = time.perf_counter()
        found = connection.execute(
            "SELECT ids.id FROM (SELECT rowid AS number FROM pages WHERE pages MATCH ? ORDER BY bm25(pages), rowid LIMIT 10)"
            " JOIN ids USING (number)", (match(asked["query"], asked["cut"]),)).fetchall()
        if asked["timed"]:
            milliseconds.append((time.perf_counter() - start) * 1000)
        hits.append([row[0] for row in found])
    print(json.dumps({"hits": hits, "ms": milliseconds, "index": [database]}))
else:
    sys.exit(__doc__)
