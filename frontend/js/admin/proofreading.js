// The editor's side panel "Checks": what the site finds in a draft, read again whenever the draft has been saved.
// For staff only. What is found is decided by the site (proofreading/), not here.

const PAUSE = 800; // Milliseconds: while somebody writes, the draft is saved twice a second.

const proof = document.querySelector("[data-proof]");

function numbersOf(selector) {
  const numbers = [...document.querySelectorAll(selector)].map((place) => Number.parseInt(place.textContent, 10) || 0);
  return numbers.reduce((sum, number) => sum + number, 0);
}

// Wagtail's number beside the panel's sign is of its own checks; what else is in the panel comes on top of it.
function countTogether() {
  const counter = document.querySelector('[data-side-panel-toggle="checks"] [data-side-panel-toggle-counter]');
  if (!counter) return;
  const together = numbersOf("[data-counted-with-checks]") + numbersOf("[data-content-checker-count]");
  counter.textContent = String(together);
  counter.hidden = together === 0;
}

let waiting;
let asked = 0;

function readAgainSoon(key) {
  clearTimeout(waiting);
  waiting = setTimeout(() => readAgain(key), PAUSE);
}

async function readAgain(key) {
  const mine = ++asked;
  const url = key ? proof.dataset.proofUrl.replace(/\d+\/$/, `${key}/`) : proof.dataset.proofUrl;
  const answer = await fetch(url, { headers: { "X-Requested-With": "XMLHttpRequest" } }).catch(() => null);
  // What was found before stays where nothing can be asked; an answer that was overtaken is not shown.
  if (!answer?.ok || answer.redirected || mine !== asked) return;
  const html = await answer.text();
  proof.dataset.proofUrl = url;
  if (html !== shown) {
    const place = [...proof.querySelectorAll("button")].indexOf(document.activeElement);
    shown = html;
    proof.innerHTML = html;
    if (place >= 0) (proof.querySelectorAll("button")[place] ?? proof).focus();
    // For people who listen: the number alone, while they write.
    const number = proof.querySelector("[data-counted-with-checks]").textContent;
    document.querySelector("[data-proof-said]").textContent = number === "0" ? "Checks: nothing to mend" : `Checks: ${number} to mend`;
  }
  countTogether();
}

let shown;

// Opens whatever is folded around the place, and puts the cursor there.
function show({ proofField, proofBlock }) {
  const named = (path) => path && document.querySelector(`[data-contentpath="${CSS.escape(path)}"]`);
  const place = named(proofBlock) || named(proofField);
  if (!place) return;
  for (let around = place; around; around = around.parentElement) {
    if (around.getAttribute("role") === "tabpanel" && around.hidden) {
      document.querySelector(`[role="tab"][aria-controls="${around.id}"]`)?.click();
    }
    const toggle = around.matches("[data-panel]") && around.querySelector("[data-panel-toggle]");
    if (toggle && toggle.getAttribute("aria-expanded") === "false") toggle.click();
  }
  // On a narrow screen the panel lies over the text.
  const side = document.querySelector("[data-form-side]");
  if (side && side.getBoundingClientRect().left < place.getBoundingClientRect().right - 40) {
    document.querySelector("[data-form-side-close-button]")?.click();
  }
  place.querySelector('[data-panel-toggle][aria-expanded="false"]')?.click();
  place.scrollIntoView({ block: "center" });
  place.querySelector(".public-DraftEditor-content, textarea, input:not([type=hidden]), select")?.focus({ preventScroll: true });
}

if (proof) {
  proof.tabIndex = -1;
  proof.addEventListener("click", (event) => {
    const button = event.target.closest("[data-proof-field]");
    if (button) show(button.dataset);
  });
  document.addEventListener("w-autosave:success", (event) => readAgainSoon(event.detail?.response?.pk));
  const theirs = document.querySelector("[data-content-checker-count]");
  if (theirs) new MutationObserver(countTogether).observe(theirs, { childList: true, characterData: true, subtree: true });
  countTogether();
}
