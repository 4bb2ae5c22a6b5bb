// Exchanges the theme's style without loading the page again. The old sheet stays until the
// new one is there, so that nobody sees a page without style.
var arriving = [];

function restyle(version) {
  arriving.forEach(function (link) { link.remove(); });
  arriving = [];
  var links = document.querySelectorAll('link[rel~="stylesheet"][href]');
  Array.prototype.forEach.call(links, function (old) {
    var address = new URL(old.href);
    if (address.origin !== location.origin) {
      return;
    }
    address.searchParams.set("v", version);
    var next = old.cloneNode();
    next.href = address.href;
    next.onload = function () { old.remove(); };
    next.onerror = function () { next.remove(); };
    arriving.push(next);
    old.after(next);
  });
}

