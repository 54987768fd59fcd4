// What is pasted, such as a text from Word, by the nearest that the editor has: it drops tables, lists of Word and a first heading, and lets words run together.
(() => {
  const NEAREST = { H1: "h2", H4: "h3", H5: "h3", H6: "h3" };
  const BLOCKS = "p, div, li, h1, h2, h3, h4, h5, h6";

  function renamed(element, name) {
    const other = element.ownerDocument.createElement(name);
    other.append(...element.childNodes);
    element.replaceWith(other);
  }

  // A row is a line, its cells stand a space apart; so do the lines within a cell.
  function line(row) {
    const words = row.ownerDocument.createElement("p");
    for (const cell of row.cells) {
      for (const block of [...cell.querySelectorAll(BLOCKS)].reverse()) block.replaceWith(...block.childNodes, " ");
      words.append(...cell.childNodes, " ");
    }
    return words;
  }

  // Word writes an item of a list as a paragraph that starts with its bullet or number.
  function item(paragraph) {
    const mark = paragraph.querySelector('[style*="mso-list:Ignore" i], [style*="mso-list: Ignore" i]');
    const name = /^\s*\w+[.)]/.test(mark?.textContent ?? "") ? "OL" : "UL";
    mark?.remove();
    const before = paragraph.previousElementSibling;
    const list = before?.tagName === name && before.dataset.word ? before : paragraph.ownerDocument.createElement(name);
    if (list !== before) paragraph.before(list);
    list.dataset.word = "list";
    const entry = paragraph.ownerDocument.createElement("li");
    entry.append(...paragraph.childNodes);
    list.append(entry);
    paragraph.remove();
  }

  function nearest(html) {
    const page = new DOMParser().parseFromString(html, "text/html");
    for (const table of [...page.querySelectorAll("table")].reverse()) table.replaceWith(...[...table.rows].map(line));
    for (const heading of page.querySelectorAll("h1, h4, h5, h6")) renamed(heading, NEAREST[heading.tagName]);
    for (const paragraph of page.querySelectorAll('p[style*="mso-list" i]')) item(paragraph);
    return page.body.innerHTML;
  }

  document.addEventListener("prose-editor:ready", ({ detail: { editor } }) => {
    editor.setOptions({ editorProps: { ...editor.options.editorProps, transformPastedHTML: nearest } });
  });
})();
