//! Reads sequence diagrams: who tells whom what, in order.

use super::read::{Line, Problem, label};
use super::{MOST_EDGES, MOST_NODES};

/// Somebody with a line of their own.
#[derive(Clone, Debug)]
pub(super) struct Participant {
    pub id: String,
    pub label: String,
    /// Drawn as a person.
    pub is_person: bool,
}

/// How a message ends.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Head {
    None,
    Filled,
    Open,
    Cross,
}

/// Where a note stands; both are the same participant where it is one.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Place {
    LeftOf(usize),
    RightOf(usize),
    Over(usize, usize),
}

#[derive(Clone, Debug)]
pub(super) struct Message {
    pub from: usize,
    pub to: usize,
    pub label: String,
    pub dashed: bool,
    pub head: Head,
    /// Whether it has a head at its start, too.
    pub both: bool,
    pub number: Option<usize>,
}

#[derive(Clone, Debug)]
pub(super) enum Event {
    Message(Message),
    Note(Place, String),
    /// A frame begins; its words say when what it holds happens.
    Open(String),
    /// The other case of the frame.
    Divide(String),
    Close,
    Activate(usize),
    Deactivate(usize),
}

#[derive(Clone, Debug, Default)]
pub(super) struct Sequence {
    pub participants: Vec<Participant>,
    pub events: Vec<Event>,
}

/// Signs of messages; of two that begin alike the longer stands first.
const SIGNS: &[(&str, bool, Head, bool)] = &[
    ("<<-->>", true, Head::Filled, true),
    ("<<->>", false, Head::Filled, true),
    ("-->>", true, Head::Filled, false),
    ("->>", false, Head::Filled, false),
    ("-->", true, Head::None, false),
    ("->", false, Head::None, false),
    ("--x", true, Head::Cross, false),
    ("-x", false, Head::Cross, false),
    ("--)", true, Head::Open, false),
    ("-)", false, Head::Open, false),
];

/// What Mermaid has and ours does not.
const NOT_DRAWN: &[&str] = &["box", "create", "destroy", "link", "links", "title", "rect"];

pub(super) fn read(head: usize, lines: &[Line<'_>]) -> Result<Sequence, Problem> {
    let mut reader = Reader::default();
    for line in lines {
        reader.line(line)?;
    }
    if let Some((line, word)) = reader.open.last() {
        return Err(Problem {
            line: *line,
            vi: format!("`{word}` mở ở đây không có `end`"),
            en: format!("the `{word}` that opens here has no `end`"),
        });
    }
    let has_message = reader.sequence.events.iter().any(|e| matches!(e, Event::Message(_)));
    if !has_message {
        return Err(Problem {
            line: head,
            vi: "chưa có thông điệp nào".into(),
            en: "there is no message in it".into(),
        });
    }
    Ok(reader.sequence)
}

#[derive(Default)]
struct Reader {
    sequence: Sequence,
    /// Frames that are open: their lines and words.
    open: Vec<(usize, String)>,
    /// The next message's number, when they have any.
    number: Option<usize>,
    messages: usize,
}

impl Reader {
    fn line(&mut self, line: &Line<'_>) -> Result<(), Problem> {
        let (word, rest) = line.text.split_once(char::is_whitespace).unwrap_or((line.text, ""));
        let rest = rest.trim();
        match word {
            "participant" | "actor" => return self.declared(line, rest, word == "actor"),
            "autonumber" => self.number = Some(rest.parse().unwrap_or(1)),
            "activate" | "deactivate" => {
                let of = self.participant(line, rest)?;
                let active = word == "activate";
                self.event(if active { Event::Activate(of) } else { Event::Deactivate(of) });
            }
            "Note" | "note" => return self.note(line, rest),
            "loop" | "alt" | "opt" | "par" | "critical" | "break" => {
                self.open.push((line.number, word.to_owned()));
                let words = label(line, rest)?;
                self.event(Event::Open(words));
            }
            "else" | "and" | "option" => {
                if self.open.is_empty() {
                    return Err(line.problem(
                        format!("`{word}` này không thuộc khối nào"),
                        format!("this `{word}` belongs to no block"),
                    ));
                }
                let words = label(line, rest)?;
                self.event(Event::Divide(words));
            }
            "end" if rest.is_empty() => match self.open.pop() {
                Some(_) => self.event(Event::Close),
                None => {
                    return Err(
                        line.problem("`end` này không đóng gì", "this `end` closes nothing")
                    );
                }
            },
            word if NOT_DRAWN.contains(&word.trim_end_matches(':')) => {
                return Err(line.problem(
                    format!("chưa vẽ được `{word}` trong sơ đồ tuần tự"),
                    format!("`{word}` cannot be drawn in a sequence diagram"),
                ));
            }
            _ => return self.message(line),
        }
        Ok(())
    }

    fn event(&mut self, event: Event) {
        self.sequence.events.push(event);
    }

    /// `participant A as Words`.
    fn declared(&mut self, line: &Line<'_>, rest: &str, is_person: bool) -> Result<(), Problem> {
        let (id, words) = rest.split_once(" as ").unwrap_or((rest, rest));
        let at = self.participant(line, id.trim())?;
        let participant = &mut self.sequence.participants[at];
        participant.label = label(line, words)?;
        participant.is_person = is_person;
        Ok(())
    }

    fn participant(&mut self, line: &Line<'_>, id: &str) -> Result<usize, Problem> {
        let participants = &mut self.sequence.participants;
        if id.is_empty() || id.contains(['<', '>', '"', ';']) {
            return Err(line.not_understood(id));
        }
        if let Some(at) = participants.iter().position(|p| p.id == id) {
            return Ok(at);
        }
        if participants.len() == MOST_NODES {
            return Err(line.problem(
                format!("có hơn {MOST_NODES} bên: hãy chia thành nhiều sơ đồ"),
                format!(
                    "there are more than {MOST_NODES} participants: make several diagrams of it"
                ),
            ));
        }
        let words = label(line, id)?;
        participants.push(Participant { id: id.to_owned(), label: words, is_person: false });
        Ok(participants.len() - 1)
    }

    /// `Note over A,B: words`.
    fn note(&mut self, line: &Line<'_>, rest: &str) -> Result<(), Problem> {
        let Some((place, words)) = rest.split_once(':') else {
            return Err(line.not_understood(rest));
        };
        let place = match place.trim() {
            p if p.starts_with("left of ") => {
                Place::LeftOf(self.participant(line, p["left of ".len()..].trim())?)
            }
            p if p.starts_with("right of ") => {
                Place::RightOf(self.participant(line, p["right of ".len()..].trim())?)
            }
            p if p.starts_with("over ") => {
                let of = &p["over ".len()..];
                let (first, second) = of.split_once(',').unwrap_or((of, of));
                let first = self.participant(line, first.trim())?;
                let second = self.participant(line, second.trim())?;
                Place::Over(first.min(second), first.max(second))
            }
            other => return Err(line.not_understood(other)),
        };
        let words = label(line, words)?;
        self.event(Event::Note(place, words));
        Ok(())
    }

    /// `A->>+B: words`.
    fn message(&mut self, line: &Line<'_>) -> Result<(), Problem> {
        let (head, words) = line.text.split_once(':').unwrap_or((line.text, ""));
        let found = SIGNS.iter().filter_map(|sign| Some((sign_at(head, sign.0)?, sign)));
        // Of those that begin at the same place the first in the table wins.
        let Some((at, sign)) = found.min_by_key(|(at, _)| *at) else {
            return Err(line.not_understood(line.text));
        };
        if self.messages == MOST_EDGES {
            return Err(line.problem(
                format!("có hơn {MOST_EDGES} thông điệp: hãy chia thành nhiều sơ đồ"),
                format!("there are more than {MOST_EDGES} messages: make several diagrams of it"),
            ));
        }
        self.messages += 1;
        let (text, dashed, kind, both) = *sign;
        let from = self.participant(line, head[..at].trim())?;
        let target = head[at + text.len()..].trim();
        let (activates, target) = match target.strip_prefix('+') {
            Some(target) => (Some(true), target),
            None => match target.strip_prefix('-') {
                Some(target) => (Some(false), target),
                None => (None, target),
            },
        };
        let to = self.participant(line, target.trim())?;
        let number = self.number;
        self.number = number.map(|n| n.saturating_add(1));
        let label = label(line, words)?;
        self.event(Event::Message(Message { from, to, label, dashed, head: kind, both, number }));
        match activates {
            Some(true) => self.event(Event::Activate(to)),
            Some(false) => self.event(Event::Deactivate(from)),
            None => {}
        }
        Ok(())
    }
}

/// Where `sign` stands in `text`. The crosses are letters, too: they need a space after them.
fn sign_at(text: &str, sign: &str) -> Option<usize> {
    let mut from = 0;
    while let Some(found) = text[from..].find(sign) {
        let after = &text[from + found + sign.len()..];
        if !sign.ends_with('x') || after.starts_with([' ', '+', '-']) {
            return Some(from + found);
        }
        from += found + sign.len();
    }
    None
}
