// Hears of changes. A page knows the versions of what it shows; whenever those that it would
// show now arrive and differ, it follows.
var EVENTS = "/_sotay/events";
var RELOADED = "sotay-preview-reloaded";
var shown = Object.assign({}, document.currentScript.dataset);
var source = null;
var waiting = 0;
var pause = 1000;

/** The file that the address of this page means. */
function pageFile() {
  var path = decodeURIComponent(location.pathname.slice(1));
  return path === "" || path.slice(-1) === "/" ? path + "index.html" : path;
}

function connect() {
  // Browsers open few connections to one server, and a tab in the background needs none.
  if (source || document.hidden) {
    return;
  }
  source = new EventSource(EVENTS + "?page=" + encodeURIComponent(pageFile()));
  source.onopen = function () {
    clearTimeout(waiting);
    waiting = 0;
    pause = 1000;
    showStopped(false);
  };
  source.onerror = function () {
    // A moment's break is no news.
    waiting = waiting || setTimeout(function () { showStopped(true); }, 1500);
    if (source.readyState === EventSource.CLOSED) {
      // Refused, perhaps because too many listen, and so given up by the browser; not by us.
      source = null;
      pause = Math.min(pause * 2, 30000);
      setTimeout(connect, pause);
    }
  };
  source.addEventListener("state", function (event) { follow(JSON.parse(event.data)); });
  source.addEventListener("page", function (event) { showAbout(JSON.parse(event.data)); });
  source.addEventListener("problems", function (event) {
    var data = JSON.parse(event.data);
    lang = data.lang in words ? data.lang : lang;
    showProblems(data);
  });
}

function disconnect() {
  clearTimeout(waiting);
  waiting = 0;
  if (source) {
    source.close();
    source = null;
  }
}

function follow(state) {
  lang = state.lang in words ? state.lang : lang;
  if (state.page !== shown.page || state.script !== shown.script) {
    reloadOnce(state);
  } else if (state.style !== shown.style) {
    restyle(state.style);
  }
  shown.page = state.page;
  shown.script = state.script;
  shown.style = state.style;
}

/** Reloads, but never twice for the same versions: a page that still differs after that would
    otherwise load for ever. */
function reloadOnce(state) {
  var wanted = [location.pathname, state.page, state.script].join(" ");
  try {
    if (sessionStorage.getItem(RELOADED) === wanted) {
      return;
    }
    sessionStorage.setItem(RELOADED, wanted);
  } catch (error) {
    // No storage: reload all the same.
  }
  disconnect();
  reloadInPlace();
}

restorePlace();
if ("EventSource" in window) {
  connect();
  document.addEventListener("visibilitychange", function () {
    if (document.hidden) {
      disconnect();
    } else {
      connect();
    }
  });
  addEventListener("pagehide", disconnect);
  addEventListener("pageshow", connect);
}
