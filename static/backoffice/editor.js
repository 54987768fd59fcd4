// The rich text editor speaks Dutch and carries its field's name: the library does neither. Runs before the editor, which is a module.
(() => {
  const dutch = {
    paragraph: "gewone tekst", heading: "tussenkop", "heading 2": "tussenkop", "heading 3": "kleine tussenkop",
    "Heading 2": "Tussenkop", "Heading 3": "Kleine tussenkop", Paragraph: "Gewone tekst",
    "unordered list": "opsomming", "ordered list": "genummerde lijst", "List properties": "nummering",
    bold: "vet", italic: "cursief", "insert link": "link maken", "remove link": "link weghalen",
    undo: "ongedaan maken", redo: "opnieuw doen",
    "Edit Link": "Link", URL: "Adres", Title: "Titel", Update: "Bewaren", Cancel: "Annuleren",
    "List type": "Soort nummering", "Start at": "Begin bij",
  };
  const stock = window.gettext ?? ((text) => text);
  window.gettext = (text) => dutch[text] ?? stock(text);

  function translate(bar) {
    for (const button of bar.querySelectorAll("button[title]")) {
      const word = dutch[button.title];
      if (!word) continue;
      button.title = word;
      button.setAttribute("aria-label", word);
    }
    for (const option of bar.querySelectorAll(".prose-menubar__option > *")) {
      const word = dutch[option.textContent];
      if (word) option.textContent = word;
    }
  }

  // The toolbar comes a moment after the editor, and its menus are drawn again when the cursor moves.
  function watch(wrapper) {
    const seen = () => {
      const bar = wrapper.querySelector(".prose-menubar");
      if (!bar) return;
      translate(bar);
      appeared.disconnect();
      new MutationObserver(() => translate(bar)).observe(bar, { childList: true, subtree: true });
    };
    const appeared = new MutationObserver(seen);
    appeared.observe(wrapper, { childList: true });
    seen();
  }

  document.addEventListener("prose-editor:ready", ({ detail: { editor, textarea } }) => {
    const label = document.querySelector(`label[for="${textarea.id}"]`);
    const text = editor.view.dom;
    // What leads to the field, such as a fault above the form, leads to the editor: the field itself is hidden.
    for (const link of document.querySelectorAll(`a[href="#${textarea.id}"]`)) {
      link.addEventListener("click", (click) => { click.preventDefault(); text.scrollIntoView(); editor.commands.focus(); });
    }
    if (label) {
      label.id ||= `${textarea.id}_label`;
      text.setAttribute("aria-labelledby", label.id);
      label.addEventListener("click", () => editor.commands.focus());
    }
    text.setAttribute("aria-multiline", "true");
    const help = textarea.getAttribute("aria-describedby");
    if (help) text.setAttribute("aria-describedby", help);
    watch(text.closest(".prose-editor"));
  });
})();
