// Takes the red off a field that is filled in after the page said what is wrong with it. Without this the red stays.
document.addEventListener("input", ({ target }) => {
  const field = target.closest(".mb-3");
  const wrong = field?.querySelectorAll(".is-invalid") ?? [];
  const isFilled = target.type === "checkbox" ? target.checked : target.value.trim();
  if (!wrong.length || !isFilled) return;
  for (const input of wrong) {
    input.classList.remove("is-invalid");
    input.removeAttribute("aria-invalid");
    const texts = input.getAttribute("aria-describedby")?.split(" ") ?? [];
    input.setAttribute("aria-describedby", texts.filter((id) => !id.endsWith("_error")).join(" "));
  }
  field.querySelector(".invalid-feedback")?.remove();
});
