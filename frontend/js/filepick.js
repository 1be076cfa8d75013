// A browser writes "Choose File" in its own language; the page's own words stand there instead. The input stays what is
// focused, clicked and sent; without script it is shown as it is.
import { each } from "./dom.js";

export function filepick(root) {
  each(root, "input.input--file[type=file]", pick);
}

function pick(input) {
  const words = document.body.dataset;
  if (!words.choose) return;
  const box = document.createElement("span");
  box.className = "filepick";
  box.innerHTML = '<span class="filepick__choose" aria-hidden="true"></span><span class="filepick__name"></span>';
  input.before(box);
  box.prepend(input);
  box.querySelector(".filepick__choose").textContent = words.choose;
  const name = box.querySelector(".filepick__name");
  const show = () => (name.textContent = [...input.files].map((file) => file.name).join("、") || words.nofile);
  input.addEventListener("change", show);
  input.form?.addEventListener("reset", () => setTimeout(show));
  show();
}
