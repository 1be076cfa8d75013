// Table fields: rows come and go without a round trip. Names are <field>__<row>__<column>, counted anew after each change.
import { each } from "./dom.js";

export function rows(root) {
  each(root, "[data-rows]", table);
}

function table(box) {
  const name = box.dataset.rows;
  const count = box.querySelector(`input[name="${name}__rows"]`);
  const all = () => [...box.querySelectorAll(".rows__row")];

  box.addEventListener("click", (event) => {
    if (event.target.closest("[data-add-row]")) {
      event.preventDefault();
      const fresh = all().at(-1).cloneNode(true);
      clear(fresh);
      all().at(-1).after(fresh);
      number();
      fresh.querySelector("input,select").focus();
    }
    const remove = event.target.closest("[data-remove-row]");
    if (remove) {
      event.preventDefault();
      const row = remove.closest(".rows__row");
      if (all().length > 1) row.remove();
      else clear(row);
      number();
      box.querySelector("[data-add-row]").focus();
    }
    if (remove || event.target.closest("[data-add-row]")) box.dispatchEvent(new Event("change", { bubbles: true }));
  });

  function clear(row) {
    row.querySelectorAll("input").forEach((input) => (input.value = ""));
    row.querySelectorAll("select").forEach((select) => (select.selectedIndex = 0));
  }

  function number() {
    all().forEach((row, index) => {
      row.querySelector(".rows__number").textContent = index + 1;
      row.setAttribute("aria-label", row.getAttribute("aria-label").replace(/\d+/, index + 1));
      row.querySelector("[data-remove-row]").value = `${name}__${index}`;
      for (const element of row.querySelectorAll("[name],[id],label")) {
        for (const key of ["name", "id", "for"]) {
          const held = element.getAttribute(key);
          if (held) element.setAttribute(key, held.replace(new RegExp(`(${name}__)\\d+(__)`), `$1${index}$2`));
        }
      }
    });
    count.value = all().length;
  }
}
