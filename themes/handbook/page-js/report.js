// Reporting a mistake: a text that names the page, to send now or, without a network, to copy and
// send later. Without script the link opens the reader's mail or the form.
const link = document.querySelector("[data-report]");
let dialog;

function field() {
  const text = sotay.make("textarea", "", link.dataset.text);
  text.id = "_report-text";
  text.rows = 9;
  const selected = String(window.getSelection()).trim();
  if (selected && selected.length < 1000) {
    text.value += "\n“" + selected + "”\n";
  }
  return text;
}

function mailWith(text) {
  return link.href.replace(/([?&]body=)[^&]*/, (_, name) => {
    return name + encodeURIComponent(text.replace(/\r?\n/g, "\r\n"));
  });
}

function make() {
  // Asked for again before this script had arrived.
  if (document.querySelector("dialog.report")) {
    return;
  }
  const word = (key, values) => sotay.word(link, key, values);
  const text = field();
  const label = sotay.make("label", "", word("report_label"));
  const title = sotay.make("h2", "", word("report_title"));
  const send = sotay.make("a", "button main", word(link.dataset.mail === undefined ? "report_form" : "report_mail"));
  const copy = sotay.button(word("report_copy"), "button");
  const close = sotay.button(word("close"), "button");
  const tools = sotay.make("p", "dialog-tools");
  dialog = sotay.make("dialog", "report");
  title.id = "_report-title";
  dialog.setAttribute("aria-labelledby", title.id);
  label.htmlFor = text.id;
  send.href = link.href;
  send.addEventListener("click", () => {
    send.href = link.dataset.mail === undefined ? link.href : mailWith(text.value);
  });
  copy.addEventListener("click", () => { sotay.copy(copy, text.value); });
  close.addEventListener("click", () => { dialog.close(); });
  dialog.addEventListener("close", () => {
    dialog.remove();
    link.focus();
  });
  [copy, send, close].forEach((one) => { tools.appendChild(one); });
  [title, sotay.make("p", "", word("report_help", { to: link.dataset.to })), label, text, tools].forEach((one) => {
    dialog.appendChild(one);
  });
  document.body.appendChild(dialog);
  dialog.showModal();
  text.focus();
  text.setSelectionRange(text.value.length, text.value.length);
}

sotay.report = make;
