// The bar comes back as soon as the reader turns upwards: without that the way to the language
// link is the way to the top of the page, and the section that was being read is lost.
const page = document.documentElement;
let last = window.pageYOffset;

window.addEventListener("scroll", () => {
  const now = window.pageYOffset;
  if (now < last) {
    page.dataset.bar = "";
  } else if (now > last) {
    delete page.dataset.bar;
  }
  last = now;
}, { passive: true });
