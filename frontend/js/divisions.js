// Addresses: choosing a county or town brings the lists below it; the server renders the same field again.
import { each } from "./dom.js";

export function divisions(root) {
  each(root, "[data-divisions]", address);
}

function address(box) {
  const { divisions: url, field } = box.dataset;
  box.addEventListener("change", async (event) => {
    const level = event.target.dataset.level;
    if (!level) return;
    event.stopPropagation();
    const query = new URLSearchParams({ field });
    box.querySelectorAll("select,input").forEach((input) => query.set(input.name, input.value));
    box.setAttribute("aria-busy", "true");
    try {
      const answer = await fetch(`${url}${url.includes("?") ? "&" : "?"}${query}`, { headers: { "HX-Request": "true" } });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const fresh = page.getElementById(box.id);
      if (!answer.ok || !fresh) return;
      const chosen = event.target.id;
      box.querySelectorAll("select").forEach((select) => {
        const other = fresh.querySelector(`[name="${select.name}"]`);
        if (other) select.replaceChildren(...other.children);
      });
      document.getElementById(chosen)?.focus();
    } finally {
      box.removeAttribute("aria-busy");
      box.dispatchEvent(new Event("change", { bubbles: true }));
    }
  });
}
