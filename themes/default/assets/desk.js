// The buttons of the editors' desk. They ask the preview to write into the
// text's record; the page then follows like any other, and what had the focus,
// what was open and what was said are there again.
(() => {
  'use strict';
  const doc = document;
  const said = doc.querySelector('.desk-said');
  const key = 'stele-desk';
  const memory = {
    get() { try { return JSON.parse(sessionStorage.getItem(key)) || {}; } catch { return {}; } },
    set(value) { try { sessionStorage.setItem(key, JSON.stringify({ ...memory.get(), ...value })); } catch { /* the page works without */ } },
  };

  let fading = 0;
  function say(text, failed) {
    clearTimeout(fading);
    said.classList.toggle('failed', Boolean(failed));
    said.textContent = text;
    if (!failed) fading = setTimeout(() => { said.textContent = ''; }, 10000);
  }

  // The page's policy lets no form be sent.
  doc.querySelector('.desk-seek')?.addEventListener('submit', event => {
    event.preventDefault();
    const form = event.currentTarget;
    location.href = form.getAttribute('action') + '?' + new URLSearchParams(new FormData(form));
  });

  // ---- who confirms ---------------------------------------------------------------

  // The name is kept on this machine; without one, git's is taken.
  const name = doc.getElementById('desk-name');
  if (name) {
    try { name.value = localStorage.getItem('stele-name') || ''; } catch { /* it is asked for again */ }
    name.addEventListener('input', () => { try { localStorage.setItem('stele-name', name.value); } catch { /* as above */ } });
  }

  // ---- buttons ----------------------------------------------------------------

  for (const button of doc.querySelectorAll('main button:disabled')) button.disabled = false;

  async function press(button) {
    const text = button.closest('[data-text]');
    const passages = button.dataset.passages.trim().split(' ');
    const about = { text: text.dataset.text, version: text.dataset.version, lang: new URLSearchParams(location.search).get('lang') || '' };
    const act = button.dataset.act;
    const confirms = act === 'confirm' || act === 'read';
    const by = name ? name.value.trim() : '';
    const body = confirms ? { ...about, passages, by, langs: act === 'read' ? [button.dataset.lang] : [] }
      : act === 'save' || act === 'undo' ? about : { ...about, passage: passages[0], pinned: act === 'pin' };
    const { token } = await (await fetch('/-/token')).json();
    const answer = await fetch(confirms ? '/-/confirm' : act === 'save' || act === 'undo' ? '/-/' + act : '/-/pin', {
      method: 'POST', headers: { 'Content-Type': 'application/json', 'X-Stele-Token': token }, body: JSON.stringify(body),
    });
    const reply = await answer.json();
    if (!answer.ok) return say(said.dataset[reply.code] || reply.error, true);
    say(reply.said);
    memory.set({ said: reply.said, at: Date.now(), focus: next(button) });
  }

  // next is where the focus goes in the page as it will be: to the same button,
  // or as that may be gone, to the places after it.
  function next(button) {
    const out = [];
    const work = button.closest('.work'), line = button.closest('tr');
    if (line) out.push('#' + CSS.escape(line.id) + ' button');
    for (let w = work; w; w = w.nextElementSibling) if (w.matches('.work')) out.push('#' + CSS.escape(w.id) + ' .acts button');
    const text = button.closest('[data-text]');
    if (!line) out.push('#' + text.id + 'all', '#' + text.id + 'work');
    return out;
  }

  doc.addEventListener('click', async event => {
    const button = event.target.closest('button[data-act], button[data-copy]');
    if (!button || button.getAttribute('aria-busy')) return;
    if (button.dataset.copy) {
      try {
        await navigator.clipboard.writeText(button.dataset.copy);
        say(said.dataset.copied + ': ' + button.dataset.copy);
      } catch {
        getSelection().selectAllChildren(button.previousElementSibling);
      }
      return;
    }
    button.setAttribute('aria-busy', 'true');
    try {
      await press(button);
    } catch {
      say(said.dataset.failed, true);
    }
    button.removeAttribute('aria-busy');
  });

  // ---- the page after a reload ----------------------------------------------------

  const lines = [...doc.querySelectorAll('details.lines')];
  const before = memory.get();
  for (const d of lines) {
    if (before.open?.includes(d.id)) d.open = true;
    d.addEventListener('toggle', () => memory.set({ open: lines.filter(o => o.open).map(o => o.id) }));
  }
  // The preview may load the page more than once after an action, so what was
  // said and where the focus goes hold until the editor does something else.
  if (before.said && Date.now() - before.at < 30000) {
    say(before.said);
    before.focus.map(s => doc.querySelector(s)).find(Boolean)?.focus({ preventScroll: true });
  }
  for (const type of ['keydown', 'pointerdown']) addEventListener(type, () => memory.set({ said: '' }), { capture: true });

  // The line of a tile is in a closed table until it is asked for.
  function reveal() {
    const at = location.hash && doc.getElementById(decodeURIComponent(location.hash.slice(1)));
    const closed = at && at.closest('details:not([open])');
    if (!closed) return;
    closed.open = true;
    at.scrollIntoView({ block: 'start', behavior: 'instant' });
  }
  addEventListener('hashchange', reveal);
  reveal();
})();
