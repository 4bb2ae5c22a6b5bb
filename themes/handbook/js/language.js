// The language link leads to the section that is being read: both languages share its id.
function nearestHeading() {
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

var links = document.querySelectorAll("a.to-language, [data-languages] a");
for (var i = 0; i < links.length; i++) {
  links[i].addEventListener("click", function () {
    sotay.remember("lang", this.hreflang);
    if (this.classList.contains("to-language")) {
      this.hash = nearestHeading();
    }
  });
}
