// What is wider than the page scrolls in its own box. A box that does can be reached by the
// keyboard, has a name, and says on a phone that there is more; one that does not is left alone.
function nameOf(box) {
  const caption = box.querySelector("caption") || (box.closest("figure") || box).querySelector("figcaption, title");
  if (caption) {
    return caption.textContent.trim();
  }
  const title = frameOf(box).querySelector(".code-title, .code-lang");
  if (title) {
    return title.textContent.trim();
  }
  const above = sotay.all("h1, .prose h2, .prose h3, .prose h4").filter((one) => {
    return one.compareDocumentPosition(box) & Node.DOCUMENT_POSITION_FOLLOWING;
  });
  return above.pop().firstChild.textContent.trim();
}

function kindOf(box) {
  return box.tagName === "PRE" ? "code" : box.matches(".math") ? "formula" : box.closest(".diagram") ? "diagram" : "table";
}

// Regions of one name would be no help to choose between.
const given = {};

function labelOf(box) {
  if (!box.label) {
    const label = sotay.word(box, kindOf(box), { name: nameOf(box) });
    given[label] = (given[label] || 0) + 1;
    box.label = label + (given[label] > 1 ? " (" + given[label] + ")" : "");
  }
  return box.label;
}

function frameOf(box) {
  return box.closest(".table, .code, .diagram") || box;
}

function fit(box) {
  const over = box.scrollWidth > box.clientWidth + 1;
  if (over === box.hasAttribute("role")) {
    return;
  }
  const frame = frameOf(box);
  if (over) {
    box.tabIndex = 0;
    box.setAttribute("role", "region");
    box.setAttribute("aria-label", labelOf(box));
    frame.dataset.over = sotay.word(box, "scroll");
  } else {
    box.removeAttribute("tabindex");
    box.removeAttribute("role");
    box.removeAttribute("aria-label");
    delete frame.dataset.over;
  }
}

const boxes = sotay.all(".scroll, .code pre, .math");
const observer = new ResizeObserver((entries) => {
  entries.forEach((entry) => { fit(entry.target); });
});
boxes.forEach((box) => {
  box.removeAttribute("tabindex");
  observer.observe(box);
  box.addEventListener("scroll", () => { frameOf(box).dataset.seen = ""; }, { once: true, passive: true });
});
sotay.fit = fit;
