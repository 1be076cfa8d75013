// The desk by keyboard: J/K move, Enter opens, / searches, ? shows the keys, a verb takes its own letter.
import { designer } from "./designer.js";
import { editing } from "./editing.js";

for (const begin of [editing, designer]) {
  begin(document);
  document.body.addEventListener("htmx:load", (event) => event.detail.elt !== document.body && begin(event.detail.elt));
}

const typing = (target) => target.closest("input,textarea,select,[contenteditable],dialog[open]");
const listed = () => [...document.querySelectorAll("[data-keys] tr[data-open]")];
let at = -1;

function select(index) {
  const rows = listed();
  if (!rows.length) return;
  at = Math.max(0, Math.min(index, rows.length - 1));
  rows.forEach((row, i) => (i === at ? row.setAttribute("aria-selected", "true") : row.removeAttribute("aria-selected")));
  rows[at].tabIndex = -1;
  rows[at].focus({ preventScroll: true });
  rows[at].scrollIntoView({ block: "nearest" });
}

function press(key) {
  const target = [...document.querySelectorAll("[data-key]")].find((element) => element.dataset.key === key);
  if (!target) return false;
  if (target.matches("input")) target.focus();
  else target.click();
  return true;
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
  if (event.key === "j") select(at + 1);
  else if (event.key === "k") select(at - 1);
  else if (event.key === "Enter" && event.target.matches("tr[data-open]")) location.assign(event.target.dataset.open);
  else if (event.key === "?") document.getElementById("keys").showModal();
  else if (!press(event.key)) return;
  event.preventDefault();
});

document.addEventListener("click", (event) => {
  const row = event.target.closest("tr[data-open]");
  if (!row || event.target.closest("a,button,input,label,select,summary") || String(getSelection())) return;
  location.assign(row.dataset.open);
});

// On a phone the rooms of the desk stand in one line: the one you are in is brought into view.
const here = document.querySelector(".side__nav [aria-current]");
if (here) here.parentElement.scrollLeft = here.offsetLeft - (here.parentElement.clientWidth - here.offsetWidth) / 2;
