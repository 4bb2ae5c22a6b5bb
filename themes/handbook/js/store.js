// Remembers choices. Storage is optional everywhere: on file: Firefox keeps one store per
// file and Chromium drops cookies, so both are written, and the theme travels in links too.
var site = document.documentElement.dataset.site;
var onDisk = location.protocol === "file:";

sotay.onDisk = onDisk;

sotay.recall = function (name) {
  var key = site + "-" + name;
  try {
    var cookie = onDisk && new RegExp("(?:^|; )" + key + "=([\\w-]+)").exec(document.cookie);
    return (cookie && cookie[1]) || localStorage.getItem(key);
  } catch (error) {
    return null;
  }
};

sotay.remember = function (name, value) {
  var key = site + "-" + name;
  try {
    if (onDisk) {
      document.cookie = key + "=" + value + "; path=/; max-age=31536000; samesite=lax";
    }
    localStorage.setItem(key, value);
  } catch (error) {
    // Private mode or a full disk: the choice holds for this page.
  }
};
