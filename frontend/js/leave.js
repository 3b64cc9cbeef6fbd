/* Leave this page: the behaviour of GOV.UK's "Exit this page", with three differences. The page takes the place of this
   one in the tab's history, the count starts again when somebody comes back, and it is a quarter of the size. */

const PRESSES = 3;
const GAP = 12; // Pixels.
const WINDOW = 5000; // Milliseconds from one press to the next.

const say = (left) => `Shift, press ${left} more time${left === 1 ? "" : "s"} to leave this page.`;

export function leave(link) {
  const { title } = document;
  const status = document.createElement("span");
  const lights = document.createElement("span");
  let presses = 0;
  let afterOtherKey = false;
  let timer = 0;
  let cover = null;

  status.className = "visually-hidden";
  status.setAttribute("role", "status");
  lights.className = "leave__lights";
  lights.setAttribute("aria-hidden", "true");
  lights.append(...Array.from({ length: PRESSES }, () => document.createElement("i")));
  link.append(lights);
  link.after(status);

  function count(number) {
    presses = number;
    lights.classList.toggle("leave__lights--on", number > 0);
    [...lights.children].forEach((light, index) => light.classList.toggle("on", index < number));
  }

  function startAgain(message) {
    clearTimeout(timer);
    count(0);
    status.textContent = message;
  }

  function go() {
    startAgain("");
    document.documentElement.classList.add("is-leaving");
    document.title = "Loading";
    cover = document.createElement("div");
    cover.className = "leave-cover";
    cover.setAttribute("role", "alert");
    document.body.append(cover);
    cover.textContent = "Loading.";
    location.replace(link.href);
  }

  function comeBack() {
    startAgain("");
    afterOtherKey = false;
    document.documentElement.classList.remove("is-leaving");
    document.title = title;
    cover?.remove();
  }

  function onKey(event) {
    // A capital letter or a way back through the links is not a press of Shift alone.
    if (event.key === "Shift" && !afterOtherKey) {
      count(presses + 1);
      if (presses === PRESSES) return go();
      status.textContent = say(PRESSES - presses);
      clearTimeout(timer);
      timer = setTimeout(() => startAgain("Leaving this page: time ran out."), WINDOW);
    } else if (presses) {
      startAgain("");
    }
    afterOtherKey = event.key !== "Shift" && event.shiftKey;
  }

  // The card of a wide window stands over the page: what gets focus moves out from under it.
  function clear({ target }) {
    const bar = link.parentElement.getBoundingClientRect();
    const box = target.getBoundingClientRect();
    const apart = box.right <= bar.left || box.left >= bar.right || box.bottom <= bar.top || box.top >= bar.bottom;
    if (apart || link.parentElement.contains(target) || !target.matches(":focus-visible")) return;
    const isAtTop = bar.top < innerHeight / 2;
    scrollBy(0, isAtTop ? box.top - bar.bottom - GAP : box.bottom - bar.top + GAP);
  }

  document.addEventListener("focusin", (event) => requestAnimationFrame(() => clear(event)));
  link.addEventListener("click", (event) => {
    event.preventDefault();
    go();
  });
  document.addEventListener("keyup", onKey, true);
  addEventListener("pageshow", comeBack);
}
