// Comforts for readers. Everything readable works without this file; it only
// remembers the choice of columns, copies links and citations, moves by
// passage, and shows cards of concepts.
(() => {
  'use strict';
  const doc = document, root = doc.documentElement;
  const all = (selector, from = doc) => [...from.querySelectorAll(selector)];
  const one = (selector, from = doc) => from.querySelector(selector);

  // A site that was built without its address says where its pages stand by
  // relative links, which some search engines do not read: here they are whole.
  if (location.protocol !== 'file:') for (const link of all('link[rel=canonical], link[hreflang]')) link.href = link.href;

  // What followed an old address goes with it.
  const moved = one('a.moved');
  if (moved && (location.hash || location.search)) {
    const url = new URL(moved.href);
    url.hash = location.hash || url.hash;
    url.search = location.search;
    location.replace(url.href);
  }

  // ---- the place in the text ---------------------------------------------

  const rows = all('.row[id]');
  const calm = matchMedia('(prefers-reduced-motion: reduce)');
  const clearance = () => parseFloat(getComputedStyle(root).scrollPaddingTop) || 0;

  // here is the first passage that is not yet above the reading line.
  function here() {
    const line = clearance() + 1;
    let low = 0, high = rows.length;
    while (low < high) {
      const mid = (low + high) >> 1;
      if (rows[mid].getBoundingClientRect().bottom > line) high = mid; else low = mid + 1;
    }
    return Math.min(low, rows.length - 1);
  }

  // ---- columns -------------------------------------------------------------

  const reader = one('.reader');
  const leads = all('input[name=lead]'), boxes = all('.with input'), stack = one('#stack'), ties = one('#sentences');
  const stored = 'stele.show';
  const memory = {
    get(key) { try { return localStorage.getItem(key); } catch { return null; } },
    set(key, value) { try { localStorage.setItem(key, value); } catch { /* a reader may forbid it */ } },
  };
  let order = []; // the codes shown, in the reader's order

  function apply(codes) {
    const known = codes.filter((c, i) => codes.indexOf(c) === i && leads.some(r => r.value === c));
    if (!known.length) return false;
    order = known;
    leads.forEach(r => { r.checked = r.value === order[0]; });
    boxes.forEach(b => { b.checked = order.includes(b.value); });
    place();
    return true;
  }

  function place() {
    leads.forEach((r, i) => {
      const at = order.indexOf(r.value);
      reader.style.setProperty('--o' + (i + 1), at < 0 ? leads.length + 2 : at + 2);
    });
  }

  function remember() {
    memory.set(stored, order.join());
    const url = new URL(location.href);
    url.searchParams.set('show', order.join());
    // commas stay as they are, so that the address can be read
    try { history.replaceState(history.state, '', url.href.replace(/%2C/gi, ',')); } catch { /* file: in some browsers */ }
    carry();
  }

  if (leads.length) {
    const asked = new URLSearchParams(location.search).get('show');
    order = [leads[0].value, ...boxes.slice(1).filter(b => b.checked).map(b => b.value)];
    // the address rules, then what was chosen before
    const list = (asked || memory.get(stored) || '').split(',').filter(Boolean);
    if (!apply(list)) apply(order);
    if (stack) {
      stack.checked = memory.get('stele.stack') === '1';
      stack.addEventListener('change', () => memory.set('stele.stack', stack.checked ? '1' : '0'));
    }
    if (ties) {
      ties.checked = memory.get('stele.sentences') !== '0';
      ties.addEventListener('change', () => memory.set('stele.sentences', ties.checked ? '1' : '0'));
    }
    // The page is laid out anew before a change is heard of, so the place is
    // taken when the control is touched.
    let row = null, top = 0;
    const take = () => { row = scrollY > 0 ? rows[here()] : null; top = row ? row.getBoundingClientRect().top : 0; };
    const panel = one('.panel');
    for (const type of ['pointerdown', 'keydown']) panel.addEventListener(type, take, true);
    panel.addEventListener('change', event => {
      const input = event.target;
      if (input.name === 'lead') order = [input.value, ...order.filter(c => c !== input.value)];
      if (boxes.includes(input)) order = input.checked ? [...order, input.value] : order.filter(c => c !== input.value);
      boxes.forEach(b => { if (b.value === order[0]) b.checked = true; });
      place();
      if (input !== stack && input !== ties) remember();
      if (row) scrollBy({ top: row.getBoundingClientRect().top - top, behavior: 'instant' });
      row = null;
    });
    const details = one('.columns');
    doc.addEventListener('pointerdown', event => { if (details.open && !details.contains(event.target)) details.open = false; });
    details.addEventListener('keydown', event => {
      if (event.key === 'Escape' && details.open) { details.open = false; one('summary', details).focus(); }
    });
    one('.keys').hidden = rows.length === 0;
  }

  // ---- the same passage in the other languages --------------------------------

  // carry gives the links to this page in other languages the place and the
  // columns that are being read.
  function carry() {
    const show = new URLSearchParams(location.search).get('show');
    for (const a of all('.languages a')) {
      const url = new URL(a.getAttribute('href'), location.href);
      url.hash = location.hash;
      if (show) url.searchParams.set('show', show);
      a.href = url.href.replace(/%2C/gi, ',');
    }
  }
  carry();
  addEventListener('hashchange', carry);
  for (const a of all('.languages a')) {
    a.addEventListener('click', () => {
      const row = rows[here()];
      if (scrollY > 200 && row) { const url = new URL(a.href); url.hash = row.id; a.href = url.href; }
    });
  }

  // ---- link and citation of a passage ------------------------------------------

  const said = one('.said');
  if (said && rows.length && navigator.clipboard) {
    const tools = doc.createElement('div');
    tools.className = 'tools';
    const button = (label, title, text) => {
      const b = doc.createElement('button');
      b.type = 'button';
      b.textContent = label;
      b.title = title;
      b.addEventListener('click', async () => {
        await navigator.clipboard.writeText(text(tools.parentElement));
        said.textContent = '';
        said.textContent = said.dataset.copied;
        b.textContent = '✓';
        setTimeout(() => { b.textContent = label; }, 1500);
      });
      tools.append(b);
    };
    const address = row => { const url = new URL(location.href); url.hash = row.id; return url.href; };
    button(said.dataset.link, said.dataset.copyLink, address);
    button(said.dataset.citeShort, said.dataset.copyCite, row => {
      const cites = all('.cites li');
      const cite = cites.find(li => li.dataset.code === order[0]) || cites[0];
      return cite.dataset.words.replace('{n}', row.id.slice(1)).replace('{url}', address(row));
    });
    const data = said.dataset.rows && doc.createElement('a');
    if (data) {
      data.textContent = said.dataset.row;
      data.title = said.dataset.rowTitle;
      tools.append(data);
    }
    const show = row => { if (data) data.href = said.dataset.rows + row.id; const number = one('a.number', row); if (number && tools.parentElement !== row) number.after(tools); };
    const hide = () => tools.remove();
    reader.addEventListener('pointerover', event => {
      const number = event.pointerType === 'mouse' && event.target.closest('a.number');
      if (number && number.closest('.row[id]')) show(number.parentElement);
    });
    reader.addEventListener('focusin', event => {
      const row = event.target.closest('.row[id]');
      if (row && event.target.matches('a.number')) show(row);
      else if (!tools.contains(event.target)) hide();
    });
    reader.addEventListener('click', event => {
      const row = event.target.closest('.row[id]');
      if (row && event.target.matches('a.number')) show(row);
    });
    doc.addEventListener('pointerdown', event => { if (tools.parentElement && !tools.parentElement.contains(event.target)) hide(); });
    reader.addEventListener('pointerover', event => {
      if (event.pointerType === 'mouse' && tools.parentElement && !tools.contains(doc.activeElement) && !tools.parentElement.contains(event.target)) hide();
    });
    doc.addEventListener('keydown', event => { if (event.key === 'Escape') hide(); });
  }

  // ---- search ---------------------------------------------------------------------

  // The pages' policy lets no form be sent, so the address is made here, which
  // works from a disk too.
  const find = one('.find');
  if (find) {
    const box = one('input', find);
    find.addEventListener('submit', event => {
      event.preventDefault();
      const url = new URL(find.getAttribute('action'), location.href);
      for (const [name, value] of new FormData(find)) if (value) url.searchParams.set(name, value);
      location.href = url.href;
    });
    addEventListener('keydown', event => {
      if (event.key !== '/' || event.altKey || event.ctrlKey || event.metaKey || event.defaultPrevented) return;
      if (event.target.closest('input:not([type=radio], [type=checkbox]), textarea, select, [contenteditable]')) return;
      event.preventDefault();
      const to = one('#q') || box;
      to.focus();
      to.select();
    });
    // A hit leads here with what was looked for.
    const asked = new URLSearchParams(location.search).get('q');
    if (asked && rows.length) {
      const script = doc.createElement('script');
      script.src = find.dataset.find;
      script.onload = () => globalThis.steleFind.highlight(reader, asked);
      doc.head.append(script);
    }
  }

  // ---- keys ---------------------------------------------------------------------

  // nextSentence puts the focus on the next or previous sentence of a column that
  // has counterparts; those of one group are one.
  function nextSentence(step) {
    const now = doc.activeElement.closest('.cell span[tabindex]');
    const column = now ? now.closest('.cell').classList[1] : 'c' + (leads.findIndex(r => r.checked) + 1);
    const list = all('.row[id] .' + column + ' span[tabindex]').filter((s, i, spans) => {
      const before = spans[i - 1];
      return !before || before.className !== s.className || before.closest('.cell') !== s.closest('.cell');
    });
    const cell = now && now.closest('.cell');
    const at = now ? list.findIndex(s => s.className === now.className && s.closest('.cell') === cell) + step
      : list.findIndex(s => s.getBoundingClientRect().bottom > clearance());
    if (list[at]) list[at].focus();
    return Boolean(list.length);
  }

  addEventListener('keydown', event => {
    if (event.altKey && event.shiftKey && !event.ctrlKey && !event.metaKey && !event.defaultPrevented && !event.target.closest('input, textarea, select, [contenteditable]')) {
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (step && nextSentence(step)) event.preventDefault();
    }
    if (!event.altKey || event.ctrlKey || event.metaKey || event.shiftKey || event.defaultPrevented) return;
    if (event.target.closest('input:not([type=radio], [type=checkbox]), textarea, select, [contenteditable]')) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const turn = { PageDown: 'next', PageUp: 'prev' }[event.key];
    if (step && rows.length) {
      event.preventDefault();
      const top = rows[here()].getBoundingClientRect().top - clearance();
      // a passage whose beginning is not yet at the reading line comes first
      let to = here() + (step < 0 ? (top < -2 ? 0 : -1) : (top > 2 ? 0 : 1));
      to = Math.max(0, Math.min(rows.length - 1, to));
      const row = rows[to];
      row.scrollIntoView({ block: 'start', behavior: calm.matches ? 'instant' : 'smooth' });
      const number = one('a.number', row);
      if (number) number.focus({ preventScroll: true });
    }
    if (turn) {
      const a = one('.turn a[rel=' + turn + ']');
      if (a) { event.preventDefault(); a.click(); }
    }
  });

  // ---- cards ----------------------------------------------------------------------

  // A card opens on hover, focus and the first touch, stays while the pointer is
  // on it, and is dismissed by Escape or a press elsewhere (WCAG 1.4.13).
  const cards = one('.cards');
  if (cards && HTMLElement.prototype.showPopover) {
    let open = null, from = null, timer = 0, touched = false;
    const cardOf = a => doc.getElementById(a.dataset.card);
    const later = (f, ms) => { clearTimeout(timer); timer = setTimeout(f, ms); };

    function show(a) {
      clearTimeout(timer);
      if (from === a) return;
      hide();
      const card = cardOf(a);
      if (!card) return;
      card.showPopover();
      const box = a.getClientRects()[0], size = card.getBoundingClientRect(), edge = 8;
      const left = Math.max(edge, Math.min(box.left, innerWidth - size.width - edge));
      const below = box.bottom + 6, fits = below + size.height < innerHeight - edge;
      card.style.left = left + 'px';
      card.style.top = (fits ? below : Math.max(edge, box.top - size.height - 6)) + 'px';
      a.setAttribute('aria-describedby', card.id);
      open = card;
      from = a;
    }
    function hide() {
      clearTimeout(timer);
      if (!open) return;
      const card = open, a = from;
      open = from = null;
      a.removeAttribute('aria-describedby');
      if (card.matches(':popover-open')) card.hidePopover();
    }
    const term = event => event.target.closest && event.target.closest('a.term[data-card]');

    doc.addEventListener('pointerdown', event => { touched = event.pointerType !== 'mouse'; }, true);
    doc.addEventListener('pointerover', event => {
      if (event.pointerType !== 'mouse') return;
      const a = term(event);
      if (a) later(() => show(a), open ? 80 : 250);
      else if (open && open.contains(event.target)) clearTimeout(timer);
      else if (open) later(hide, 300);
      else clearTimeout(timer);
    });
    doc.addEventListener('focusin', event => {
      const a = term(event);
      if (a && a.matches(':focus-visible')) show(a);
      else if (open && !open.contains(event.target)) hide();
    });
    doc.addEventListener('click', event => {
      const a = term(event);
      if (!a || !touched || from === a) return;
      event.preventDefault(); // the second touch follows the link
      show(a);
    });
    cards.addEventListener('toggle', event => { if (event.newState === 'closed' && event.target === open) hide(); }, true);
    addEventListener('scroll', () => { if (open && !open.contains(doc.activeElement)) hide(); }, { passive: true });
  }

  // A link to a passage that the reader's columns moved is followed again once
  // the columns are as chosen.
  if (location.hash && leads.length) {
    const row = doc.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (row) row.scrollIntoView({ block: 'start', behavior: 'instant' });
  }
})();
