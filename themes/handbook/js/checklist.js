// Checklists: ticks are kept on this machine, counted, and can be cleared and brought back. The
// page says so where the browser keeps nothing.
const boxes = sotay.all(".checklist-box input[type=checkbox]");
const name = "ticks-" + sotay.page();
let warned = false;

// An item is known by its words, so that ticks stay with them when the list is edited.
function namesOf(all) {
  const seen = {};
  return all.map((box) => {
    const name = sotay.hash(box.parentNode.textContent.trim());
    seen[name] = (seen[name] || 0) + 1;
    return name + (seen[name] > 1 ? "_" + seen[name] : "");
  });
}

function count(list) {
  const own = sotay.all("input[type=checkbox]", list);
  const done = own.filter((box) => box.checked).length;
  const status = list.querySelector(".checklist-count");
  const text = sotay.word(list, "checklist_count", { n: done, all: own.length });
  if (status.textContent !== text) {
    status.textContent = text;
  }
}

function save() {
  const ticked = names.filter((_, i) => boxes[i].checked);
  // A lone mark stands for "none": nothing at all would mean "as published".
  if (!sotay.keep(name, ticked.join("-") || "-") && !warned) {
    warned = true;
    lists.forEach((list) => {
      const note = sotay.make("p", "checklist-note", sotay.word(list, "checklist_unsaved"));
      list.insertBefore(note, list.children[1]);
    });
    sotay.say(boxes[0], "checklist_unsaved");
  }
}

// Clearing a list is undone by the same button, until something else is ticked.
function reset(list, button) {
  const own = sotay.all("input[type=checkbox]", list);
  const before = button.undo;
  if (before) {
    own.forEach((box, i) => { box.checked = before[i]; });
    leaveUndo(list);
  } else {
    button.undo = own.map((box) => box.checked);
    button.before = button.textContent;
    button.textContent = sotay.word(list, "checklist_undo");
    own.forEach((box) => { box.checked = false; });
    sotay.say(list, "checklist_cleared");
  }
  count(list);
  save();
}

function leaveUndo(list) {
  const button = list.querySelector(".checklist-reset");
  if (button.undo) {
    button.undo = null;
    button.textContent = button.before;
  }
}

const names = namesOf(boxes);
const lists = sotay.all(".checklist-box");
const kept = sotay.recall(name);
// Nothing kept: as published.
if (kept) {
  boxes.forEach((box, i) => { box.checked = kept.split("-").includes(names[i]); });
}
lists.forEach((list) => {
  const print = list.querySelector(".checklist-print");
  count(list);
  list.addEventListener("change", () => {
    leaveUndo(list);
    count(list);
    save();
  });
  const clear = list.querySelector(".checklist-reset");
  clear.addEventListener("click", () => { reset(list, clear); });
  print.addEventListener("click", () => {
    print.setAttribute("aria-pressed", list.toggleAttribute("data-print-empty"));
  });
});
