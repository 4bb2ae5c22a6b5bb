// The line at the window's foot that tells an editor what this page is: its kind, the file it
// comes from, how long its text is and how many mistakes it has. Folded away it is one button.
var FOLDED = "sotay-preview-about";
var about = null;

function buildAbout() {
  var line = {
    toggle: make("button", "toggle"),
    sign: make("span", "sign"),
    name: make("span"),
    facts: make("div", "facts"),
    kind: make("b", "kind"),
    path: make("span", "path"),
    gap: make("span", "gap"),
    files: make("button", "files"),
    words: make("span", "words"),
    characters: make("span", "characters"),
    right: make("span", "right"),
    wrong: make("button", "wrong"),
    open: !readFolded()
  };
  line.facts.id = "facts";
  line.sign.setAttribute("aria-hidden", "true");
  line.toggle.setAttribute("aria-controls", "facts");
  line.toggle.addEventListener("click", function () {
    line.open = !line.open;
    rememberFolded(!line.open);
    drawAbout();
  });
  opens(line.files, "files");
  opens(line.wrong, "here");
  line.toggle.append(line.sign, line.name);
  var left = [line.kind, line.path, line.gap, line.files];
  var right = [line.words, line.characters, line.right, line.wrong];
  line.facts.append(...left, make("span", "spring"), ...right);
  return line;
}

function showAbout(data) {
  about = data;
  if (!panel) {
    if (!about) {
      return;
    }
    build();
  }
  drawAbout();
  setOpen(panel.open);
}

function drawAbout() {
  var line = panel.line;
  var say = words[lang];
  panel.frame.lang = lang;
  line.toggle.hidden = !about;
  line.facts.hidden = !about || !line.open;
  panel.foot.classList.toggle("shown", !line.facts.hidden);
  panel.foot.setAttribute("aria-label", about ? say.about : say.label);
  panel.badge.textContent = everywhere();
  if (!about) {
    return;
  }
  line.toggle.setAttribute("aria-expanded", String(line.open));
  line.sign.textContent = line.open ? "▾" : "▴";
  line.name.textContent = say.page;
  line.name.className = line.open ? "spoken" : "";
  line.kind.textContent = say.kinds[about.kind];
  drawPath(line.path, about.texts[0] || "");
  drawGap(line.gap);
  drawFiles(line.files);
  line.words.hidden = line.characters.hidden = !about.length;
  if (about.length) {
    line.words.textContent = say.words(about.length.words);
    line.characters.textContent = say.characters(about.length.characters);
  }
  var any = about.errors + about.warnings > 0;
  line.right.textContent = say.right;
  line.right.hidden = any || !about.texts.length;
  line.wrong.textContent = say.here(counted(about.errors, about.warnings));
  line.wrong.dataset.tone = tone(about.errors);
  line.wrong.hidden = !any;
}

/** Where there is little room, the folder is cut short before the file's name is. */
function drawPath(element, path) {
  var name = path.lastIndexOf("/") + 1;
  element.textContent = "";
  element.append(make("span", "folder", path.slice(0, name)), make("span", "name", path.slice(name)));
  element.hidden = !path;
}

/** What is missing where another language is shown. */
function drawGap(element) {
  var path = make("span", "path");
  drawPath(path, about.missing || "");
  element.hidden = path.hidden;
  element.textContent = words[lang].missing + " ";
  element.append(path);
}

function drawFiles(button) {
  var listed = about.listed.length + about.more;
  var included = about.texts.length - 1;
  button.hidden = !files().length;
  button.textContent = listed ? words[lang].listed(listed) : words[lang].included(included);
}

/** The files that go into the page beside its own. */
function files() {
  return about ? about.texts.slice(1).concat(about.listed) : [];
}

/** Whether a problem stands in a file whose text this page shows, or would. */
function isHere(problem) {
  return Boolean(about) && about.texts.concat(about.missing).indexOf(problem.file) >= 0;
}

function fileList() {
  var list = make("ul", "paths");
  files().forEach(function (file) { list.append(make("li", "where", file)); });
  return list;
}

function readFolded() {
  try {
    return localStorage.getItem(FOLDED) === "folded";
  } catch (error) {
    return false;
  }
}

function rememberFolded(folded) {
  try {
    if (folded) {
      localStorage.setItem(FOLDED, "folded");
    } else {
      localStorage.removeItem(FOLDED);
    }
  } catch (error) {
    // No storage: it holds for this page.
  }
}

/** Leaves as much room below the text as the line takes, and keeps what has the keyboard's
    focus above it. */
function makeRoom() {
  function measure() {
    var height = about ? panel.foot.offsetHeight + "px" : "";
    panel.host.style.height = height;
    document.documentElement.style.scrollPaddingBottom = height;
  }
  if ("ResizeObserver" in window) {
    new ResizeObserver(measure).observe(panel.foot);
  }
}
