// Code: copied by a button, and wrapped where its lines are too long for the page.
// The button that wraps shows while there is something to wrap, or to undo.
const watch = new MutationObserver((changes) => {
  changes.forEach(({ target }) => {
    target.querySelector(".code-wrap").hidden = !target.matches("[data-over], [data-wrapped]");
  });
});

sotay.all(".code").forEach((block) => {
  const pre = block.querySelector("pre");
  const copy = block.querySelector(".code-copy");
  const wrap = block.querySelector(".code-wrap");
  if (copy) {
    copy.addEventListener("click", () => { sotay.copy(copy, pre.textContent); });
  }
  wrap.addEventListener("click", () => {
    wrap.setAttribute("aria-pressed", block.toggleAttribute("data-wrapped"));
    sotay.fit(pre);
  });
  watch.observe(block, { attributeFilter: ["data-over", "data-wrapped"] });
});
