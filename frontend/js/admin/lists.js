/* Names each cell of a list after its column. On a narrow screen a row is a block of lines (admin-explorer.css), and each
   line begins with that name. */

const words = (element) => element.textContent.replace(/\s+/g, " ").trim();

function nameCells(table) {
  const heads = [...(table.tHead?.rows[0]?.cells ?? [])];
  // The head of the titles of pages also says how many there are; its button is its name.
  const names = heads.map((head) => words(head.querySelector("a, button") ?? head));
  const rows = [...table.tBodies].flatMap((body) => [...body.rows]);
  // A table with cells over several columns stays a table.
  if (!heads.length || rows.some((row) => row.cells.length !== heads.length)) return;
  for (const row of rows) {
    [...row.cells].forEach((cell, place) => {
      cell.dataset.column = names[place];
      cell.toggleAttribute("data-empty", !words(cell) && !cell.querySelector("img, svg, input, button"));
    });
  }
  table.classList.add("stacked-list");
}

const nameAll = () => document.querySelectorAll("table.listing").forEach(nameCells);

nameAll();
// Filters and searches put other rows in their place; choosers open with rows of their own.
document.addEventListener("w-swap:success", nameAll);
