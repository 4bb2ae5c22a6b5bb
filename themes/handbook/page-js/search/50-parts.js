// What is searched for stands in the address, so that "back" and links lead to it.
sotay.search.address = (name, value) => {
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

// A button that is drawn as the icons of the bar are.
sotay.search.iconButton = (name, path) => {
  const button = sotay.button("", "button");
  const icon = button.appendChild(document.querySelector(".bar .icon").cloneNode());
  icon.innerHTML = '<path d="' + path + '"/>';
  icon.setAttribute("width", 20);
  button.setAttribute("aria-label", name);
  button.title = name;
  return button;
};
