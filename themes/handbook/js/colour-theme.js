// The control that chooses light, dark or the system's colours.
const order = ["system", "light", "dark"];
const shapes = {
  system: '<path d="M3 5h18v11H3zM8 20h8M12 16v4"/>',
  light: '<circle cx="12" cy="12" r="4"/><path d="M12 3v2M12 19v2M3 12h2M19 12h2M5.6 5.6 7 7M17 17l1.4 1.4M18.4 5.6 17 7M7 17l-1.4 1.4"/>',
  dark: '<path d="M20 14.5A8.5 8.5 0 0 1 9.5 4 8.5 8.5 0 1 0 20 14.5z"/>'
};
const root = document.documentElement;
const slot = document.querySelector(".theme-slot");

function show(button) {
  const now = root.dataset.theme || "system";
  const name = sotay.word(slot, "theme_" + now);
  button.innerHTML = '<svg class="icon" aria-hidden="true" viewBox="0 0 24 24" width="20" height="20" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round">' + shapes[now] + "</svg>";
  button.appendChild(sotay.make("span", "", name));
  button.setAttribute("aria-label", sotay.word(slot, "theme_label") + ": " + name);
}

function choose(next) {
  if (next === "system") {
    delete root.dataset.theme;
  } else {
    root.dataset.theme = next;
  }
  sotay.remember("theme", next);
  if (sotay.onDisk) {
    history.replaceState(null, "", "?theme=" + next + location.hash);
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
    const link = event.target.closest && event.target.closest("a[href]");
    const chosen = root.dataset.theme || (/[?&]theme=system/.test(location.search) && "system");
    if (link && chosen && link.protocol === "file:" && /\.html$/.test(link.pathname)) {
      link.search = "?theme=" + chosen;
    }
  }, true);
}
