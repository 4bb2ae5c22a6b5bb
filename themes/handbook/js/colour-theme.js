// The control that chooses light, dark or the system's colours.
const order = ["system", "light", "dark"];
const shapes = {
  system: '<path d="M3 5h18v11H3zM8 20h8M12 16v4"/>',
  light: '<circle cx="12" cy="12" r="4"/><path d="M12 3v2M12 19v2M3 12h2M19 12h2M6 6l1 1M17 17l1 1M18 6l-1 1M7 17l-1 1"/>',
  dark: '<path d="M20 14.5A8.5 8.5 0 0 1 9.5 4 8.5 8.5 0 1 0 20 14.5z"/>'
};
const root = document.documentElement;
const slot = document.querySelector(".theme-slot");

function show(button) {
  const now = root.dataset.theme || "system";
  const name = sotay.word(slot, "theme_" + now);
  // Drawn as its neighbour is.
  const icon = document.querySelector(".to-menu .icon").cloneNode();
  icon.innerHTML = shapes[now];
  button.replaceChildren(icon, sotay.make("span", "", name));
  button.setAttribute("aria-label", sotay.word(slot, "theme_label") + ": " + name);
}

// The query of an address with this theme, and with whatever else it asks for.
function carry(query, theme) {
  return "?theme=" + theme + query.replace(/[?&]theme=\w*/, "").replace("?", "&");
}

function choose(next) {
  if (next === "system") {
    delete root.dataset.theme;
  } else {
    root.dataset.theme = next;
  }
  sotay.remember("theme", next);
  if (sotay.onDisk) {
    history.replaceState(null, "", carry(location.search, next) + location.hash);
  }
}

if (slot) {
  const button = sotay.button("", "theme");
  button.addEventListener("click", () => {
    choose(order[(order.indexOf(root.dataset.theme || "system") + 1) % order.length]);
    show(button);
  });
  show(button);
  slot.appendChild(button);
}

// Between files on a disk nothing but the address carries over in every browser.
if (sotay.onDisk) {
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href]");
    const chosen = root.dataset.theme || (/[?&]theme=system/.test(location.search) && "system");
    if (link && chosen && link.protocol === "file:" && /\.html$/.test(link.pathname)) {
      link.search = carry(link.search, chosen);
    }
  }, true);
}
