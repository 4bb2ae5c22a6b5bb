// What is searched for stands in the address, so that "back" and links lead to it.
const search = sotay.search;
const parts = {};

search.address = (name, value) => {
  const url = new URL(location.href);
  url.searchParams.delete(name);
  if (value) {
    url.searchParams.set(name, value);
  }
  try {
    history.replaceState(history.state, "", url.href);
  } catch (error) {
    // Refused to a page that does it too often: the address is a convenience.
  }
};

// What not every search needs comes when it is needed; where it is missing, the rest goes on.
search.part = (name) => {
  parts[name] = parts[name] || new Promise((done) => { sotay.load(name, done, done); });
  return parts[name];
};

// A page that a result led to shows where its words are. Others begin to search.
if (new URLSearchParams(location.search).has("hl")) {
  Promise.all(["passages", "stem"].map(search.part)).then(() => search.part("found"));
} else {
  search.engine(document.documentElement.lang);
}
