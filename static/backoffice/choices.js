// Names the search boxes that Django's autocomplete puts in the place of a select: the library leaves them without.
// By jQuery's own queue: only then it is certain to come after the boxes were made.
window.addEventListener("load", () => window.django?.jQuery(() => {
  for (const select of document.querySelectorAll("select.admin-autocomplete")) {
    const label = document.querySelector(`label[for="${select.id}"]`);
    const box = select.nextElementSibling;
    if (!label || !box?.classList.contains("select2")) continue;
    label.id ||= `${select.id}_label`;
    for (const part of box.querySelectorAll("[role=combobox],[role=textbox],[role=searchbox]")) {
      part.setAttribute("aria-labelledby", [label.id, part.matches("[role=combobox]") && `select2-${select.id}-container`].filter(Boolean).join(" "));
    }
    box.querySelector("ul.select2-selection__rendered")?.setAttribute("role", "none");
    for (const item of box.querySelectorAll("ul.select2-selection__rendered > li")) item.setAttribute("role", "none");
  }
}));

// On a phone the rows of a list are cards: each cell says what it holds, and one without anything goes.
document.addEventListener("DOMContentLoaded", () => {
  const headings = [...document.querySelectorAll("#result_list thead th")].map((cell) => cell.querySelector(".text")?.textContent.trim());
  for (const row of document.querySelectorAll("#result_list tbody tr")) {
    [...row.cells].forEach((cell, place) => {
      if (cell.matches("td:not(.action-checkbox)")) cell.dataset.label = headings[place] ?? "";
      cell.classList.toggle("is-empty", ["", "–"].includes(cell.textContent.trim()) && !cell.querySelector("input,img"));
    });
  }
});
