// Chapters of a guide: open all at once, open the one an address points into, print all of them.
import { each } from "./dom.js";

export function chapters(root) {
  each(root, "[data-unfold], [data-fold]", toggler);
  if (root !== document || !document.querySelector(".chapter")) return;
  window.addEventListener("hashchange", reveal);
  reveal();
  let before = [];
  window.addEventListener("beforeprint", () => {
    before = all().filter((chapter) => !chapter.open);
    before.forEach((chapter) => (chapter.open = true));
  });
  window.addEventListener("afterprint", () => before.forEach((chapter) => (chapter.open = false)));
}

const all = () => [...document.querySelectorAll(".chapter, .chapter .fold")];

function toggler(link) {
  const words = [link.textContent, link.dataset.folded];
  if (!words[1]) return;
  let opened = false;
  link.setAttribute("role", "button");
  link.addEventListener("click", (event) => {
    event.preventDefault();
    opened = !opened;
    all().forEach((chapter) => (chapter.open = opened));
    link.textContent = words[Number(opened)];
  });
}

function reveal() {
  const target = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  const chapter = target && target.closest(".chapter");
  if (!chapter || chapter.open) return;
  chapter.open = true;
  target.scrollIntoView();
}
