/* Passkeys: hands what the site asks to the browser, and the browser's answer to the site. Without this script, and in
   browsers that cannot, the forms stay hidden and codes work. */

const toBytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));

function toText(buffer) {
  const bytes = String.fromCharCode(...new Uint8Array(buffer));
  return btoa(bytes).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
}

const readIds = (list) => list?.map((item) => ({ ...item, id: toBytes(item.id) }));

// The browser wants bytes where JSON has letters. Browsers of the last three years cannot all do that by themselves.
function asked({ publicKey }) {
  const wanted = { ...publicKey, challenge: toBytes(publicKey.challenge) };
  if (wanted.user) wanted.user = { ...wanted.user, id: toBytes(wanted.user.id) };
  if (wanted.excludeCredentials) wanted.excludeCredentials = readIds(wanted.excludeCredentials);
  if (wanted.allowCredentials) wanted.allowCredentials = readIds(wanted.allowCredentials);
  return { publicKey: wanted };
}

function answered(credential) {
  const { response } = credential;
  const said = {};
  for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (response[name]) said[name] = toText(response[name]);
  }
  if (response.getTransports) said.transports = response.getTransports();
  return {
    id: credential.id,
    rawId: toText(credential.rawId),
    type: credential.type,
    authenticatorAttachment: credential.authenticatorAttachment ?? undefined,
    clientExtensionResults: credential.getClientExtensionResults(),
    response: said,
  };
}

async function optionsOf(form) {
  const inline = form.querySelector("script[type='application/json']");
  if (inline) return JSON.parse(inline.textContent);
  const response = await fetch(form.dataset.options, { headers: { Accept: "application/json" } });
  if (!response.ok) throw new Error(response.statusText);
  return (await response.json()).request_options;
}

const SAID = {
  InvalidStateError: "This device has a passkey for your account already.",
  NotAllowedError: "No passkey was used. Try again, or sign in another way.",
  SecurityError: "Passkeys do not work at this address. On your own machine, open the site at “localhost”.",
};

function wire(form) {
  const said = form.querySelector("[role=alert]");
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    said.textContent = "";
    try {
      const credential = await navigator.credentials[form.dataset.passkey](asked(await optionsOf(form)));
      form.elements.credential.value = JSON.stringify(answered(credential));
      form.submit();
    } catch (error) {
      said.textContent = SAID[error.name] ?? "That did not work. Load this page again, or sign in another way.";
    }
  });
  form.hidden = false;
}

if (window.PublicKeyCredential) document.querySelectorAll("form[data-passkey]").forEach(wire);
else document.querySelectorAll(".passkey-none").forEach((note) => (note.hidden = false));
