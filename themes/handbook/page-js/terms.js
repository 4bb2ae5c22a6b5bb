// What explains terms of the glossary comes when somebody first looks at one, or is about to print.
// Without it a link leads to the entry.
let asked;
let tapped;
let at;

function start(link, tap) {
  at = link;
  asked = asked || new Promise((done) => { sotay.load("explain", () => done(true), () => done()); });
  asked.then((there) => {
    // Who has gone on meanwhile does not want it any more.
    if (there && at === link) {
      sotay.explain(link, tap);
    } else if (tap) {
      location.assign(link.href);
    }
  });
}

sotay.all("a.term").forEach((link) => {
  link.addEventListener("pointerenter", (event) => {
    if (!asked && event.pointerType !== "touch") {
      start(link);
    }
  });
  link.addEventListener("focus", () => asked || start(link));
  ["pointerleave", "blur"].forEach((kind) => link.addEventListener(kind, () => { at = null; }));
  link.addEventListener("pointerdown", (event) => { tapped = !asked && event.pointerType === "touch"; });
  // A finger that scrolls began as a tap.
  link.addEventListener("pointercancel", () => { tapped = false; });
  link.addEventListener("click", (event) => {
    if (tapped) {
      event.preventDefault();
      tapped = false;
      start(link, true);
    }
  });
});

sotay.all("[data-print]").forEach((button) => {
  ["pointerenter", "focus"].forEach((kind) => button.addEventListener(kind, () => asked || start()));
});
