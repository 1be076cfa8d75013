// An answer that was a refusal, or none at all, is said in words; what was typed stays where it is.
const toast = document.querySelector("[data-toast]");
let timer;

export function say(words) {
  toast.textContent = words;
  clearTimeout(timer);
  timer = setTimeout(() => (toast.textContent = ""), 12000);
}

export function failures() {
  document.body.addEventListener("htmx:responseError", (event) => say(detailOf(event.detail.xhr) || toast.dataset.failed));
  document.body.addEventListener("htmx:sendError", () => say(toast.dataset.offline));
  document.body.addEventListener("htmx:timeout", () => say(toast.dataset.offline));
}

// The sentence of a refusal: `detail` of problem+json, or the heading of a refusal page.
export function detailOf(xhr) {
  try {
    if (xhr.getResponseHeader("Content-Type")?.includes("json")) return JSON.parse(xhr.responseText).detail;
    return new DOMParser().parseFromString(xhr.responseText, "text/html").querySelector("main h1")?.textContent.trim();
  } catch {
    return "";
  }
}
