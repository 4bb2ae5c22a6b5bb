// What is rarely wanted is loaded when it is: a script of page-js/ or a style of page-css/.
const root = document.documentElement.dataset.root;

const add = (tag, more) => document.head.appendChild(Object.assign(document.createElement(tag), more));

sotay.load = (name, then, failed) => {
  add("script", { src: root + "theme/" + name + ".js", onload: then, onerror: failed });
};

sotay.style = (name) => add("link", { rel: "stylesheet", href: root + "theme/" + name + ".css" });

// Reporting a mistake. Where the script is missing, the link does what it does without scripts.
const report = document.querySelector("[data-report]");

if (report && window.HTMLDialogElement) {
  report.addEventListener("click", (event) => {
    event.preventDefault();
    if (sotay.report) {
      sotay.report();
    } else {
      sotay.load("report", () => sotay.report(), () => { location.href = report.href; });
    }
  });
}
