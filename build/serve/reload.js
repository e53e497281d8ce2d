// Keeps a page of the preview up to date: reloads it when the site has changed,
// staying at the passage, and shows what the server says is wrong.
(() => {
  "use strict";
  const key = "stele-preview-place";
  const events = document.currentScript.src.replace(/reload\.js.*$/, "events");

  // Which version this page is in. Browsers that do not tell take the first one
  // they hear of.
  const timing = performance.getEntriesByType("navigation")[0]?.serverTiming ?? [];
  let version = timing.find((t) => t.name === "version")?.description || null;

  // The element with an id that begins nearest the top of the window, and how
  // far from it: what is being looked at, whatever changes above it.
  function nearest() {
    let best = null;
    for (const el of document.querySelectorAll("body [id]")) {
      const box = el.getBoundingClientRect();
      if (!box.height) continue;
      if (!best || Math.abs(box.top) < Math.abs(best.top)) best = { id: el.id, top: box.top };
    }
    return best;
  }

  function reload() {
    // What a page has asked is answered before the page goes.
    if (document.querySelector("[aria-busy=true]")) {
      setTimeout(reload, 20);
      return;
    }
    const place = { path: location.pathname, x: scrollX, y: scrollY, near: scrollY > 0 ? nearest() : null };
    try {
      sessionStorage.setItem(key, JSON.stringify(place));
      history.scrollRestoration = "manual";
    } catch {
      // No storage: the browser restores the place as well as it can.
    }
    location.reload();
  }

  function restore() {
    let place;
    try {
      place = JSON.parse(sessionStorage.getItem(key));
      sessionStorage.removeItem(key);
    } catch {
      return;
    }
    if (!place || place.path !== location.pathname) return;
    const go = () => {
      const el = place.near && document.getElementById(place.near.id);
      if (el && el.getBoundingClientRect().height) {
        scrollBy({ left: 0, top: el.getBoundingClientRect().top - place.near.top, behavior: "instant" });
      } else {
        scrollTo({ left: place.x, top: place.y, behavior: "instant" });
      }
    };
    go();
    // Once more when the page's own scripts, style and pictures are there,
    // unless the reader has moved on.
    let moved = false;
    const stop = () => { moved = true; };
    for (const kind of ["wheel", "touchmove", "keydown", "pointerdown"]) addEventListener(kind, stop, { once: true, passive: true });
    addEventListener("load", () => requestAnimationFrame(() => {
      if (!moved) go();
      history.scrollRestoration = "auto";
    }));
  }

  const style = `
    :host { all: initial; position: fixed; inset: auto 0 0 0; z-index: 2147483647; }
    section { box-sizing: border-box; max-height: 45vh; overflow: auto; padding: 1rem 1.25rem 1.25rem;
      font: 1rem/1.5 system-ui, sans-serif; color: #f7f1e8; background: #3a1713; border-top: 3px solid #e0765f; }
    section.calm { color: #2b2620; background: #f3ece0; border-top-color: #b9a88e; }
    h2 { margin: 0; font-size: 1.0625rem; }
    p { margin: .25rem 0 0; }
    ul { margin: .75rem 0 0; padding: 0; list-style: none; }
    li { margin: .5rem 0 0; overflow-wrap: anywhere; }
    code { font: .9375rem/1.5 ui-monospace, monospace; color: #ffc9b8; user-select: all; margin-inline-end: .75em; }
    button { float: right; margin-inline-start: 1rem; padding: .25rem .75rem; font: inherit; color: inherit; background: none;
      border: 1px solid currentColor; border-radius: .25rem; cursor: pointer; }
    button:focus-visible { outline: 3px solid #ffc9b8; outline-offset: 2px; }
    @media print { :host { display: none; } }`;
  let shown = null;
  // What a page lays at its lower edge keeps above the panel, however high that is.
  const room = new ResizeObserver(() => {
    document.documentElement.style.setProperty("--stele-trouble", `${shown?.offsetHeight ?? 0}px`);
  });
  let hidden = false; // what the server is at, by whoever closed it

  // What the server says goes in as text, never as markup.
  function element(name, text, ...children) {
    const el = document.createElement(name);
    if (text) el.textContent = text;
    el.append(...children);
    return el;
  }

  function show(panel) {
    room.disconnect();
    document.documentElement.style.removeProperty("--stele-trouble");
    shown?.remove();
    shown = null;
    if (!panel || (panel.calm && hidden)) return;
    const box = element("section");
    box.setAttribute("role", panel.calm ? "status" : "alert");
    if (panel.calm) box.className = "calm";
    box.tabIndex = 0;
    if (panel.lang) box.lang = panel.lang;
    const close = element("button", panel.close);
    close.type = "button";
    close.addEventListener("click", () => {
      hidden ||= Boolean(panel.calm);
      show(null);
    });
    const list = element("ul");
    for (const item of panel.items ?? []) {
      list.append(item.place ? element("li", "", element("code", item.place), item.text) : element("li", item.text));
    }
    box.append(close, element("h2", panel.title));
    if (panel.note) box.append(element("p", panel.note));
    box.append(list);
    shown = element("stele-trouble");
    const root = shown.attachShadow({ mode: "open" });
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(style);
    root.adoptedStyleSheets = [sheet];
    root.append(box);
    document.body.append(shown);
    room.observe(shown);
  }

  // A browser holds six connections to one server at most, so only a page that
  // is looked at listens.
  let source = null;
  function listen() {
    if (source || document.hidden) return;
    source = new EventSource(events);
    source.onmessage = (event) => {
      const news = JSON.parse(event.data);
      version ??= news.version;
      if (news.version !== version) {
        // A page that can follow by itself says so.
        const follow = new CustomEvent("stele-news", { cancelable: true });
        if (!dispatchEvent(follow)) {
          version = news.version;
          show(news.panel);
          return;
        }
        hush();
        reload();
        return;
      }
      show(news.panel);
    };
    // A server that was stopped and started again answers anew, but browsers
    // give up for good on some errors.
    source.onerror = () => {
      if (source?.readyState === EventSource.CLOSED) {
        hush();
        setTimeout(listen, 1000);
      }
    };
  }
  function hush() {
    source?.close();
    source = null;
  }
  document.addEventListener("visibilitychange", () => (document.hidden ? hush() : listen()));
  addEventListener("pagehide", hush);
  addEventListener("pageshow", listen);

  restore();
  listen();
})();
