"use strict";
(() => {
  const form = document.getElementById("filter");
  const table = document.getElementById("lines");
  if (!form || !table) return;
  const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const rows = Array.from(table.tBodies[0].rows, (row) => ({
    row,
    kind: row.cells[2].textContent,
    star: "s" in row.dataset,
    who: row.cells[3].textContent,
    question: row.cells[4].textContent,
    text: plain(row.cells[3].textContent + " " + row.cells[5].textContent),
  }));
  const told = form.querySelector("output");
  const apply = () => {
    const { kind, who, question, text, star } = form.elements;
    const words = plain(text.value).split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const one of rows) {
      const fits =
        (!kind.value || one.kind === kind.value) &&
        (!who.value || one.who === who.value) &&
        (!question.value || one.question === question.value) &&
        (!star.checked || one.star) &&
        words.every((word) => one.text.includes(word));
      one.row.hidden = !fits;
      shown += fits;
    }
    told.textContent = told.dataset.told.replace("{n}", shown).replace("{all}", rows.length);
  };
  form.addEventListener("input", apply);
  form.addEventListener("reset", () => setTimeout(apply));
  form.addEventListener("submit", (event) => event.preventDefault());
  form.hidden = false;
  apply();
})();
(() => {
  const told = document.body.dataset.hint;
  const hints = new Map();
  const look = (box) => {
    const left = box.scrollWidth - box.clientWidth;
    box.classList.toggle("more-left", box.scrollLeft > 1);
    box.classList.toggle("more-right", box.scrollLeft < left - 1);
    if (left > 1 && !hints.has(box)) {
      const hint = document.createElement("p");
      hint.className = "hint";
      hint.textContent = told;
      box.before(hint);
      hints.set(box, hint);
    }
    if (hints.has(box)) hints.get(box).hidden = left <= 1;
  };
  const watch = new ResizeObserver((seen) => seen.forEach((one) => look(one.target)));
  for (const box of document.querySelectorAll(".scroll, .drawing")) {
    watch.observe(box);
    box.addEventListener("scroll", () => look(box), { passive: true });
  }
})();
(() => {
  const links = document.querySelectorAll("a.play");
  if (!links.length) return;
  const player = document.createElement("audio");
  player.controls = true;
  player.preload = "none";
  player.setAttribute("aria-label", document.body.dataset.player);
  let wanted = 0;
  player.addEventListener("loadedmetadata", () => (player.currentTime = wanted));
  player.addEventListener("error", () => {
    player.remove();
    for (const link of links) link.remove();
  });
  for (const link of links) {
    link.addEventListener("click", (event) => {
      event.preventDefault();
      const [file, second] = link.href.split("#t=");
      wanted = Number(second);
      if (!player.isConnected) document.body.append(player);
      if (player.src === file) player.currentTime = wanted;
      else player.src = file;
      player.play().catch(() => {});
    });
  }
})();
(() => {
  const links = new Map(Array.from(document.querySelectorAll("nav a"), (link) => [link.getAttribute("href").slice(1), link]));
  const here = (id) => {
    for (const [name, link] of links) {
      if (name === id) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    }
  };
  const watch = new IntersectionObserver(
    (seen) => seen.forEach((one) => one.isIntersecting && here(one.target.id)),
    { rootMargin: "-5% 0px -85% 0px" },
  );
  for (const id of links.keys()) watch.observe(document.getElementById(id));
})();
