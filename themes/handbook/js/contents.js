// The list of headings: closed on narrow screens, and marking the section being read.
var list = document.querySelector(".toc details");
var wide = window.matchMedia("(min-width: 75rem)");

function fit() {
  list.open = wide.matches;
}

function follow(links) {
  var current = null;
  var byId = {};
  for (var i = 0; i < links.length; i++) {
    byId[decodeURIComponent(links[i].hash.slice(1))] = links[i];
  }
  function mark(link) {
    if (link === current) {
      return;
    }
    if (current) {
      current.removeAttribute("aria-current");
    }
    current = link;
    link.setAttribute("aria-current", "location");
  }
  // A heading is being read from the top quarter of the window onwards.
  var observer = new IntersectionObserver(function (entries) {
    for (var i = 0; i < entries.length; i++) {
      if (entries[i].isIntersecting) {
        mark(byId[entries[i].target.id]);
      }
    }
  }, { rootMargin: "0px 0px -70% 0px" });
  Object.keys(byId).forEach(function (id) {
    var heading = document.getElementById(id);
    if (heading) {
      observer.observe(heading);
    }
  });
}

if (list) {
  fit();
  // The style sheet hid the open list until now, so that nothing moves.
  list.dataset.ready = "";
  wide.addEventListener ? wide.addEventListener("change", fit) : wide.addListener(fit);
  if ("IntersectionObserver" in window) {
    follow(list.querySelectorAll("a"));
  }
  list.addEventListener("click", function (event) {
    if (event.target.closest("a") && !wide.matches) {
      list.open = false;
    }
  });
}
