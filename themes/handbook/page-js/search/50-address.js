// What is searched for stands in the address, so that "back" and links lead to it.
const search = sotay.search;

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

// A page that a result led to shows where its words are. Others begin to search.
if (new URLSearchParams(location.search).has("hl")) {
  Promise.all(["passages", "stem"].map(search.part)).then(() => search.part("found"));
} else {
  search.engine(document.documentElement.lang);
}
