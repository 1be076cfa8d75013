// Rows of the editor: moved by buttons or by dragging, taken out and put back, all before anything is sent.
// Their order is the order of the hidden inputs, so moving an element is enough.

export function sorting(form, words, say, changed) {
  let dragged = null;

  form.addEventListener("click", (event) => {
    const button = event.target.closest("button[name=op]");
    const [verb] = button ? button.value.split("|") : [];
    if (!["up", "down", "remove", "back"].includes(verb)) return;
    event.preventDefault();
    const row = button.closest(".erow");
    if (verb === "up" || verb === "down") move(row, verb, button);
    else remove(row, verb === "remove");
    changed();
  });

  form.addEventListener("input", (event) => {
    const row = event.target.closest(".erow");
    const title = row?.querySelector(":scope > .erow__live > details > summary [data-title]");
    if (title && /\.(label|name|title|q|subject)$/.test(event.target.name)) {
      const first = row.querySelector(["label", "name", "title", "q", "subject"].map((part) => `[name="${row.dataset.row}.${part}"]`).join(","));
      const label = row.querySelector(`[name="${row.dataset.row}.label"]`) || first;
      if (label?.value) title.textContent = label.value;
    }
  });

  form.addEventListener("dragstart", (event) => {
    const grip = event.target.closest?.(".erow__grip");
    if (!grip) return;
    dragged = grip.closest(".erow");
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", dragged.dataset.row);
    event.dataTransfer.setDragImage(dragged, 12, 12);
    dragged.classList.add("erow--dragged");
  });
  form.addEventListener("dragover", (event) => {
    const over = dragged && event.target.closest?.(".erow");
    const there = over && [...dragged.parentElement.children].find((row) => row.contains(over));
    if (!there) return;
    event.preventDefault();
    if (there === dragged) return;
    const half = there.getBoundingClientRect();
    there[event.clientY > half.top + half.height / 2 ? "after" : "before"](dragged);
  });
  form.addEventListener("drop", (event) => dragged && event.preventDefault());
  form.addEventListener("dragend", () => {
    if (!dragged) return;
    dragged.classList.remove("erow--dragged");
    said(dragged);
    dragged = null;
    changed();
  });

  function move(row, way, button) {
    const other = way === "up" ? row.previousElementSibling : row.nextElementSibling;
    if (other) other[way === "up" ? "before" : "after"](row);
    said(row);
    button.focus();
  }

  function said(row) {
    const rows = [...row.parentElement.children];
    rows.forEach((each, index) => {
      const number = each.querySelector("[data-number]");
      if (number) number.textContent = index + 1;
    });
    say(words.moved.replace("{n}", rows.indexOf(row) + 1));
  }

  function remove(row, gone) {
    const name = `${row.dataset.row}!gone`;
    const mark = [...row.children].find((child) => child.name === name);
    if (gone && !mark) {
      const input = Object.assign(document.createElement("input"), { type: "hidden", name, value: "1" });
      row.prepend(input);
    } else if (!gone) mark?.remove();
    row.classList.toggle("erow--gone", gone);
    const next = row.querySelector(gone ? ":scope > .erow__back button" : ":scope > .erow__live button");
    next?.focus();
    say(gone ? words.removed : words.back);
  }
}
