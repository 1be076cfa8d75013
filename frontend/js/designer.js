// The form designer: fields are dragged, or moved with Alt and the arrow keys; every touch is sent at once, and the
// preview beside is drawn anew. Without scripts the same buttons send the page.
import { each } from "./dom.js";

let waiting = "";

export function designer(root) {
  each(root, "[data-designer]", arranging);
}

function arranging(form) {
  let dragged = null;
  const dropped = form.querySelector("[data-dropped]");
  const send = (op, focus) => {
    dropped.value = op;
    dropped.disabled = false;
    waiting = focus;
    form.requestSubmit();
  };

  form.addEventListener("keydown", (event) => {
    const field = event.target.closest("[data-field]");
    const verb = { ArrowUp: "up", ArrowDown: "down" }[event.key];
    if (field && verb && event.altKey) {
      event.preventDefault();
      send(`${verb}|${field.dataset.field}`, field.id);
    } else if (event.key === "Enter" && event.target.matches("input.input")) {
      event.preventDefault();
      const button = event.target.closest("header, .dadd").querySelector("button[name=op]");
      button.click();
    }
  });
  form.addEventListener("click", (event) => {
    const button = event.target.closest("button[name=op]");
    if (button) waiting = button.id || button.closest("[data-field]")?.id || "";
  });
  form.addEventListener("dragstart", (event) => {
    if (!event.target.closest?.(".erow__grip")) return;
    dragged = event.target.closest("[data-field]");
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", dragged.dataset.field);
    event.dataTransfer.setDragImage(dragged, 12, 12);
    dragged.classList.add("erow--dragged");
  });
  form.addEventListener("dragover", (event) => {
    if (!dragged) return;
    const over = event.target.closest?.("[data-field]");
    const list = event.target.closest?.("[data-section]")?.querySelector(".dfields");
    if (!list) return;
    event.preventDefault();
    if (!over) list.contains(dragged) || list.append(dragged);
    else if (over !== dragged) {
      const box = over.getBoundingClientRect();
      over[event.clientY > box.top + box.height / 2 ? "after" : "before"](dragged);
    }
  });
  form.addEventListener("drop", (event) => dragged && event.preventDefault());
  form.addEventListener("dragend", () => {
    if (!dragged) return;
    const section = dragged.closest("[data-section]");
    const place = [...section.querySelectorAll("[data-field]")].indexOf(dragged);
    dragged.classList.remove("erow--dragged");
    send(`drop|${dragged.dataset.field}|${section.dataset.section}|${place}`, dragged.id);
    dragged = null;
  });

  if (waiting) {
    document.getElementById(waiting)?.focus();
    waiting = "";
    drawAnew(document.querySelector("[data-preview]")?.contentWindow);
  }
}

// The page that was being tried, filled as it was begun: asked for anew, for what was posted can't be reloaded.
function drawAnew(preview) {
  if (!preview) return;
  const address = new URL(preview.location.href);
  const page = preview.document.querySelector("[name=page]")?.value;
  if (page) address.searchParams.set("page", page);
  preview.location.replace(address);
}
