// Notes who is there without loading the page again. What did not get through is said in the row, and its button stays.
(() => {
  const PATIENCE = 8000;

  // The page that answers, or why there is none: a key of the list's data.
  async function send(form) {
    const patience = new AbortController();
    const timer = setTimeout(() => patience.abort(), PATIENCE);
    try {
      const answer = await fetch(form.action, { method: "POST", body: new FormData(form), signal: patience.signal });
      if (answer.redirected && new URL(answer.url).pathname.startsWith("/account/")) return "loggedOut";
      return answer.ok ? new DOMParser().parseFromString(await answer.text(), "text/html") : "failed";
    } catch {
      return "failed";
    } finally {
      clearTimeout(timer);
    }
  }

  function replace(row, page) {
    const fresh = page.getElementById?.(row.id);
    if (!fresh) return null;
    const counts = page.getElementById("door-counts");
    if (counts) document.getElementById("door-counts")?.replaceChildren(...counts.childNodes);
    row.replaceWith(fresh);
    return fresh;
  }

  document.addEventListener("submit", async (event) => {
    const form = event.target.closest("form[data-door]");
    if (!form) return;
    event.preventDefault();
    const row = form.closest("[data-door-row]");
    if (row.ariaBusy === "true") return;
    row.ariaBusy = "true";
    const page = await send(form);
    const shown = replace(row, page);
    const words = document.querySelector("[data-door-list]").dataset;
    const told = shown ? page.querySelector(".messagelist .error, .errornote")?.textContent : words[page] ?? words.failed;
    if (told) (shown ?? row).querySelector("[data-door-fault]").textContent = told;
    row.ariaBusy = "false";
    (shown?.querySelector(".door-walk-in button") ?? shown?.querySelector("button"))?.focus();
  });
})();
