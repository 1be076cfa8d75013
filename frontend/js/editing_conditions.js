// Conditions: which of the three parts is shown follows the choice above it; the values follow the chosen field.

export function conditionPicker(form, page) {
  const told = page.querySelector("[data-condition-fields]")?.dataset.conditionFields;
  const fields = told ? JSON.parse(told) : [];
  const words = page.querySelector("[data-words]").dataset;

  const show = (box) => {
    const mode = box.querySelector("[type=radio]:checked")?.value;
    for (const part of box.querySelectorAll("[data-mode]")) part.hidden = part.dataset.mode !== mode;
  };
  const all = () => form.querySelectorAll("[data-condition]").forEach(show);
  form.addEventListener("change", (event) => {
    const box = event.target.closest("[data-condition]");
    if (!box) return;
    if (event.target.type === "radio") show(box);
    if (event.target.name === `${box.dataset.condition}.field`) values(box, event.target.value);
  });
  form.addEventListener("htmx:load", all);
  all();

  function values(box, name) {
    const place = box.querySelector("[data-values]");
    const offered = fields.find((field) => field.value === name)?.values || [];
    const input = `${box.dataset.condition}.values`;
    place.replaceChildren(...(offered.length ? offered.map((value, index) => option(input, value, index)) : [free(input)]));
  }

  function option(name, { value, label }, index) {
    const [box, input, words_] = ["div", "input", "label"].map((tag) => document.createElement(tag));
    box.className = "option";
    Object.assign(input, { type: "checkbox", name, value, id: `id_${name}_${index}` });
    Object.assign(words_, { htmlFor: input.id, textContent: label });
    box.append(input, words_);
    return box;
  }

  function free(name) {
    const input = Object.assign(document.createElement("input"), { className: "input", name, autocomplete: "off", placeholder: words.value });
    input.setAttribute("aria-label", words.value);
    return input;
  }
}
