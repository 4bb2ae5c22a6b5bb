// What every script does to a page.
sotay.all = (selector, inside) => [...(inside || document).querySelectorAll(selector)];

sotay.make = (tag, className, text) => {
  const element = document.createElement(tag);
  element.className = className || "";
  element.textContent = text || "";
  return element;
};

sotay.button = (text, className) => {
  const button = sotay.make("button", className, text);
  button.type = "button";
  return button;
};
