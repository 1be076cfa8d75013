// Uploads with progress: the file goes as soon as it is chosen or dropped; the server answers with the same fragment.
import { csrf, each } from "./dom.js";
import { detailOf } from "./toast.js";

const MIB = 1024 * 1024;

export function uploads(root) {
  each(root, "[data-upload]", upload);
}

function upload(box) {
  const form = box.querySelector("form");
  const input = box.querySelector("input[type=file]");
  const drop = box.querySelector(".upload__drop");
  const error = box.querySelector("[data-error]");

  input.addEventListener("change", () => input.files.length && send(input.files));
  for (const name of ["dragover", "dragleave", "drop"]) {
    drop.addEventListener(name, (event) => {
      event.preventDefault();
      drop.classList.toggle("upload__drop--over", name === "dragover");
      if (name === "drop" && event.dataTransfer.files.length) send(event.dataTransfer.files);
    });
  }

  function complain(words) {
    error.querySelector("span").textContent = words;
    error.hidden = !words;
    box.classList.toggle("upload--error", Boolean(words));
    input.value = "";
  }

  function send(files) {
    if ([...files].some((file) => file.size > Number(box.dataset.limit) * MIB)) return complain(box.dataset.toobig);
    const body = new FormData(form);
    body.delete(input.name);
    for (const file of files) body.append(input.name, file);
    const request = new XMLHttpRequest();
    request.open("POST", form.action);
    for (const [name, value] of Object.entries({ ...csrf(), "HX-Request": "true" })) request.setRequestHeader(name, value);
    const done = progress(request);
    request.onload = () => {
      done();
      if (request.status < 300 || request.status === 422) return swap(request.responseText);
      complain(detailOf(request) || box.dataset.failed);
    };
    request.onerror = () => (done(), complain(box.dataset.failed));
    request.onabort = () => (done(), complain(""));
    complain("");
    request.send(body);
  }

  function progress(request) {
    const bar = box.querySelector("[data-progress]");
    bar.hidden = false;
    drop.hidden = true;
    bar.querySelector("[data-abort]").onclick = () => request.abort();
    request.upload.onprogress = (event) => {
      const percent = Math.round((event.loaded / event.total) * 100);
      bar.querySelector("progress").value = percent;
      bar.querySelector("[data-percent]").textContent = `${percent}%`;
    };
    return () => ((bar.hidden = true), (drop.hidden = false));
  }

  function swap(html) {
    const fresh = new DOMParser().parseFromString(html, "text/html").getElementById(box.id);
    if (!fresh) return location.reload();
    box.replaceWith(fresh);
    window.htmx.process(fresh);
    uploads(fresh);
    fresh.querySelector("input[type=file]").focus();
  }
}
