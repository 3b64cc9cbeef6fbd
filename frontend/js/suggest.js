/* Suggestions under a search box, after the ARIA Authoring Practices' editable combobox whose list is chosen from by hand:
   the focus stays in the box, and Enter asks for the words as they stand until an arrow has gone to a line. Without this
   the form is a form. */

const PAUSE = 180; // Milliseconds without a key before the site is asked.
const SHORTEST = 2;
// What came for the same words is shown again for so long: not so long that something taken back would stay in sight.
const FRESH = 20_000; // Milliseconds.
// Pixels: the page is moved up until the list has so much room; so little of it is always there.
const ROOM = 260;
const LEAST = 90;
const GAP = 8;

function suggest(form) {
  const input = form.elements.q;
  const list = document.createElement("ul");
  const status = document.createElement("span");
  const known = new Map();
  let active = -1;
  let shown = ""; // The words that the lines of the list are for.
  let timer = 0;
  let asked = null;

  const words = () => input.value.trim();
  const isOpen = () => !list.hidden;

  list.id = `${input.id}-suggestions`;
  list.className = "suggestions";
  list.hidden = true;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", "Suggestions");
  status.className = "visually-hidden";
  status.setAttribute("role", "status");
  input.parentElement.append(list, status);
  input.setAttribute("role", "combobox");
  input.setAttribute("aria-autocomplete", "list");
  input.setAttribute("aria-controls", list.id);
  input.setAttribute("aria-expanded", false);

  function go(to) {
    list.children[active]?.setAttribute("aria-selected", false);
    active = to;
    const line = list.children[active];
    if (!line) return input.removeAttribute("aria-activedescendant");
    line.setAttribute("aria-selected", true);
    line.scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-activedescendant", line.id);
  }

  function open(isToBe = true) {
    list.hidden = !isToBe;
    input.setAttribute("aria-expanded", isToBe);
    go(-1);
    if (isToBe) fit();
  }

  function close() {
    clearTimeout(timer);
    asked?.abort();
    status.textContent = "";
    open(false);
  }

  // Down to the bar with the way out, or to the keyboard of a phone, and no further.
  function fit() {
    const top = list.getBoundingClientRect().top;
    const bar = document.querySelector(".leave")?.getBoundingClientRect().top;
    const seen = visualViewport.offsetTop + visualViewport.height;
    const end = Math.min(bar > top ? bar : innerHeight, seen) - GAP;
    const wanted = Math.min(ROOM, list.scrollHeight) - (end - top);
    // The box itself stays in sight.
    const up = Math.max(0, Math.min(wanted, input.getBoundingClientRect().top - GAP));
    list.style.maxHeight = `${Math.max(end - top + up, LEAST)}px`;
    scrollBy(0, up);
  }

  function show(found) {
    shown = words();
    list.replaceChildren(
      ...found.map(({ text, url, kind }, index) => {
        const line = document.createElement("li");
        const what = document.createElement("span");
        line.id = `${list.id}-${index}`;
        line.dataset.url = url;
        line.setAttribute("role", "option");
        line.setAttribute("aria-selected", false);
        what.className = "muted";
        what.textContent = kind;
        line.append(text, " ", what);
        return line;
      }),
    );
    open(found.length > 0);
    const s = found.length === 1 ? "" : "s";
    status.textContent = found.length ? `${found.length} suggestion${s}. Use the arrow keys.` : "No suggestions.";
  }

  async function ask() {
    const typed = words();
    const held = known.get(typed);
    if (held && Date.now() - held.at < FRESH) return show(held.found);
    asked = new AbortController();
    try {
      const answer = await fetch(`${form.action}suggestions/?q=${encodeURIComponent(typed)}`, { signal: asked.signal });
      const { suggestions } = await answer.json();
      known.set(typed, { at: Date.now(), found: suggestions });
      if (typed === words() && document.activeElement === input) show(suggestions);
    } catch {
      // Given up for other words, or the site is away: the box works as it is.
    }
  }

  function type() {
    clearTimeout(timer);
    asked?.abort();
    go(-1);
    if (words().length < SHORTEST) return close();
    timer = setTimeout(ask, PAUSE);
  }

  function step(by) {
    const count = list.children.length;
    if (isOpen()) return go(active < 0 && by < 0 ? count - 1 : (active + by + count) % count);
    if (count && shown === words()) {
      open();
      go(by > 0 ? 0 : count - 1);
    } else {
      type();
    }
  }

  function choose(line) {
    close();
    location.assign(line.dataset.url);
  }

  function press(event) {
    if (event.isComposing || event.ctrlKey || event.metaKey) return;
    const { key } = event;
    const line = isOpen() && list.children[active];
    if (key === "ArrowDown" || key === "ArrowUp") {
      step(key === "ArrowDown" ? 1 : -1);
    } else if (key === "Enter" && line) {
      choose(line);
    } else if (key === "Escape" && (isOpen() || input.value)) {
      if (!isOpen()) input.value = "";
      close();
    } else {
      // Along the words again: whatever else is pressed is meant for the box.
      if (key !== "Shift" && key !== "Alt") go(-1);
      return;
    }
    event.preventDefault();
  }

  input.addEventListener("input", type);
  input.addEventListener("keydown", press);
  input.addEventListener("blur", close);
  form.addEventListener("submit", close);
  // The box keeps the focus, and the keyboard of a phone stays.
  list.addEventListener("mousedown", (event) => event.preventDefault());
  list.addEventListener("click", ({ target }) => {
    const line = target.closest("li");
    if (line) choose(line);
  });
}

document.querySelectorAll("form[data-suggest]").forEach(suggest);
