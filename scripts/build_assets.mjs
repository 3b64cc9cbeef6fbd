// Builds everything under static/ that is made from frontend/ and node_modules: `npm ci && npm run build`.
// What it makes is committed, so that nobody needs Node to run the site.

import { cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { brotliCompressSync, gzipSync } from "node:zlib";
import * as esbuild from "esbuild";
import * as sass from "sass";
import subsetFont from "subset-font";

const ROOT = new URL("..", import.meta.url).pathname;
const MODULES = `${ROOT}node_modules`;
const GOVUK = `${ROOT}static/vendor/govuk-frontend`;
const FONT = "@fontsource-variable/atkinson-hyperlegible-next";
// Browsers of the last three years. Older ones get the text in the order of the page.
const BROWSERS = ["chrome111", "edge111", "firefox113", "safari16.4"];

function version(name) {
  return JSON.parse(readFileSync(`${MODULES}/${name}/package.json`, "utf8")).version;
}

function buildGovuk() {
  const { css } = sass.compile(`${ROOT}frontend/vendor/govuk.scss`, { loadPaths: [MODULES] });
  // A hack for Internet Explorer that is no valid character in a style sheet.
  const parts = css.replace(/@media screen\\0 \{[\s\S]*?\n\}\n/g, "");
  mkdirSync(GOVUK, { recursive: true });
  writeFileSync(`${GOVUK}/govuk-frontend.css`, `${parts.replace("\uFEFF", "").replace('@charset "UTF-8";\n', "")}\n`);
  writeFileSync(`${GOVUK}/VERSION`, `govuk-frontend ${version("govuk-frontend")}\n`);
  cpSync(`${ROOT}frontend/vendor/LICENCE-govuk-frontend.txt`, `${GOVUK}/LICENCE`);
}

async function buildFont() {
  const source = `${MODULES}/${FONT}/files/atkinson-hyperlegible-next-latin-wght-normal.woff2`;
  const range = (from, to) => Array.from({ length: to - from }, (_, i) => String.fromCodePoint(from + i)).join("");
  // Latin-1 and the signs our texts use; Welsh names too.
  const characters = `${range(0x20, 0x7f)}${range(0xa0, 0x100)}ŴŵŶŷ–—‘’“”•…€−→`;
  const font = await subsetFont(readFileSync(source), characters, {
    targetFormat: "woff2",
    variationAxes: { wght: { min: 400, max: 700, default: 400 } },
  });
  mkdirSync(`${ROOT}static/fonts`, { recursive: true });
  writeFileSync(`${ROOT}static/fonts/atkinson-hyperlegible-next.woff2`, font);
  cpSync(`${MODULES}/${FONT}/LICENSE`, `${ROOT}static/fonts/LICENCE`);
}

async function buildSite() {
  const common = { bundle: true, minify: true, target: BROWSERS, legalComments: "none", logLevel: "warning" };
  await esbuild.build({
    ...common,
    entryPoints: [`${ROOT}frontend/css/index.css`],
    outfile: `${ROOT}static/css/site.css`,
    external: ["/static/*"],
  });
  // What only some pages need: those to be printed, with their PDFs, and those of sign-in.
  for (const name of ["paper", "sign-in"]) {
    await esbuild.build({
      ...common,
      entryPoints: [`${ROOT}frontend/css/${name}.css`],
      outfile: `${ROOT}static/css/${name}.css`,
      external: ["/static/*"],
    });
  }
  // Each by itself: only pages with a search box, with passkeys, in the editor or of the admin ask for the others.
  for (const name of ["site", "suggest", "admin/sign-in", "admin/proofreading", "admin/lists"]) {
    await esbuild.build({
      ...common,
      entryPoints: [`${ROOT}frontend/js/${name}.js`],
      outfile: `${ROOT}static/js/${name}.js`,
      format: "esm",
    });
  }
}

function report(path) {
  const bytes = readFileSync(ROOT + path);
  console.log(`${path}: ${bytes.length} bytes, gzip ${gzipSync(bytes, { level: 9 }).length}, brotli ${brotliCompressSync(bytes).length}`);
}

buildGovuk();
await buildFont();
await buildSite();
[
  "static/css/site.css",
  "static/css/paper.css",
  "static/css/sign-in.css",
  "static/js/site.js",
  "static/js/suggest.js",
  "static/js/admin/sign-in.js",
  "static/js/admin/proofreading.js",
  "static/js/admin/lists.js",
  "static/fonts/atkinson-hyperlegible-next.woff2",
].forEach(report);
