"use strict";
// Rows come from data/issues-N.js, how characters sound from data/sounds.js, each a call of a function here: scripts,
// because a page on a memory stick may fetch nothing.
(() => {
  const STEP = 50;
  const table = document.getElementById("found");
  const heads = [...table.tHead.rows[0].cells];
  const names = heads.map((head) => head.dataset.name);
  const body = table.tBodies[0];
  const form = document.getElementById("search");
  const box = document.getElementById("q");
  const selects = ["village", "category", "state"].map((name) => document.getElementById(name));
  const count = document.getElementById("count");
  const more = document.getElementById("more");
  const own = document.getElementById("case");
  const title = document.title;
  const read = ["village", "category", "summary", "state", "dept"].map((name) => names.indexOf(name));
  const id = names.indexOf("id");
  const summary = names.indexOf("summary");
  const rows = [];
  const sounds = new Map();
  let found = [];

  window.lianxinSearch = (columns) => {
    const texts = columns.map((column) => column.texts || column.at.map((place) => column.words[place]));
    for (let n = 0; n < texts[0].length; n += 1) rows.push(texts.map((column) => column[n]));
  };

  window.lianxinSounds = (said) => {
    for (const [syllable, characters] of Object.entries(said))
      for (const one of characters) sounds.set(one, [...(sounds.get(one) || []), syllable]);
  };

  const plain = (text) => text.normalize("NFKC").toLowerCase();

  // wt62, wta62, a62, wt-2026-62 for WT-2026-A0062
  const short = (text, word) => {
    const [, kind, year, desk, number] = /^([a-z]+)-(\d+)-([a-z]*)0*(\d+)$/.exec(text) || [];
    const [, head, tail] = /^(.*?)-?0*(\d+)$/.exec(word) || [];
    const heads = [kind, desk, kind + desk, year, year + desk, kind + year, kind + year + desk];
    return number !== undefined && head && tail === number && heads.includes(head.replaceAll("-", ""));
  };

  const initials = (said) => (said[1] === "h" ? [said[0], said.slice(0, 2)] : [said[0]]);

  // Whether letters spell characters from a place on: each by its initial or whole, the last one half written if none
  // before it was an initial alone.
  const spell = (letters, characters, start) => {
    let places = new Map([[0, true]]);
    for (let at = start; at < characters.length && places.size; at += 1) {
      const further = new Map();
      for (const [place, whole] of places) {
        const rest = letters.slice(place);
        for (const said of sounds.get(characters[at]) || [characters[at]]) {
          const begun = initials(said);
          if (said.startsWith(rest) && (whole || said === rest || begun.includes(rest))) return true;
          for (const part of new Set([...begun, said]))
            if (part.length < rest.length && rest.startsWith(part))
              further.set(place + part.length, (whole && part === said) || further.get(place + part.length) || false);
        }
      }
      places = further;
    }
    return false;
  };

  // Looks through a text for one word; what stands in many rows is looked through once.
  const seeker = (word) => {
    const letters = /^[a-z]{2,}$/.test(word) ? word : "";
    const known = new Map();
    const within = (text) => {
      const whole = plain(text);
      const characters = letters ? [...whole] : [];
      return whole.includes(word) || characters.some((one, at) => sounds.has(one) && spell(letters, characters, at));
    };
    const seek = (text) => {
      if (!known.has(text)) known.set(text, within(text));
      return known.get(text);
    };
    const number = /\d$/.test(word);
    return (row) => {
      const named = plain(row[id]);
      return named.includes(word) || (number && short(named, word)) || read.some((n) => seek(row[n]));
    };
  };

  const link = (text) => {
    const made = document.createElement("a");
    made.href = `#id=${text}`;
    made.textContent = text;
    return made;
  };

  // Ids and days are not broken over lines.
  const unbroken = (text) =>
    text.split(/([A-Z]{2,3}(?:-\d{4})?-[A-Z]+\d+|\d{4}-\d{2}-\d{2})/).map((part, n) => {
      if (n % 2 === 0) return part;
      const made = document.createElement("span");
      made.className = "compact";
      made.textContent = part;
      return made;
    });

  const line = (row) => {
    const made = document.createElement("tr");
    row.forEach((text, n) => {
      const cell = document.createElement(n ? "td" : "th");
      if (n) cell.dataset.label = heads[n].textContent;
      else cell.scope = "row";
      cell.className = heads[n].className;
      cell.append(...(n === id ? [link(text)] : cell.className === "compact" ? [text] : unbroken(text)));
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
    const seekers = plain(box.value).split(/\s+/).filter(Boolean).map(seeker);
    const wanted = selects.map((select) => [names.indexOf(select.id), select.value]).filter((one) => one[1]);
    found = rows.filter((row) => wanted.every(([n, value]) => row[n] === value) && seekers.every((seek) => seek(row)));
    show(true);
  };

  // One issue by itself, under an address of its own.
  const alone = (row) => {
    const name = document.getElementById("case-name");
    name.replaceChildren(...unbroken(`${row[id]} ${row[summary]}`));
    own.querySelector("dl").replaceChildren(
      ...row.flatMap((text, n) => {
        if (!text) return [];
        const pair = document.createElement("div");
        const term = document.createElement("dt");
        const told = document.createElement("dd");
        term.textContent = heads[n].textContent;
        told.append(...unbroken(text));
        pair.append(term, told);
        return [pair];
      }),
    );
    document.title = `${row[id]} · ${title}`;
    count.textContent = "";
    name.focus();
  };

  const begin = () => {
    const asked = new URLSearchParams(window.location.hash.slice(1));
    const one = asked.has("id") && rows.find((row) => row[id] === asked.get("id"));
    for (const part of [form, document.getElementById("listed")]) part.hidden = Boolean(one);
    own.hidden = !one;
    document.title = title;
    if (one) {
      more.hidden = true;
      alone(one);
      return;
    }
    box.value = asked.get("q") || asked.get("id") || "";
    for (const select of selects) select.value = asked.get(select.id) || "";
    search();
  };

  let waiting = 0;
  box.addEventListener("input", () => {
    window.clearTimeout(waiting);
    waiting = window.setTimeout(search, 150);
  });
  for (const select of selects) select.addEventListener("change", search);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    search();
  });
  more.addEventListener("click", () => {
    const first = body.rows.length;
    show(false);
    const row = body.rows[first];
    if (row) row.cells[0].querySelector("a").focus();
  });
  window.addEventListener("hashchange", () => {
    if (window.location.hash !== "#main") begin();
  });
  document.addEventListener("DOMContentLoaded", begin);
})();
