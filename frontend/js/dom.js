// Each enhancement marks what it has taken in hand, so that a fragment swapped in twice is enhanced once.
export function each(root, selector, begin) {
  const found = [...root.querySelectorAll(selector)];
  if (root.matches?.(selector)) found.unshift(root);
  for (const element of found) {
    const key = "on" + begin.name;
    if (element.dataset[key]) continue;
    element.dataset[key] = "1";
    begin(element);
  }
}

export function csrf() {
  const held = document.body.getAttribute("hx-headers");
  return held ? JSON.parse(held) : {};
}
