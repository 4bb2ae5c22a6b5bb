// The language link leads to the section that is being read: both languages share its id.
function nearestHeading() {
  // Where the address leads counts first: the last sections of a page never reach its top.
  var aimed = document.querySelector(":target");
  if (aimed && aimed.closest(".prose") && !aimed.closest(".footnotes, .footnote-ref") && isInView(aimed)) {
    return aimed.id;
  }
  var found = "";
  var headings = document.querySelectorAll(".prose h2[id], .prose h3[id]");
  for (var i = 0; i < headings.length; i++) {
    if (headings[i].getBoundingClientRect().top > innerHeight / 3) {
      break;
    }
    found = headings[i].id;
  }
  return found;
}

function isInView(element) {
  var box = element.getBoundingClientRect();
  return box.bottom > 0 && box.top < innerHeight;
}

var links = document.querySelectorAll("a.to-language, [data-languages] a");
for (var i = 0; i < links.length; i++) {
  links[i].addEventListener("click", function () {
    sotay.remember("lang", this.hreflang);
    if (this.classList.contains("to-language")) {
      this.hash = nearestHeading();
    }
  });
}
