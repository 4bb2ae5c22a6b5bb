// The list of headings: closed on narrow screens, and marking the section being read.
const list = document.querySelector(".toc details");
const wide = window.matchMedia("(min-width: 75rem)");

function fit() {
  list.open = wide.matches;
}

function follow(links) {
  const byId = new Map(links.map((link) => [decodeURIComponent(link.hash.slice(1)), link]));
  // A heading is being read from the top quarter of the window onwards.
  const observer = new IntersectionObserver((entries) => {
    entries.filter((entry) => entry.isIntersecting).forEach((entry) => {
      links.forEach((link) => { link.removeAttribute("aria-current"); });
      byId.get(entry.target.id).setAttribute("aria-current", "location");
    });
  }, { rootMargin: "0px 0px -70% 0px" });
  byId.forEach((_, id) => {
    const heading = document.getElementById(id);
    if (heading) {
      observer.observe(heading);
    }
  });
}

if (list) {
  fit();
  // The style sheet hid the open list until now, so that nothing moves.
  list.dataset.ready = "";
  wide.addEventListener("change", fit);
  follow(sotay.all("a", list));
  list.addEventListener("click", (event) => {
    if (event.target.closest("a") && !wide.matches) {
      list.open = false;
    }
  });
}
