// Copies the icons named in icons.txt out of Tabler's set into a file that Python reads: pages carry them inline, so that
// they show without JavaScript and take the colour of their text.
import { readFileSync, writeFileSync } from "node:fs";

const here = (path) => new URL(path, import.meta.url);
const names = readFileSync(here("icons.txt"), "utf8").split("\n").filter(Boolean);
const nodes = JSON.parse(readFileSync(here("../node_modules/@tabler/icons/tabler-nodes-outline.json"), "utf8"));

const missing = names.filter((name) => !nodes[name]);
if (missing.length) {
  console.error(`Not among Tabler's icons: ${missing.join(", ")}`);
  process.exit(1);
}
const drawn = (node) => node.map(([tag, values]) => `<${tag} ${Object.entries(values).map(([k, v]) => `${k}="${v}"`).join(" ")}/>`).join("");
const icons = Object.fromEntries(names.sort().map((name) => [name, drawn(nodes[name])]));
writeFileSync(here("../src/yimen/ui/icons.json"), JSON.stringify(icons, null, 1) + "\n");
console.log(`${names.length} icons`);
