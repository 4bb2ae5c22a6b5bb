//! Containers: alerts, tabs, steps, folds, figures, quizzes and what is for trainers only.

use super::Writer;
use crate::diag::{Code, Diagnostic};
use crate::model::*;

impl<'a> Writer<'a> {
    pub(super) fn container(&mut self, container: &'a Container) {
        if !container.kind.is_on_page(&self.tools.site.edition) {
            return;
        }
        match container.kind {
            kind if kind.is_alert() => self.alert(container),
            ContainerKind::Tabs => self.tabs(container),
            ContainerKind::Tab => self.tab(container, None),
            ContainerKind::Steps => self.steps(container),
            ContainerKind::Details => self.details(container),
            ContainerKind::Figure => self.figure(container),
            ContainerKind::Quiz => self.quiz(container),
            ContainerKind::Notes => self.aside("notes", "notes_title", container),
            ContainerKind::TrainerOnly => self.aside("trainer", "trainer_title", container),
            ContainerKind::Slide | ContainerKind::ArticleOnly => self.plain(container),
            _ => {}
        }
    }

    fn open(&mut self, tag: &str, class: &str, container: &Container) {
        self.push("<");
        self.push(tag);
        self.push_id(container.id.as_deref());
        self.push(" class=\"");
        self.push(class);
        for more in &container.classes {
            self.push(" ");
            self.push_attribute(more);
        }
        self.push("\"");
    }

    fn framed(&mut self, tag: &str, class: &str, container: &'a Container) {
        self.open(tag, class, container);
        self.push(">\n");
        self.blocks(&container.blocks);
        self.push(&format!("</{tag}>\n"));
    }

    fn plain(&mut self, container: &'a Container) {
        if container.id.is_some() || !container.classes.is_empty() {
            self.framed("div", "group", container);
        } else {
            self.blocks(&container.blocks);
        }
    }

    fn alert(&mut self, container: &'a Container) {
        let name = container.kind.name();
        self.open("div", &format!("alert alert-{name}"), container);
        self.push(" role=\"note\">\n<p class=\"alert-title\">");
        let icon = self.tools.theme.icon(name).to_owned();
        let word = self.strings.get(&format!("alert_{name}")).to_owned();
        self.push(&icon);
        self.push("<span>");
        self.push_text(&word);
        if !container.title.is_empty() {
            self.push(": ");
            self.inlines(&container.title);
        }
        self.push("</span></p>\n");
        self.blocks(&container.blocks);
        self.push("</div>\n");
    }

    fn tabs(&mut self, container: &'a Container) {
        let is_tab = |b: &Block| matches!(b, Block::Container(c) if c.kind == ContainerKind::Tab);
        if !container.blocks.iter().any(is_tab) {
            let (vi, en) = (
                "cần ít nhất một khối `:::tab[Tên]` bên trong",
                "it needs a `:::tab[Name]` inside",
            );
            self.misplaced(container, vi, en);
        }
        self.tab_sets += 1;
        let set = self.tab_sets;
        self.open("div", "tabs", container);
        self.push(">\n");
        self.tab_list(container, set);
        let mut number = 0;
        for block in &container.blocks {
            match block {
                Block::Container(tab) if tab.kind == ContainerKind::Tab => {
                    number += 1;
                    self.tab(tab, Some(panel_id(tab, set, number)));
                }
                block => self.blocks(std::slice::from_ref(block)),
            }
        }
        self.push("</div>\n");
    }

    /// The buttons that choose a panel; without script they are not shown, and all panels are.
    fn tab_list(&mut self, container: &'a Container, set: usize) {
        let tabs = container.blocks.iter().filter_map(|b| match b {
            Block::Container(c) if c.kind == ContainerKind::Tab => Some(c),
            _ => None,
        });
        self.push("<div class=\"tab-list needs-js\" role=\"tablist\">");
        for (tab, number) in tabs.zip(1..) {
            let selected = number == 1;
            self.push("<button type=\"button\" role=\"tab\"");
            self.push_id(Some(&format!("_tab-{set}-{number}")));
            self.push(" aria-controls=\"");
            self.push_own_id(&panel_id(tab, set, number));
            self.push(&format!("\" aria-selected=\"{selected}\">"));
            self.push_text(&plain_text(&tab.title));
            self.push("</button>");
        }
        self.push("</div>\n");
    }

    /// One panel under its name. Outside of a set it is a section like any other.
    fn tab(&mut self, container: &'a Container, id: Option<String>) {
        self.push("<section");
        self.push_id(id.as_deref().or(container.id.as_deref()));
        self.push(" class=\"tab");
        for more in &container.classes {
            self.push(" ");
            self.push_attribute(more);
        }
        self.push("\">\n<p class=\"tab-label\">");
        self.inlines(&container.title);
        self.push("</p>\n");
        self.blocks(&container.blocks);
        self.push("</section>\n");
    }

    fn steps(&mut self, container: &'a Container) {
        let is_steps = |b: &Block| matches!(b, Block::List(l) if l.start.is_some());
        if !container.blocks.iter().any(is_steps) {
            self.misplaced(
                container,
                "cần một danh sách đánh số bên trong",
                "it needs a numbered list inside",
            );
        }
        for block in &container.blocks {
            match block {
                Block::List(list) if list.start.is_some() => self.list(list, "steps"),
                block => self.blocks(std::slice::from_ref(block)),
            }
        }
    }

    fn details(&mut self, container: &'a Container) {
        self.open("details", "fold", container);
        self.push("><summary>");
        match container.title.is_empty() {
            true => {
                let word = self.strings.get("details").to_owned();
                self.push_text(&word);
            }
            false => self.inlines(&container.title),
        }
        self.push("</summary>\n");
        self.blocks(&container.blocks);
        self.push("</details>\n");
    }

    fn figure(&mut self, container: &'a Container) {
        // A table has a caption of its own kind.
        if let [Block::Table(table)] = container.blocks.as_slice() {
            self.captioned_table(table, &container.title, container.id.as_deref());
            return;
        }
        self.open("figure", "figure", container);
        self.push(">\n");
        for block in &container.blocks {
            match block {
                // The caption is the container's, so the picture needs no figure of its own.
                Block::Paragraph(content) if matches!(content.as_slice(), [Inline::Image(_)]) => {
                    self.inlines(content);
                    self.push("\n");
                }
                block => self.blocks(std::slice::from_ref(block)),
            }
        }
        if !container.title.is_empty() {
            self.push("<figcaption>");
            self.inlines(&container.title);
            self.push("</figcaption>\n");
        }
        self.push("</figure>\n");
    }

    fn aside(&mut self, class: &str, title: &str, container: &'a Container) {
        let title = self.strings.get(title).to_owned();
        self.open("aside", class, container);
        self.push(" aria-label=\"");
        self.push_attribute(&title);
        self.push("\">\n<p class=\"aside-title\">");
        self.push_text(&title);
        self.push("</p>\n");
        self.blocks(&container.blocks);
        self.push("</aside>\n");
    }

    /// A question, its choices, and an answer folded away: right choices, then why.
    fn quiz(&mut self, container: &'a Container) {
        let choices =
            container.blocks.iter().position(|b| matches!(b, Block::List(l) if l.is_tasks()));
        let Some((at, Block::List(list))) = choices.map(|at| (at, &container.blocks[at])) else {
            self.misplaced(
                container,
                "cần một câu hỏi, rồi một danh sách việc có ô đánh dấu `[x]` cho câu đúng",
                "it needs a question, then a task list whose `[x]` are right",
            );
            self.blocks(&container.blocks);
            return;
        };
        self.quizzes += 1;
        let right = list.items.iter().filter(|i| i.checked == Some(true)).count();
        if right == 0 {
            let (vi, en) =
                ("chưa có câu đúng; đánh dấu `[x]`", "no choice is right; mark one with `[x]`");
            self.misplaced(container, vi, en);
        }
        self.open("fieldset", "quiz", container);
        self.push(">\n<legend>");
        let number = self.strings.format("quiz_number", &[("n", &self.quizzes.to_string())]);
        self.push("<span class=\"quiz-number\">");
        self.push_text(&number);
        self.push("</span> ");
        let mut before = &container.blocks[..at];
        if !container.title.is_empty() {
            self.inlines(&container.title);
        } else if let [Block::Paragraph(question) | Block::Plain(question), rest @ ..] = before {
            self.inlines(question);
            before = rest;
        } else {
            let word = self.strings.get("quiz_title").to_owned();
            self.push_text(&word);
        }
        self.push("</legend>\n");
        self.blocks(before);
        self.choices(list, right == 1);
        self.quiz_tools();
        let explanation = &container.blocks[at + 1..];
        self.answer(list, explanation);
        self.push("</fieldset>\n");
        self.printed_answer(list, explanation);
    }

    fn choices(&mut self, list: &'a List, one: bool) {
        let kind = if one { "radio" } else { "checkbox" };
        let name = format!("{}_quiz-{}", self.prefix, self.quizzes);
        self.push("<ol class=\"quiz-choices\" type=\"A\">\n");
        for item in &list.items {
            let right = if item.checked == Some(true) { " data-right" } else { "" };
            self.push(&format!("<li{right}><label><input type=\"{kind}\" name=\"{name}\"> <span>"));
            self.item_line(item);
            self.push("</span></label></li>\n");
        }
        self.push("</ol>\n");
    }

    fn quiz_tools(&mut self) {
        let check = self.strings.get("quiz_check").to_owned();
        self.push(
            "<p class=\"quiz-tools needs-js\"><button type=\"button\" class=\"button quiz-check\">",
        );
        self.push_text(&check);
        self.push("</button> <span role=\"status\"></span></p>\n");
    }

    fn answer(&mut self, list: &'a List, explanation: &'a [Block]) {
        let summary = self.strings.get("quiz_answer").to_owned();
        let label = self.strings.get("quiz_right").to_owned();
        self.push("<details class=\"quiz-answer\"><summary>");
        self.push_text(&summary);
        self.push("</summary>\n<p>");
        self.push_text(&label);
        self.push("</p>\n<ul>\n");
        for item in list.items.iter().filter(|i| i.checked == Some(true)) {
            self.push("<li>");
            self.item_line(item);
            self.push("</li>\n");
        }
        self.push("</ul>\n");
        for block in explanation {
            match block {
                Block::Quote(blocks) => self.blocks(blocks),
                block => self.blocks(std::slice::from_ref(block)),
            }
        }
        self.push("</details>\n");
    }

    /// The answer once more, in plain words, for the last page on paper.
    fn printed_answer(&mut self, list: &List, explanation: &[Block]) {
        let right = list.items.iter().enumerate().filter(|(_, i)| i.checked == Some(true));
        let right: Vec<String> = right
            .map(|(at, item)| format!("{}. {}", letter(at), plain_text_of(&item.blocks)))
            .collect();
        let number = self.quizzes;
        let text = self.apart(|w| {
            w.push(&format!("<li value=\"{number}\"><b>"));
            w.push_text(&right.join("; "));
            w.push("</b>");
            let why = plain_text_of(explanation);
            if !why.is_empty() {
                w.push("<br>");
                w.push_text(&why);
            }
            w.push("</li>\n");
        });
        self.body.answers_html.push_str(&text);
    }

    fn item_line(&mut self, item: &'a Item) {
        match item.blocks.first() {
            Some(Block::Plain(content) | Block::Paragraph(content)) => self.inlines(content),
            _ => self.blocks(&item.blocks),
        }
    }

    fn misplaced(&mut self, container: &Container, vi: &str, en: &str) {
        let d = Diagnostic::new(Code::MisplacedContainer, self.source)
            .at(container.span)
            .with("name", container.kind.name())
            .with("reason_vi", vi)
            .with("reason_en", en);
        self.report(d);
    }
}

/// The id of a panel: its writer's, else one made of its numbers.
fn panel_id(tab: &Container, set: usize, number: usize) -> String {
    tab.id.clone().unwrap_or_else(|| format!("_panel-{set}-{number}"))
}

/// How `<ol type="A">` numbers its items: A to Z, then AA.
fn letter(at: usize) -> String {
    let last = char::from(b'A' + (at % 26) as u8);
    if at < 26 { last.to_string() } else { letter(at / 26 - 1) + &last.to_string() }
}

#[cfg(test)]
mod tests {
    use super::letter;

    #[test]
    fn choices_are_lettered_as_browsers_do() {
        let letters = [0, 25, 26, 27, 51, 52, 701, 702].map(letter);
        assert_eq!(letters, ["A", "Z", "AA", "AB", "AZ", "BA", "ZZ", "AAA"]);
    }
}
