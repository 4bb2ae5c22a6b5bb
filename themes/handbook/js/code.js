// Code: copied by a button, and wrapped where its lines are too long for the page.
sotay.all(".code").forEach((block) => {
  const pre = block.querySelector("pre");
  const copy = block.querySelector(".code-copy");
  const wrap = block.querySelector(".code-wrap");
  if (copy) {
    copy.addEventListener("click", () => {
      sotay.copy(copy, pre.textContent);
    });
  }
  wrap.addEventListener("click", () => {
    const wrapped = block.toggleAttribute("data-wrapped");
    wrap.setAttribute("aria-pressed", wrapped);
    sotay.fit(pre);
  });
});

// The button shows while there is something to wrap, or to undo.
const watch = window.MutationObserver && new MutationObserver((changes) => {
  changes.forEach((change) => {
    const block = change.target;
    block.querySelector(".code-wrap").hidden = block.dataset.over === undefined && block.dataset.wrapped === undefined;
  });
});
if (watch) {
  sotay.all(".code").forEach((block) => {
    watch.observe(block, { attributes: true, attributeFilter: ["data-over", "data-wrapped"] });
  });
}
