// Submit buttons go to sleep while a form is on its way; the error summary is where one starts to read.
import { each } from "./dom.js";

export function forms(root) {
  each(root, "form", sleepy);
  each(root, "[data-errors]", summary);
}

function sleepy(form) {
  form.addEventListener("submit", (event) => {
    if (form.method === "dialog") return;
    if (form.dataset.sent) return event.preventDefault();
    setTimeout(() => {
      if (event.defaultPrevented) return;
      form.dataset.sent = "1";
      for (const button of form.querySelectorAll("button:not([type=button])")) button.setAttribute("aria-disabled", "true");
      const pressed = event.submitter;
      if (pressed?.dataset.pending) pressed.querySelector("span").textContent = pressed.dataset.pending;
    });
  });
  // Coming back with the browser's button shows the page as it was, asleep: wake it.
  window.addEventListener("pageshow", (event) => {
    if (!event.persisted) return;
    delete form.dataset.sent;
    form.querySelectorAll("button[aria-disabled]").forEach((button) => button.removeAttribute("aria-disabled"));
  });
}

function summary(box) {
  box.focus();
  box.addEventListener("click", (event) => {
    const link = event.target.closest("a[href^='#']");
    const place = link && document.getElementById(decodeURIComponent(link.hash.slice(1)));
    const input = place?.matches("input,select,textarea") ? place : place?.querySelector("input:not([type=hidden]),select,textarea");
    if (!input) return;
    event.preventDefault();
    input.focus();
    (input.closest(".field") || input).scrollIntoView({ block: "start" });
  });
}
