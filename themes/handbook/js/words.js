// What scripts say, in the language of the text they say it in.
const own = document.documentElement.lang;

const langOf = (element) => {
  const { lang } = element.closest("[lang]");
  return sotay.words[lang] ? lang : own;
};

sotay.word = (element, key, values) => {
  const words = sotay.words[langOf(element)] || {};
  return (words[key] || key).replace(/\{(\w+)\}/g, (whole, name) => values && name in values ? values[name] : whole);
};

// What a script of page-js/ brings along.
sotay.add = (more) => {
  Object.keys(more).forEach((lang) => Object.assign(sotay.words[lang], more[lang]));
};

// Where a screen reader listens for what a button did.
let region;

sotay.say = (element, key) => {
  if (!region) {
    region = sotay.make("div", "for-readers");
    region.setAttribute("role", "status");
    document.body.appendChild(region);
  }
  region.lang = langOf(element);
  region.textContent = "";
  // The same words twice are told twice only if they were gone in between.
  setTimeout(() => { region.textContent = sotay.word(element, key); }, 50);
};
