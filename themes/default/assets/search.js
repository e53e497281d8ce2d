// The search page: the index, and what the reader sees of it. Words are found by
// find.js, which comes before. All files of the index are plain scripts, so that
// it works from a disk too; they call steleIndex.
(() => {
  'use strict';
  const { tokens, scriptOf, stems, keys, parse, read, match, merged } = globalThis.steleFind;

  // ---- the index -------------------------------------------------------------------------

  // by code points, as Go sorts
  function compare(a, b) {
    for (let i = 0; ; i++) {
      if (i >= a.length || i >= b.length) return a.length - b.length;
      if (a.charCodeAt(i) !== b.charCodeAt(i)) return a.codePointAt(i) - b.codePointAt(i) || a.charCodeAt(i) - b.charCodeAt(i);
    }
  }
  // last is the last place whose item is not above x; -1 for none.
  function last(list, x, cmp) {
    let low = 0, high = list.length;
    while (low < high) {
      const mid = (low + high) >> 1;
      if (cmp(list[mid], x) <= 0) low = mid + 1; else high = mid;
    }
    return low - 1;
  }
  const byNumber = (a, b) => a - b;
  const summed = list => { let n = 0; return list.map(d => (n += d)); };

  const intersect = (a, b) => { const have = new Set(b); return a.filter(p => have.has(p)); };
  const union = (a, b) => !a.length ? b : !b.length ? a : [...new Set([...a, ...b])].sort(byNumber);

  function frontCoded(s) {
    let before = [];
    return s.split('\n').map(line => {
      before = [...before.slice(0, parseInt(line[0], 36)), ...line.slice(1)];
      return before.join('');
    });
  }

  // postings reads the lists of a chunk, as docs/search.md has them: of each text
  // its distance from the one before, and which of its passages.
  function postings(base64, texts) {
    const raw = atob(base64), end = raw.length * 8, lists = [];
    let at = 0;
    const bit = () => { const b = raw.charCodeAt(at >> 3) >> (7 - (at & 7)) & 1; at++; return b; };
    const low = n => { let v = 0; while (n-- > 0) v = v << 1 | bit(); return v; };
    const length = n => 32 - Math.clz32(n);
    const gamma = () => { let k = 0; while (at < end && !bit()) k++; return 1 << k | low(k); };
    const rice = k => { let v = 0; while (bit()) v++; return v << k | low(k); };
    const riceOf = (n, limit) => Math.max(length(Math.floor(limit / n)) - 1, 0);
    for (;;) {
      const many = gamma(), list = [];
      if (at >= end) return lists; // the last byte is filled up
      const more = gamma() - 1, between = riceOf(many, texts.length), counts = riceOf(many, more);
      for (let i = 0, t = -1; i < many; i++) {
        const { first, n: all } = texts[t += rice(between) + 1], n = more ? 1 + rice(counts) : 1;
        if (n === 1) list.push(first + low(length(all - 1)));
        else for (let k = riceOf(n, all), j = 0, p = first - 1; j < n; j++) list.push(p += rice(k) + 1);
      }
      lists.push(list);
    }
  }

  // mark is a key in the name of a file: FNV-1a of its characters.
  function mark(s) {
    let h = 2166136261;
    for (const c of s) h = Math.imul(h ^ c.codePointAt(0), 16777619);
    return (h >>> 0).toString(36);
  }

  // swapped returns what changes the letters of a language for those of ASCII, or
  // back: a script of two bytes a letter packs better so.
  function swapped(letters) {
    const ascii = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz', to = new Map();
    [...letters].forEach((c, i) => { to.set(c, ascii[i]); to.set(ascii[i], c); });
    return s => !letters ? s : [...s].map(c => to.get(c) || c).join('');
  }

  // open reads the beginning of an index; load brings a file of it.
  async function open(load) {
    const files = new Map();
    const get = name => {
      if (!files.has(name)) {
        const file = load(name);
        files.set(name, file);
        file.catch(() => files.delete(name)); // it may come another time
      }
      return files.get(name);
    };
    const kept = new Map(); // what was made of a file
    const made = async (name, make) => {
      if (!kept.has(name)) {
        const payload = await get(name);
        if (!kept.has(name)) kept.set(name, make(payload));
      }
      return kept.get(name);
    };

    // ahead is what is asked for before it is needed; who needs it sees its faults.
    const ahead = promise => { promise.catch(() => {}); };

    const start = await get('start');
    const langs = start.l.map((l, i) => ({
      i, code: l.c, tag: l.t, dir: l.d || '', scripts: l.s, stemmer: l.m || '', foreign: l.f || [], many: !!l.o,
      plain: swapped(l.x || ''), shards: summed(l.a), firsts: l.k || [], whole: !l.k, inline: !!l.i, spelled: l.w || {},
    }));
    const texts = start.t.map(([slug, n, of, date]) => ({ slug, n, of: of || slug, date })); // of an earlier version: of which text, since when
    summed(texts.map(t => t.n)).forEach((end, i) => { texts[i].first = end - texts[i].n; });

    // ---- texts

    const ends = l => [...l.shards.slice(1), start.n];
    // textAt is the index of the text that a passage is of
    const begins = texts.map(t => t.first), textAt = p => last(begins, p, byNumber);
    for (const l of langs) {
      let before = -1, n = 0;
      l.names = l.shards.map(p => {
        const t = textAt(p);
        n = t === before ? n + 1 : 0;
        before = t;
        return l.code + '/t' + mark(texts[t].slug + '\n' + n);
      });
    }
    const shardName = (l, i) => l.names[i];
    const shard = (l, i) => made(shardName(l, i), raw => {
      const spans = raw.p.map(() => []), sections = [], at = l.shards[i];
      for (const d of raw.d) spans[d[0]].push(d);
      let p = at; // of the text that comes
      for (const [textTitle, list] of raw.s) {
        const text = textAt(p), { first, n } = texts[text];
        for (const [begin, count, number, title, page, role] of list) sections.push({ text, first: first + begin, count, number, title, page, textTitle, role });
        p = first + n;
      }
      return { at, sections, kinds: raw.k, numbers: raw.n, texts: raw.p.map(l.plain), spans, docs: [] };
    });
    const bring = (l, p) => shard(l, last(l.shards, p, byNumber));
    // doc is a passage in a language whose shard has come.
    function doc(l, p) {
      const s = kept.get(shardName(l, last(l.shards, p, byNumber)));
      if (!s) return null;
      const i = p - s.at;
      return s.docs[i] || (s.docs[i] = read(s.texts[i], l.stemmer, s.spans[i]));
    }
    function place(l, p) {
      const s = kept.get(shardName(l, last(l.shards, p, byNumber)));
      const x = s && s.sections.find(x => x.first <= p && p < x.first + x.count);
      return x && { ...x, passage: s.numbers[p - s.at], kind: s.kinds[p - s.at] };
    }
    // all reads the texts of a language through; one look suffices for many.
    const all = l => Promise.all(l.shards.map((_, i) => shard(l, i)));

    // prepare brings what any query in a language needs; where its texts are looked
    // up in an index, that is little.
    async function prepare(code) {
      for (const l of langs.filter(l => l.code === code)) {
        if (start.c) ahead(names(l));
        if (l.whole) await all(l);
      }
    }

    // ---- keys and postings

    const fileOf = (l, kind, key) => l.code + '/' + kind + mark(key);
    // chunk is a run of lists, named by its first key
    const chunk = (l, key) => made(fileOf(l, 'p', key), raw => ({ keys: raw.k === undefined ? null : frontCoded(raw.k), lists: postings(raw.b, texts) }));
    // block is a run of keys, and where in it chunks begin
    const block = (l, key) => made(fileOf(l, 'k', key), raw => {
      const keys = frontCoded(l.plain(raw.k)), chunks = [];
      let n = 0;
      for (const many of raw.p) {
        chunks.push(n);
        n += many;
      }
      return { keys, chunks };
    });
    async function range(l, from, until) {
      // the lists of the keys k with from <= k and !until(k)
      const lists = [], wanted = k => compare(k, from) >= 0 && !until(k);
      const pieces = [];
      for (let i = Math.max(last(l.firsts, from, compare), 0); i < l.firsts.length && (compare(l.firsts[i], from) < 0 || !until(l.firsts[i])); i++) pieces.push(l.firsts[i]);
      for (const key of pieces) ahead((l.inline ? chunk : block)(l, key));
      if (l.inline) {
        for (const key of pieces) {
          const c = await chunk(l, key);
          c.keys.forEach((k, j) => { if (wanted(k)) lists.push([k, c.lists[j]]); });
        }
        return lists;
      }
      const places = []; // of each key: the first of its chunk, and its place there
      for (const key of pieces) {
        const { keys, chunks } = await block(l, key);
        keys.forEach((k, j) => {
          if (!wanted(k)) return;
          const first = chunks[last(chunks, j, byNumber)];
          places.push([k, keys[first], j - first]);
        });
      }
      for (const [, first] of places) ahead(chunk(l, first));
      for (const [k, first, j] of places) lists.push([k, (await chunk(l, first)).lists[j]]);
      return lists;
    }
    const lookup = async (l, key) => ((await range(l, key, k => k !== key))[0] || [, []])[1];
    const starting = (l, prefix) => range(l, prefix, k => !k.startsWith(prefix));

    // ---- in which languages a group is looked for

    function fits(l, g) {
      let own = true;
      for (const q of flat(g)) {
        const s = scriptOf(q.f);
        if (!s || l.scripts.includes(s)) continue;
        own = false;
        const key = stems[l.stemmer](q.f);
        if (!l.many && !l.foreign.some(f => f === key || g.open && f.startsWith(q.f))) return 0;
      }
      return own ? 2 : 1;
    }
    const FEW = 3;
    function languages(g, page, wide) {
      const mine = l => l.code === page;
      if (!flat(g).some(q => scriptOf(q.f))) return wide || !langs.some(mine) ? langs : langs.filter(mine);
      const own = langs.filter(l => fits(l, g) === 2), guests = langs.filter(l => fits(l, g) === 1);
      if (wide || !own.length) return [...own, ...guests];
      return own.length > FEW && own.some(mine) ? own.filter(mine) : own;
    }

    // ---- candidates: [passages, whether all are hits]

    async function candidates(l, g, how) {
      if (l.whole) {
        await all(l);
        const hits = [];
        for (let p = 0; p < start.n; p++) if (match(g, doc(l, p), how(l)).length) hits.push(p);
        return [hits, true];
      }
      let sure = g.e.length === 1, set = null;
      const also = list => { set = set ? intersect(set, list) : list; };
      const word = async (q, open) => {
        let list = [];
        const found = how(l).keys(q).map(k => lookup(l, k));
        found.forEach(ahead);
        for (const more of found) list = union(list, await more);
        if (!open || !how(l).open || !g.open) return list;
        for (const [, more] of await starting(l, q.f)) list = union(list, more);
        for (let n = q.f.length - 1; n > 2; n--) list = union(list, await lookup(l, q.f.slice(0, n)));
        sure = false;
        return list;
      };
      for (let i = 0; i < g.e.length; i++) {
        const q = g.e[i];
        if (q.v) {
          let list = null;
          for (const t of q.t) { const more = t.c ? [] : await word(t); list = list ? intersect(list, more) : more; }
          if (q.t.length > 1) sure = false;
          for (const v of q.v) list = union(list, union(await lookup(l, '=' + v), /^\d+$/.test(v) ? await lookup(l, v) : []));
          also(list);
        } else if (!q.c) also(await word(q, i === g.e.length - 1));
        else {
          const next = g.e[i + 1], joined = next && next.c && next.g === 0;
          if (joined) also(await lookup(l, q.f + next.f));
          else if (i === 0 || !g.e[i - 1].c || q.g !== 0) {
            let list = [];
            for (const [, more] of await starting(l, q.f)) list = union(list, more);
            also(list);
          }
          if (joined && i === 0 && g.e.length === 2) sure = true;
        }
        if (!set.length) break;
      }
      return [set || [], sure];
    }

    // ---- concepts

    const signature = (toks, stemmer) => toks.map(t => t.c ? t.f : stems[stemmer](t.f)).join(' ');
    const names = l => made(l.code + '/names', list => {
      const raw = list.map(lists => lists.map(some => some.map(l.plain)));
      const by = new Map();
      raw.forEach(([list, forms], c) => {
        for (const name of [...list, ...forms]) {
          const key = signature(tokens(name), l.stemmer);
          if (!by.has(key)) by.set(key, []);
          if (!by.get(key).includes(c)) by.get(key).push(c);
        }
      });
      return { list: raw, by };
    });
    const uses = () => made('uses', raw => raw.map(([id, lists]) => {
      const sets = lists.map(summed);
      return { id, sets: sets.map(s => new Set(s)), all: sets.reduce(union, []) };
    }));

    // ---- the search

    // search looks for a query. page is the language of the page, text the slug of
    // the text to look in.
    async function search(query, { page = '', text = '' } = {}) {
      const months = start.m || {};
      const groups = parse(query, months);
      for (const g of groups) for (const l of langs) for (const q of g.e) {
        const v = !q.v && !q.c && l.spelled[stems[l.stemmer](q.f)];
        if (v) g.e[g.e.indexOf(q)] = { t: [q], v: [v], g: q.g };
      }
      const within = texts.filter(t => t.of === text);
      const result = { groups, langs: [], looked: [], sets: [], hits: [], exact: true, units: [], concepts: [], changed: [], alone: [] };
      if (!groups.length) return result;
      const fixed = new Map();
      // each is tried where the one before found nothing
      const plans = [{}, { wide: true }, { open: true }, { open: true, wide: true }, { open: true, slip: true }];
      for (const plan of plans) {
        if (plan.open && !plan.slip && !groups.some(g => g.open)) continue;
        if (plan.wide && groups.every(g => languages(g, page, true).length === languages(g, page).length)) continue;
        const looked = groups.map(g => languages(g, page, plan.wide));
        if (start.c) for (const l of new Set(looked.flat())) ahead(names(l));
        const how = l => ({ open: !!plan.open, keys: q => keys(l.stemmer, plan.slip && fixed.get(q.f) || q.f) });
        if (plan.slip && !(await mend(groups, looked, fixed))) continue;
        const sets = [];
        for (let i = 0; i < groups.length; i++) {
          const by = new Map();
          let list = [], sure = true;
          for (const l of looked[i]) {
            const [hits, exact] = await candidates(l, groups[i], how);
            by.set(l, new Set(hits));
            list = union(list, hits);
            sure = sure && exact;
          }
          sets.push({ by, list, sure });
        }
        const units = await unite(groups, looked, sets);
        let hits = units.map(u => u.list).reduce(intersect);
        if (text && (within.length || start.e)) hits = hits.filter(p => within.some(t => p >= t.first && p < t.first + t.n));
        Object.assign(result, { units, hits, how, looked, sets, langs: [...new Set(looked.flat())], exact: units.every(u => u.sure), open: !!plan.open, changed: plan.slip ? [...fixed] : [] });
        result.concepts = [...new Set(units.flatMap(u => u.concepts))];
        // The beginning of a word has many guesses among its candidates.
        if (plan.open && !result.exact && !(await any(hits.slice(0, PROBED), p => confirm(result, p)))) result.hits = [];
        if (result.hits.length) break;
        result.changed = [];
      }
      result.alone = groups.map((g, i) => ({ text: g.text, n: result.sets[i].list.length }));
      return result;
    }

    const PROBED = 60;
    async function any(list, is) {
      for (const p of list) if (await is(p)) return true;
      return false;
    }

    // unite joins the groups that together are the name of a concept.
    async function unite(groups, looked, sets) {
      const units = [], own = start.c ? [...new Set(looked.flat())] : [];
      for (const l of own) await names(l);
      for (let i = 0; i < groups.length;) {
        let end = i + 1, ids = [];
        for (let j = groups.length; j > i && !ids.length; j--) {
          for (const l of own) {
            const found = kept.get(l.code + '/names').by.get(signature(groups.slice(i, j).flatMap(flat), l.stemmer));
            if (found) ids = [...new Set([...ids, ...found])];
          }
          if (ids.length) end = j;
        }
        const parts = sets.slice(i, end);
        const unit = { from: i, to: end, concepts: ids, list: parts.map(s => s.list).reduce(intersect), sure: parts.every(s => s.sure) };
        // in quotation marks, words are looked for as they stand
        if (ids.length && groups.slice(i, end).some(g => !g.quoted)) {
          const all = await uses();
          unit.named = ids.map(c => all[c].all).reduce(union, []);
          unit.list = union(unit.list, unit.named);
        }
        units.push(unit);
        i = end;
      }
      return units;
    }

    // ---- what stands in a passage

    // confirm brings the texts that a candidate must be looked up in and reports
    // whether it is a hit.
    async function confirm(result, p) {
      if (result.exact) return true;
      for (const u of result.units) {
        if (u.named && u.named.includes(p)) continue;
        for (let i = u.from; i < u.to; i++) {
          let found = false;
          for (const l of result.looked[i]) {
            if (!result.sets[i].by.get(l).has(p)) continue;
            await bring(l, p);
            if (match(result.groups[i], doc(l, p), result.how(l)).length) { found = true; break; }
          }
          if (!found) return false;
        }
      }
      return true;
    }

    // marks are where a passage has what was looked for: words in the languages
    // that they were looked for in, numbers and dates in all, and the names of
    // concepts, of which the names in the language must have come.
    function marks(result, l, p) {
      const d = doc(l, p), out = [];
      result.groups.forEach((g, i) => {
        if (result.looked[i].includes(l) || g.e.some(q => q.v)) out.push(...match(g, d, result.how(l)));
      });
      const own = kept.get(l.code + '/names');
      for (const c of own ? result.concepts : []) {
        for (const name of own.list[c].flat()) {
          const e = tokens(name);
          if (!e.length) continue;
          const capital = name === name.toUpperCase() && name !== name.toLowerCase();
          out.push(...match({ e }, d, { keys: q => [stems[l.stemmer](q.f)] }).filter(([s]) => !capital || /^\p{Lu}/u.test(d.text.slice(s))));
        }
      }
      return merged(out);
    }

    // silent reports whether a passage names a concept in another language and not
    // in this one.
    async function silent(result, l, p) {
      if (!result.concepts.length) return false;
      const all = await uses();
      return result.concepts.some(c => all[c].all.includes(p) && !all[c].sets[l.i].has(p)) && !result.concepts.some(c => all[c].sets[l.i].has(p));
    }

    // ---- weight

    // weighed are the hits with the best first: those where the words stand
    // nearest, then the more often and in the shorter passages. Where the texts
    // are not read through, the length alone decides.
    async function weighed(result) {
      const { hits, units } = result;
      if (![...new Set(result.looked.flat())].every(l => l.whole)) {
        const l = result.looked[0][0];
        if (!l || l.whole) return hits;
        const lengths = await get(l.code + '/w');
        return [...hits].sort((a, b) => lengths.charCodeAt(a) - lengths.charCodeAt(b) || a - b);
      }
      const score = new Map();
      for (const p of hits) {
        let best = 0;
        for (const l of result.langs) {
          const d = doc(l, p), at = [];
          let sum = 0;
          units.forEach((u, n) => {
            let found = 0;
            for (let i = u.from; i < u.to; i++) {
              if (!result.looked[i].includes(l)) continue;
              for (const [s] of match(result.groups[i], d, result.how(l))) { found += 1 / (u.to - u.from); at.push([s, n]); }
            }
            sum += Math.log(1 + start.n / u.list.length) * found / (found + .5 + d.toks.length / 60);
          });
          if (units.length > 1) sum += 4 / (1 + nearest(at, units.length) / 60);
          best = Math.max(best, sum);
        }
        score.set(p, best);
      }
      return [...hits].sort((a, b) => score.get(b) - score.get(a) || a - b);
    }

    // ---- one letter changed

    // letters of a word in which a slip is forgiven, and of the first letter
    const LONG = 5, BOLD = 7, TOO_LONG = 32;
    // vocabulary counts the passages of the stems, and of the words where the texts
    // are read through.
    const vocabularies = new Map();
    async function vocabulary(l) {
      if (!vocabularies.has(l)) {
        const stemmed = new Map(), forms = l.whole && new Map();
        const count = (map, list) => { for (const w of new Set(list)) map.set(w, (map.get(w) || 0) + 1); };
        if (l.whole) {
          await all(l);
          for (let p = 0; p < start.n; p++) {
            const words = doc(l, p).toks.filter(t => !t.c);
            count(stemmed, words.map(doc(l, p).key));
            count(forms, words.map(t => t.f));
          }
        } else for (const b of await Promise.all(l.firsts.map(key => block(l, key)))) for (const k of b.keys) stemmed.set(k, 0);
        vocabularies.set(l, { stemmed, forms });
      }
      return vocabularies.get(l);
    }

    // near are the words that a word may have been meant for, with the number of
    // passages, the most frequent first: words that stand in a text, or others of
    // their stems if the slip is in the stem.
    async function near(form, l) {
      const { stemmed, forms } = await vocabulary(l), script = scriptOf(form), have = new Set(), found = new Map();
      for (const k of (forms || stemmed).keys()) for (const c of k) if (scriptOf(c) === script) have.add(c);
      const letters = [...have].sort(compare), f = [...form], stem = stems[l.stemmer], own = [...stem(form)];
      const put = (...parts) => {
        const word = parts.flat().join(''), key = stem(word);
        if (!found.has(key) && (forms && forms.has(word) || stemmed.has(key) && [...key].length >= LONG && oneApart([...key], own))) found.set(key, word);
      };
      for (let i = f.length < BOLD ? 1 : 0; i <= f.length; i++) {
        const a = f.slice(0, i), b = f.slice(i);
        if (b.length) put(a, b.slice(1));
        if (b.length > 1) put(a, b[1], b[0], b.slice(2));
        for (const c of letters) {
          if (b.length) put(a, c, b.slice(1));
          put(a, c, b);
        }
      }
      const out = [];
      for (const [key, word] of forms ? found : [...found].slice(0, 12)) out.push([word, forms ? stemmed.get(key) : (await lookup(l, key)).length]);
      return out.sort((a, b) => b[1] - a[1]);
    }

    // mend finds for every long word that is nowhere one that is.
    async function mend(groups, looked, fixed) {
      for (let i = 0; i < groups.length; i++) {
        for (const q of groups[i].e) {
          if (q.v || q.c || fixed.has(q.f)) continue;
          let known = false, best = null;
          for (const l of looked[i]) {
            const words = l.inline ? null : (await vocabulary(l)).stemmed;
            known = known || (l.inline ? (await lookup(l, q.f)).length > 0 : keys(l.stemmer, q.f).some(k => words.has(k)));
          }
          if (known) continue;
          const letters = [...q.f].length;
          if (letters < LONG || letters > TOO_LONG) return false;
          for (const l of looked[i]) {
            if (l.inline || fits(l, groups[i]) < 2) continue;
            const [first] = await near(q.f, l);
            if (first && (!best || first[1] > best[1])) best = first;
          }
          if (!best) return false;
          fixed.set(q.f, best[0]);
        }
      }
      return fixed.size > 0;
    }

    // changed are queries near to one that found nothing: [query, passages].
    async function changed(result) {
      const out = [];
      for (let i = 0; i < result.groups.length && out.length < 6; i++) {
        const g = result.groups[i];
        if (g.e.length === 1 && !g.e[0].c && !g.e[0].v && !result.sets[i].list.length && [...g.text].length > 2 && g.text.length <= TOO_LONG) {
          for (const l of result.looked[i]) if (!l.inline && fits(l, g) === 2) out.push(...(await near(g.e[0].f, l)).slice(0, 3).map(x => [...x, i]));
        } else if (g.e.length > 1 && g.e.every(q => q.c)) {
          for (const l of result.looked[i]) if (l.whole) out.push(...(await nearRuns(g, l)).slice(0, 3).map(x => [...x, i]));
        }
      }
      return out.map(([word, n, i]) => [result.groups.map((g, j) => j === i ? word : g.quoted ? '“' + g.text + '”' : g.text).join(' '), n]);
    }

    // nearRuns are the runs of characters that differ from the group's in one.
    async function nearRuns(g, l) {
      await all(l);
      const q = g.e.map(t => t.f), found = new Map();
      for (let p = 0; p < start.n; p++) {
        const toks = doc(l, p).toks, here = new Set();
        for (let i = 0; i + q.length <= toks.length; i++) {
          let off = 0;
          for (let j = 0; j < q.length && off < 2; j++) {
            const t = toks[i + j];
            if (!t.c || j && t.g) off = 2; else if (t.f !== q[j]) off++;
          }
          if (off === 1) here.add(toks.slice(i, i + q.length).map(t => t.f).join(''));
        }
        for (const run of here) found.set(run, (found.get(run) || 0) + 1);
      }
      return [...found].sort((a, b) => b[1] - a[1]);
    }

    // related are the concepts whose names have all the words of the query, the
    // one that is named by it first.
    async function related(result) {
      const out = [...result.concepts];
      if (!start.c || !result.groups.length) return out;
      const near = [];
      for (const l of new Set(result.looked.flat())) {
        const { list } = await names(l);
        list.forEach(([all], c) => {
          if (out.includes(c) || near.some(n => n[1] === c)) return;
          for (const name of all) {
            const d = read(name, l.stemmer);
            if (result.groups.every((g, i) => result.looked[i].includes(l) && match(g, d, { open: true, keys: result.how(l).keys }).length)) {
              near.push([name.length, c]);
              break;
            }
          }
        });
      }
      near.sort((a, b) => a[0] - b[0] || a[1] - b[1]);
      return [...out, ...near.map(n => n[1])].slice(0, Math.max(5, out.length));
    }

    return { langs, texts, passages: start.n, prepare, search, confirm, bring, doc, place, marks, silent, weighed, changed, related, names, uses, start };
  }

  const flat = g => g.e.flatMap(q => q.v ? q.t : [q]);

  // oneApart reports whether words differ by one letter at most, or by two that
  // changed places.
  function oneApart(a, b) {
    let i = 0, j = 0;
    while (i < a.length && i < b.length && a[i] === b[i]) i++;
    while (j < a.length - i && j < b.length - i && a[a.length - 1 - j] === b[b.length - 1 - j]) j++;
    const x = a.length - i - j, y = b.length - i - j;
    return x <= 1 && y <= 1 || x === 2 && y === 2 && a[i] === b[i + 1] && a[i + 1] === b[i];
  }

  // nearest is the length of the shortest stretch that has all n units.
  function nearest(at, n) {
    at.sort((a, b) => a[0] - b[0]);
    const have = new Array(n).fill(0);
    let missing = n, best = Infinity, from = 0;
    for (const [s, u] of at) {
      if (!have[u]++) missing--;
      while (!missing) {
        best = Math.min(best, s - at[from][0]);
        if (!--have[at[from++][1]]) missing++;
      }
    }
    return best;
  }

  globalThis.steleSearch = { open };

  // ---- the page ------------------------------------------------------------------------

  const doc = globalThis.document, form = doc && doc.getElementById('seek');
  if (!form) return;
  const one = (selector, from = doc) => from.querySelector(selector);
  const words = JSON.parse(one('#search-words').textContent);
  const box = one('#q'), told = one('.told'), advice = one('.advice'), reader = one('.reader'), results = one('.results');
  const found = one('.concepts-found'), more = one('.more-hits'), only = one('.only');
  // what holds no longer is searched by an index of its own, for readers who ask for it
  const former = one('.former'), earlier = form.elements.earlier;
  const page = form.dataset.page, lang = doc.documentElement.lang;

  // el makes an element; what stands in it is text or other elements, never markup.
  function el(name, attributes, ...inside) {
    const e = doc.createElement(name);
    for (const [k, v] of Object.entries(attributes || {})) if (v !== '' && v !== undefined) e.setAttribute(k, v);
    e.append(...inside);
    return e;
  }
  const fill = (message, parts) => message.replace(/\{(\w)\}/g, (_, k) => parts[k]);
  const plural = new Intl.PluralRules(lang), digits = new Intl.NumberFormat(lang);
  function counted(forms, n) {
    const kind = plural.select(n), i = words.counts.findIndex(c => plural.select(c) === kind);
    return forms[Math.max(i, 0)].replace(/\p{Nd}[\p{Nd}\s.,]*\p{Nd}|\p{Nd}/u, digits.format(n));
  }
  const quoted = q => lang.startsWith('ru') ? '«' + q + '»' : '“' + q + '”';

  // ---- loading

  const waiting = new Map();
  globalThis.steleIndex = (name, payload) => {
    const w = waiting.get(name);
    if (w) w.done(payload);
  };
  const loading = folder => {
    let stamp = '';
    return part => new Promise((done, fail) => {
      const name = folder + part;
      const script = doc.createElement('script');
      const end = f => v => { waiting.delete(name); script.remove(); f(v); };
      waiting.set(name, { done: end(payload => { if (part === 'start') stamp = payload.v; done(payload); }) });
      script.onerror = end(() => fail(new Error(name)));
      script.onload = () => { if (waiting.has(name)) end(fail)(new Error(name)); };
      script.src = form.dataset.index + name + '.js' + (stamp && '?' + stamp);
      doc.head.append(script);
    });
  };
  const opening = folder => {
    const load = loading(folder);
    let index = null;
    return () => index || (index = open(load).catch(e => { index = null; throw e; }));
  };
  const opened = opening(''), openedFormer = opening('earlier/');

  // ---- the address

  const address = () => new URLSearchParams(location.search);
  const memory = {
    get(key) { try { return localStorage.getItem(key); } catch { return null; } },
    set(key, value) { try { localStorage.setItem(key, value); } catch { /* a reader may forbid it */ } },
  };
  let within = address().get('in') || '';
  let order = address().get('order') || memory.get('stele.order') || '';
  if (order !== 'text' && order !== 'weight') order = '';
  function remember(query) {
    const url = new URL(location.href);
    const put = (k, v) => { if (v) url.searchParams.set(k, v); else url.searchParams.delete(k); };
    put('q', query);
    put('in', within);
    put('order', order);
    put('earlier', earlier && earlier.checked ? '1' : '');
    try { history.replaceState(history.state, '', url.href.replace(/%2C/gi, ',')); } catch { /* file: in some browsers */ }
    for (const a of doc.querySelectorAll('.languages a')) {
      const to = new URL(a.getAttribute('href'), location.href);
      to.search = url.search;
      a.href = to.href;
    }
  }

  // ---- results

  // Cells are filled when they come into view: a language that is not shown
  // loads nothing.
  const unfilled = new WeakMap();
  function fillIn(cell) {
    sight.unobserve(cell);
    const job = unfilled.get(cell);
    unfilled.delete(cell);
    if (job) job().catch(() => { told.textContent = words.failed; });
  }
  const sight = new IntersectionObserver(list => {
    for (const x of list) if (x.isIntersecting) fillIn(x.target);
  }, { rootMargin: '40px' });
  // paper has no view: what is shown is printed whole
  addEventListener('beforeprint', () => {
    for (const cell of doc.querySelectorAll('.results .cell')) if (getComputedStyle(cell).display !== 'none') fillIn(cell);
  });

  // of hits shown at first and then, and of shards looked through for them: at
  // first as many as a query may cost, of languages read through and of others,
  // whose shards come for this query alone, in every language in view
  const FIRST = 10, WHOLE = 5, SHARDS = 2, NEXT = 20, MOST = 40;
  let turn = 0; // of the query that is being answered

  async function answer() {
    const mine = ++turn, query = box.value.normalize('NFC').trim();
    setTimeout(() => { if (mine === turn) remember(query); }); // what is sought comes first
    doc.title = query ? fill(words.title, { q: query.slice(0, 60) }) : one('h1').textContent;
    if (!query) {
      for (const e of [advice, found, reader]) e.hidden = true;
      told.textContent = '';
      return;
    }
    const slow = setTimeout(() => { told.textContent = words.seeking; }, 300);
    try {
      const x = await opened();
      const ends = box.value.length > query.length && /\s$/.test(box.value);
      const r = await x.search(query + (ends ? ' ' : ''), { page, text: within });
      if (mine !== turn) return;
      const way = order || (r.units.length > 1 ? 'weight' : 'text');
      for (const input of form.elements.order) input.checked = input.value === way;
      const list = way === 'weight' ? await x.weighed(r) : r.hits;
      if (mine !== turn) return;
      await show({ x, r, list, results, more, told }, query, mine, slow);
      if (earlier && earlier.checked) await look(query + (ends ? ' ' : ''), query, way, mine);
    } catch (e) {
      if (mine === turn) told.textContent = words.failed;
    } finally {
      clearTimeout(slow);
    }
  }

  // dated is the day of a version as the language of the page writes it.
  const dated = date => new Intl.DateTimeFormat(lang, { dateStyle: 'long', timeZone: 'UTC' }).format(new Date(date));
  const name = l => (words.columns.find(c => c.code === l.code) || { name: l.code }).name;

  // look shows what earlier versions have.
  async function look(typed, query, way, mine) {
    const x = await openedFormer(), r = await x.search(typed, { page, text: within });
    const list = way === 'weight' ? await x.weighed(r) : r.hits;
    if (mine !== turn) return;
    former.hidden = false;
    await present({ x, r, list, results: one('.results', former), more: one('.more-hits', former), told: one('.told', former) }, query, mine);
    if (mine === turn && list.length) reader.hidden = false;
  }

  async function show(state, query, mine, slow) {
    const { x, r, list } = state;
    found.hidden = true;
    if (former) former.hidden = true;
    await present(state, query, mine);
    clearTimeout(slow);
    if (mine !== turn) return;
    reader.hidden = !list.length || !state.total();
    advise(state, query);
    const ids = await x.related(r);
    if (mine === turn) await concepts(state, ids);
  }

  // present shows the first hits.
  async function present(state, query, mine) {
    const { r, list, told } = state;
    state.results.replaceChildren();
    Object.assign(state, { at: 0, gone: 0, mine, sections: new Map(), query: r.changed.length ? r.changed.reduce((q, [from, to]) => q.replace(new RegExp(from, 'iu'), to), query) : query });
    state.total = () => list.length - state.gone;
    state.tell = () => {
      const n = state.total();
      told.textContent = !n && state.at >= list.length ? words.nothing : counted(r.exact || state.at >= list.length ? words.found : words.upTo, n);
    };
    await next(state, FIRST);
    if (mine !== turn) return;
    // a reader who looks further has the rest of the first hits
    const shown = state.at - state.gone;
    if (shown < FIRST && state.at < list.length) {
      addEventListener('scroll', () => {
        if (mine === turn && state.at - state.gone === shown) next(state, FIRST - shown).catch(() => { told.textContent = words.failed; });
      }, { once: true, passive: true });
    }
  }

  // next shows some more hits; a candidate that turns out to be none is left out.
  async function next(state, many) {
    const { x, r, list, mine, more, told } = state;
    const columns = words.columns.map(c => [c, x.langs.find(l => l.code === c.code)]).filter(([, l]) => l);
    const leading = p => r.langs.find(l => r.looked.some((ls, i) => ls.includes(l) && r.sets[i].by.get(l).has(p))) || columns[0][1];
    const from = (lead, p) => lead.shards.findLast(first => first <= p);
    const enough = (lead, p) => many === FIRST && shards.size >= (lead.whole ? WHOLE : SHARDS) && !shards.has(from(lead, p));
    const shards = new Set(), later = [];
    // the shards of the next hits come side by side
    for (const p of list.slice(state.at, state.at + many)) {
      const lead = leading(p);
      if (enough(lead, p)) break;
      shards.add(from(lead, p));
      x.bring(lead, p).catch(() => {}); // whoever waits for it is told
    }
    shards.clear();
    let shown = 0;
    while (state.at < list.length && shown < many && shards.size < MOST) {
      const p = list[state.at], lead = leading(p);
      if (shown && enough(lead, p)) break;
      shards.add(from(lead, p));
      if (!(await x.confirm(r, p))) {
        state.at++;
        state.gone++;
        continue;
      }
      await x.bring(lead, p);
      if (mine !== turn) return;
      state.at++;
      shown++;
      place(state, p, lead).append(await row(state, p, lead, columns, later));
    }
    more.hidden = state.at >= list.length;
    more.onclick = () => next(state, NEXT).catch(() => { told.textContent = words.failed; });
    state.tell();
    // the answer stands; only now come the other languages
    for (const cell of later) sight.observe(cell);
  }

  const countIn = (list, first, count) => list.reduce((n, p) => n + (p >= first && p < first + count), 0);

  // place is the group of the section that the passage stands in, made if need be.
  function place(state, p, lead) {
    const { x, r, list } = state, own = x.langs.find(l => l.code === page) || lead;
    const at = x.place(own, p) || x.place(lead, p), l = x.place(own, p) ? own : lead;
    let group = state.sections.get(at.first);
    if (group) return group;
    const text = x.texts[at.text], several = x.texts.length > 1 || text.date;
    const title = at.title || fill(words.roles[at.role] || '', { n: at.number });
    const count = n => el('span', { class: 'count' }, digits.format(n));
    let outer = state.results;
    if (several) {
      const key = 't' + at.text, name = at.textTitle || text.slug, level = text.date ? 3 : 2;
      outer = state.sections.get(key);
      if (!outer) {
        const n = countIn(list, text.first, text.n), head = el('h' + level, {}, el('span', { class: 'h', lang: l.tag, dir: l.dir }, name), ' ', count(n));
        if (text.date) one('span', head).after(' ', el('span', { class: 'of' }, fill(words.version, { d: dated(text.date) })));
        else if (!within && n < list.length) {
          const button = el('button', { type: 'button', class: 'narrow' }, words.here);
          button.addEventListener('click', () => { within = text.slug; onlyIn(name); answer(); box.focus(); });
          head.append(' ', button);
        }
        outer = el('section', { class: 'hits-text' }, head);
        state.results.append(outer);
        state.sections.set(key, outer);
      }
    }
    group = el('section', { class: 'hits' });
    if (title && title !== at.textTitle) {
      group.append(el('h' + (text.date ? 4 : several ? 3 : 2), { class: 'where' }, el('span', { lang: at.title ? l.tag : '', dir: l.dir }, (at.number ? at.number + ' ' : '') + title), ' ', count(countIn(list, at.first, at.count))));
    }
    outer.append(group);
    state.sections.set(at.first, group);
    return group;
  }

  async function row(state, p, lead, columns, later) {
    const { x, r } = state, at = x.place(lead, p);
    const own = at.page || '';
    const show = address().get('show');
    const to = own + '?' + (show ? 'show=' + show.replace(/[^\w,-]/g, '') + '&' : '') + 'q=' + encodeURIComponent(state.query) + '#p' + encodeURIComponent(at.passage);
    const a = el('a', { class: 'number', href: to, 'aria-label': fill(words.passage, { n: at.passage }) }, at.passage);
    const e = el('div', { class: 'row' + (at.kind === 'h' || at.kind === 't' ? ' heads-hit' : '') }, a);
    columns.forEach(([c, l], i) => {
      if (i === 1) e.append(el('details', { class: 'more' }, el('summary', {}, fill(words.more, { n: at.passage }))));
      const cell = el('div', { class: 'cell c' + c.n, lang: c.lang, dir: c.dir }, '…');
      e.append(cell);
      const put = async () => {
        await x.bring(l, p);
        if (r.concepts.length) await x.names(l);
        await passage(state, cell, l, p);
      };
      unfilled.set(cell, put);
      if (l !== lead) later.push(cell);
    });
    const first = columns.findIndex(([, l]) => l === lead);
    if (first >= 0) await passage(state, e.querySelector('.c' + columns[first][0].n), lead, p);
    return e;
  }

  // passage puts the text into its cell, with the marks.
  async function passage({ x, r }, cell, l, p) {
    const d = x.doc(l, p), out = [];
    let block = el('p'), at = 0;
    const put = (s, marked) => {
      s.split('\n').forEach((line, i) => {
        if (i) { out.push(block); block = el('p'); }
        if (line) block.append(marked ? el('mark', {}, line) : line);
      });
    };
    for (const [s, e] of x.marks(r, l, p)) {
      put(d.text.slice(at, s));
      put(d.text.slice(s, e), true);
      at = e;
    }
    put(d.text.slice(at));
    out.push(block);
    if (!d.text) cell.replaceChildren(el('p', { class: 'remark', lang }, words.missing));
    else {
      cell.replaceChildren(...out);
      if (await x.silent(r, l, p)) cell.append(el('p', { class: 'remark', lang }, words.avoided));
    }
  }

  // ---- concepts

  async function concepts(state, ids) {
    const { x, r, mine } = state, list = one('ul', found), out = [];
    if (!ids.length) return;
    const all = await x.uses();
    // a concept that was named is shown in all languages, others in those at hand
    const order = [x.langs.find(l => l.code === page), ...x.langs.filter(l => l.code !== page)].filter(Boolean);
    const named = await Promise.all(order.map(l => r.concepts.length || l.code === page || r.langs.includes(l) ? x.names(l) : null));
    if (mine !== turn) return;
    for (const id of ids) {
      const whole = r.concepts.includes(id), li = el('li', whole ? { class: 'named' } : {});
      order.forEach((l, i) => {
        if (!named[i]) return;
        const [first, ...rest] = named[i].list[id][0];
        if (!first) return;
        const inside = li.childElementCount ? first : el('a', { href: words.glossary + encodeURIComponent(all[id].id) + '.html' }, first);
        const span = el('span', { class: 'name', lang: l.tag, dir: l.dir }, inside);
        if (whole && rest.length) span.append(' ', el('span', { class: 'abbr' }, rest.join(' · ')));
        li.append(span, ' ');
      });
      li.append(el('span', { class: 'about' }, counted(words.found, all[id].all.length)));
      out.push(li);
    }
    list.replaceChildren(...out);
    found.hidden = false;
  }

  // ---- advice: what was looked for, and what would be found

  function ask(query) {
    const url = new URL(location.href);
    url.searchParams.set('q', query);
    const a = el('a', { href: url.href }, query);
    a.addEventListener('click', event => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      box.value = query;
      answer();
      box.focus();
    });
    return a;
  }

  async function advise(state, query) {
    const { x, r, mine } = state, out = [];
    if (r.changed.length) {
      for (const [from, to] of r.changed) out.push(el('p', {}, fill(words.mended, { q: quoted(from), o: quoted(to) })));
    }
    if (!state.total()) {
      out.push(el('p', {}, fill(words.looked, { q: r.groups.map(g => quoted(g.text)).join(words.comma) || quoted(query.slice(0, 60)), l: (r.langs.length ? r.langs : x.langs).map(name).join(words.comma) })));
      if (r.groups.length > 1) {
        const p = el('p', {}, words.alone);
        r.alone.forEach((g, i) => p.append(' ', g.n ? ask(r.groups[i].quoted ? '“' + g.text + '”' : g.text) : g.text, ' (' + digits.format(g.n) + ')'));
        out.push(p);
      }
      const near = r.groups.length ? await x.changed(r) : [];
      if (mine !== turn) return;
      if (near.length) {
        const p = el('p', {}, words.changed);
        for (const [q, n] of near) p.append(' ', ask(q), ' (' + digits.format(n) + ')');
        out.push(p);
      }
    }
    advice.replaceChildren(...out);
    advice.hidden = !out.length;
  }

  // ---- controls

  function onlyIn(title) {
    only.hidden = !within;
    one('span', only).textContent = within ? fill(words.only, { t: title }) : '';
  }
  one('button', only).addEventListener('click', () => { within = ''; onlyIn(''); answer(); box.focus(); });
  if (within) {
    onlyIn(within);
    // the text's title stands in its shards
    opened().then(async x => {
      const t = x.texts.find(t => t.slug === within), l = x.langs.find(l => l.code === page);
      if (!t) { within = ''; onlyIn(''); answer(); return; }
      if (!l || !t.n) return;
      await x.bring(l, t.first);
      onlyIn(x.place(l, t.first).textTitle || within);
    }).catch(() => {});
  }

  // The first key is answered at once, those that follow when there is a pause.
  let timer = 0, typed = -Infinity;
  box.addEventListener('input', () => {
    const now = performance.now(), pause = now - typed > 400 ? 0 : 80;
    typed = now;
    clearTimeout(timer);
    timer = setTimeout(answer, pause);
  });
  form.addEventListener('submit', event => { event.preventDefault(); clearTimeout(timer); answer(); });
  for (const input of form.elements.order) {
    input.addEventListener('change', () => { order = input.value; memory.set('stele.order', order); answer(); });
  }

  if (earlier) {
    earlier.checked = address().get('earlier') === '1';
    earlier.addEventListener('change', () => { answer(); });
  }

  // Arrow keys lead from the box through the hits and back.
  doc.addEventListener('keydown', event => {
    if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey || event.isComposing) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const links = [...doc.querySelectorAll('.concepts-found:not([hidden]) a, .results a.number')];
    const here = links.indexOf(doc.activeElement);
    if (event.key === 'Escape' && here >= 0) { box.focus(); return; }
    if (!step || here < 0 && (doc.activeElement !== box || step < 0)) return;
    event.preventDefault();
    const to = here + step;
    if (to < 0) box.focus();
    else if (links[to]) links[to].focus();
  });

  addEventListener('popstate', () => {
    box.value = address().get('q') || '';
    if (earlier) earlier.checked = address().get('earlier') === '1';
    answer();
  });
  box.value = (address().get('q') || '').slice(0, 500);
  if (box.value) answer();
  else {
    opened().then(x => x.prepare(page)).catch(() => {}); // who is here will look for something
    for (const input of form.elements.order) input.checked = input.value === (order || 'text');
    if (!('ontouchstart' in globalThis)) box.focus();
  }
})();
