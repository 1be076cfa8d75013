// Several of a long list: what is picked from the browser's own list stands above it at once, to be taken back there.
import { each } from "./dom.js";

export function picks(root) {
  each(root, "[data-picks]", several);
}

function several(box) {
  const search = box.querySelector("input[list]");
  const offered = box.querySelector("datalist");
  const chosen = box.querySelector(".options");
  const button = box.querySelector("button[name=refresh]");

  const take = () => {
    const word = search.value.trim();
    const option = [...offered.options].find((each) => each.value === word);
    if (!option) return false;
    const line = document.createElement("div");
    const tick = document.createElement("input");
    const label = document.createElement("label");
    line.className = "option";
    Object.assign(tick, { type: "checkbox", name: box.dataset.picks, value: word, checked: true, id: `${search.id}_${chosen.children.length}` });
    Object.assign(label, { htmlFor: tick.id, textContent: word });
    line.append(tick, label);
    chosen.append(line);
    option.remove();
    search.value = "";
    tick.dispatchEvent(new Event("change", { bubbles: true }));
    search.focus();
    return true;
  };

  search.addEventListener("change", take);
  search.addEventListener("keydown", (event) => event.key === "Enter" && take() && event.preventDefault());
  button.type = "button"; // else Enter in any field of the form would press it
  button.addEventListener("click", () => take() || search.focus());
}
