// Walls run alone for weeks: the time moves on, a lost connection is shown and mends itself, a kiosk forgets its visitor.
const china = () => new Date().toLocaleTimeString("zh-CN", { timeZone: "Asia/Shanghai", hour: "2-digit", minute: "2-digit", hour12: false });

const clock = document.querySelector("[data-walltime]");
if (clock) setInterval(() => (clock.textContent = china()), 5000);

const lost = document.querySelector("[data-lost]");
if (lost) {
  let heard = china();
  const fail = () => {
    lost.querySelector("[data-lost-since]").textContent = heard;
    lost.hidden = false;
  };
  document.body.addEventListener("htmx:sendError", fail);
  document.body.addEventListener("htmx:timeout", fail);
  document.body.addEventListener("htmx:responseError", fail);
  document.body.addEventListener("htmx:afterOnLoad", (event) => {
    if (event.detail.xhr.status >= 400) return;
    heard = china();
    lost.hidden = true;
  });
}

// Calls are spoken once each: elements with data-say carry the sentence, their id tells a new one from an old.
const spoken = new Set([...document.querySelectorAll("[data-say]")].map((element) => element.id));
document.body.addEventListener("htmx:afterSettle", () => {
  for (const element of document.querySelectorAll("[data-say]")) {
    if (spoken.has(element.id)) continue;
    spoken.add(element.id);
    const words = new SpeechSynthesisUtterance(element.dataset.say);
    words.lang = "zh-CN";
    window.speechSynthesis?.speak(words);
  }
});

const kiosk = document.querySelector("[data-kiosk]");
if (kiosk) {
  let left = Number(kiosk.dataset.seconds);
  const again = () => (left = Number(kiosk.dataset.seconds));
  for (const name of ["pointerdown", "keydown", "input"]) document.addEventListener(name, again);
  setInterval(() => --left <= 0 && location.replace(kiosk.dataset.home), 1000);
}
