// Asks the browser for a passkey, or for a new one, and posts what it gives. Without this the form stays hidden.
for (const form of document.querySelectorAll("form[data-passkey]")) {
  const works = window.PublicKeyCredential?.parseRequestOptionsFromJSON && window.isSecureContext;
  form.hidden = !works;
  if (works) form.addEventListener("submit", ask);
  else document.querySelector("[data-passkey-missing]")?.removeAttribute("hidden");
}

async function ask(event) {
  event.preventDefault();
  const form = event.target;
  const failed = form.querySelector("[data-passkey-failed]");
  failed.hidden = true;
  try {
    const { publicKey } = JSON.parse(document.getElementById("passkey-options").textContent);
    const credential = form.dataset.passkey === "create"
      ? await navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(publicKey) })
      : await navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(publicKey) });
    form.elements.credential.value = JSON.stringify(credential);
    form.submit();
  } catch {
    failed.hidden = false;
  }
}
