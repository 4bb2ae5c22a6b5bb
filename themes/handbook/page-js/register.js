// The register of documents: filtered by words, type and state, sorted by its columns. Without
// script it is a plain table, newest first.
const table = document.querySelector("table.register");
const form = document.querySelector(".register-filter");
const body = table.tBodies[0];
const heads = sotay.all("thead th", table);
const fields = { text: field("text"), type: field("type"), status: field("status") };

// A choice that there is none of is not offered.
function field(name) {
  return document.getElementById("_register-" + name) || { value: "" };
}

// As people type it: without tones, in any case.
function folded(text) {
  return text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/[đĐ]/g, "d").toLowerCase();
}

const rows = sotay.all("tr", body).map((row, order) => {
  return {
    row: row,
    order: order,
    words: folded(row.textContent),
    type: row.querySelector(".type").textContent.trim(),
    status: (row.querySelector(".status") || { textContent: "" }).textContent.trim()
  };
});

function filter() {
  const words = folded(fields.text.value).split(/\s+/).filter(Boolean);
  const shown = rows.filter((entry) => {
    const fits = words.every((word) => entry.words.indexOf(word) >= 0)
      && (!fields.type.value || fields.type.value === entry.type)
      && (!fields.status.value || fields.status.value === entry.status);
    entry.row.hidden = !fits;
    return fits;
  });
  form.querySelector(".register-count").textContent = sotay.word(form, "register_count", { n: shown.length });
}

function keyOf(entry, column) {
  const cell = entry.row.cells[column];
  const time = cell.querySelector("time");
  return time ? time.dateTime : cell.textContent.trim();
}

function sort(column) {
  const head = heads[column];
  const down = head.getAttribute("aria-sort") === "ascending";
  heads.forEach((other) => { other.removeAttribute("aria-sort"); });
  head.setAttribute("aria-sort", down ? "descending" : "ascending");
  rows.slice().sort((a, b) => {
    const order = keyOf(a, column).localeCompare(keyOf(b, column), page.lang, { numeric: true });
    return (down ? -order : order) || a.order - b.order;
  }).forEach((entry) => { body.appendChild(entry.row); });
}

const page = document.documentElement;
heads.forEach((head, column) => {
  const button = sotay.button(head.textContent, "sort");
  head.textContent = "";
  head.appendChild(button);
  button.addEventListener("click", () => { sort(column); });
});
form.addEventListener("input", filter);
filter();
