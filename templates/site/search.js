"use strict";
// Rows come from data/issues-N.js, each a call of lianxinSearch: scripts, because a page on a memory stick may fetch nothing.
(() => {
  const STEP = 50;
  const table = document.getElementById("found");
  const heads = [...table.tHead.rows[0].cells];
  const names = heads.map((head) => head.dataset.name);
  const body = table.tBodies[0];
  const box = document.getElementById("q");
  const selects = ["village", "category", "state"].map((name) => document.getElementById(name));
  const count = document.getElementById("count");
  const more = document.getElementById("more");
  const read = ["id", "village", "category", "summary"].map((name) => names.indexOf(name));
  const rows = [];
  let found = [];

  window.lianxinSearch = (columns) => {
    const texts = columns.map((column) => column.texts || column.at.map((place) => column.words[place]));
    for (let n = 0; n < texts[0].length; n += 1) rows.push(texts.map((column) => column[n]));
  };

  const plain = (text) => text.normalize("NFKC").toLowerCase();

  const line = (row) => {
    const made = document.createElement("tr");
    row.forEach((text, n) => {
      const cell = document.createElement(n ? "td" : "th");
      if (n) cell.dataset.label = heads[n].textContent;
      else cell.scope = "row";
      cell.textContent = text;
      made.append(cell);
    });
    return made;
  };

  const show = (whole) => {
    const from = whole ? 0 : body.rows.length;
    if (whole) body.replaceChildren();
    body.append(...found.slice(from, from + STEP).map(line));
    more.hidden = body.rows.length >= found.length;
    const listed = more.hidden ? "" : `，先列 ${body.rows.length} 件`;
    count.textContent = found.length ? `找到 ${found.length} 件${listed}` : "没有找到，换个字试试";
  };

  const search = () => {
    const words = plain(box.value).split(/\s+/).filter(Boolean);
    const wanted = selects.map((select) => [names.indexOf(select.id), select.value]).filter((one) => one[1]);
    found = rows.filter(
      (row) => wanted.every(([n, value]) => row[n] === value) &&
        (!words.length || ((whole) => words.every((word) => whole.includes(word)))(plain(read.map((n) => row[n]).join("\n")))),
    );
    show(true);
  };

  const begin = () => {
    const asked = new URLSearchParams(window.location.hash.slice(1));
    if (asked.has("q")) box.value = asked.get("q");
    for (const select of selects) if (asked.has(select.id)) select.value = asked.get(select.id);
    search();
  };

  let waiting = 0;
  box.addEventListener("input", () => {
    window.clearTimeout(waiting);
    waiting = window.setTimeout(search, 150);
  });
  for (const select of selects) select.addEventListener("change", search);
  document.getElementById("search").addEventListener("submit", (event) => {
    event.preventDefault();
    search();
  });
  more.addEventListener("click", () => {
    const first = body.rows.length;
    show(false);
    const row = body.rows[first];
    if (row) {
      row.cells[0].tabIndex = -1;
      row.cells[0].focus();
    }
  });
  window.addEventListener("hashchange", begin);
  document.addEventListener("DOMContentLoaded", begin);
})();
