// Bundles CSS and JavaScript of the screens. Small on purpose: a citizen's page loads app.css and app.js only.
import { context, build } from "esbuild";

const here = (path) => new URL(path, import.meta.url).pathname;
const options = {
  entryPoints: ["css/app.css", "css/desk.css", "css/wall.css", "js/app.js", "js/desk.js", "js/wall.js"].map((path) => ({
    in: here(path),
    out: path.split("/")[1].replace(/\.\w+$/, ""),
  })),
  outdir: here("../src/yimen/ui/static/ui/built"),
  bundle: true,
  minify: true,
  sourcemap: false,
  target: ["es2020", "chrome90", "safari15", "firefox90"],
  legalComments: "none",
  logLevel: "info",
};

if (process.argv.includes("--watch")) await (await context(options)).watch();
else await build(options);
