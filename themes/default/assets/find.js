// Finding words in texts, as build/search does it in Go: the two must agree, and
// tests hold them to it. Nothing here knows the page. Texts and index come
// through a function that loads a file of the index by its name.
(() => {
  'use strict';

  // ---- words -------------------------------------------------------------------

  const MARK = /^\p{M}/u, LETTER = /[\p{L}\p{N}\p{M}]/u, DIGIT = /^\p{Nd}/u;
  const IGNORED = /^[\u00AD\u200B-\u200F\u2060-\u2064\uFEFF]/;
  const SOFT = /^[\t-\r \u0085\u00A0\u1680\u2000-\u200A\u2028\u2029\u202F\u205F\u3000"'`’‘ʼʻ′“”„«»‹›「」『』＂＇\-‐‑‒–−－]/;
  const POINTS = /^[\u0300-\u036F\u0591-\u05C7\u064B-\u065F\u0670\uFE00-\uFE0F\u{E0100}-\u{E01EF}]/u;
  const CHARACTER = /^[\p{sc=Han}\p{sc=Bopo}\p{sc=Hira}\p{sc=Kana}\p{sc=Hang}\p{sc=Thai}\p{sc=Laoo}\p{sc=Khmr}\p{sc=Mymr}\p{sc=Tibt}\p{sc=Tale}\p{sc=Talu}\p{sc=Lana}\p{sc=Tavt}\p{sc=Ahom}ー]/u;
  const TATWEEL = 'ـ';

  const digit = cp => { let n = 0; while (DIGIT.test(String.fromCodePoint(cp - n - 1))) n++; return String(n % 10); };

  function foldSegment(seg) {
    let out = '';
    for (let c of seg.normalize('NFKC').toLowerCase()) {
      if (c === 'ё') c = 'е';
      else if (c === 'ς') c = 'σ';
      else if (c === TATWEEL || POINTS.test(c)) continue;
      else if (DIGIT.test(c)) c = digit(c.codePointAt(0));
      else if (!LETTER.test(c)) continue;
      out += c;
    }
    return out;
  }

  // Of each segment: its folded form, and what it is: 0 ignored, 1 soft gap,
  // 2 hard gap, 3 left out, 4 character, 5 part of a word.
  const segments = new Map();
  function segment(seg, first) {
    let x = segments.get(seg);
    if (x) return x;
    const f = IGNORED.test(seg) || SOFT.test(seg) ? '' : foldSegment(seg);
    x = { f, is: IGNORED.test(seg) ? 0 : SOFT.test(seg) ? 1 : !f ? (MARK.test(first) || first === TATWEEL ? 3 : 2) : CHARACTER.test(f) ? 4 : 5 };
    if (segments.size < 20000) segments.set(seg, x);
    return x;
  }

  // of single characters, by their codes: what they are, plus 1; their folded
  // forms; and whether they are marks, plus 1
  const IS = new Uint8Array(65536), FORM = [], MARKS = new Uint8Array(65536);
  function isOf(code) {
    const c = String.fromCharCode(code), x = segment(c, c);
    FORM[code] = x.f;
    return IS[code] = x.is + 1;
  }
  // Only above U+02FF are there marks; of those beyond the basic plane the
  // regular expression tells.
  function marked(s, i) {
    const code = s.charCodeAt(i);
    if (!(code > 0x2FF)) return false;
    if (code >= 0xD800 && code < 0xE000) return MARK.test(s.slice(i, i + 2));
    return (MARKS[code] || (MARKS[code] = MARK.test(s[i]) ? 2 : 1)) === 2;
  }

  // tokens cuts a text into words and characters: f folded, c a character, g the
  // gap before (0 none, 1 soft, 2 hard), s and e where it stands.
  function tokens(s) {
    const out = [];
    let open = null, g = 2;
    for (let i = 0; i < s.length;) {
      const code = s.charCodeAt(i);
      let is, f, end = i + 1;
      const wide = code >= 0xD800 && code < 0xE000;
      if (!wide) is = (IS[code] || isOf(code)) - 1;
      if (wide || is > 1 && marked(s, end)) {
        const c = s.slice(i, end = i + (wide ? 2 : 1));
        if (!IGNORED.test(c) && !SOFT.test(c)) while (marked(s, end)) end += s.charCodeAt(end) >= 0xD800 && s.charCodeAt(end) < 0xE000 ? 2 : 1;
        ({ is, f } = segment(s.slice(i, end), c));
      } else f = FORM[code];
      if (is === 4) {
        open = null;
        out.push({ f, c: true, g, s: i, e: end });
        g = 0;
      } else if (is === 5) {
        if (!open) out.push(open = { f: '', c: false, g, s: i, e: end });
        open.f += f;
        open.e = end;
        g = 0;
      } else if (is === 1 || is === 2) {
        open = null;
        if (is > g) g = is;
      }
      i = end;
    }
    return out;
  }

  // ---- scripts -------------------------------------------------------------------

  const SCRIPTS = 'Latin Cyrillic Han Greek Arabic Hebrew Devanagari Bengali Tamil Telugu Thai Lao Khmer Myanmar Hangul Hiragana Katakana Georgian Armenian Ethiopic Mongolian Tibetan Sinhala Gujarati Gurmukhi Kannada Malayalam Thaana Syriac Oriya'
    .split(' ').map(name => [name, new RegExp('^\\p{Script=' + name + '}', 'u')]);
  function scriptOf(form) {
    if (!/^\p{L}/u.test(form)) return '';
    const x = SCRIPTS.find(([, re]) => re.test(form));
    return x ? x[0] : 'Other';
  }

  // ---- stems ------------------------------------------------------------------------

  // The Snowball stemmers for Russian and English (snowballstem.org), by hand.
  // A table is a pattern of endings, of which the longest counts.

  const RU = {
    gerund: /(?:[иы]?(?:вшись|вши|в))$/, gerundFree: /^[иы]/,
    reflexive: /с[ья]$/,
    adjective: /(?:ими|ыми|его|ого|ему|ому|ее|ие|ое|ые|ей|ий|ой|ый|ем|им|ом|ым|их|ых|ую|юю|ею|ою|ая|яя)$/,
    participle: /(?:[иы]вш|ующ|вш|ющ|щ|ем|нн)$/, participleFree: /^(?:[иы]вш|ующ)/,
    verb: /(?:уйте|ейте|нно|ила|ыла|ена|ите|или|ыли|ило|ыло|ено|ует|уют|ены|ить|ыть|ишь|ете|йте|ешь|ла|на|ли|ло|но|ет|ют|ны|ть|уй|ей|ил|ыл|им|ым|ен|ят|ит|ыт|ую|ем|й|л|н|ю)$/,
    verbFree: /^(?:уйте|ейте|ила|ыла|ена|ите|или|ыли|ило|ыло|ено|ует|уют|ены|ить|ыть|ишь|уй|ей|ил|ыл|им|ым|ен|ят|ит|ыт|ую|ю)$/,
    noun: /(?:иями|ями|ами|иях|иям|ием|ией|ев|ов|ие|ье|еи|ии|ей|ой|ий|ям|ем|ам|ом|ях|ах|ию|ью|ия|ья|а|е|и|й|о|у|ы|ь|ю|я)$/,
  };
  function russian(w) {
    const m = /^[^аеиоуыэюя]*[аеиоуыэюя]/.exec(w);
    if (!m) return w;
    const head = m[0];
    let v = w.slice(head.length);
    const r2 = /^[^аеиоуыэюя]*[аеиоуыэюя]+[^аеиоуыэюя]+?[аеиоуыэюя]+[^аеиоуыэюя]/.exec(w);
    const p2 = r2 ? r2[0].length : w.length;
    // cut takes an ending off; a bound one must follow а or я.
    const cut = (re, free) => {
      const e = re.exec(v);
      if (!e || free && !free.test(e[0]) && !/[ая]$/.test(v.slice(0, e.index))) return false;
      v = v.slice(0, e.index);
      return true;
    };
    if (!cut(RU.gerund, RU.gerundFree)) {
      cut(RU.reflexive);
      if (cut(RU.adjective)) cut(RU.participle, RU.participleFree);
      else cut(RU.verb, RU.verbFree) || cut(RU.noun);
    }
    cut(/и$/);
    const d = /ость?$/.exec(v);
    if (d && head.length + d.index >= p2) v = v.slice(0, d.index);
    if (cut(/ейше?$/)) v = v.replace(/нн$/, 'н');
    else if (/нн$/.test(v)) v = v.slice(0, -1);
    else cut(/ь$/);
    return head + v;
  }

  const EN = {
    whole: { skis: 'ski', skies: 'sky', dying: 'die', lying: 'lie', tying: 'tie', idly: 'idl', gently: 'gentl', ugly: 'ugli', early: 'earli', only: 'onli', singly: 'singl', sky: 'sky', news: 'news', howe: 'howe', atlas: 'atlas', cosmos: 'cosmos', bias: 'bias', andes: 'andes' },
    after1a: /^(?:inning|outing|canning|herring|earring|proceed|exceed|succeed)$/,
    step2: /(?:ization|ational|iveness|fulness|ousness|biliti|tional|lessli|alism|ation|aliti|iviti|ousli|entli|fulli|izer|ator|abli|alli|enci|anci|bli|ogi|li)$/,
    to2: { ization: 'ize', ational: 'ate', iveness: 'ive', fulness: 'ful', ousness: 'ous', biliti: 'ble', tional: 'tion', lessli: 'less', alism: 'al', ation: 'ate', aliti: 'al', iviti: 'ive', ousli: 'ous', entli: 'ent', fulli: 'ful', izer: 'ize', ator: 'ate', abli: 'able', alli: 'al', enci: 'ence', anci: 'ance', bli: 'ble' },
    step3: /(?:ational|tional|alize|icate|iciti|ative|ical|ness|ful)$/,
    to3: { ational: 'ate', tional: 'tion', alize: 'al', icate: 'ic', iciti: 'ic', ical: 'ic', ness: '', ful: '' },
    step4: /(?:ement|ance|ence|able|ible|ment|ant|ent|ism|ate|iti|ous|ive|ize|ion|al|er|ic)$/,
  };
  const short = w => /[^aeiouy][aeiouy][^aeiouywxY]$|^[aeiouy][^aeiouy]$/.test(w);
  function english(w) {
    if (Object.hasOwn(EN.whole, w)) return EN.whole[w];
    if ([...w].length < 3) return w;
    w = w.replace(/^y/, 'Y').replace(/([aeiouy])y/g, '$1Y');
    const past = from => { const m = /^[^]*?[aeiouy][^]*?[^aeiouy]/u.exec(w.slice(from)); return m ? from + m[0].length : w.length; };
    const known = /^(?:arsen|commun|gener)/.exec(w);
    const p1 = known ? known[0].length : past(0), p2 = past(p1);
    let m;
    if (/sses$/.test(w)) w = w.slice(0, -2);
    else if ((m = /ie[ds]$/.exec(w))) w = w.slice(0, m.index) + ([...w.slice(0, m.index)].length > 1 ? 'i' : 'ie');
    else if (!/[us]s$/.test(w) && /[aeiouy][^]+s$/u.test(w)) w = w.slice(0, -1);
    if (!EN.after1a.test(w)) {
      if ((m = /eed(?:ly)?$/.exec(w))) {
        if (m.index >= p1) w = w.slice(0, m.index) + 'ee';
      } else if ((m = /(?:ed|ing)(?:ly)?$/.exec(w)) && /[aeiouy]/.test(w.slice(0, m.index))) {
        w = w.slice(0, m.index);
        if (/(?:at|bl|iz)$/.test(w)) w += 'e';
        else if (/(?:bb|dd|ff|gg|mm|nn|pp|rr|tt)$/.test(w)) w = w.slice(0, -1);
        else if (w.length === p1 && short(w)) w += 'e';
      }
      if (/.[^aeiouy][yY]$/u.test(w)) w = w.slice(0, -1) + 'i';
      if ((m = EN.step2.exec(w)) && m.index >= p1) {
        const stem = w.slice(0, m.index);
        if (m[0] === 'ogi') { if (/l$/.test(stem)) w = stem + 'og'; }
        else if (m[0] === 'li') { if (/[cdeghkmnrt]$/.test(stem)) w = stem; }
        else w = stem + EN.to2[m[0]];
      }
      if ((m = EN.step3.exec(w)) && m.index >= p1) {
        if (m[0] === 'ative') { if (m.index >= p2) w = w.slice(0, m.index); }
        else w = w.slice(0, m.index) + EN.to3[m[0]];
      }
      if ((m = EN.step4.exec(w)) && m.index >= p2 && (m[0] !== 'ion' || /[st]$/.test(w.slice(0, m.index)))) w = w.slice(0, m.index);
      if (/e$/.test(w)) {
        const stem = w.slice(0, -1);
        if (stem.length >= p2 || stem.length >= p1 && !short(stem)) w = stem;
      } else if (/ll$/.test(w) && w.length - 1 >= p2) w = w.slice(0, -1);
    }
    return w.replace(/Y/g, 'y');
  }

  // The rules of Snowball part some forms of one word: опыт from опыта, поставок
  // from поставка, время from времени. akin are the stems that a Russian word of a
  // query may have in a text besides its own.
  function akin(w) {
    const s = stems.ru(w), out = [s, stems.ru(s)];
    if (/[бвгджзклмнпрстфхцчшщ]$/.test(w)) out.push(stems.ru(w + 'а'));
    out.push(s.replace(/([^аеиоуыэюяьй])[ое]([кц])$/, '$1$2'));
    if (/[^аеиоуыэюяьй][кц]$/.test(s)) out.push(s.slice(0, -1) + 'о' + s.slice(-1), s.slice(0, -1) + 'е' + s.slice(-1));
    if (s === 'мат' || s === 'доч') out.push(s + 'ер');
    if (/мя$/.test(w)) out.push(s + 'ен');
    if (/мен$/.test(s)) out.push(s.slice(0, -2));
    return [...new Set(out)].filter(k => k.length > 2 || k === s);
  }

  // Forms of English words that the rules part, a family between bars.
  const irregular =
    'analysis analyses|appendix appendices|arise arose arisen|awake awoke awoken|bear bore borne born|become became' +
    '|begin began begun|bend bent|bite bit bitten|bleed bled|blow blew blown|break broke broken|breed bred|bring brought' +
    '|build built|burn burnt|buy bought|catch caught|child children|choose chose chosen|come came|consortium consortia|creep crept' +
    '|crisis crises|criterion criteria|curriculum curricula|datum data|deal dealt|dig dug|do did done|draw drew drawn|dream dreamt' +
    '|drink drank drunk|drive drove driven|eat eaten|emphasis emphases|fall fell fallen|feed fed|feel felt|fight fought|flee fled' +
    '|fly flew flown|foot feet|forbid forbade forbidden|foresee foresaw foreseen|forget forgot forgotten|forgive forgave forgiven' +
    '|forum fora|freeze froze frozen|get got gotten|give gave given|grow grew grown|half halves|hang hung|have has had|hear heard' +
    '|hide hid hidden|hold held|hypothesis hypotheses|index indices|keep kept|kneel knelt|knife knives|know knew known|lay laid' +
    '|lead led|lean leant|learn learnt|leave left|lend lent|lose lost|make made|man men|matrix matrices|mean meant|meet met' +
    '|memorandum memoranda|mislead misled|mistake mistook mistaken|mouse mice|overcome overcame|oversee oversaw overseen' +
    '|overtake overtook overtaken|partake partook partaken|pay paid|phenomenon phenomena|radius radii|rebuild rebuilt' +
    '|referendum referenda|repay repaid|ride rode ridden|ring rang rung|rise rose risen|run ran|say said|see saw seen|seek sought' +
    '|sell sold|send sent|shake shook shaken|shine shone|shoot shot|show shown|shrink shrank shrunk|sing sang sung|sink sank sunk' +
    '|sit sat|sleep slept|slide slid|speak spoke spoken|speed sped|spend spent|spin spun|spring sprang sprung|stand stood' +
    '|steal stole stolen|stick stuck|stimulus stimuli|strike struck stricken|strive strove striven|swear swore sworn|sweep swept' +
    '|swell swollen|swim swam swum|synthesis syntheses|take took taken|teach taught|tear tore torn|tell told|thesis theses' +
    '|thief thieves|think thought|throw threw thrown|tooth teeth|undergo underwent undergone|understand understood' +
    '|undertake undertook undertaken|undo undid undone|uphold upheld|wake woke woken|wear wore worn|weave wove woven|weep wept' +
    '|wife wives|win won|withdraw withdrew withdrawn|withhold withheld|withstand withstood|wolf wolves|woman women' +
    '|write wrote written';
  let families = null; // by word, the stems of its family
  function kin(w) {
    if (!families) {
      families = new Map();
      for (const family of irregular.split('|')) {
        const all = family.split(' ');
        for (const x of all) families.set(x, [...new Set([...(families.get(x) || []), ...[x, ...all].map(stems.en)])]);
      }
    }
    return families.get(w) || [stems.en(w)];
  }
  const keys = (stemmer, w) => stemmer === 'ru' ? akinTo(w) : stemmer === 'en' ? kin(w) : [stems[stemmer](w)];

  const same = w => w;
  function remembered(f) {
    const known = new Map();
    return w => {
      let s = known.get(w);
      if (s === undefined) {
        s = f(w);
        if (known.size < 200000) known.set(w, s);
      }
      return s;
    };
  }
  const akinTo = remembered(akin);
  const stems = { '': same, ru: remembered(russian), en: remembered(english) };

  // ---- numbers and dates -----------------------------------------------------------

  // A value is a number "12", "1.5" or a date "2015-07-10", "2015-07", "-07-10".
  const CJK = { 〇: 0, 零: 0, 一: 1, 二: 2, 两: 2, 三: 3, 四: 4, 五: 5, 六: 6, 七: 7, 八: 8, 九: 9 };
  const CJK_UNIT = { 十: 10, 百: 100, 千: 1000 };
  const pad = (n, to) => String(n).padStart(to, '0');
  const date = (y, m, d) => (y ? pad(y, 4) : '') + '-' + pad(m, 2) + (d ? '-' + pad(d, 2) : '');
  const partsOf = v => /^(\d{4})?-(\d\d)(?:-(\d\d))?$/.exec(v);

  // agrees reports whether a value asked for is the one in the text, or a part of it.
  function agrees(asked, found) {
    const a = partsOf(asked), f = partsOf(found);
    if (!a || !f) return asked === found;
    return [1, 2, 3].every(i => !a[i] || a[i] === f[i]);
  }

  // values reads the numbers and dates of a query: [first token, after the last, values].
  function values(toks, text, months) {
    const out = [];
    // a number in digits or Chinese characters from token i: [value, tokens]
    const number = i => {
      const t = toks[i];
      if (!t) return null;
      if (!t.c) {
        const m = /^(\d{1,4})(?:st|nd|rd|th)?$/.exec(t.f);
        return m ? [+m[1], 1] : null;
      }
      let word = '', k = i;
      while (toks[k] && toks[k].c && (k === i || toks[k].g === 0) && (toks[k].f in CJK || CJK_UNIT[toks[k].f])) word += toks[k++].f;
      if (/^[^十百千]+$/.test(word)) return word.length === 1 || word.length === 4 ? [+[...word].map(c => CJK[c]).join(''), k - i] : null;
      if (!/^(?:.千)?零?(?:.百)?零?(?:[^十百千]?十)?[^十百千]?$/.test(word)) return null;
      let n = 0, sum = 0;
      for (const c of word) {
        if (c in CJK) n = CJK[c];
        else { sum += (n || 1) * CJK_UNIT[c]; n = 0; }
      }
      return word ? [sum + n, k - i] : null;
    };
    const char = (i, set) => toks[i] && toks[i].c && toks[i].g < 2 && set.includes(toks[i].f);
    const month = i => {
      const t = toks[i];
      return t && !t.c && Object.hasOwn(months, t.f) ? months[t.f] : 0;
    };
    const isDay = n => n && n[0] >= 1 && n[0] <= 31, isYear = (n, i) => n && n[0] >= 1000 && n[0] <= 2999 && (toks[i].c || toks[i].f.length === 4);
    const between = (i, c) => text.slice(toks[i].e, toks[i + 1].s) === c;
    const at = i => {
      const a = number(i);
      if (a) {
        let j = i + a[1];
        if (char(j, '年') && isYear(a, i)) {
          const m = number(j + 1);
          if (m && char(j + 1 + m[1], '月') && m[0] <= 12) {
            const k = j + 2 + m[1], d = number(k);
            if (isDay(d) && char(k + d[1], '日号')) return [k + d[1] + 1, [date(a[0], m[0], d[0])]];
            return [k, [date(a[0], m[0])]];
          }
          return null;
        }
        if (char(j, '月') && a[0] <= 12) {
          const d = number(j + 1);
          return isDay(d) && char(j + 1 + d[1], '日号') ? [j + 2 + d[1], [date(0, a[0], d[0])]] : null;
        }
        if (!toks[i].c && isDay(a)) {
          const m = month(j), y = number(j + 1);
          if (m) return isYear(y, j + 1) ? [j + 1 + y[1], [date(y[0], m, a[0])]] : [j + 1, [date(0, m, a[0])]];
        }
        const b = number(i + 1), c = number(i + 2);
        if (!toks[i].c && b && c && toks[i + 2] && !toks[i + 1].c && !toks[i + 2].c) {
          for (const sep of ['-', '.', '/']) {
            if (!between(i, sep) || !between(i + 1, sep)) continue;
            if (isYear(a, i) && b[0] >= 1 && b[0] <= 12 && isDay(c)) return [i + 3, [date(a[0], b[0], c[0])]];
            if (isYear(c, i + 2) && isDay(a) && isDay(b)) {
              const all = [];
              if (b[0] <= 12) all.push(date(c[0], b[0], a[0]));
              if (sep === '/' && a[0] <= 12) all.push(date(c[0], a[0], b[0]));
              if (all.length) return [i + 3, all];
            }
          }
        }
        if (toks[i].c) return a[1] > 1 || !toks[j] || !toks[j].c ? [j, [String(a[0])]] : null;
      }
      const m = month(i);
      if (m) {
        const d = number(i + 1), y = number(i + 2);
        if (isDay(d) && !isYear(d, i + 1)) return isYear(y, i + 2) ? [i + 3, [date(y[0], m, d[0])]] : [i + 2, [date(0, m, d[0])]];
        if (isYear(d, i + 1)) return [i + 2, [date(d[0], m)]];
        return null;
      }
      // 1 000 000, 1,000,000, 1.5
      const t = toks[i];
      if (t.c || !/^\d+$/.test(t.f)) return null;
      let j = i + 1, whole = t.f;
      if (t.f.length <= 3) {
        for (; toks[j] && /^\d{3}$/.test(toks[j].f) && /^[ ,.'\u00A0\u2009\u202F]$/.test(text.slice(toks[j - 1].e, toks[j].s)); j++) whole += toks[j].f;
      }
      const all = [String(+whole)];
      if (j === i + 2 && toks[i + 1].f !== '000' && /[.,]/.test(text.slice(t.e, toks[i + 1].s))) all.push(String(+(t.f + '.' + toks[i + 1].f)));
      if (j === i + 1 && toks[j] && /^\d+$/.test(toks[j].f) && /^[.,]$/.test(text.slice(t.e, toks[j].s))) return [j + 1, [String(+(t.f + '.' + toks[j].f))]];
      return [j, all];
    };
    for (let i = 0; i < toks.length;) {
      const v = at(i);
      if (v) {
        out.push([i, v[0], v[1]]);
        i = v[0];
      } else i++;
    }
    return out;
  }

  // ---- queries -----------------------------------------------------------------------

  const LONGEST = 500, MOST = 24;
  const QUOTED = /[“„«"「『‹＂][^“”„«»"「」『』‹›＂]+[”“»"」』›＂]/g;

  // parse makes groups of a query: what is in a group must follow each other. The
  // elements of a group are tokens, or the tokens of a number or date together
  // with its values (v). open tells that the last word may be unfinished.
  function parse(query, months) {
    const q = query.slice(0, LONGEST), toks = tokens(q), quoted = toks.map(() => 0);
    let n = 0;
    for (const m of q.matchAll(QUOTED)) {
      n++;
      toks.forEach((t, i) => { if (t.s >= m.index && t.e <= m.index + m[0].length) quoted[i] = n; });
    }
    const found = new Map(values(toks, q, months).map(v => [v[0], v]));
    const groups = [];
    let group = null;
    for (let i = 0; i < toks.length;) {
      const t = toks[i], v = found.get(i);
      const follows = group && (quoted[i] ? quoted[i] === quoted[i - 1] : !quoted[i - 1] && t.g < 2 && !/\s/.test(q.slice(toks[i - 1].e, t.s)));
      if (!follows) {
        if (groups.length === MOST) break;
        groups.push(group = { e: [], s: t.s, quoted: quoted[i] > 0, open: false });
      }
      const end = v ? v[1] : i + 1;
      group.e.push(v ? { t: toks.slice(i, end), v: v[2], g: t.g } : t);
      group.end = toks[end - 1].e;
      i = end;
    }
    for (const g of groups) g.text = q.slice(g.s, g.end);
    const last = toks[toks.length - 1];
    if (group && !group.quoted && !last.c && group.end === q.length && !group.e[group.e.length - 1].v) group.open = true;
    return groups;
  }

  // ---- matching ------------------------------------------------------------------------

  // read prepares a text for matching: its tokens with their keys, and where
  // numbers and dates stand: by first token, the one after the last, and the value.
  function read(text, stemmer, spans) {
    const stem = stems[stemmer || ''], toks = tokens(text);
    const values = new Map();
    let i = 0;
    for (const [, s, e, ...v] of spans || []) {
      while (i < toks.length && toks[i].s < s) i++;
      let j = i;
      while (j < toks.length && toks[j].e <= e) j++;
      if (j > i) values.set(i, [j, v]);
    }
    return { text, toks, values, key: t => t.k || (t.k = t.c ? t.f : stem(t.f)) };
  }

  // A stem begins as its word does; only that of dying, lying and tying has but
  // one letter of it. Words that begin otherwise need no stem to be told apart.
  const begins = (a, b) => a.charCodeAt(0) === b.charCodeAt(0);

  // match lists where a group stands in a text, as [start, end]. how says in what
  // way words may differ: open, the last may be unfinished; keys, what a word of
  // the query is looked up by.
  function match(group, doc, how) {
    const out = [], toks = doc.toks, e = group.e, keysOf = new Map();
    for (const q of e) for (const t of q.v ? q.t : [q]) if (!t.c) keysOf.set(t, how.keys(t));
    const equal = (q, t, last) => {
      if (q.c !== t.c) return false;
      if (q.c) return q.f === t.f;
      const list = keysOf.get(q);
      return begins(list[0], t.f) && list.includes(doc.key(t)) || last && how.open && group.open && t.f.startsWith(q.f);
    };
    for (let i = 0; i < toks.length; i++) {
      let k = i;
      for (let j = 0; j < e.length && k >= 0; j++) {
        const q = e[j];
        if (k >= toks.length || j > 0 && toks[k].g > Math.max(q.g, toks[k].c && toks[k - 1].c ? 0 : 1)) { k = -1; break; }
        if (q.v) {
          const t = toks[k], v = doc.values.get(k) || !t.c && /^\d+$/.test(t.f) && [k + 1, [t.f.replace(/^0+(?=.)/, '')]];
          if (v && q.v.some(a => v[1].some(b => agrees(a, b)))) { k = v[0]; continue; }
          for (const [n, t] of q.t.entries()) {
            if (k >= toks.length || n > 0 && toks[k].g > Math.max(t.g, toks[k].c && toks[k - 1].c ? 0 : 1) || !equal(t, toks[k])) { k = -1; break; }
            k++;
          }
        } else if (equal(q, toks[k], j === e.length - 1)) k++;
        else k = -1;
      }
      if (k > i) {
        out.push([toks[i].s, toks[k - 1].e]);
        i = k - 1;
      }
    }
    return out;
  }

  // merged joins ranges that touch.
  function merged(list) {
    list.sort((a, b) => a[0] - b[0] || b[1] - a[1]);
    const out = [];
    for (const [s, e] of list) {
      const before = out[out.length - 1];
      if (before && s <= before[1]) before[1] = Math.max(before[1], e);
      else out.push([s, e]);
    }
    return out;
  }

  // ---- the page that a hit leads to ------------------------------------------------------

  // highlight marks in a page what was looked for, in all languages shown.
  function highlight(root, query) {
    const groups = parse(query, {});
    const cells = [...root.querySelectorAll('.cell')].map(cell => {
      const walker = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT), nodes = [];
      let text = '';
      while (walker.nextNode()) {
        nodes.push([text.length, walker.currentNode]);
        text += walker.currentNode.data;
      }
      const stemmer = cell.lang.slice(0, 2) in stems ? cell.lang.slice(0, 2) : '';
      return { nodes, doc: read(text, stemmer), keys: q => keys(stemmer, q.f) };
    });
    const ranges = open => cells.map(c => merged(groups.flatMap(g => match(g, c.doc, { open, keys: c.keys }))));
    let found = ranges(false);
    if (found.every(list => !list.length)) found = ranges(true);
    cells.forEach(({ nodes }, i) => {
      // from the end, as marking divides the nodes
      for (const [s, e] of found[i].reverse()) {
        for (const [at, node] of [...nodes].reverse()) {
          const from = Math.max(s - at, 0), to = Math.min(e - at, node.length);
          if (from >= to) continue;
          const range = document.createRange(), mark = document.createElement('mark');
          range.setStart(node, from);
          range.setEnd(node, to);
          range.surroundContents(mark);
        }
      }
    });
  }

  globalThis.steleFind = { tokens, scriptOf, stems, keys, russian, english, values, agrees, parse, read, match, merged, highlight };
})();
