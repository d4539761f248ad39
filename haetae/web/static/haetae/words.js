// Two buttons beside the words: only where the browser can do it.
"use strict";
(() => {
  const at = (id) => document.getElementById(id);
  if (navigator.clipboard) {
    at("copy").hidden = false;
    at("copy").addEventListener("click", async () => {
      const words = [...at("words").children].map((word) => word.textContent);
      await navigator.clipboard.writeText(words.join(" "));
      at("copied").firstElementChild.hidden = false;
    });
  }
  at("print").hidden = false;
  at("print").addEventListener("click", () => print());
})();
