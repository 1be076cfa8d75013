// Nothing typed is lost: saved when one leaves the section, and kept in the browser until the draft has it.
import { csrf } from "./dom.js";
import { body } from "./editing.js";

const DAYS_MS = 14 * 24 * 3600 * 1000;
// A saving sent while leaving arrives within this time, or it doesn't arrive.
const UNDER_WAY_MS = 15000;
const AGAIN_MS = 500;
const TRIES = 4;
let current = null;
let focused = "";

export function keeping(form, page) {
  const key = `yimen.edit.${form.dataset.user}.${form.dataset.kept}`;
  const said = form.querySelector("[data-said]");
  const writable = Boolean(said);
  // What was typed before this script ran was heard by nobody: the fields themselves tell.
  let dirty = form.hasAttribute("data-dirty") || (writable && typedIn(form));
  let handed = false;
  current = { form, keep, dirty: () => form.isConnected && !handed && (dirty ||= writable && typedIn(form)) };
  if (writable) {
    if (dirty) touch();
    else offer();
  }
  // While the page is on its way nobody types into what will be replaced.
  form.addEventListener("htmx:beforeRequest", (event) => {
    if (event.detail.elt !== form) return;
    keep();
    focused = document.activeElement?.id || "";
    form.inert = true;
  });
  form.addEventListener("htmx:afterRequest", (event) => {
    if (event.detail.elt !== form) return;
    form.inert = false;
    if (event.detail.successful) handOver();
    form.querySelector("[name=go]").value = "";
  });
  // The session is over, or another began in a second tab: the page goes the ordinary way, over the sign-in and back.
  form.addEventListener("htmx:responseError", (event) => {
    if (event.detail.elt !== form || ![401, 403].includes(event.detail.xhr.status)) return;
    keep();
    handOver();
    form.submit();
  });
  if (focused && !form.querySelector("[autofocus]")) document.getElementById(focused)?.focus({ preventScroll: true });
  focused = "";
  return { touch };

  function handOver() {
    dirty = false;
    handed = true;
  }

  function touch() {
    if (!writable) return;
    dirty = true;
    handed = false;
    said.textContent = said.dataset.unsaved;
    clearTimeout(form.keepTimer);
    form.keepTimer = setTimeout(keep, 1000);
  }

  function keep() {
    if (!dirty) return;
    try {
      localStorage.setItem(key, JSON.stringify({ at: Date.now(), body: body(form).toString() }));
    } catch {
      // A browser without room: the session keeps short pages over a sign-in all the same.
    }
  }

  // Was there something left from last time that the draft doesn't have? A page that was just saved has it. Left a moment
  // ago, its saving may still be on its way: it is asked for again, and nobody types over it meanwhile.
  async function offer(tries = TRIES) {
    const held = JSON.parse(localStorage.getItem(key) || "null");
    if (!held) return;
    if (Date.now() - held.at > DAYS_MS) return localStorage.removeItem(key);
    const answer = await fetch(form.dataset.check.replace(/check$/, "differs"), {
      method: "POST", headers: { ...csrf(), "HX-Request": "true" }, body: new URLSearchParams(held.body),
    }).catch(() => null);
    form.inert = false;
    if (!answer?.ok || !form.isConnected || dirty) return;
    const { differs, revision } = await answer.json();
    const bar = page.querySelector("[data-kept-bar]");
    if (!differs) {
      localStorage.removeItem(key);
      bar.hidden = true;
      // The page was made while its last saving was still on the way: it would show what was there before.
      if (String(revision) !== form.querySelector("[name=base]").value) location.reload();
      return;
    }
    // A slow one still may arrive after it was offered: then nothing is left to be offered.
    if (Date.now() - held.at < UNDER_WAY_MS) {
      setTimeout(offer, AGAIN_MS, tries - 1);
      form.inert = tries > 0;
      if (tries > 0) return;
    }
    bar.hidden = false;
    bar.querySelector("[data-forget]").onclick = () => (localStorage.removeItem(key), (bar.hidden = true));
    bar.querySelector("[data-restore]").onclick = () => restore(new URLSearchParams(held.body));
  }

  function restore(held) {
    const sent = document.createElement("form");
    Object.assign(sent, { method: "post", action: form.action });
    held.delete("csrfmiddlewaretoken");
    held.set("op", "refresh");
    const token = form.querySelector("[name=csrfmiddlewaretoken]");
    for (const [name, value] of [...held, ["csrfmiddlewaretoken", token.value]]) {
      sent.append(Object.assign(document.createElement("textarea"), { name, value, hidden: true }));
    }
    document.body.append(sent);
    sent.submit();
  }
}

// Does a field hold anything else than what the server put there?
function typedIn(form) {
  return [...form.elements].some((field) => {
    if (["hidden", "file", "submit", "button"].includes(field.type) || field.disabled) return false;
    if (["checkbox", "radio"].includes(field.type)) return field.checked !== field.defaultChecked;
    if (field.options) {
      const options = [...field.options];
      return options.some((one) => one.defaultSelected) && options.some((one) => one.selected !== one.defaultSelected);
    }
    return field.defaultValue !== undefined && field.value !== field.defaultValue;
  });
}

// A link away from an unsaved section saves it first; the server says where to go on, or shows a conflict.
document.addEventListener("click", (event) => {
  const link = event.target.closest("a[href]");
  if (!link || event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
  if (!current?.dirty() || link.target || link.hasAttribute("download") || link.origin !== location.origin) return;
  if (link.pathname === location.pathname && link.search === location.search) return;
  event.preventDefault();
  current.keep();
  current.form.querySelector("[name=go]").value = link.pathname + link.search + link.hash;
  current.form.requestSubmit();
});

// A closed tab, a phone in the pocket: what stands on the page is sent on its way, and kept here until it is known to
// have arrived.
addEventListener("pagehide", () => {
  if (!current?.dirty()) return;
  current.keep();
  const sent = body(current.form);
  sent.set("op", "save");
  const request = { method: "POST", keepalive: true, headers: { ...csrf(), "HX-Request": "true" }, body: sent };
  if (sent.toString().length < 60000) fetch(current.form.action, request).catch(() => {});
});
