// The buttons that print, and what is folded away on the screen but not on paper.
document.addEventListener("click", (event) => {
  if (event.target.closest("[data-print]")) {
    window.print();
  }
});

let opened = [];

window.addEventListener("beforeprint", () => {
  opened = sotay.all(".prose details:not(.quiz-answer):not([open])");
  opened.forEach((fold) => { fold.open = true; });
});

window.addEventListener("afterprint", () => {
  opened.forEach((fold) => { fold.open = false; });
  opened = [];
});
