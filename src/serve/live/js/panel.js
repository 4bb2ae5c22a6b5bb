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
    badge: make("button", "badge"),
    open: false,
    errors: 0,
    warnings: 0
  };
  panel.spoken.setAttribute("role", "status");
  panel.note.setAttribute("role", "status");
  panel.region.setAttribute("role", "region");
  panel.region.id = "panel";
  // A list longer than the window scrolls, with the keyboard too.
  panel.body.tabIndex = 0;
  panel.fold.type = panel.badge.type = "button";
  panel.badge.setAttribute("aria-controls", "panel");
  panel.badge.addEventListener("click", function () { setOpen(!panel.open); });
  panel.fold.addEventListener("click", fold);
  addEventListener("keydown", function (event) {
    if (event.key === "Escape" && panel.open && !event.defaultPrevented) {
      fold();
    }
  });
  panel.region.append(bar(), panel.body);
  panel.frame.append(panel.spoken, panel.note, panel.region, panel.badge);
  panel.frame.hidden = true;
  // Without its style it would stand in the middle of the text.
  sheet.onload = function () { panel.frame.hidden = false; };
  panel.note.hidden = panel.region.hidden = panel.badge.hidden = true;
  shadow.append(sheet, panel.frame);
  followTheme();
  document.body.append(host);
}

function bar() {
  var element = make("div", "bar");
  element.append(panel.title, panel.fold);
  return element;
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
  panel.errors = count(data.problems, "error");
  panel.warnings = count(data.problems, "warning");
  speak(before);
  var text = summary(data.more);
  panel.title.textContent = panel.badge.textContent = text;
  panel.frame.lang = lang;
  panel.frame.classList.toggle("has-errors", panel.errors > 0);
  panel.region.setAttribute("aria-label", words[lang].label);
  panel.fold.textContent = words[lang].fold;
  panel.fold.append(make("span", "key", " (Esc)"));
  panel.body.textContent = "";
  if (data.stale) {
    panel.body.append(make("p", "stale", words[lang].stale));
  }
  panel.body.append(list(data.problems));
  if (data.more) {
    panel.body.append(make("p", "more", words[lang].more(data.more)));
  }
  setOpen(shouldOpen());
}

function count(problems, severity) {
  return problems.filter(function (problem) { return problem.severity === severity; }).length;
}

function summary(more) {
  var parts = [];
  if (panel.errors) {
    parts.push(words[lang].errors(panel.errors));
  }
  if (panel.warnings) {
    parts.push(words[lang].warnings(panel.warnings));
  }
  return parts.join(", ") + (more ? " (+" + more + ")" : "");
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
function shouldOpen() {
  var chosen = null;
  try {
    chosen = JSON.parse(sessionStorage.getItem(OPENED));
  } catch (error) {
    // No storage: as if nobody had chosen.
  }
  var hasErrors = panel.errors > 0;
  return chosen && chosen.errors === hasErrors ? chosen.open : hasErrors;
}

function remember() {
  try {
    if (panel.errors + panel.warnings) {
      sessionStorage.setItem(OPENED, JSON.stringify({ errors: panel.errors > 0, open: panel.open }));
    } else {
      sessionStorage.removeItem(OPENED);
    }
  } catch (error) {
    // No storage: it holds for this page.
  }
}

function setOpen(open) {
  var any = panel.errors + panel.warnings > 0;
  panel.open = open && any;
  panel.region.hidden = !panel.open;
  panel.badge.hidden = !any;
  panel.badge.setAttribute("aria-expanded", String(panel.open));
  remember();
}

function fold() {
  var inside = document.activeElement === panel.host;
  setOpen(false);
  if (inside) {
    panel.badge.focus();
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
  if (className) {
    element.className = className;
  }
  if (text) {
    element.textContent = text;
  }
  return element;
}

