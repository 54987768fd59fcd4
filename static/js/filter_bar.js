// Keeps addresses short (no empty filters) and falls back to the plain form when a result cannot be fetched.
document.addEventListener("htmx:configRequest", (event) => {
  const { parameters } = event.detail;
  for (const [name, value] of [...new FormData(event.target)]) {
    if (value === "") delete parameters[name];
  }
});
for (const failure of ["htmx:responseError", "htmx:sendError"]) {
  document.addEventListener(failure, (event) => event.target.closest("form")?.submit());
}
