// Copies text. Over plain http and in old browsers there is no clipboard to ask, so that the
// text is selected in a field and copied as a reader would.
function byHand(text) {
  const field = sotay.make("textarea", "for-readers", text);
  field.readOnly = true;
  // Inside an open dialog, since nothing outside of it can be selected.
  (document.querySelector("dialog[open]") || document.body).appendChild(field);
  field.select();
  let copied = false;
  try {
    copied = document.execCommand("copy");
  } catch (error) {
    // Refused: the reader is told.
  }
  field.remove();
  return copied;
}

// Copies a text for the button that was pressed, which says so for two seconds.
sotay.copy = (button, text) => {
  function tell(copied) {
    const key = copied ? "copied" : "not_copied";
    sotay.say(button, key);
    if (!copied || button.dataset.said !== undefined) {
      return;
    }
    const before = button.textContent;
    button.dataset.said = "";
    button.textContent = sotay.word(button, key);
    setTimeout(() => {
      button.textContent = before;
      delete button.dataset.said;
    }, 2000);
  }
  function withoutClipboard() {
    let copied = byHand(text);
    button.focus();
    tell(copied);
  }
  if (navigator.clipboard && window.isSecureContext) {
    navigator.clipboard.writeText(text).then(() => { tell(true); }, withoutClipboard);
  } else {
    withoutClipboard();
  }
};

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-copy]");
  if (button) {
    sotay.copy(button, document.querySelector(button.dataset.copy).textContent);
  }
});
