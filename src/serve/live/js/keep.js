// Keeps the reader's place over a reload: where the page stood, what was open, what was typed
// or ticked, and where the keyboard was.
var PLACE = "sotay-preview-place";

function reloadInPlace() {
  try {
    sessionStorage.setItem(PLACE, JSON.stringify(place()));
    // Else the browser moves the page as well, to where it stood before the edit.
    history.scrollRestoration = "manual";
  } catch (error) {
    // No storage: the page begins at its top.
  }
  location.reload();
}

function restorePlace() {
  var kept = null;
  try {
    kept = JSON.parse(sessionStorage.getItem(PLACE));
    sessionStorage.removeItem(PLACE);
  } catch (error) {
    return;
  }
  if (!kept || kept.path !== location.pathname) {
    history.scrollRestoration = "auto";
    return;
  }
  each("details", function (element, key) {
    if (key in kept.open) {
      element.open = kept.open[key];
    }
  });
  each(FIELDS, function (field, key) {
    if (key in kept.fields) {
      fill(field, kept.fields[key]);
    }
  });
  each(FOCUSABLE, function (element, key) {
    if (key === kept.focus) {
      element.focus({ preventScroll: true });
      select(element, kept.selection);
    }
  });
  scrollBack(kept);
}

function place() {
  var kept = { path: location.pathname, x: scrollX, y: scrollY, open: {}, fields: {} };
  each("details", function (element, key) {
    kept.open[key] = element.open;
  });
  each(FIELDS, function (field, key) {
    if (isChanged(field)) {
      kept.fields[key] = valueOf(field);
    }
  });
  each(FOCUSABLE, function (element, key) {
    if (element === document.activeElement) {
      kept.focus = key;
      kept.selection = selection(element);
    }
  });
  kept.heading = headingAbove();
  return kept;
}

// An element is known again by what it is and what it says, and counted among its likes:
// after an edit others may stand before it.
var FIELDS = "input:not([type=password]):not([type=file]):not([type=hidden]), textarea, select";
var FOCUSABLE = "a[href], button, summary, " + FIELDS + ", [tabindex]";

function each(selector, visit) {
  var elements = document.querySelectorAll(selector);
  var count = {};
  for (var i = 0; i < elements.length; i++) {
    var kind = describe(elements[i]);
    count[kind] = (count[kind] || 0) + 1;
    visit(elements[i], kind + " " + count[kind]);
  }
}

function describe(element) {
  var says = element.localName === "details" ? element.querySelector("summary") : element.closest("li, label, td, summary, a, button");
  var text = says ? says.textContent.replace(/\s+/g, " ").trim().slice(0, 80) : "";
  return [element.localName, element.type || "", element.name || "", element.id, text].join(" ");
}

function isTicked(field) {
  return field.type === "checkbox" || field.type === "radio";
}

function valueOf(field) {
  return isTicked(field) ? field.checked : field.value;
}

function isChanged(field) {
  if (field.localName === "select") {
    return Array.prototype.some.call(field.options, function (option) {
      return option.selected !== option.defaultSelected;
    });
  }
  return isTicked(field) ? field.checked !== field.defaultChecked : field.value !== field.defaultValue;
}

function fill(field, value) {
  if (valueOf(field) === value) {
    return;
  }
  if (isTicked(field)) {
    field.checked = value;
  } else {
    field.value = value;
  }
  // The page's scripts may follow what is typed and ticked.
  field.dispatchEvent(new Event("input", { bubbles: true }));
  field.dispatchEvent(new Event("change", { bubbles: true }));
}

function selection(element) {
  try {
    return [element.selectionStart, element.selectionEnd];
  } catch (error) {
    return null;
  }
}

function select(element, range) {
  try {
    element.setSelectionRange(range[0], range[1]);
  } catch (error) {
    // Not a field with a cursor.
  }
}

/** The heading last passed, and how far above the window's top it is. */
function headingAbove() {
  var headings = document.querySelectorAll("main h1[id], main h2[id], main h3[id], main h4[id]");
  var found = null;
  for (var i = 0; i < headings.length; i++) {
    var top = headings[i].getBoundingClientRect().top;
    if (top > innerHeight / 3) {
      break;
    }
    found = { id: headings[i].id, top: top };
  }
  return found;
}

function scrollBack(kept) {
  function scroll() {
    var heading = kept.heading && document.getElementById(kept.heading.id);
    var y = heading ? scrollY + heading.getBoundingClientRect().top - kept.heading.top : kept.y;
    scrollTo({ left: kept.x, top: y, behavior: "instant" });
  }
  scroll();
  // Pictures that come late move the text, unless somebody has scrolled meanwhile.
  var moved = false;
  ["wheel", "touchmove", "keydown", "pointerdown"].forEach(function (name) {
    addEventListener(name, function () { moved = true; }, { once: true, passive: true });
  });
  addEventListener("load", function () {
    if (!moved) {
      scroll();
    }
    history.scrollRestoration = "auto";
  });
}

