import { chooseArea } from "./areas.js";
import { follow } from "./contents.js";
import { leave } from "./leave.js";

document.querySelectorAll("[data-leave]").forEach(leave);
document.querySelectorAll("[data-contents]").forEach(follow);
for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => print());
}
document.querySelectorAll("[data-areas]").forEach(chooseArea);
if (navigator.clipboard) {
  for (const button of document.querySelectorAll("[data-copy]")) {
    button.hidden = false;
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).textContent.trim());
      button.textContent = "Copied";
    });
  }
}
