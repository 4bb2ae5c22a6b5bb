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

// A page that a result led to shows where its words are. Only others begin to search at once.
if (new URLSearchParams(location.search).has("hl")) {
  sotay.load("found");
} else {
  search.engine(document.documentElement.lang);
}
