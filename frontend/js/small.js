// Small conveniences: copy a number, open a dialog in place, print, have the page read aloud.
import { each } from "./dom.js";

export function small(root) {
  each(root, "[data-copy]", copy);
  each(root, "[data-dialog]", opener);
  each(root, "[data-print]", print);
  each(root, "[data-share]", share);
  each(root, "[data-speak]", speak);
  each(root, "[data-countdown]", countdown);
}

// Seconds until something ends, counted from the page's own clock: nobody's clock has to be right.
function countdown(words) {
  const end = Date.now() + Number(words.dataset.countdown) * 1000;
  const tick = setInterval(() => {
    const left = Math.max(0, Math.round((end - Date.now()) / 1000));
    words.textContent = left;
    if (!left || !words.isConnected) clearInterval(tick);
  }, 1000);
}

function copy(button) {
  const words = button.querySelector("span");
  const before = words.textContent;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(button.dataset.copy);
    words.textContent = button.dataset.done;
    setTimeout(() => (words.textContent = before), 2500);
  });
}

// A phone offers its own ways to pass an address on; elsewhere it is copied.
function share(button) {
  if (!navigator.share && !navigator.clipboard) return;
  button.hidden = false;
  const words = button.querySelector("span");
  const before = words.textContent;
  button.addEventListener("click", async () => {
    if (navigator.share) return navigator.share({ title: document.title, url: button.dataset.share }).catch(() => {});
    await navigator.clipboard.writeText(button.dataset.share);
    words.textContent = button.dataset.done;
    setTimeout(() => (words.textContent = before), 2500);
  });
}

function opener(link) {
  link.addEventListener("click", (event) => {
    const dialog = document.getElementById(link.dataset.dialog);
    if (!dialog?.showModal) return;
    event.preventDefault();
    dialog.showModal();
  });
}

function print(button) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}

function speak(button) {
  if (!("speechSynthesis" in window)) return;
  button.hidden = false;
  button.addEventListener("click", () => {
    if (speechSynthesis.speaking) return speechSynthesis.cancel();
    const words = new SpeechSynthesisUtterance(document.getElementById("main").innerText);
    words.lang = document.documentElement.lang === "en" ? "en" : "zh-CN";
    words.rate = 0.9;
    speechSynthesis.speak(words);
  });
}
