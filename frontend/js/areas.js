/* Passages for one area: whoever chooses an area sees the others folded away, on every page. The choice stays in this
   browser and is sent nowhere. */

const KEY = "area";

function remembered() {
  try {
    return localStorage.getItem(KEY) ?? "";
  } catch {
    return ""; // Storage is blocked: the choice holds for this page.
  }
}

function remember(area) {
  try {
    localStorage.setItem(KEY, area);
  } catch {
    // As above.
  }
}

export function chooseArea(box) {
  const choices = [...box.querySelectorAll("input")];
  const status = box.querySelector("[role=status]");
  const all = box.querySelector("button");
  const passages = [...document.querySelectorAll("details[data-area]")];
  const nameOf = (area) => (area && choices.find(({ value }) => value === area)?.parentElement.textContent.trim()) || "one area";

  function count() {
    const away = passages.filter(({ open }) => !open);
    const names = new Set(away.map(({ dataset }) => nameOf(dataset.area)));
    const whose = names.size === 1 ? [...names][0] : "other areas";
    const passagesAre = away.length === 1 ? ["passage", "is"] : ["passages", "are"];
    status.textContent = away.length ? `${away.length} ${passagesAre[0]} for ${whose} ${passagesAre[1]} not shown.` : "";
    all.hidden = !away.length;
  }

  // An area that is gone, and a passage whose area is gone, fold nothing.
  function show(area) {
    const choice = choices.find(({ value }) => value === area) ?? choices[0];
    choice.checked = true;
    for (const passage of passages) {
      const whose = passage.dataset.area;
      passage.open = !choice.value || !whose || whose === choice.value;
    }
    openTarget();
    count();
  }

  function choose(area) {
    remember(area);
    show(area);
  }

  // Not every browser opens what an anchor leads into, and none again after it was closed here.
  function openTarget() {
    const target = location.hash && document.getElementById(location.hash.slice(1));
    const passage = target && target.closest("details[data-area]");
    if (!passage || passage.open) return;
    passage.open = true;
    target.scrollIntoView();
  }

  choices.forEach((choice) => choice.addEventListener("change", () => choose(choice.value)));
  all.addEventListener("click", () => {
    choose("");
    choices[0].focus();
  });
  passages.forEach((passage) => passage.addEventListener("toggle", count));
  addEventListener("hashchange", openTarget);
  addEventListener("storage", ({ key }) => key === KEY && show(remembered()));
  addEventListener("pageshow", ({ persisted }) => persisted && show(remembered()));
  box.hidden = false;
  show(remembered());
}
