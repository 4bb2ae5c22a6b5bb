// What somebody does with the terms of the glossary in a text. What explains them comes when
// somebody first looks at one, or is about to print; without it a link leads to the entry.
let ready;
let tapped;

// Tells `explain` in the order in which things happened, also what happened before it came.
function tell(what, link) {
  ready = ready || new Promise((done) => { sotay.load("explain", () => done(true), () => done()); });
  ready.then((there) => {
    if (there) {
      sotay.explain[what](link);
    } else if (what === "tap") {
      location.assign(link.href);
    }
  });
}

sotay.all("a.term").forEach((link) => {
  link.addEventListener("pointerenter", (event) => {
    if (event.pointerType !== "touch") {
      tell("point", link);
    }
  });
  link.addEventListener("focus", () => tell("show", link));
  link.addEventListener("pointerleave", () => ready && tell("leave", link));
  link.addEventListener("blur", () => ready && tell("hide", link));
  // Of a term that is explained a tap follows the link.
  link.addEventListener("pointerdown", (event) => {
    tapped = event.pointerType === "touch" && !link.hasAttribute("aria-describedby");
  });
  // A finger that scrolls began as a tap.
  link.addEventListener("pointercancel", () => { tapped = false; });
  link.addEventListener("click", (event) => {
    if (tapped) {
      event.preventDefault();
      tapped = false;
      tell("tap", link);
    }
  });
});

sotay.all("[data-print]").forEach((button) => {
  ["pointerenter", "focus"].forEach((kind) => button.addEventListener(kind, () => tell("load")));
});
