// The parts of the handbook in a drawer, where the window has no room for them beside the text.
// Without this script the button leads to the same list at the foot of the page.
const opener = document.querySelector(".to-menu");
const side = document.getElementById("_menu");
const wide = window.matchMedia("(min-width: 75rem)");
let drawer;

function make() {
  const place = document.createComment("");
  const close = sotay.button(sotay.word(opener, "close"), "button drawer-close");
  drawer = sotay.make("dialog", "drawer");
  drawer.setAttribute("aria-label", opener.textContent.trim());
  drawer.appendChild(close);
  document.body.appendChild(drawer);
  close.addEventListener("click", () => { drawer.close(); });
  drawer.addEventListener("click", (event) => {
    // The dialog itself is hit only outside of what it holds.
    if (event.target === drawer || event.target.closest("a")) {
      drawer.close();
    }
  });
  drawer.addEventListener("close", () => {
    place.replaceWith(side);
    opener.focus();
  });
  drawer.show = () => {
    side.replaceWith(place);
    drawer.appendChild(side);
    drawer.showModal();
  };
}

if (opener && side && window.HTMLDialogElement) {
  opener.setAttribute("role", "button");
  opener.setAttribute("aria-haspopup", "dialog");
  opener.addEventListener("click", (event) => {
    event.preventDefault();
    if (!drawer) {
      make();
    }
    drawer.show();
  });
  opener.addEventListener("keydown", (event) => {
    if (event.key === " ") {
      event.preventDefault();
      opener.click();
    }
  });
  wide.addEventListener("change", () => {
    if (drawer) {
      drawer.close();
    }
  });
}
