"use strict";
(() => {
  const WAIT_MS = 2000;
  const HIDDEN_MS = 20000;
  const SILENT_MS = 12000;
  const LEAST_TOKEN = 30;
  const body = document.body;
  const at = (id) => document.getElementById(id);
  const write = (place, text) => {
    if (place.textContent !== text) place.textContent = text;
  };
  const writeOrHide = (place, text) => {
    write(place, text);
    place.hidden = !text;
  };

  // time: the server says what it is, and the page counts on by itself
  let ahead = 0;
  let view = null;
  const now = () => performance.now() + ahead;
  const since = (goesOn) => (goesOn ? Math.max(0, now() - view.at) : 0);
  const two = (n) => String(n).padStart(2, "0");
  const told = (ms) => {
    const seconds = Math.floor(ms / 1000);
    const minutes = Math.floor(seconds / 60);
    if (minutes < 60) return `${minutes}:${two(seconds % 60)}`;
    return `${Math.floor(minutes / 60)}:${two(minutes % 60)}:${two(seconds % 60)}`;
  };
  const showClock = () => {
    const clock = at("clock");
    if (!clock) return;
    const given = view && view.clock;
    const left = given ? given.left - since(view.runs) : 0;
    clock.hidden = !given && !("ofDay" in clock.dataset && view);
    clock.classList.toggle("is-over", Boolean(given) && left < 0);
    const [time, what] = clock.children;
    if (given) {
      write(time, (left < 0 ? "+" : "") + told(Math.abs(left)));
      write(what, left < 0 ? given.over : given.what);
    } else if ("ofDay" in clock.dataset) {
      const day = new Date();
      write(time, `${two(day.getHours())}:${two(day.getMinutes())}`);
      write(what, "");
    }
    const elapsed = at("elapsed");
    if (elapsed) write(elapsed, view && view.elapsed !== null ? told(view.elapsed + since(view.counts)) : "");
  };
  setInterval(showClock, 250);

  // lists: what is there is used again, so that nothing flickers and a screen reader keeps its place
  const fill = (list, template, several, put) => {
    while (list.children.length > several.length) list.lastElementChild.remove();
    several.forEach((one, place) => {
      if (place === list.children.length) list.append(at(template).content.cloneNode(true));
      put(list.children[place], one);
    });
  };
  const part = (element, name) => element.querySelector(`.${name}`);
  const putShare = (row, one) => {
    row.classList.toggle("speaking", Boolean(one.speaking));
    write(part(row, "who"), one.who);
    write(part(row, "told"), one.told);
    part(row, "bar").style.inlineSize = `${100 * one.part}%`;
  };
  const putNote = (row, one) => {
    for (const name of ["time", "kind", "who", "text"]) write(part(row, name), one[name]);
  };
  const putPoll = (figure, one) => {
    write(figure.querySelector("figcaption"), one.title);
    fill(figure.querySelector("ul"), "t-share", one.bars, putShare);
  };
  const putMine = (row, one) => {
    row.dataset.status = one.status;
    write(part(row, "text"), one.text);
    write(row.querySelector("b"), one.told);
    write(part(row, "reason"), one.reason);
  };
  const putLine = (row, one) => {
    write(part(row, "who"), one.who);
    write(part(row, "text"), one.text);
  };

  const parts = {
    now: (ms) => {
      ahead = ms - performance.now();
    },
    view: (shown) => {
      view = shown;
      if (shown.title) document.title = shown.title;
      write(at("title"), document.title);
      write(at("standing"), shown.standing);
      writeOrHide(at("section"), shown.section);
      writeOrHide(at("question"), shown.question);
      write(at("floor"), shown.floor);
      write(at("present"), shown.present);
      writeOrHide(at("stimuli"), shown.stimuli);
      write(at("notes-told"), shown.notes_told);
      write(at("kept"), shown.kept);
      fill(at("shares"), "t-share", shown.shares, putShare);
      fill(at("notes"), "t-note", shown.notes, putNote);
      fill(at("polls"), "t-poll", shown.polls, putPoll);
      const showPart = (place, isShown) => {
        at(place).closest("section").hidden = !isShown;
      };
      showPart("question", shown.question || shown.stimuli);
      showPart("floor", shown.floor || shown.shares.length || shown.present);
      showPart("polls", shown.polls.length);
      showClock();
    },
    clock: (shown) => {
      view = shown;
      writeOrHide(at("instruction"), shown.instruction);
      showClock();
    },
    mine: (several) => {
      fill(at("mine"), "t-mine", several, putMine);
      at("h-mine").hidden = !several.length;
    },
    talk: (lines) => {
      const list = at("talk");
      list.closest("section").hidden = !lines;
      lines = lines || [];
      const atEnd = list.scrollHeight - list.scrollTop - list.clientHeight < 24;
      fill(list, "t-talk", lines, putLine);
      list.hidden = !lines.length;
      if (atEnd) list.scrollTop = list.scrollHeight;
    },
    watching: (names) => {
      const list = at("watching");
      while (list.children.length > names.length) list.lastElementChild.remove();
      names.forEach((name, place) => {
        if (place === list.children.length) list.append(document.createElement("li"));
        write(list.children[place], name);
      });
    },
  };

  // the line to the server: a browser keeps few of them at once, so a page that nobody sees gives its own back
  let stream = null;
  let isOver = false;
  let leaving = 0;
  let heard = 0;
  const say = (text, isShown = true) => {
    writeOrHide(at("line"), text);
    at("content").hidden = !isShown || !view;
  };
  const end = (why) => {
    isOver = true;
    close();
    say(why, false);
    for (const place of document.querySelectorAll("header, main")) place.replaceChildren();
  };
  const close = () => {
    if (stream) stream.close();
    stream = null;
  };
  const gone = () => say(body.dataset.gone);
  const listen = () => {
    if (isOver || stream || document.hidden) return;
    stream = new EventSource(body.dataset.events);
    heard = performance.now();
    stream.addEventListener("error", () => {
      gone();
      if (stream && stream.readyState === EventSource.CLOSED) {
        close();
        setTimeout(ask, WAIT_MS);
      }
    });
    stream.addEventListener("over", (event) => {
      const why = JSON.parse(event.data);
      if (why in body.dataset) end(body.dataset[why]);
      else gone();
    });
    for (const [name, put] of Object.entries(parts)) {
      stream.addEventListener(name, (event) => {
        heard = performance.now();
        put(JSON.parse(event.data));
        say(view && view.lost ? view.lost : "");
      });
    }
  };
  const ask = async () => {
    if (isOver || stream) return;
    const stop = new AbortController();
    try {
      const answer = await fetch(body.dataset.events, { signal: stop.signal });
      if (answer.status === 403) end((await answer.json()).why);
      else if (answer.status === 429) say((await answer.json()).why);
      else if (answer.ok) return listen();
    } catch {
      gone();
    } finally {
      stop.abort();
    }
    if (!isOver) setTimeout(ask, 2 * WAIT_MS);
  };
  setInterval(() => {
    if (!stream || performance.now() - heard < SILENT_MS) return; // a line can die without a word
    close();
    gone();
    listen();
  }, WAIT_MS);
  document.addEventListener("visibilitychange", () => {
    clearTimeout(leaving);
    if (document.hidden) leaving = setTimeout(close, HIDDEN_MS);
    else listen();
  });

  const post = (where, what) =>
    fetch(where, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(what),
    });
  for (const form of document.forms) {
    const field = form.elements.text;
    const output = form.querySelector("output");
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      const button = form.querySelector("button");
      if (button.disabled || !field.value.trim()) return;
      button.disabled = true;
      try {
        const answer = await post(form.getAttribute("action"), { text: field.value });
        if (answer.ok) field.value = "";
        write(output, answer.ok ? form.dataset.sent : (await answer.json()).why);
      } catch {
        write(output, form.dataset.notSent);
      }
      button.disabled = false;
      field.focus();
    });
    field.addEventListener("input", () => write(output, ""));
  }
  const long = at("ask-text");
  if (long) {
    long.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) long.form.requestSubmit();
    });
  }

  // the link: what stands behind # is exchanged for a cookie, and no longer stands there
  const enter = async (token) => {
    isOver = false;
    try {
      const answer = await post("/enter", { token });
      const found = await answer.json();
      if (answer.status === 403) end(found.why);
      else if (!answer.ok) {
        say(found.why);
        setTimeout(enter, 2 * WAIT_MS, token);
      } else if (found.page !== body.dataset.page || !at("clock")) location.replace(found.page);
      else listen();
    } catch {
      gone();
      setTimeout(enter, WAIT_MS, token);
    }
  };
  const begin = () => {
    const token = location.hash.slice(1);
    if (token.length < LEAST_TOKEN) return listen(); // a place on the page
    history.replaceState(null, "", location.pathname);
    enter(token);
  };
  addEventListener("hashchange", begin);
  begin();
})();
