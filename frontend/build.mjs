// Bundles the front end into the folder given as the first argument. Run by hatch_build.py, which stamps the result.
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, gzipSync } from "node:zlib";
import { build } from "esbuild";
import { initWasm, Resvg } from "@resvg/resvg-wasm";

const here = dirname(fileURLToPath(import.meta.url));
const out = process.argv[2];
const modules = join(here, "node_modules");
const FONTS = { "NotoSansSC-Regular.ttf": "400Regular/NotoSansSC_400Regular.ttf", "NotoSansSC-Bold.ttf": "700Bold/NotoSansSC_700Bold.ttf" };

await rm(out, { recursive: true, force: true });
await mkdir(join(out, "static"), { recursive: true });
await mkdir(join(out, "fonts"), { recursive: true });

async function put(name, content) {
  await writeFile(join(out, "static", name), content);
}

async function bundle() {
  const common = { bundle: true, minify: true, target: ["chrome100", "firefox100", "safari15"], legalComments: "none", logLevel: "warning" };
  await build({ ...common, entryPoints: [join(here, "css/app.css")], outfile: join(out, "static/app.css"), loader: { ".svg": "dataurl" } });
  await build({ ...common, entryPoints: [join(here, "js/app.js")], format: "iife", outfile: join(out, "static/app.js") });
  await build({ ...common, entryPoints: [join(here, "js/charts.js")], format: "iife", outfile: join(out, "static/charts.js") });
}

// One file with the icons we name, instead of a font with five thousand.
async function sprite() {
  const names = (await readFile(join(here, "icons.txt"), "utf8")).split("\n").filter(Boolean);
  const symbols = await Promise.all(
    names.map(async (name) => {
      const svg = await readFile(join(modules, "@tabler/icons/icons/outline", `${name}.svg`), "utf8");
      const paths = svg.slice(svg.indexOf(">") + 1, svg.lastIndexOf("</svg>")).replace(/<path stroke="none"[^>]*>/, "");
      return `<symbol id="${name}" viewBox="0 0 24 24">${paths.replace(/\s*\n\s*/g, "")}</symbol>`;
    }),
  );
  await put("icons.svg", `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join("")}</svg>`);
}

async function fonts() {
  const buffers = [];
  for (const [name, source] of Object.entries(FONTS)) {
    const font = await readFile(join(modules, "@expo-google-fonts/noto-sans-sc", source));
    await writeFile(join(out, "fonts", name), font);
    buffers.push(font);
  }
  await writeFile(join(out, "fonts/LICENSE"), await readFile(join(modules, "@expo-google-fonts/noto-sans-sc/LICENSE_FONT")));
  return buffers;
}

// Chats want a share card and phones a touch icon as PNG; both are drawn from the SVG.
async function pictures(fontBuffers) {
  await initWasm(await readFile(join(modules, "@resvg/resvg-wasm/index_bg.wasm")));
  const draw = async (source, width, target) => {
    const svg = await readFile(join(here, "pictures", source), "utf8");
    await put(target, new Resvg(svg, { fitTo: { mode: "width", value: width }, font: { fontBuffers } }).render().asPng());
  };
  await put("favicon.svg", await readFile(join(here, "pictures/favicon.svg")));
  await draw("favicon.svg", 180, "touch.png");
  await draw("og.svg", 1200, "og.png");
}

// Compressed once here, not for every visitor; the file server picks them by the request's Accept-Encoding.
async function compress() {
  for (const name of ["app.css", "app.js", "charts.js", "icons.svg"]) {
    const content = await readFile(join(out, "static", name));
    await put(`${name}.gz`, gzipSync(content, { level: 9 }));
    await put(`${name}.br`, brotliCompressSync(content));
  }
}

await Promise.all([bundle(), sprite()]);
await pictures(await fonts());
await compress();
