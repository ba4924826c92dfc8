// Passkeys: making one, and signing in with one. The buttons stand in the page and are shown by this script, since without it they could do nothing.
"use strict";
(() => {
  if (!window.PublicKeyCredential) return;

  const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));
  const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");

  const post = async (where, body, type) => {
    const answer = await fetch(where, { method: "POST", body, headers: type ? { "Content-Type": type } : {}, redirect: "error" });
    const told = await answer.json();
    if (!answer.ok) throw new Error(told.says || answer.statusText);
    return told;
  };

  const make = async (asked) => {
    const options = asked.publicKey;
    options.challenge = bytes(options.challenge);
    options.user.id = bytes(options.user.id);
    (options.excludeCredentials || []).forEach((one) => { one.id = bytes(one.id); });
    const key = await navigator.credentials.create({ publicKey: options });
    return {
      id: key.id, rawId: text(key.rawId), type: key.type, clientExtensionResults: key.getClientExtensionResults(),
      response: {
        attestationObject: text(key.response.attestationObject), clientDataJSON: text(key.response.clientDataJSON),
        transports: key.response.getTransports ? key.response.getTransports() : [],
      },
    };
  };

  const get = async (asked) => {
    const options = asked.publicKey;
    options.challenge = bytes(options.challenge);
    (options.allowCredentials || []).forEach((one) => { one.id = bytes(one.id); });
    const key = await navigator.credentials.get({ publicKey: options });
    return {
      id: key.id, rawId: text(key.rawId), type: key.type, clientExtensionResults: key.getClientExtensionResults(),
      response: {
        authenticatorData: text(key.response.authenticatorData), clientDataJSON: text(key.response.clientDataJSON), signature: text(key.response.signature),
        userHandle: key.response.userHandle ? text(key.response.userHandle) : null,
      },
    };
  };

  for (const place of document.querySelectorAll("[data-key]")) {
    place.hidden = false;
    const button = place.querySelector("button");
    const says = place.querySelector("[role=status]");
    button.addEventListener("click", async () => {
      says.textContent = "";
      button.disabled = true;
      try {
        const form = place.dataset.form ? new URLSearchParams(new FormData(document.getElementById(place.dataset.form))) : new URLSearchParams();
        const asked = await post(place.dataset.key, form);
        const answer = await (place.dataset.make ? make(asked) : get(asked));
        const then = new URLSearchParams({ name: place.dataset.name || "", then: place.dataset.then || "" });
        const told = await post(place.dataset.key + "/answer?" + then, JSON.stringify(answer), "application/json");
        location.assign(told.to);
      } catch (error) {
        says.textContent = error.name === "NotAllowedError" ? place.dataset.stopped : error.message;
        button.disabled = false;
      }
    });
  }
})();
