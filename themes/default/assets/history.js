// On a page of one of several versions, links to the others lead to the passage
// that is being read. Without this file they lead to its section.
(() => {
  'use strict';
  const line = document.querySelector('.version-line');
  if (!line) return;
  const rows = [...document.querySelectorAll('.row[id]')];
  const here = () => {
    const aim = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    const seen = r => { const b = r.getBoundingClientRect(); return b.bottom > 80 && b.top < innerHeight; };
    if (aim && aim.matches('.row') && seen(aim)) return aim;
    const first = rows.find(seen);
    return first && first !== rows[0] ? first : null;
  };
  const aimed = event => {
    const link = event.target.closest('a[data-here]');
    const row = link && here();
    if (row) link.hash = row.id;
  };
  line.addEventListener('click', aimed, true);
  line.addEventListener('auxclick', aimed, true);
  line.addEventListener('focusin', aimed);
})();
