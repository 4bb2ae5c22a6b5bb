// The language link leads to the section that is being read: both languages share its id.
function isInView(element) {
  const box = element.getBoundingClientRect();
  return box.bottom > 0 && box.top < innerHeight;
}

function nearestHeading() {
  // Where the address leads counts first: the last sections of a page never reach its top.
  const aimed = document.querySelector(":target");
  if (aimed && aimed.closest(".prose") && !aimed.closest(".footnotes, .footnote-ref") && isInView(aimed)) {
    return aimed.id;
  }
  let found = "";
  // The section at the top of the window, bar included: deeper down the next may begin already.
  sotay.all(".prose h2[id], .prose h3[id]").some((heading) => {
    const below = heading.getBoundingClientRect().top > innerHeight / 4;
    if (!below) {
      found = heading.id;
    }
    return below;
  });
  return found;
}

sotay.all("a.to-language, [data-languages] a").forEach((link) => {
  link.addEventListener("click", () => {
    sotay.remember("lang", link.hreflang);
    if (link.classList.contains("to-language")) {
      link.hash = nearestHeading();
    }
  });
});
