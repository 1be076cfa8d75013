// unpack.mjs FOLDER: unpacks the package's Chromium with the libraries it needs, prints a script that starts it.
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const folder = resolve(process.argv[2]);
mkdirSync(folder, { recursive: true });
process.env.TMPDIR = folder; // it unpacks into the folder for temporary files
process.env.AWS_LAMBDA_JS_RUNTIME = 'nodejs22.x'; // the name under which it brings its libraries along

const { default: chromium } = await import('@sparticuz/chromium');
const program = await chromium.executablePath();
const script = join(folder, 'start');
const libraries = join(folder, 'al2023', 'lib');
writeFileSync(script, `#!/bin/sh\nLD_LIBRARY_PATH='${libraries}' exec '${program}' "$@"\n`);
chmodSync(script, 0o755);
console.log(script);
