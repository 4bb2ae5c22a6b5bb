// Tabs: one panel at a time, chosen by mouse or arrows. What is chosen is remembered by its name,
// so that who once asked for Windows gets Windows everywhere. Without script every panel is shown.
let names = (sotay.recall("tabs") || "").split("-").filter(Boolean);

function select(set, index, focus) {
  set.tabs.forEach((tab, i) => {
    const panel = set.panels[i];
    const chosen = i === index;
    tab.setAttribute("aria-selected", chosen);
    tab.tabIndex = chosen ? 0 : -1;
    panel.removeAttribute(chosen ? "hidden" : "tabindex");
    if (chosen) {
      panel.tabIndex = 0;
    } else {
      // Found by the browser's own search, and by links into it.
      panel.setAttribute("hidden", "until-found");
    }
  });
  if (focus) {
    set.tabs[index].focus();
  }
}

function nameOf(tab) {
  return sotay.hash(tab.textContent.trim());
}

// Every set that has a tab of this name follows, and the page stays where the reader looks.
function choose(set, index) {
  const name = nameOf(set.tabs[index]);
  const top = set.list.getBoundingClientRect().top;
  sets.forEach((other) => {
    const same = other === set ? index : other.tabs.map(nameOf).indexOf(name);
    if (same >= 0) {
      select(other, same, other === set);
    }
  });
  window.scrollBy(0, set.list.getBoundingClientRect().top - top);
  names = [name].concat(names.filter((one) => one !== name)).slice(0, 12);
  sotay.remember("tabs", names.join("-"));
}

function preferred(set) {
  const own = set.tabs.map(nameOf);
  return Math.max(0, own.indexOf(names.find((name) => own.includes(name))));
}

function onKey(set, event) {
  const now = set.tabs.indexOf(document.activeElement);
  let last = set.tabs.length - 1;
  const next = { ArrowRight: now < last ? now + 1 : 0, ArrowLeft: now ? now - 1 : last, Home: 0, End: last }[event.key];
  if (next !== undefined && now >= 0) {
    event.preventDefault();
    choose(set, next);
  }
}

const sets = sotay.all(".tabs").map((box) => {
  const list = box.querySelector(".tab-list");
  const tabs = sotay.all("[role=tab]", list);
  return { box, list, tabs, panels: tabs.map((tab) => document.getElementById(tab.getAttribute("aria-controls"))) };
}).filter((set) => set.tabs.length > 0);

sets.forEach((set) => {
  set.panels.forEach((panel, i) => {
    panel.setAttribute("role", "tabpanel");
    panel.setAttribute("aria-labelledby", set.tabs[i].id);
    panel.addEventListener("beforematch", () => { select(set, i); });
  });
  select(set, preferred(set));
  set.box.dataset.ready = "";
  set.tabs.forEach((tab, i) => {
    tab.addEventListener("click", () => { choose(set, i); });
  });
  set.list.addEventListener("keydown", (event) => { onKey(set, event); });
});

// A link to something in a panel that is not shown brings it to view.
function reveal() {
  let id = location.hash.slice(1);
  try {
    id = decodeURIComponent(id);
  } catch (error) {
    // Somebody's own "#100%": no section, and no reason for the other scripts not to start.
  }
  const aimed = document.getElementById(id);
  const hidden = sotay.all(".tab[hidden]").filter((panel) => panel.contains(aimed));
  hidden.forEach((panel) => { panel.dispatchEvent(new Event("beforematch")); });
  if (hidden.length) {
    aimed.scrollIntoView();
  }
}

window.addEventListener("hashchange", reveal);
reveal();
