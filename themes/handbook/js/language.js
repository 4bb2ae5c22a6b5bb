// The language link leads to the section that is being read: both languages share its id.
const topOf = (element) => element.getBoundingClientRect().top;

function nearestHeading() {
  // Where the address leads counts first: the last sections of a page never reach its top.
  const aimed = document.querySelector(":target");
  if (aimed && aimed.closest(".prose, .two-row") && !aimed.closest(".footnotes, .footnote-ref") && topOf(aimed) > -32 && topOf(aimed) < innerHeight) {
    return aimed.id;
  }
  let found = "";
  // The section at the top of the window, bar included: deeper down the next may begin already.
  // Side by side both headings of a row have ids of their own, and the row has the one they share.
  sotay.all(".two-row[id], :not(.two-row) > .prose :is(h2, h3)[id]").some((heading) => {
    const below = topOf(heading) > innerHeight / 4;
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
