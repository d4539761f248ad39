// The digest of a file, computed on the visitor's own device. The file has no name in the form: it is never sent.
"use strict";
(() => {
  const LARGEST = 64 * 1024 * 1024;
  const at = (id) => document.getElementById(id);
  const file = at("file");
  const digest = at("digest");
  if (!file || !digest || !globalThis.crypto?.subtle) return;
  at("on-device").hidden = false;
  file.addEventListener("change", async () => {
    const chosen = file.files[0];
    if (!chosen) return;
    at("too-large").hidden = true;
    try {
      if (chosen.size > LARGEST) throw new RangeError("too large");
      const made = await crypto.subtle.digest("SHA-256", await chosen.arrayBuffer());
      digest.value = [...new Uint8Array(made)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    } catch {
      digest.value = "";
      at("too-large").hidden = false;
    }
  });
})();
