//! Tantivy over the benchmark's pages: title and text in one field, default BM25, the words of a
//! query OR-ed. Words are folded by Tantivy's own filters; `--stem` adds its English stemmer.
//!
//!     bench-tantivy build PAGES QUERIES FOLDER [--stem]
//!     bench-tantivy query PAGES QUERIES FOLDER [--stem]
//!
//! `query` prints the ten first pages of each query and the milliseconds of those that are timed.
use std::error::Error;
use std::fs::{self, File};
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::time::Instant;

use serde::Deserialize;
use serde::de::DeserializeOwned;
use tantivy::collector::TopDocs;
use tantivy::query::{BooleanQuery, Occur, Query, TermQuery};
use tantivy::schema::{
    Field, IndexRecordOption, STORED, STRING, Schema, TextFieldIndexing, TextOptions, Value,
};
use tantivy::tokenizer::{
    AsciiFoldingFilter, Language, LowerCaser, RemoveLongFilter, SimpleTokenizer, Stemmer,
    TextAnalyzer,
};
use tantivy::{Index, IndexWriter, TantivyDocument, Term};

type Result<T> = std::result::Result<T, Box<dyn Error>>;

#[derive(Deserialize)]
struct Page {
    id: String,
    title: String,
    text: String,
}

#[derive(Deserialize)]
struct Asked {
    query: String,
    timed: bool,
}

fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let (stem, words): (Vec<&str>, Vec<&str>) =
        arguments.iter().map(String::as_str).partition(|word| *word == "--stem");
    let analyzer = analyzer(!stem.is_empty());
    match words[..] {
        ["build", pages, _, folder] => build(Path::new(pages), Path::new(folder), analyzer),
        ["query", _, queries, folder] => query(Path::new(queries), Path::new(folder), analyzer),
        _ => Err("usage: bench-tantivy build|query PAGES QUERIES FOLDER [--stem]".into()),
    }
}

/// Tantivy's default tokenizer, with its folding to ASCII (đ becomes d there).
fn analyzer(stem: bool) -> TextAnalyzer {
    let folded = TextAnalyzer::builder(SimpleTokenizer::default())
        .filter(RemoveLongFilter::limit(40))
        .filter(LowerCaser)
        .filter(AsciiFoldingFilter);
    if stem { folded.filter(Stemmer::new(Language::English)).build() } else { folded.build() }
}

fn lines<T: DeserializeOwned>(path: &Path) -> Result<Vec<T>> {
    BufReader::new(File::open(path)?)
        .lines()
        .map(|line| Ok(serde_json::from_str(&line?)?))
        .collect()
}

fn build(pages: &Path, folder: &Path, analyzer: TextAnalyzer) -> Result<()> {
    let mut schema = Schema::builder();
    let indexing = TextFieldIndexing::default()
        .set_tokenizer("folded")
        .set_index_option(IndexRecordOption::WithFreqsAndPositions);
    let id = schema.add_text_field("id", STRING | STORED);
    let text = schema.add_text_field("text", TextOptions::default().set_indexing_options(indexing));
    let index_folder = folder.join("index");
    fs::create_dir_all(&index_folder)?;
    let index = Index::create_in_dir(&index_folder, schema.build())?;
    index.tokenizers().register("folded", analyzer);
    // One thread, so that the index is one segment and its statistics are those of all pages.
    let mut writer: IndexWriter = index.writer_with_num_threads(1, 400_000_000)?;
    for page in lines::<Page>(pages)? {
        let mut document = TantivyDocument::default();
        document.add_text(id, &page.id);
        document.add_text(text, format!("{}\n{}", page.title, page.text));
        writer.add_document(document)?;
    }
    writer.commit()?;
    writer.wait_merging_threads()?;
    Ok(())
}

fn query(queries: &Path, folder: &Path, analyzer: TextAnalyzer) -> Result<()> {
    let index = Index::open_in_dir(folder.join("index"))?;
    let (id, text) = (index.schema().get_field("id")?, index.schema().get_field("text")?);
    let searcher = index.reader()?.searcher();
    let (mut hits, mut milliseconds) = (Vec::new(), Vec::new());
    for asked in lines::<Asked>(queries)? {
        let start = Instant::now();
        let query = any_word(&asked.query, text, analyzer.clone());
        let found = searcher.search(&query, &TopDocs::with_limit(10).order_by_score())?;
        let mut ids = Vec::new();
        for (_, address) in found {
            let document: TantivyDocument = searcher.doc(address)?;
            let value = document.get_first(id).and_then(|value| value.as_str().map(String::from));
            ids.push(value.ok_or("a page without an id")?);
        }
        if asked.timed {
            milliseconds.push(start.elapsed().as_secs_f64() * 1000.0);
        }
        hits.push(ids);
    }
    let mut files: Vec<String> = fs::read_dir(folder.join("index"))?
        .map(|entry| Ok(entry?.path().display().to_string()))
        .collect::<Result<_>>()?;
    files.retain(|file| !file.ends_with(".lock"));
    files.sort();
    println!("{}", serde_json::json!({ "hits": hits, "ms": milliseconds, "index": files }));
    Ok(())
}

/// Every word of the question as a clause of one OR: its parser would read quotation marks and
/// hyphens of natural questions as operators.
fn any_word(question: &str, text: Field, mut analyzer: TextAnalyzer) -> BooleanQuery {
    let mut clauses: Vec<(Occur, Box<dyn Query>)> = Vec::new();
    let mut tokens = analyzer.token_stream(question);
    tokens.process(&mut |token| {
        let term = Term::from_field_text(text, &token.text);
        let clause = TermQuery::new(term, IndexRecordOption::WithFreqs);
        clauses.push((Occur::Should, Box::new(clause)));
    });
    BooleanQuery::new(clauses)
}
