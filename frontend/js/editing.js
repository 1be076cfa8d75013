// The editor of drafts. Everything works without this file: the buttons post and the page comes back.
import { csrf, each } from "./dom.js";
import { conditionPicker } from "./editing_conditions.js";
import { keeping } from "./editing_keeping.js";
import { sorting } from "./editing_rows.js";

const WAIT_MS = 600;

export function editing(root) {
  each(root, "form[data-editor]", editor);
  each(root, "form[data-new-item]", proposing);
}

function editor(form) {
  const page = form.closest(".editor");
  const words = page.querySelector("[data-words]").dataset;
  const live = form.querySelector("[data-live]");
  const say = (text) => live && (live.textContent = text);
  page.querySelector(".outline__fold").open = !matchMedia("(max-width: 62em)").matches;
  let timer;
  let asked = 0;

  sorting(form, words, say, changed);
  conditionPicker(form, page);
  const kept = keeping(form, page);
  form.addEventListener("input", changed);
  form.addEventListener("change", changed);
  form.addEventListener("change", (event) => {
    if (event.target.matches("[data-attach]") && event.target.files.length)
      form.requestSubmit(event.target.closest("fieldset").querySelector("[data-attach-now]"));
  });
  // A field of the library that is chosen fills its question at once; typed half-way it does nothing yet.
  form.addEventListener("change", (event) => {
    const { target } = event;
    if (!target.matches("[data-element]") || target.value === target.defaultValue) return;
    const offered = [...target.list.options].some((option) => option.value === target.value);
    if (offered) target.parentElement.querySelector("[data-element-now]").click();
  });
  const focused = form.querySelector("[autofocus]");
  if (focused) focused.closest(".erow")?.scrollIntoView({ block: "nearest" });

  function changed() {
    kept.touch();
    clearTimeout(timer);
    timer = setTimeout(check, WAIT_MS);
  }

  // What was asked last counts: an answer that comes late is thrown away.
  async function check() {
    const mine = ++asked;
    try {
      const answer = await fetch(form.dataset.check, { method: "POST", headers: { ...csrf(), "HX-Request": "true" }, body: body(form) });
      if (!answer.ok || mine !== asked || !form.isConnected) return;
      show(await answer.json());
    } catch {
      // The checks come with the next key; saving tells what is wrong with the connection.
    }
  }

  function show({ findings, rest, rows, sections, others }) {
    for (const slot of form.querySelectorAll("[data-found]")) {
      const html = slot.dataset.found === "*" ? rest : findings[slot.dataset.found] || "";
      if (slot.innerHTML !== html) slot.innerHTML = html;
    }
    for (const badge of form.querySelectorAll("[data-count]")) {
      badge.textContent = rows[badge.dataset.count] || "";
      badge.classList.toggle("ecount--some", Boolean(rows[badge.dataset.count]));
    }
    for (const badge of page.querySelectorAll("[data-section]")) {
      const [all, stops] = sections[badge.dataset.section] || [0, 0];
      badge.textContent = all || "";
      badge.classList.toggle("ecount--stops", stops > 0);
      badge.classList.toggle("ecount--some", all > 0 && !stops);
    }
    page.querySelector("[data-others]").textContent = others;
    const own = form.dataset.kept.split(".").at(-1);
    const count = (sections[own] || [0])[0];
    say(count ? words.checked.replace("{n}", count) : words.clean);
  }
}

// The page's fields without files: those go with their own button.
export function body(form) {
  const held = new FormData(form);
  for (const [name, value] of [...held]) if (value instanceof File) held.delete(name);
  return new URLSearchParams([...held]);
}

// A new item's address name follows its name until somebody writes one.
function proposing(form) {
  const [name, slug] = ["name", "slug"].map((field) => form.querySelector(`[name=${field}]`));
  let own = Boolean(slug.value);
  slug.addEventListener("input", () => (own = Boolean(slug.value)));
  name.addEventListener("change", async () => {
    if (own) return;
    const answer = await fetch(`${form.dataset.newItem}?${new URLSearchParams({ name: name.value })}`);
    if (answer.ok && !own) slug.value = (await answer.json()).slug;
  });
}
