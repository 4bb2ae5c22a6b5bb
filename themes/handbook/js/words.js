// What scripts say, in the language of the text they say it in.
const own = document.documentElement.lang;

sotay.word = (element, key, values) => {
  const marked = element.closest("[lang]");
  const words = sotay.words[marked ? marked.lang : own] || sotay.words[own] || {};
  return (words[key] || key).replace(/\{(\w+)\}/g, (whole, name) => values && name in values ? values[name] : whole);
};

// What a script of page-js/ brings along.
sotay.add = (more) => {
  Object.keys(more).forEach((lang) => Object.assign(sotay.words[lang], more[lang]));
};

// Where a screen reader listens for what a button did.
let region;

sotay.say = (text) => {
  if (!region) {
    region = sotay.make("div", "for-readers");
    region.setAttribute("role", "status");
    document.body.appendChild(region);
  }
  region.textContent = "";
  // The same words twice are told twice only if they were gone in between.
  setTimeout(() => { region.textContent = text; }, 50);
};
