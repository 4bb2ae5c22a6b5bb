// The panel that lists what is wrong, the badge that counts it, and the note that the preview
// has stopped. All in a shadow tree, so that neither the page's style nor its scripts meet it;
// all text by textContent, for it quotes files as they are.
var OPENED = "sotay-preview-opened";
var panel = null;

function build() {
  var host = make("sotay-preview");
  var shadow = host.attachShadow({ mode: "open" });
  var sheet = make("link");
  sheet.rel = "stylesheet";
  sheet.href = "/_sotay/live.css";
  panel = {
    host: host,
    frame: make("div", "frame"),
    spoken: make("p", "spoken"),
    note: make("p", "note"),
    region: make("section", "panel"),
    title: make("h2"),
    fold: make("button", "fold"),
    body: make("div", "body"),
    foot: make("aside", "foot"),
    line: buildAbout(),
    badge: make("button", "badge"),
    open: false,
    // What it shows: "all" problems, those "here", or the "files" that go into the page.
    view: "all",
    problems: [],
    more: 0,
    stale: false,
    errors: 0,
    warnings: 0
  };
  panel.spoken.setAttribute("role", "status");
  panel.note.setAttribute("role", "status");
  panel.region.setAttribute("role", "region");
  panel.region.id = "panel";
  // A list longer than the window scrolls, with the keyboard too.
  panel.body.tabIndex = 0;
  opens(panel.badge, "all");
  panel.fold.addEventListener("click", fold);
  addEventListener("keydown", function (event) {
    if (event.key === "Escape" && panel.open && !event.defaultPrevented) {
      fold();
    }
  });
  panel.region.append(bar(), panel.body);
  panel.foot.append(panel.line.toggle, panel.line.facts, panel.badge);
  panel.frame.append(panel.spoken, panel.note, panel.region, panel.foot);
  panel.frame.hidden = true;
  // Without its style it would stand in the middle of the text.
  sheet.onload = function () { panel.frame.hidden = false; };
  panel.note.hidden = panel.region.hidden = panel.foot.hidden = true;
  shadow.append(sheet, panel.frame);
  followTheme();
  makeRoom();
  document.body.append(host);
}

function bar() {
  var element = make("div", "bar");
  element.append(panel.title, panel.fold);
  return element;
}

/** Makes `button` open the panel with `view`, and fold it when that is open already. */
function opens(button, view) {
  button.dataset.view = view;
  button.setAttribute("aria-controls", "panel");
  button.addEventListener("click", function () {
    if (panel.open && panel.view === view) {
      fold();
      return;
    }
    panel.view = view;
    setOpen(true);
    remember();
    panel.body.scrollTop = 0;
    panel.body.focus();
  });
}

/** The page's own choice of light or dark, where the reader made one. */
function followTheme() {
  function follow() {
    panel.frame.dataset.theme = document.documentElement.dataset.theme || "";
  }
  follow();
  new MutationObserver(follow).observe(document.documentElement, { attributeFilter: ["data-theme"] });
}

function showProblems(data) {
  if (!panel) {
    if (!data.problems.length) {
      return;
    }
    build();
  }
  var before = panel.errors + panel.warnings;
  panel.problems = data.problems;
  panel.more = data.more;
  panel.stale = data.stale;
  panel.errors = count(data.problems, "error");
  panel.warnings = count(data.problems, "warning");
  speak(before);
  panel.badge.dataset.tone = tone(panel.errors);
  drawAbout();
  if (panel.open && panel.view === "files") {
    setOpen(true);
    return;
  }
  var want = wanted();
  panel.view = want.view;
  setOpen(want.open);
  remember();
}

function count(problems, severity) {
  return problems.filter(function (problem) { return problem.severity === severity; }).length;
}

function counted(errors, warnings) {
  var parts = [];
  if (errors) {
    parts.push(words[lang].errors(errors));
  }
  if (warnings) {
    parts.push(words[lang].warnings(warnings));
  }
  return parts.join(", ");
}

function summary(more) {
  return counted(panel.errors, panel.warnings) + (more ? " (+" + more + ")" : "");
}

/** What the badge says: beside this page's mistakes, whose its own are. */
function everywhere() {
  var text = summary(panel.more);
  return about && panel.line.open ? words[lang].everywhere(text) : text;
}

/** Tells those who cannot see the panel how many there are, when that changes. */
function speak(before) {
  var any = panel.errors + panel.warnings;
  var text = any ? summary() : before ? words[lang].mended : "";
  // What a new region holds from the start is not read out.
  setTimeout(function () {
    if (panel.spoken.textContent !== text) {
      panel.spoken.textContent = text;
    }
  }, 200);
}

/** Errors open the panel and warnings do not, unless somebody chose otherwise for them. */
function wanted() {
  var hasErrors = panel.errors > 0;
  try {
    var chosen = JSON.parse(sessionStorage.getItem(OPENED));
    if (chosen && chosen.errors === hasErrors) {
      return chosen;
    }
  } catch (error) {
    // No storage: as if nobody had chosen.
  }
  return { open: hasErrors, view: "all" };
}

function remember() {
  if (panel.view === "files") {
    return;
  }
  try {
    if (panel.errors + panel.warnings) {
      var chosen = { errors: panel.errors > 0, open: panel.open, view: panel.view };
      sessionStorage.setItem(OPENED, JSON.stringify(chosen));
    } else {
      sessionStorage.removeItem(OPENED);
    }
  } catch (error) {
    // No storage: it holds for this page.
  }
}

function setOpen(open) {
  panel.open = open && hasContent();
  panel.region.hidden = !panel.open;
  panel.badge.hidden = !(panel.errors + panel.warnings);
  panel.foot.hidden = !about && panel.badge.hidden;
  [panel.badge, panel.line.wrong, panel.line.files].forEach(function (button) {
    button.setAttribute("aria-expanded", String(panel.open && panel.view === button.dataset.view));
  });
  if (panel.open) {
    drawPanel();
  }
}

/** Whether there is something to show. Where this page's problems are gone, errors elsewhere
    take their place. */
function hasContent() {
  if (panel.view === "files") {
    return files().length > 0;
  }
  if (panel.view === "here" && !panel.problems.some(isHere)) {
    panel.view = "all";
    return panel.errors > 0;
  }
  return panel.errors + panel.warnings > 0;
}

function tone(errors) {
  return errors ? "error" : "warning";
}

function drawPanel() {
  var say = words[lang];
  panel.fold.textContent = say.fold;
  panel.fold.append(make("span", "key", " (Esc)"));
  panel.body.textContent = "";
  if (panel.view === "files") {
    panel.region.dataset.tone = "plain";
    panel.title.textContent = say.files;
    panel.region.setAttribute("aria-label", say.files);
    panel.body.append(fileList());
    tellMore(say.moreFiles, about.more);
    return;
  }
  var isOnlyHere = panel.view === "here";
  var problems = isOnlyHere ? panel.problems.filter(isHere) : panel.problems;
  panel.title.textContent = isOnlyHere ? panel.line.wrong.textContent : summary(panel.more);
  panel.region.dataset.tone = tone(isOnlyHere ? about.errors : panel.errors);
  panel.region.setAttribute("aria-label", say.label);
  if (panel.stale) {
    panel.body.append(make("p", "stale", say.stale));
  }
  panel.body.append(list(problems));
  tellMore(say.more, isOnlyHere ? about.errors + about.warnings - problems.length : panel.more);
}

function tellMore(say, number) {
  if (number > 0) {
    panel.body.append(make("p", "more", say(number)));
  }
}

function fold() {
  var inside = document.activeElement === panel.host;
  var openers = { all: panel.badge, here: panel.line.wrong, files: panel.line.files };
  var places = [openers[panel.view], panel.badge, panel.line.toggle];
  setOpen(false);
  remember();
  if (inside) {
    // Where it was opened, unless that is folded away by now.
    places.filter(function (button) { return button.offsetParent; })[0].focus();
  }
}

function list(problems) {
  var element = make("ol");
  problems.forEach(function (problem) { element.append(item(problem)); });
  return element;
}

function item(problem) {
  var element = make("li", problem.severity === "error" ? "error" : "warning");
  var what = make("p", "what");
  var severity = make("b", "severity", words[lang][problem.severity] + "[" + problem.code + "]");
  what.append(severity, " ", prose(problem.message));
  element.append(what, where(problem), excerpt(problem.excerpt || []));
  if (problem.help) {
    var help = make("p", "help");
    help.append(make("b", "", words[lang].help + ":"), " ", prose(problem.help));
    element.append(help);
  }
  if (problem.related) {
    var related = make("p", "related");
    related.append(words[lang].related + ": ", where(problem.related));
    element.append(related, excerpt(problem.related.excerpt || []));
  }
  return element;
}

function where(place) {
  var parts = [place.file, place.line, place.column].filter(Boolean);
  return make("span", "where", parts.join(":"));
}

/** A sentence whose `quoted words` are code. */
function prose(text) {
  var element = make("span", "message");
  text.split("`").forEach(function (part, i) {
    element.append(i % 2 ? make("code", "", part) : part);
  });
  return element;
}

function excerpt(lines) {
  var element = make("pre");
  lines.forEach(function (line) {
    // Places count characters, not the units of JavaScript's strings.
    var letters = Array.from(line.text);
    function cut(from, to) { return letters.slice(from, to).join(""); }
    var row = make("span", "line");
    var code = make("code");
    code.append(cut(0, line.from), make("mark", "", cut(line.from, line.to) || " "), cut(line.to));
    row.append(make("span", "number", String(line.number)), code);
    element.append(row);
  });
  element.hidden = !lines.length;
  return element;
}

function showStopped(stopped) {
  if (!panel) {
    if (!stopped) {
      return;
    }
    build();
  }
  panel.frame.lang = lang;
  panel.note.textContent = stopped ? words[lang].stopped : "";
  panel.note.hidden = !stopped;
}

function make(name, className, text) {
  var element = document.createElement(name);
  if (name === "button") {
    element.type = "button";
  }
  if (className) {
    element.className = className;
  }
  if (text) {
    element.textContent = text;
  }
  return element;
}

