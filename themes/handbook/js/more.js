// What is rarely wanted is loaded when it is: a script of page-js/, once.
const root = document.documentElement.dataset.root;

sotay.load = (name, then, failed) => {
  const script = document.createElement("script");
  script.src = root + "theme/" + name + ".js";
  script.addEventListener("load", then);
  script.addEventListener("error", failed);
  document.head.appendChild(script);
};

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
