// Everything here improves pages that work without it.
import htmx from "htmx.org";
import { forms } from "./forms.js";
import { rows } from "./rows.js";
import { conditions } from "./conditions.js";
import { uploads } from "./uploads.js";
import { filepick } from "./filepick.js";
import { divisions } from "./divisions.js";
import { small } from "./small.js";
import { chapters } from "./chapters.js";
import { suggest } from "./suggest.js";
import { picks } from "./picks.js";
import { failures } from "./toast.js";

window.htmx = htmx;
const start = (root) => [forms, rows, conditions, uploads, filepick, divisions, small, chapters, suggest, picks].forEach((begin) => begin(root));
failures();
start(document);
document.body.addEventListener("htmx:load", (event) => event.detail.elt !== document.body && start(event.detail.elt));
