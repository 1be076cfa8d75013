// Fields that are asked only in some cases: {field, op, values}. What is hidden is not sent, the server decides all the same.
import { each } from "./dom.js";

export function conditions(root) {
  each(root, "[data-show-if]", conditional);
}

function conditional(box) {
  const { field, op, values } = JSON.parse(box.dataset.showIf);
  const form = box.closest("form") || document;
  const given = () =>
    [...form.querySelectorAll(`[name="${CSS.escape(field)}"]`)]
      .filter((input) => !["radio", "checkbox"].includes(input.type) || input.checked)
      .map((input) => input.value);
  const show = () => {
    if (!form.querySelector(`[name="${CSS.escape(field)}"]`)) return;
    const inside = given().some((value) => values.includes(value));
    const off = op === "!=" ? inside : !inside;
    box.toggleAttribute("data-off", off);
    box.querySelectorAll("input,select,textarea").forEach((input) => (input.disabled = off));
  };
  form.addEventListener("change", show);
  show();
}
