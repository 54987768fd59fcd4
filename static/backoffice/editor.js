// The rich text editor speaks Dutch and carries its field's name: the library does neither. Runs before the editor, which is a module.
(() => {
  const dutch = {
    paragraph: "gewone tekst", heading: "tussenkop", Paragraph: "Gewone tekst", "unordered list": "opsomming", "ordered list": "genummerde lijst",
    "List properties": "Nummering", bold: "vet", italic: "cursief", "insert link": "link maken", "edit link": "link wijzigen", "remove link": "link weghalen",
    undo: "ongedaan maken", redo: "opnieuw doen", "Edit Link": "Link wijzigen", "Insert Link": "Link maken", URL: "Adres", Title: "Titel", "Link title": "Titel",
    Update: "Bewaren", Submit: "Bewaren", Save: "Bewaren", Insert: "Invoegen", Cancel: "Annuleren", Remove: "Weghalen", "Open in new window": "In een nieuw venster openen",
    "Heading 2": "Tussenkop", "Heading 3": "Kleine tussenkop", "Heading %(level)s": "Tussenkop %(level)s",
  };
  const stock = window.gettext ?? ((text) => text);
  window.gettext = (text) => dutch[text] ?? stock(text);

  document.addEventListener("prose-editor:ready", ({ detail: { editor, textarea } }) => {
    const label = document.querySelector(`label[for="${textarea.id}"]`);
    const text = editor.view.dom;
    if (label) {
      label.id ||= `${textarea.id}_label`;
      text.setAttribute("aria-labelledby", label.id);
      label.addEventListener("click", () => editor.commands.focus());
    }
    text.setAttribute("role", "textbox");
    text.setAttribute("aria-multiline", "true");
    const help = textarea.getAttribute("aria-describedby");
    if (help) text.setAttribute("aria-describedby", help);
  });
})();
