// Remembers choices. Storage is optional everywhere: on file: Firefox keeps one store per
// file and Chromium drops cookies, so both are written, and the theme travels in links too.
const page = document.documentElement;
const site = page.dataset.site;
const onDisk = location.protocol === "file:";

sotay.onDisk = onDisk;

sotay.recall = (name) => {
  const key = site + "-" + name;
  try {
    const cookie = onDisk && new RegExp("(?:^|; )" + key + "=([\\w-]+)").exec(document.cookie);
    return (cookie && cookie[1]) || localStorage.getItem(key);
  } catch (error) {
    return null;
  }
};

sotay.remember = (name, value) => {
  if (onDisk) {
    try {
      document.cookie = site + "-" + name + "=" + value + "; path=/; max-age=31536000; samesite=lax";
    } catch (error) {
      // The store may do.
    }
  }
  return sotay.keep(name, value);
};

// Keeps a value for this page alone; says whether it will be there again.
sotay.keep = (name, value) => {
  const key = site + "-" + name;
  try {
    localStorage.setItem(key, value);
    return localStorage.getItem(key) === value;
  } catch (error) {
    // Private mode or a full disk: the value holds until the page is closed.
    return false;
  }
};

// What this page is called wherever the handbook lies: "vi/talks/phishing.html".
sotay.page = () => {
  const root = new URL(page.dataset.root || ".", location.href).pathname;
  return location.pathname.slice(root.length);
};

// A short name for a text, of letters and digits: FNV-1a over its UTF-16 units.
sotay.hash = (text) => {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) {
    hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  }
  return (hash >>> 0).toString(36);
};
