//! Everything a template may see. One typed value, serialised for Tera; templates hold no
//! logic beyond "is it there" and "for each".
//!
//! Addresses are relative to the page unless a field says absolute. Fields ending in
//! `_html` are finished, safe HTML. Dates are given for machines and for people.

use serde::Serialize;

/// What a template sees as its whole context: `{{ page.title }}`, `{{ site.title }}`, `{{ t.skip }}`.
/// (`t` holds the theme's strings in the page's language and is added by the theme.)
#[derive(Serialize, Debug)]
pub struct View {
    /// The site, as seen from this page.
    pub site: SiteView,
    /// The page.
    pub page: PageView,
}

/// The site, as seen from one page.
#[derive(Serialize, Debug)]
pub struct SiteView {
    /// Its name in the page's language.
    pub title: String,
    /// Link to the home page in the page's language.
    pub home: String,
    /// `../` as often as needed to reach the root of the output; empty at the root.
    pub root: String,
    /// Namespace of storage keys.
    pub id: String,
    /// Top-level navigation.
    pub menu: Vec<NavLink>,
    /// Name of the licence of the text.
    pub licence: Option<String>,
    /// Link to the licence, absolute, when it is a well-known one.
    pub licence_url: Option<String>,
    /// Where to report a mistake: `mailto:` or `https:`.
    pub report: Option<String>,
    /// Link to the feed of this language.
    pub feed: Option<String>,
    /// Link to the page that shows how translations stand, in an edition for editors.
    pub freshness: Option<String>,
    /// Link to the glossary, when there is one in this language.
    pub glossary: Option<String>,
    /// Link to the list of tags, when any page has one.
    pub tags: Option<String>,
    /// Link to the list of audiences, when any page has one.
    pub audiences: Option<String>,
    /// The Content-Security-Policy for `<meta http-equiv>`.
    pub csp: String,
    /// The one inline script (choice of colour theme), exactly as its hash in the policy demands.
    pub inline_script_html: String,
}

/// A link with its text.
#[derive(Serialize, Clone, Debug)]
pub struct NavLink {
    /// Text.
    pub title: String,
    /// Language of the text, where it is not the page's.
    pub lang: Option<String>,
    /// Address, relative.
    pub href: String,
    /// Whether it is the page itself or a section that the page is in.
    pub current: bool,
}

/// A date for machines and for people.
#[derive(Serialize, Clone, Debug)]
pub struct DateView {
    /// `2024-02-23`.
    pub iso: String,
    /// `23/02/2024` in Vietnamese, `23 February 2024` in English.
    pub text: String,
}

/// A page, of any kind.
#[derive(Serialize, Debug)]
pub struct PageView {
    /// `talk`, `guideline`, `directive`, `page`, `section`, `home`, `terms`, `term`, `print`.
    pub kind: &'static str,
    /// Language of the interface and, unless `fallback` is given, of the text.
    pub lang: String,
    /// `ltr` or `rtl`.
    pub dir: &'static str,
    /// Title.
    pub title: String,
    /// Language of the title and description where it is not `lang` (a fallback).
    pub title_lang: Option<String>,
    /// Title for `<title>`: the page's and the site's.
    pub head_title: String,
    /// Description.
    pub description: Option<String>,
    /// Canonical address, absolute; only with `base_url`.
    pub canonical: Option<String>,
    /// The page in every language in which it is written, absolute, for `<link rel=alternate hreflang>`; empty without `base_url`.
    pub alternates: Vec<Alternate>,
    /// First picture of the page, absolute, for previews; only with `base_url`.
    pub image: Option<String>,
    /// Structured data, finished JSON for `<script type="application/ld+json">`, with `<` escaped.
    pub json_ld_html: Option<String>,
    /// The same page in the other languages.
    pub languages: Vec<LanguageLink>,
    /// From the home page to the section, without the page itself.
    pub breadcrumbs: Vec<NavLink>,
    /// Sidebar: the pages of this section, finished and with the current page marked.
    pub sidebar_html: String,
    /// Headings of level 2 and 3.
    pub toc: Vec<TocEntry>,
    /// The text.
    pub body_html: String,
    /// Whether a script explains terms of the glossary in the text.
    pub has_terms: bool,
    /// The answers of its quizzes in plain words: items of a list that only paper shows.
    pub answers_html: String,
    /// How to cite the page, in one line: title, handbook, date and address. What is in another
    /// language says so.
    pub citation_html: String,
    /// How to report a mistake on this page, where the site says to whom.
    pub report: Option<ReportView>,
    /// Given when the text is in another language because this one is missing.
    pub fallback: Option<FallbackView>,
    /// Given for a translation that does not say what its source says, or that nobody reviewed.
    pub translation: Option<TranslationView>,
    /// Link to the page in two languages, side by side.
    pub bilingual: Option<String>,
    /// Documents this page cites that have been replaced.
    pub cites_replaced: Vec<ReplacedView>,
    /// Previous page of the section.
    pub previous: Option<NavLink>,
    /// Next page of the section.
    pub next: Option<NavLink>,
    /// When the text last changed.
    pub updated: Option<DateView>,
    /// When it was published, where it has not changed since. A talk says its date among its facts.
    pub published: Option<DateView>,
    /// When it should be reviewed.
    pub review_by: Option<DateView>,
    /// Where the text comes from.
    pub source: Option<String>,
    /// Whether it is a draft.
    pub draft: bool,
    /// Tags.
    pub tags: Vec<NavLink>,
    /// Audiences.
    pub audience: Vec<NavLink>,
    /// What only a talk has.
    pub talk: Option<TalkView>,
    /// What only a guideline has.
    pub guideline: Option<GuidelineView>,
    /// What only a directive has.
    pub directive: Option<DirectiveView>,
    /// Pages to show as cards: those of a section, or of a term.
    pub cards: Vec<CardView>,
    /// The register of directives, on the index page of the section that has them; newest first.
    pub register: Vec<RegisterRow>,
    /// Types of document in the register, in words, where there is more than one to choose from.
    pub register_types: Vec<String>,
    /// States of documents in the register, in words, where there is more than one.
    pub register_states: Vec<String>,
    /// Everything that readers may look for, by letter: on the page that stands for the search
    /// where there is no script.
    pub letters: Vec<LetterView>,
    /// All terms of a taxonomy with the number of their pages.
    pub terms: Vec<TermView>,
    /// On an index page: link to all pages of the section as one document, to print.
    pub print_all: Option<String>,
}

/// What the template of a whole section as one document sees. `page` is the document itself: the
/// section's title and text, of kind `print`.
#[derive(Serialize, Debug)]
pub struct SectionPrintView {
    /// The site, as seen from this document.
    pub site: SiteView,
    /// The document, headed by the section's own text.
    pub page: PageView,
    /// Id of the section's own text, where links to its page lead.
    pub id: String,
    /// Its pages, in order.
    pub articles: Vec<ArticleView>,
    /// Whether any page has questions, whose answers then end the document.
    pub has_answers: bool,
}

/// A page within a document joined of several.
#[derive(Serialize, Debug)]
pub struct ArticleView {
    /// Its id, where links to the page lead.
    pub id: String,
    /// Its place in the document: `2`, or `2.1` for a page of a folder.
    pub number: String,
    /// 1, and one more for each introduced folder that the page is in.
    pub level: usize,
    /// The page: title, facts, notices and text. What belongs to a file of its own is empty.
    pub page: PageView,
}

/// A page in one language, for search engines.
#[derive(Serialize, Clone, Debug)]
pub struct Alternate {
    /// Language tag, or `x-default`.
    pub lang: String,
    /// Absolute address.
    pub href: String,
}

/// A link to the same page in another language.
#[derive(Serialize, Clone, Debug)]
pub struct LanguageLink {
    /// Language tag.
    pub lang: String,
    /// Its name in its own spelling: `Tiếng Việt`, `English`.
    pub label: String,
    /// Address, relative.
    pub href: String,
    /// Whether the page is translated; if not, it leads to a page that says so.
    pub translated: bool,
}

/// An entry of the table of contents.
#[derive(Serialize, Clone, Debug)]
pub struct TocEntry {
    /// The heading's id.
    pub id: String,
    /// Its text.
    pub title: String,
    /// Entries below it.
    pub children: Vec<TocEntry>,
}

/// The text's own language, where a translation is missing.
#[derive(Serialize, Clone, Debug)]
pub struct FallbackView {
    /// Language tag of the text.
    pub lang: String,
    /// Name of that language, in the page's language.
    pub label: String,
}

/// How a translation stands to its source, in finished sentences.
#[derive(Serialize, Clone, Debug)]
pub struct TranslationView {
    /// What it comes to.
    pub title: String,
    /// What is not as it should be, and when the source was updated.
    pub sentences: Vec<String>,
    /// Link to the source.
    pub href: String,
    /// The text of that link.
    pub link: String,
    /// Language tag of the source.
    pub lang: String,
}

/// What the template of a page in two languages sees. `page` has what every page has; its text
/// stands in `rows`.
#[derive(Serialize, Debug)]
pub struct BilingualView {
    /// The site, as seen from this page.
    pub site: SiteView,
    /// The page.
    pub page: PageView,
    /// The page in each of the two languages: that of the source first.
    pub columns: Vec<ColumnView>,
    /// Sections, side by side.
    pub rows: Vec<RowView>,
}

/// One of the two languages of a page.
#[derive(Serialize, Debug)]
pub struct ColumnView {
    /// Language tag.
    pub lang: String,
    /// `ltr` or `rtl`.
    pub dir: &'static str,
    /// The language's own name.
    pub label: String,
    /// Link to the page in this language alone.
    pub href: String,
    /// Title.
    pub title: String,
    /// Description.
    pub description: Option<String>,
}

/// A section in both languages.
#[derive(Serialize, Debug)]
pub struct RowView {
    /// The section's id, the same as on the page; empty for what stands before the first heading
    /// and for footnotes.
    pub id: String,
    /// The text in each of the two languages; empty where one lacks the section.
    pub cells_html: [String; 2],
    /// How the translation stands, in words, where it is not current.
    pub state: Option<StateView>,
    /// Whether these are the footnotes, which nobody misses where there are none.
    pub is_notes: bool,
}

/// What the template of the glossary sees.
#[derive(Serialize, Debug)]
pub struct GlossaryView {
    /// The site, as seen from this page.
    pub site: SiteView,
    /// The page.
    pub page: PageView,
    /// Terms by their first letter, in the order of the language.
    pub letters: Vec<GlossaryLetter>,
}

/// The terms that begin with one letter.
#[derive(Serialize, Debug)]
pub struct GlossaryLetter {
    /// The letter; `#` for digits and signs.
    pub letter: String,
    /// Id of its heading.
    pub id: String,
    /// Terms in alphabetical order.
    pub terms: Vec<GlossaryEntry>,
}

/// A term of the glossary.
#[derive(Serialize, Debug)]
pub struct GlossaryEntry {
    /// Its id, the same in all languages.
    pub id: String,
    /// The term.
    pub term: String,
    /// What it means.
    pub definition: String,
    /// The term in other languages.
    pub twins: Vec<TwinView>,
    /// Other words for it, as a list in words; empty where there are none.
    pub variants: String,
    /// Words that are not to be used for it, as a list in words; empty where there are none.
    pub forbidden: String,
    /// Where it is officially fixed.
    pub source: Option<String>,
}

/// A term in another language.
#[derive(Serialize, Debug)]
pub struct TwinView {
    /// Language tag.
    pub lang: String,
    /// The language's own name.
    pub label: String,
    /// The term.
    pub term: String,
    /// Link to its entry in that language.
    pub href: String,
}

/// A state of a translation.
#[derive(Serialize, Clone, Debug)]
pub struct StateView {
    /// `source-changed`.
    pub id: &'static str,
    /// A mark that tells it from others without colour.
    pub mark: &'static str,
    /// In words.
    pub label: String,
}

/// What the template of the page for editors sees: how all translations stand.
#[derive(Serialize, Debug)]
pub struct FreshnessView {
    /// The site, as seen from this page.
    pub site: SiteView,
    /// The page.
    pub page: PageView,
    /// Every state, for the legend.
    pub states: Vec<StateView>,
    /// Whether anything was ever recorded.
    pub is_recorded: bool,
    /// Each language that others are translated into.
    pub languages: Vec<LanguageFreshness>,
}

/// How translations into one language stand.
#[derive(Serialize, Debug)]
pub struct LanguageFreshness {
    /// Language tag.
    pub lang: String,
    /// The language's own name.
    pub label: String,
    /// How much is current, in words.
    pub summary: String,
    /// Sections that are current, and all of them.
    pub current: usize,
    /// All sections.
    pub total: usize,
    /// How many sections are in each state that any is in.
    pub counts: Vec<(usize, StateView)>,
    /// Each page.
    pub pages: Vec<PageFreshness>,
}

/// How a page stands.
#[derive(Serialize, Debug)]
pub struct PageFreshness {
    /// Title, in the language of the translation where there is one.
    pub title: String,
    /// Language of the title, where it is not the page's.
    pub lang: Option<String>,
    /// Link to the translation, or the page that stands in for it.
    pub href: String,
    /// Each section.
    pub cells: Vec<CellFreshness>,
    /// States that are not current, in words.
    pub words: Vec<(usize, StateView)>,
}

/// How a section stands.
#[derive(Serialize, Debug)]
pub struct CellFreshness {
    /// The state.
    pub state: StateView,
    /// The heading.
    pub heading: String,
    /// Language of the heading, where it is not the page's.
    pub lang: Option<String>,
    /// Link to the section, side by side with its source where that page exists.
    pub href: String,
}

/// How to report a mistake on a page.
#[derive(Serialize, Clone, Debug)]
pub struct ReportView {
    /// `mailto:` with subject and text filled in, or the `https:` address of a form.
    pub href: String,
    /// Whether `href` writes a mail.
    pub is_mail: bool,
    /// The mail address, or the address of the form.
    pub to: String,
    /// The text to begin with: which page it is, and room for what is wrong.
    pub text: String,
}

/// A cited document that has been replaced.
#[derive(Serialize, Clone, Debug)]
pub struct ReplacedView {
    /// Number of the old document.
    pub number: String,
    /// Number of the new one.
    pub by: String,
    /// Link to the new one.
    pub href: String,
}

/// A speaker of a talk.
#[derive(Serialize, Clone, Debug)]
pub struct SpeakerView {
    /// Name.
    pub name: Option<String>,
    /// Role.
    pub role: Option<String>,
    /// Organisation.
    pub organisation: Option<String>,
}

/// What only a talk has.
#[derive(Serialize, Clone, Debug)]
pub struct TalkView {
    /// Who gave it.
    pub speakers: Vec<SpeakerView>,
    /// Where it was given.
    pub event: Option<String>,
    /// When.
    pub date: Option<DateView>,
    /// Its length, in words: `45 phút`.
    pub duration: Option<String>,
    /// Its level, in words: `Cơ bản`.
    pub level: Option<String>,
    /// Files to download.
    pub attachments: Vec<AttachmentView>,
}

/// A file to download.
#[derive(Serialize, Clone, Debug)]
pub struct AttachmentView {
    /// File name.
    pub name: String,
    /// Address, relative.
    pub href: String,
    /// Type and size, in words: `PDF, 1,2 MB`.
    pub info: String,
}

/// What only a guideline has.
#[derive(Serialize, Clone, Debug)]
pub struct GuidelineView {
    /// Security level of the system, in words: `Cấp độ 3`.
    pub level: Option<String>,
    /// Who keeps it up to date.
    pub owner: Option<String>,
    /// What it applies to.
    pub applies_to: Option<String>,
    /// How many boxes its checklists have.
    pub checklist_items: usize,
}

/// What only a directive has.
#[derive(Serialize, Clone, Debug)]
pub struct DirectiveView {
    /// Number as printed.
    pub number: String,
    /// Type, in words: `Chỉ thị`.
    pub type_label: String,
    /// Who issued it.
    pub issuer: String,
    /// Language of `issuer`, where it is not the page's.
    pub issuer_lang: Option<String>,
    /// When.
    pub issued: DateView,
    /// From when it is in force.
    pub effective: Option<DateView>,
    /// State: id and words.
    pub status: Option<StatusView>,
    /// What it replaces.
    pub replaces: Vec<CitedView>,
    /// What replaces it.
    pub replaced_by: Option<CitedView>,
    /// The official text, absolute.
    pub official_url: Option<String>,
    /// Pages that cite it.
    pub cited_by: Vec<NavLink>,
}

/// A document's state.
#[derive(Serialize, Clone, Debug)]
pub struct StatusView {
    /// `in-force`, `amended`, `replaced`, `expired`.
    pub id: String,
    /// In words.
    pub label: String,
}

/// A document by its number.
#[derive(Serialize, Clone, Debug)]
pub struct CitedView {
    /// Number.
    pub number: String,
    /// Link, when the document has a page.
    pub href: Option<String>,
}

/// A page as a card in a list.
#[derive(Serialize, Clone, Debug)]
pub struct CardView {
    /// Title.
    pub title: String,
    /// Language of title and description, where it is not the page's.
    pub lang: Option<String>,
    /// Address, relative.
    pub href: String,
    /// Description.
    pub description: Option<String>,
    /// `talk`, `guideline`, `directive`, `page`, `section`.
    pub kind: &'static str,
    /// The picture to show: the kind, for a section that of its pages where they are of one.
    pub icon: &'static str,
    /// Kind in words: `Bài giảng`.
    pub kind_label: String,
    /// One line of facts: speakers, audience, number and date.
    pub facts: Vec<String>,
    /// Number of pages below, for a section.
    pub pages: Option<String>,
}

/// A row of the register of directives.
#[derive(Serialize, Clone, Debug)]
pub struct RegisterRow {
    /// Number as printed.
    pub number: String,
    /// Address of its page, relative.
    pub href: String,
    /// Title.
    pub title: String,
    /// Language of the title, where it is not the page's.
    pub lang: Option<String>,
    /// Type, in words.
    pub type_label: String,
    /// Who issued it.
    pub issuer: String,
    /// Language of `issuer`, where it is not the page's.
    pub issuer_lang: Option<String>,
    /// When.
    pub issued: DateView,
    /// State.
    pub status: Option<StatusView>,
}

/// What begins with one letter, in the list of everything that readers may look for.
#[derive(Serialize, Clone, Debug)]
pub struct LetterView {
    /// The letter; `#` for digits and signs.
    pub letter: String,
    /// Id of its heading.
    pub id: String,
    /// Titles, headings and topics, in alphabetical order.
    pub entries: Vec<EntryView>,
}

/// A title, heading or topic, and where it stands.
#[derive(Serialize, Clone, Debug)]
pub struct EntryView {
    /// Its text.
    pub text: String,
    /// Address, relative, of the one place where it stands.
    pub href: Option<String>,
    /// The page that the place belongs to, if it is a heading.
    pub page: Option<String>,
    /// Where it stands, if in several places: pages.
    pub places: Vec<NavLink>,
}

/// A term of a taxonomy.
#[derive(Serialize, Clone, Debug)]
pub struct TermView {
    /// Its name.
    pub title: String,
    /// Address of its page, relative.
    pub href: String,
    /// Number of pages, in words: `3 trang`.
    pub pages: String,
}

/// What the sidebar template sees. Rendered once per folder and language; the current page
/// is marked in the finished HTML, so that a folder of many pages costs its sidebar once.
#[derive(Serialize, Debug)]
pub struct SidebarView {
    /// The section itself.
    pub section: NavLink,
    /// Its parent, when it has one below the top.
    pub parent: Option<NavLink>,
    /// Folders directly below it.
    pub folders: Vec<NavLink>,
    /// Its pages. Each link must stand as `<a href="ADDRESS"` once in the sidebar.
    pub pages: Vec<NavLink>,
}

/// What the template of `index.html` at the root sees.
#[derive(Serialize, Debug)]
pub struct RootView {
    /// The site's name in the default language.
    pub title: String,
    /// Default language.
    pub lang: String,
    /// Every language with its home page.
    pub languages: Vec<RootLanguage>,
    /// Content-Security-Policy.
    pub csp: String,
    /// Namespace of storage keys.
    pub id: String,
    /// The inline script.
    pub inline_script_html: String,
}

/// A language on the root page.
#[derive(Serialize, Clone, Debug)]
pub struct RootLanguage {
    /// Tag.
    pub lang: String,
    /// Name in its own spelling.
    pub label: String,
    /// The site's name in it.
    pub title: String,
    /// Address of its home page, relative.
    pub href: String,
    /// "Choose a language", in it.
    pub choose: String,
}

/// What the template of a redirect page sees.
#[derive(Serialize, Debug)]
pub struct RedirectView {
    /// Language.
    pub lang: String,
    /// Title of the page it leads to.
    pub title: String,
    /// Address, relative.
    pub href: String,
    /// Absolute address, with `base_url`.
    pub canonical: Option<String>,
    /// Content-Security-Policy.
    pub csp: String,
}

/// What the template of `404.html` sees. It is self-contained: its style is inline.
#[derive(Serialize, Debug)]
pub struct NotFoundView {
    /// The site's name.
    pub title: String,
    /// Default language.
    pub lang: String,
    /// Every language, with absolute addresses.
    pub languages: Vec<RootLanguage>,
    /// Content-Security-Policy, with the style's hash.
    pub csp: String,
    /// The style, exactly as hashed.
    pub style_html: String,
}
