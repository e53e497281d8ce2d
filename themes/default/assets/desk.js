// The editors' desk. Every act asks the preview to change files of the content
// and sends along the print of what is seen; the page then takes over what is
// new of itself, so that the focus, open parts and what is being written stay.
(() => {
  'use strict';
  const doc = document;
  const said = doc.querySelector('.desk-said');
  const words = doc.getElementById('desk-words').dataset;
  const base = (doc.querySelector('script[src$="/-/reload.js"]')?.src || location.origin + '/-/reload.js').replace(/reload\.js$/, '');
  const $ = (selector, within = doc) => within.querySelector(selector);
  const $$ = (selector, within = doc) => [...within.querySelectorAll(selector)];
  const store = (area, key, value) => {
    try {
      if (value === undefined) return area().getItem(key) || '';
      area().setItem(key, value);
    } catch { /* without memory the desk works too */ }
    return value || '';
  };
  const lang = new URLSearchParams(location.search).get('lang') || doc.documentElement.lang.split('-')[0];
  let session = store(() => sessionStorage, 'stele-desk-session');
  if (!session) session = store(() => sessionStorage, 'stele-desk-session', Array.from(crypto.getRandomValues(new Uint8Array(8)), b => b.toString(16).padStart(2, '0')).join(''));

  // ---- what is said ----------------------------------------------------------------

  let fading = 0;
  function say(text, { failed = false, act = 0 } = {}) {
    clearTimeout(fading);
    said.classList.toggle('failed', failed);
    said.replaceChildren(...(text ? [element('span', text)] : []));
    if (act) said.append(' ', button(words.back, { act: 'back', id: act }));
    if (!failed && text) fading = setTimeout(() => { if (!said.contains(doc.activeElement)) said.replaceChildren(); }, 10000);
  }
  function element(name, text, attributes = {}, ...children) {
    const el = doc.createElement(name);
    if (text) el.textContent = text;
    for (const [k, v] of Object.entries(attributes)) if (v !== undefined && v !== '') el.setAttribute(k, v);
    el.append(...children);
    return el;
  }
  function button(text, data) {
    const b = element('button', text, { type: 'button' });
    Object.assign(b.dataset, data);
    return b;
  }

  // ---- asking the preview ----------------------------------------------------------

  let token;
  class Refused extends Error {}
  async function ask(path, body) {
    token ??= fetch(base + 'token').then(r => r.json()).then(r => r.token).catch(e => { token = undefined; throw e; });
    const answer = await fetch(base + path, {
      method: 'POST', signal: AbortSignal.timeout(60000), headers: { 'Content-Type': 'application/json', 'X-Stele-Token': await token },
      body: JSON.stringify({ lang, session, by: name ? name.value.trim() : '', ...body }),
    });
    const reply = await answer.json();
    if (!answer.ok) {
      if (reply.code === 'outdated') token = undefined;
      throw Object.assign(new Refused(said.dataset[reply.code] || reply.error), { status: answer.status });
    }
    return reply;
  }

  // act asks for a change and shows what came of it.
  async function act(path, body, from) {
    const reply = await ask(path, body);
    if (path === 'back') reply.act = 0;
    await done(reply, from);
  }
  // done shows what came of a change; nothing if it was left.
  async function done(reply, from) {
    if (reply) say(reply.said, { act: reply.act });
    if (reply || wanted) await refresh(from);
    if (reply) history();
  }

  // run does something for a button, and tells if it could not be done. Presses are
  // done one after the other, each on the page that the one before it has left: none
  // is lost because an earlier one is still on its way.
  const jobs = [];
  let line = Promise.resolve(), pressed = null;
  function run(from, what) {
    if (from && jobs.some(j => j.from === from && j.alone)) return;
    track();
    const job = { from, what, cursor, places: mark(from), card: from?.closest('.work, tr[id]')?.id, did: from?.dataset.act };
    job.alone = !job.did; // it is about nothing that could be another by then
    job.after = !!job.card && jobs.some(j => j.card === job.card);
    job.twice = jobs.some(j => j.did && j.did === job.did && j.card === job.card);
    job.shown = job.card && textOf(from.closest('.work, tr[id]'));
    jobs.push(job);
    doc.body.dataset.busy = jobs.length;
    from?.setAttribute('aria-busy', 'true');
    from?.focus({ preventScroll: true });
    line = line.then(() => perform(job));
    return line;
  }
  async function perform(job) {
    busy++;
    try {
      await refreshing.catch(() => {}); // what the page shows is about to be another
      const why = find(job) ? stale(job) : words.gone;
      if (!why) {
        pressed = job;
        const done = job.what(job.from);
        pressed = null;
        await done;
      } else if (!(why === words.gone && job.twice)) {
        say(why, { failed: true });
      }
    } catch (error) {
      say(error instanceof Refused ? error.message : said.dataset.failed, { failed: true });
      if (error.status === 409) await refresh(job.from).catch(() => {});
    } finally {
      pressed = null;
    }
    jobs.splice(jobs.indexOf(job), 1);
    if (!jobs.length) delete doc.body.dataset.busy;
    if (!jobs.some(j => j.from === job.from)) job.from?.removeAttribute('aria-busy');
    if (doc.activeElement === doc.body) settle([...job.places, ...home]);
    if (--busy === 0 && !jobs.length && missed) { missed = false; refresh(job.from).then(history).catch(() => {}); }
  }
  // settle puts the focus where it can stand, of several places: what is in a closed
  // part of the page cannot have it.
  function settle(places) {
    for (const s of places) {
      const el = $(s);
      if (!el || el.disabled) continue;
      el.focus({ preventScroll: true });
      if (doc.activeElement === el) return;
    }
  }
  // find finds a button again on the page as it is; a part of the page that is about
  // no card still says what is wanted when it is gone.
  function find(job) {
    if (!job.from || job.from.isConnected) return true;
    if (job.did === 'write' || job.did === 'leave') return false; // what is being written is never replaced
    const twin = job.places.map(s => $(s)).find(e => e && e.dataset.act === job.did);
    if (twin) job.from = twin;
    return !!twin || !job.card;
  }
  // stale says why something cannot be done to a card that has other words now than
  // when it was asked for. What one has not read cannot be confirmed, unless one has
  // written it oneself, and a cursor stands in the words where it was set.
  function stale(job) {
    const card = job.from?.closest('.work, tr[id]');
    if (!card) return '';
    if (['confirm', 'read'].includes(job.did)) return job.after || textOf(card) === job.shown ? '' : words.changed;
    if (['divide', 'join', 'join-block', 'move-block'].includes(job.did) && job.cursor?.card === card.id) {
      const block = $(`.part[data-in="${job.cursor.in}"] .words[data-block="${job.cursor.block}"]`, card);
      return block && wordsOf(block) === job.cursor.words ? '' : words.changed;
    }
    return '';
  }
  const wordsOf = block => {
    const copy = block.cloneNode(true);
    for (const el of copy.querySelectorAll('del, .at')) el.remove();
    return copy.textContent;
  };
  const textOf = card => $$('.words, .line', card).map(wordsOf).join('\n');
  // home is where the focus was last, but for what is said, which goes by itself.
  let home = [];
  doc.addEventListener('focusin', event => { if (!said.contains(event.target) && $('main').contains(event.target)) home = mark(event.target); });

  // ---- the page as it is now -------------------------------------------------------

  // mark says how an element is found again in the page as it will be: by what it
  // does on its card, or as that may be gone, the card, the next one, the list.
  function mark(el) {
    if (!el || el === doc.body) return [];
    if (said.contains(el)) return home;
    const out = [];
    const card = el.closest('.work, tr[id]'), part = el.closest('.part');
    if (el.id) out.push('#' + CSS.escape(el.id));
    const inPart = part ? ` .part[data-in="${part.dataset.in}"]` : '';
    if (card) {
      const id = '#' + CSS.escape(card.id);
      if (el.dataset.act) {
        const more = ['to', 'lang', 'code', 'block', 'id'].filter(k => el.dataset[k]).map(k => `[data-${k}="${CSS.escape(el.dataset[k])}"]`).join('');
        out.push(`${id}${inPart} [data-act="${el.dataset.act}"]${more}`);
        if (el.dataset.act === 'pin' || el.dataset.act === 'unpin') out.push(`${id} [data-act=pin], ${id} [data-act=unpin]`);
      }
      if (card.matches('.work')) {
        out.push(id);
        for (let w = card.nextElementSibling; w; w = w.nextElementSibling) if (w.matches('.work')) out.push('#' + CSS.escape(w.id));
        for (let w = card.previousElementSibling; w; w = w.previousElementSibling) if (w.matches('.work')) { out.push('#' + CSS.escape(w.id)); break; }
      } else out.push(id + ' button');
    }
    if (!card && el.dataset.act) out.push(`[data-act="${el.dataset.act}"]` + ['concept', 'lang', 'id'].filter(k => el.dataset[k]).map(k => `[data-${k}="${CSS.escape(el.dataset[k])}"]`).join(''));
    const text = el.closest('section[data-text]');
    if (text) out.push('#' + CSS.escape(text.id) + 'all', '#' + CSS.escape(text.id) + 'work');
    out.push('#queue-h');
    return out;
  }

  let refreshing = Promise.resolve(), wanted = false, under = 0, last = null, busy = 0, missed = false;
  function refresh(from) {
    wanted = true;
    missed = false;
    if (from) last = from; // whoever comes first takes over what it is about
    under++;
    refreshing = refreshing.catch(() => {}).then(swap).finally(() => { under--; });
    return refreshing;
  }
  async function swap() {
    if (!wanted || $('dialog[open]')) return;
    wanted = false;
    const answer = await fetch(location.href, { headers: { Accept: 'text/html' } });
    if (!answer.ok) return;
    const fresh = $('main', new DOMParser().parseFromString(await answer.text(), 'text/html'));
    const main = $('main');
    if (!fresh) return;
    // Where one has gone meanwhile is where one is.
    const there = doc.activeElement;
    const active = last?.isConnected && !(main.contains(there) && there !== main) ? last : there;
    last = null;
    const held = main.contains(active);
    const places = held ? mark(active) : [];
    const anchor = (held && active.closest('.work, tr, section')) || nearest();
    const top = anchor && anchor.getBoundingClientRect().top;
    const open = $$('details[open][id]', main).map(d => d.id);
    // What is being written stays as it is, with its card.
    const kept = $$('.work.editing', main);
    const before = kept.map(c => c.previousElementSibling?.id);
    for (const [i, card] of kept.entries()) {
      const twin = fresh.querySelector('#' + CSS.escape(card.id));
      if (twin) {
        outdate(card, twin.dataset.print);
        twin.replaceWith(card);
      } else {
        const prev = before[i];
        const at = prev && fresh.querySelector('#' + CSS.escape(prev));
        const list = fresh.querySelector('.work, #queue-h, h3[id$=work]');
        if (at) at.after(card); else if (list) list.after(card);
      }
    }
    for (const el of $$('[data-keep]', main)) fresh.querySelector('#' + CSS.escape(el.id))?.replaceWith(el);
    for (const field of $$('#desk-name, #receive input, #receive select, #drop-name, input[type=text][id]', main)) {
      if (field.type === 'text' && field.id !== 'desk-name' && field.value === field.defaultValue) continue;
      const twin = fresh.querySelector('#' + CSS.escape(field.id));
      if (twin) twin.replaceWith(field);
    }
    fresh.querySelector('.desk-said')?.replaceWith(said);
    main.replaceChildren(...fresh.childNodes);
    for (const id of open) { const d = doc.getElementById(id); if (d) d.open = true; }
    ready();
    for (const job of jobs) if (find(job)) job.from?.setAttribute('aria-busy', 'true');
    if (held && !main.contains(doc.activeElement)) {
      if (active.isConnected) active.focus({ preventScroll: true });
      if (!main.contains(doc.activeElement)) settle(places);
    }
    const now = anchor && (anchor.isConnected ? anchor : anchor.id && doc.getElementById(anchor.id));
    if (now) scrollBy({ top: now.getBoundingClientRect().top - top, behavior: 'instant' });
    else doc.activeElement?.scrollIntoView({ block: 'nearest', behavior: 'instant' });
  }
  function nearest() {
    return $$('main .work, main section, main tr[id]').find(e => e.getBoundingClientRect().bottom > 0);
  }
  // The preview says that there is something new: the desk follows by itself.
  addEventListener('stele-news', event => {
    event.preventDefault();
    if (busy > 0 || jobs.length) { missed = true; return; } // it is most likely what was just asked for
    refresh().then(history).catch(() => location.reload());
  });

  // ---- a card ----------------------------------------------------------------------

  const about = el => {
    const card = el.closest('[data-number]'), text = el.closest('[data-text]');
    return { text: text?.dataset.text, passage: card?.dataset.number, print: card?.dataset.print };
  };
  const seen = el => {
    const text = el.closest('[data-text]');
    return { text: text.dataset.text, version: text.dataset.version };
  };

  // The cursor is where the text was last clicked or selected: the block, and how
  // many letters stand before it.
  let cursor = null;
  function track() {
    const s = getSelection();
    const block = s.anchorNode && (s.anchorNode.nodeType === 1 ? s.anchorNode : s.anchorNode.parentElement)?.closest('.words[data-block]');
    if (!block) return;
    const range = doc.createRange();
    range.selectNodeContents(block);
    try { range.setEnd(s.focusNode, s.focusOffset); } catch { return; }
    const part = range.cloneContents();
    for (const el of part.querySelectorAll('del, .at')) el.remove();
    const card = block.closest('.work');
    cursor = { card: card.id, in: block.closest('.part').dataset.in, block: Number(block.dataset.block), letters: [...part.textContent].length, words: wordsOf(block), text: block.contains(s.focusNode) ? s.toString().trim() : '' };
    for (const b of $$('.words.cursor')) b.classList.remove('cursor');
    block.classList.add('cursor');
  }
  doc.addEventListener('selectionchange', track);
  const at = card => {
    if (!pressed) track();
    const c = pressed ? pressed.cursor : cursor;
    return c && c.card === card.id ? c : null;
  };

  // outdate notes the print that a card would have if it were not being written
  // on. What it does not show can neither be confirmed.
  function outdate(card, print) {
    card.dataset.next = print;
    for (const b of $$('[data-act=confirm], [data-act=read]', card)) b.disabled = outdated(card);
  }
  const outdated = card => !!card.dataset.next && card.dataset.next !== card.dataset.print;

  // edit opens the Markdown of a part of a card. Each piece of it has the print
  // of what its editor was given, which is not that of what the card shows.
  async function edit(from) {
    const card = from.closest('.work'), part = from.closest('.part');
    if ($('.writing', part)) { $('textarea', part).focus(); return; }
    const body = { ...about(from), in: part.dataset.in };
    const { pieces, print } = await ask('look', body);
    card.classList.add('editing');
    if (print !== card.dataset.print) outdate(card, print);
    const box = element('div', '', { class: 'writing' });
    const tongue = $('.words', part)?.lang || '';
    for (const p of pieces) {
      const area = element('textarea', '', { lang: tongue, rows: Math.min(20, Math.max(3, Math.ceil(p.markdown.length / 45) + p.markdown.split('\n').length)), spellcheck: 'true', 'aria-label': from.getAttribute('aria-label') || from.textContent, 'aria-describedby': 'how-' + card.id + part.dataset.in });
      area.value = area.defaultValue = p.markdown;
      Object.assign(area.dataset, { first: p.first, last: p.last, print });
      const save = button(words.save, { act: 'write' }), cancel = button(words.cancel, { act: 'leave' });
      box.append(element('div', '', { class: 'piece' }, area, element('p', '', { class: 'acts' }, save, cancel)));
    }
    box.append(element('p', words.how, { class: 'quiet', id: 'how-' + card.id + part.dataset.in }));
    for (const w of $$('.words', part)) w.hidden = true;
    $('.whose', part).after(box);
    $('textarea', box).focus();
  }
  // close takes a piece away, and with the last that something was written in the
  // whole box; it returns what is to have the focus.
  function close(area) {
    const box = area.closest('.writing'), card = area.closest('.work'), part = area.closest('.part');
    area.closest('.piece').remove();
    const left = $$('textarea', box).find(a => a.value !== a.defaultValue);
    if (left) return left;
    box.remove();
    for (const w of $$('.words', part)) w.hidden = false;
    if (!$('.writing', card)) card.classList.remove('editing');
    return $('[data-act=edit]', part);
  }
  function leave(area) {
    const card = area.closest('.work'), to = close(area);
    if (card.dataset.next && !$('.writing', card)) refresh();
    to?.focus();
  }
  async function write(area) {
    const card = area.closest('.work'), part = area.closest('.part');
    const body = { ...about(area), print: area.dataset.print, in: part.dataset.in, block: Number(area.dataset.first), last: Number(area.dataset.last), markdown: area.value };
    let reply;
    area.readOnly = true; // what is typed now would not be saved
    try {
      reply = await ask('edit', body);
    } catch (error) {
      area.readOnly = false;
      if (error.status === 409) await meanwhile(area, body);
      throw error;
    }
    await renew(card, body).catch(() => {}); // or else the next save asks again
    await done(reply, close(area));
  }
  // renew gives what else is being written on a card the print that it has after
  // an own save, if the words that it began with still stand there.
  async function renew(card, body) {
    for (const box of $$('.writing', card)) {
      const { pieces, print } = await ask('look', { ...body, in: box.closest('.part').dataset.in });
      for (const area of $$('textarea', box)) {
        const same = pieces.filter(p => p.markdown === area.defaultValue);
        if (same.length === 1) Object.assign(area.dataset, { first: same[0].first, last: same[0].last, print });
      }
    }
  }
  // What was written is not lost if the text was changed meanwhile: the present
  // text is shown beside it, and to save again replaces it.
  async function meanwhile(area, body) {
    const { pieces, print } = await ask('look', body);
    if (print === body.print) return;
    const p = pieces.find(x => x.first === body.block) || pieces[0];
    Object.assign(area.dataset, { first: p.first, last: p.last, print });
    $('.meanwhile', area.parentElement)?.remove();
    area.after(element('div', '', { class: 'meanwhile' }, element('p', words.meanwhile, { class: 'quiet' }), element('pre', p.markdown, { lang: area.lang })));
  }

  // ---- dialogs ---------------------------------------------------------------------

  // question asks for some values and hands them to send. If that is refused, the
  // reason is shown beside the values, which stay.
  function question(title, fields, ok, send) {
    return new Promise(resolve => {
      const dialog = element('dialog', '', { class: 'desk-ask', 'aria-labelledby': 'ask-h' });
      const form = element('form', '', { method: 'dialog' }, element('h2', title, { id: 'ask-h' }));
      const inputs = {};
      for (const f of fields) {
        const input = f.options ? element('select', '', {}, ...[...f.options].map(o => element('option', o.textContent, { value: o.value }))) : element(f.long ? 'textarea' : 'input', '', { maxlength: f.long ? 500 : 300, list: f.list, lang: f.lang, rows: f.long ? 3 : undefined });
        if (f.value) input.value = f.value;
        inputs[f.name] = input;
        form.append(element('label', f.label + ' ', {}, input));
      }
      const go = element('button', ok, { type: 'submit' }), no = element('button', words.cancel, { type: 'button' });
      const wrong = element('p', '', { class: 'wrong', role: 'alert' });
      form.append(wrong, element('p', '', { class: 'acts' }, go, no));
      dialog.append(form);
      const before = doc.activeElement;
      let sent = null, asking = false;
      const submit = async () => {
        if (asking) return;
        asking = true;
        go.setAttribute('aria-busy', 'true');
        wrong.textContent = '';
        try {
          sent = await send(Object.fromEntries(Object.entries(inputs).map(([k, i]) => [k, i.value.trim()])));
          dialog.close();
        } catch (error) {
          wrong.textContent = error instanceof Refused ? error.message : said.dataset.failed;
        }
        asking = false;
        go.removeAttribute('aria-busy');
      };
      // The page's policy lets no form be sent.
      form.addEventListener('submit', event => { event.preventDefault(); submit(); });
      form.addEventListener('keydown', event => { if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) { event.preventDefault(); submit(); } });
      no.addEventListener('click', () => dialog.close());
      dialog.addEventListener('close', () => { dialog.remove(); before?.focus?.({ preventScroll: true }); resolve(sent); });
      doc.body.append(dialog);
      dialog.showModal();
    });
  }

  // ---- what buttons do -------------------------------------------------------------

  const acts = {
    async confirm(b) {
      const card = b.closest('[data-number]');
      const body = card ? { text: about(b).text, prints: { [card.dataset.number]: card.dataset.print } } : { ...seen(b), passages: list(b) };
      await act('confirm', { ...body, langs: [] }, b);
    },
    async read(b) {
      const card = b.closest('[data-number]');
      const body = card ? { text: about(b).text, prints: { [card.dataset.number]: card.dataset.print } } : { ...seen(b), passages: list(b) };
      await act('confirm', { ...body, langs: [b.dataset.lang] }, b);
    },
    async range(b) {
      const ends = $$('input', b.closest('.range')), [from, to] = ends.map(i => i.value.trim());
      if (!from && !to) { ends[0].focus(); return; } // a range of all is another button
      const all = list(b);
      const i = from ? all.indexOf(from) : 0, k = to ? all.indexOf(to) : all.length - 1;
      if (i < 0 || k < 0) {
        ends[i < 0 ? 0 : 1].focus();
        return say(b.dataset.wrong, { failed: true });
      }
      const chosen = all.slice(Math.min(i, k), Math.max(i, k) + 1);
      await act('confirm', { ...seen(b), passages: chosen, langs: [b.dataset.lang] }, b);
    },
    save: b => act('save', seen(b), b),
    undo: b => act('undo', seen(b), b),
    pin: b => act('pin', { ...about(b), pinned: true }, b),
    unpin: b => act('pin', { ...about(b), pinned: false }, b),
    edit,
    write: b => write($('textarea', b.closest('.piece'))),
    leave: async b => leave($('textarea', b.closest('.piece'))),
    join: b => {
      const c = at(b.closest('.work'));
      return c && c.block > 0 ? act('join-block', { ...about(b), in: c.in, block: c.block }, b) : act('join', about(b), b);
    },
    divide: b => {
      const card = b.closest('.work'), c = at(card);
      const first = $('.part', card).dataset.in;
      return act('divide', { ...about(b), in: c ? c.in : first, block: c ? c.block : 0, letters: c ? c.letters : 0 }, b);
    },
    shift: b => act('shift', { ...about(b), in: b.closest('.part').dataset.in, to: b.dataset.to }, b),
    'join-block': b => {
      const c = at(b.closest('.work')), own = b.closest('.part').dataset.in;
      return act('join-block', { ...about(b), in: own, block: c && c.in === own && c.block > 0 ? c.block : 1 }, b);
    },
    'move-block': b => {
      const c = at(b.closest('.work')), own = b.closest('.part').dataset.in;
      return act('move-block', { ...about(b), in: own, block: c && c.in === own ? c.block : 0, to: b.dataset.to }, b);
    },
    async waive(b) {
      const body = { ...about(b), in: b.closest('.part').dataset.in, code: b.dataset.code, block: Number(b.dataset.block) };
      await done(await question(words.waive, [{ name: 'reason', label: words.why, long: true }], words.save, answer => ask('waive', { ...body, ...answer })), b);
    },
    async term(b) {
      const c = at(b.closest('.work'));
      if (!c || !c.text) return say(words.termNone, { failed: true });
      await done(await question(words.term, [
        { name: 'name', label: words.termWords, value: c.text, lang: c.in },
        { name: 'concept', label: words.termOf, list: 'concept-names' },
        { name: 'fresh', label: words.termNew },
        { name: 'group', label: words.termGroup, options: doc.getElementById('concept-groups').options },
      ], words.save, a => ask('name', { in: c.in, name: a.name, concept: a.fresh || a.concept, group: a.fresh ? a.group : '' })), b);
    },
    rename: b => act('rename', { concept: b.dataset.concept, name: $('input', b.closest('li')).value.trim() }, b),
    back: b => act('back', { act: Number(b.dataset.id) }, b.closest('.work') ? b : doc.activeElement),
  };
  // list is the passages that a button is about, but for those whose cards do not
  // show them as they are.
  const list = b => {
    const text = b.closest('[data-text]').dataset.text;
    const unseen = $$('.work.editing').filter(c => c.closest('[data-text]').dataset.text === text && outdated(c)).map(c => c.dataset.number);
    return b.dataset.passages.trim().split(' ').filter(n => !unseen.includes(n));
  };

  doc.addEventListener('click', async event => {
    const b = event.target.closest('button[data-act], button[data-copy]');
    if (!b) return;
    if (b.dataset.copy) {
      try {
        await navigator.clipboard.writeText(b.dataset.copy);
        say(said.dataset.copied + words.colon + b.dataset.copy);
      } catch {
        getSelection().selectAllChildren(b.previousElementSibling);
      }
      return;
    }
    // The second half of a double click is not another press.
    if (acts[b.dataset.act] && event.detail < 2) run(b, acts[b.dataset.act]);
  });
  // A click in the text must set the cursor, and one on a button not take it away.
  doc.addEventListener('mousedown', event => { if (event.target.closest('.work button')) event.preventDefault(); });
  doc.addEventListener('click', event => { event.target.closest('.work button')?.focus({ preventScroll: true }); }, true);

  // ---- keys ------------------------------------------------------------------------

  // By where the keys are, so that they work under any layout.
  doc.addEventListener('keydown', event => {
    const field = event.target.closest('input:not([type=checkbox], [type=file]), textarea, select, dialog');
    const ctrl = event.ctrlKey || event.metaKey;
    if (event.repeat && (ctrl || !field) && !['KeyN', 'KeyB'].includes(event.code)) return; // a key held down is one press
    if (ctrl && event.code === 'KeyZ' && !field) {
      event.preventDefault();
      const from = doc.activeElement;
      return run(null, () => act('back', { again: event.shiftKey }, from));
    }
    const writing = event.target.closest('.writing');
    if (writing && event.target.matches('textarea')) {
      if (ctrl && event.key === 'Enter') { event.preventDefault(); run(event.target, () => write(event.target)); }
      if (event.key !== 'Escape') delete event.target.dataset.leaving;
      else if (event.target.value === event.target.defaultValue || event.target.dataset.leaving) leave(event.target);
      else { // what was written is not thrown away by one key
        event.target.dataset.leaving = 'yes';
        say(words.unsaved, { failed: true });
      }
      return;
    }
    if (event.key === 'Enter' && !event.isComposing && event.target.matches('input[type=text]')) {
      const b = $('[data-act=rename], [data-act=range]', event.target.closest('li, .range') || event.target);
      if (b) { event.preventDefault(); run(b, acts[b.dataset.act]); }
      return;
    }
    const card = event.target.closest('.work') || (cursor && doc.activeElement === doc.body ? doc.getElementById(cursor.card) : null);
    if (!card || field || ctrl || event.isComposing) return;
    const mine = $('#queue')?.dataset.mine || lang;
    const part = event.target.closest('.part') || (at(card) && $(`.part[data-in="${at(card).in}"]`, card)) || $(`.part[data-in="${mine}"]`, card) || $('.part', card);
    let to = null;
    if (event.altKey && (event.code === 'ArrowUp' || event.code === 'ArrowDown')) {
      to = $(`[data-act="${event.shiftKey ? 'move-block' : 'shift'}"][data-to="${event.code === 'ArrowUp' ? 'up' : 'down'}"]`, part);
    } else if (!event.altKey && !event.shiftKey) {
      switch (event.code) {
        case 'KeyE': to = $('[data-act=edit]', part); break;
        case 'KeyC': to = $('[data-act=read]', part); break;
        case 'KeyJ': to = $('[data-act=join]', card); break;
        case 'KeyS': to = $('[data-act=divide]', card); break;
        case 'KeyP': to = $('[data-act=pin], [data-act=unpin]', card); break;
        case 'KeyG': to = $('[data-act=term]', card); break;
        case 'KeyN': case 'KeyB': {
          const cards = $$('.work'), next = cards[cards.indexOf(card) + (event.code === 'KeyN' ? 1 : -1)];
          event.preventDefault();
          if (next) { next.focus({ preventScroll: true }); next.scrollIntoView({ block: 'start', behavior: 'instant' }); } else $(event.code === 'KeyN' ? '.desk-pages [rel=next]' : '.desk-pages [rel=prev]')?.focus();
          return;
        }
      }
    }
    if (!to || to.disabled) return;
    event.preventDefault();
    run(to, acts[to.dataset.act]);
  });
  addEventListener('beforeunload', event => {
    if ($$('.writing textarea').some(a => a.value !== a.defaultValue)) event.preventDefault();
  });

  // ---- what was done ---------------------------------------------------------------

  async function history() {
    for (const list of $$('ol.acts-done')) {
      const card = list.closest('.work');
      if (card && !list.closest('details').open) continue;
      const body = card ? { text: card.dataset.text, passage: card.dataset.number } : {};
      try {
        const { acts: done } = await ask('acts', body);
        const on = list.contains(doc.activeElement) && doc.activeElement.dataset.id;
        list.replaceChildren(...done.map(a => element('li', '', a.undone ? { class: 'undone' } : {}, element('span', `${a.time} ${a.by}`, { class: 'quiet' }), ' ', element(a.undone ? 's' : 'span', a.said), ' ', button(a.undone ? words.again : words.back, { act: 'back', id: a.act }))));
        if (on) ($(`[data-id="${on}"]`, list) || $('button', list))?.focus({ preventScroll: true });
        if (!done.length) list.replaceChildren(element('li', doc.getElementById('acts-done').dataset.none, { class: 'quiet' }));
      } catch { /* it is told at the next act */ }
    }
  }
  doc.addEventListener('toggle', event => { if (event.target.matches?.('details.history') && event.target.open) history(); }, true);

  // ---- receiving a file ------------------------------------------------------------

  let dropped = null; // the file, as it is sent
  async function look(file, from) {
    if (!file) return;
    if (file.size > 16 << 20) return say(words.large, { failed: true });
    const bytes = new Uint8Array(await file.arrayBuffer());
    let data = '';
    for (let i = 0; i < bytes.length; i += 0x8000) data += String.fromCharCode(...bytes.subarray(i, i + 0x8000));
    doc.getElementById('receipt').replaceChildren(); // what it shows is of another file
    dropped = { file: file.name, data: btoa(data), text: doc.getElementById('drop-text').value, in: doc.getElementById('drop-lang').value };
    const mine = dropped;
    await run(from, async () => {
      const receipt = await ask('receive', mine);
      if (dropped === mine) shown(receipt); // else another file has been chosen
    });
  }
  // The language of a file is mostly in its name.
  function guess(file) {
    const langs = doc.getElementById('drop-lang'), texts = doc.getElementById('drop-text');
    doc.getElementById('drop-name').textContent = file.name;
    dropped = null;
    doc.getElementById('receipt').replaceChildren(); // what it shows is of another file
    const parts = file.name.toLowerCase().split(/[._\- ]/);
    for (const o of langs.options) if (parts.includes(o.value)) langs.value = o.value;
    for (const o of texts.options) if (file.name.toLowerCase().startsWith(o.value.toLowerCase())) texts.value = o.value;
  }
  function shown(r) {
    const box = doc.getElementById('receipt');
    const notes = (title, list) => (list?.length ? [element('h4', title), element('ul', '', { class: 'quiet' }, ...list.map(t => element('li', t)))] : []);
    const tongue = { 'zh': 'zh-Hans' }[r.in] || r.in;
    const items = r.items.map(i => {
      const text = element('span', '', { lang: tongue });
      for (const w of i.words) text.append(w.op ? element(w.op, w.text) : w.text);
      const tick = element('input', '', { type: 'checkbox', id: 'take' + i.id });
      tick.checked = true;
      Object.assign(tick.dataset, { item: i.id, kind: i.kind });
      return element('li', '', {}, element('label', '', {}, tick, ` ${i.number} `, element('span', i.label, { class: 'quiet' }), ' ', text));
    });
    const groups = r.kinds.map(k => {
      const tick = element('input', '', { type: 'checkbox' });
      tick.checked = true;
      tick.dataset.group = k.kind;
      return element('label', '', {}, tick, ' ' + k.words);
    });
    const take = button(words.take, {}), no = button(words.leave, {});
    take.id = 'drop-take';
    take.hidden = !items.length;
    box.replaceChildren(
      element('h3', r.path), element('p', [r.same, ...r.kinds.map(k => k.words)].join(words.comma), { class: 'sum' }),
      ...(items.length ? [] : [element('p', words.nothing)]),
      ...notes(words.refused, r.refused), ...notes(words.findings, r.findings), ...notes(words.left, r.left),
      element('p', '', { class: 'groups' }, ...groups), element('ol', '', { class: 'items' }, ...items),
      element('p', '', { class: 'acts' }, take, no),
    );
    box.onchange = event => {
      const t = event.target;
      if (t.dataset.group) for (const i of $$(`[data-kind="${t.dataset.group}"]`, box)) i.checked = t.checked;
      for (const g of $$('[data-group]', box)) {
        const of = $$(`[data-kind="${g.dataset.group}"]`, box), on = of.filter(i => i.checked).length;
        g.checked = on === of.length;
        g.indeterminate = on > 0 && on < of.length;
      }
    };
    const mine = dropped;
    const done = () => { if (dropped !== mine) return; dropped = null; box.replaceChildren(); doc.getElementById('drop-file').value = ''; doc.getElementById('drop-name').textContent = ''; doc.getElementById('drop-file').focus(); };
    take.onclick = () => run(take, async () => {
      await act('accept', { ...mine, text: r.text, in: r.in, seen: r.seen, items: $$('[data-item]', box).filter(i => i.checked).map(i => Number(i.dataset.item)) }, take);
      done();
    });
    no.onclick = done;
    box.focus();
    box.scrollIntoView({ block: 'nearest', behavior: 'instant' });
  }
  doc.addEventListener('click', event => {
    const b = event.target.closest('#drop-look');
    if (b) look(doc.getElementById('drop-file').files[0], b);
  });
  doc.addEventListener('change', event => { if (event.target.id === 'drop-file' && event.target.files[0]) guess(event.target.files[0]); });
  doc.addEventListener('dragover', event => { if (event.dataTransfer?.types.includes('Files')) event.preventDefault(); });
  doc.addEventListener('drop', event => {
    const file = event.dataTransfer?.files[0];
    if (!file) return;
    event.preventDefault();
    doc.getElementById('drop-file').files = event.dataTransfer.files;
    guess(file);
    look(file, null); // while another is on its way too
  });

  // ---- the page when it is there ---------------------------------------------------

  // The name is kept on this machine; without one, git's is taken.
  const name = doc.getElementById('desk-name');
  if (name) {
    name.value = store(() => localStorage, 'stele-name');
    name.addEventListener('input', () => store(() => localStorage, 'stele-name', name.value));
  }
  // The page's policy lets no form be sent.
  doc.addEventListener('submit', event => {
    const form = event.target.closest('.desk-seek');
    if (!form) return;
    event.preventDefault();
    location.href = form.getAttribute('action') + '?' + new URLSearchParams(new FormData(form));
  });
  function ready() {
    lightUp();
    for (const b of $$('main button:disabled')) b.disabled = false;
    for (const card of $$('main .work.editing')) if (card.dataset.next) outdate(card, card.dataset.next);
  }
  // What is searched for is marked on the cards, without touching their text.
  function lightUp() {
    if (!CSS.highlights) return;
    CSS.highlights.delete('found');
    const wanted = ($('.desk-seek input[type=search]')?.defaultValue || '').toLowerCase().match(/[\p{L}\p{N}]+/gu)
      ?.map(w => (w.length > 5 && !/\p{Script=Han}/u.test(w) ? w.slice(0, -2) : w)); // with other endings too
    if (!wanted) return;
    const ranges = [];
    for (const block of $$('main .work .words')) {
      const walk = doc.createTreeWalker(block, NodeFilter.SHOW_TEXT);
      for (let n = walk.nextNode(); n; n = walk.nextNode()) {
        const text = n.data.toLowerCase();
        if (text.length !== n.data.length) continue;
        for (const w of wanted) {
          for (let i = text.indexOf(w); i >= 0; i = text.indexOf(w, i + w.length)) {
            const r = doc.createRange();
            r.setStart(n, i);
            r.setEnd(n, i + w.length);
            ranges.push(r);
          }
        }
      }
    }
    if (ranges.length) CSS.highlights.set('found', new Highlight(...ranges));
  }
  // The line of a tile is in a closed table until it is asked for.
  function reveal() {
    const at = location.hash && doc.getElementById(decodeURIComponent(location.hash.slice(1)));
    const closed = at && at.closest('details:not([open])');
    if (!closed) return;
    closed.open = true;
    at.scrollIntoView({ block: 'start', behavior: 'instant' });
  }
  addEventListener('hashchange', reveal);
  ready();
  reveal();
  history();
})();
