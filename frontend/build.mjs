// Bundles every src/*.ts to static/*.js and css/app.css to static/app.css, and copies the pictures.
import { context, build } from "esbuild";
import { cpSync, mkdirSync, readdirSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const target = join(here, "..", "src", "midstance", "web", "static");
const watch = process.argv.includes("--watch");

const entries = readdirSync(join(here, "src"))
  .filter((name) => name.endsWith(".ts") && !name.endsWith(".d.ts"))
  .map((name) => join(here, "src", name));

const options = {
  absWorkingDir: here,
  entryPoints: [...entries, join(here, "css", "app.css")],
  outdir: target,
  entryNames: "[name]",
  chunkNames: "chunks/[name]-[hash]",
  assetNames: "fonts/[name]-[hash]",
  bundle: true,
  splitting: true,
  format: "esm",
  target: ["es2022", "chrome111", "firefox115", "safari16.4"],
  minify: !watch,
  legalComments: "linked",
  loader: { ".woff2": "file" },
  logLevel: "warning",
};

rmSync(target, { recursive: true, force: true });
mkdirSync(target, { recursive: true });
cpSync(join(here, "pictures"), join(target, "pictures"), { recursive: true });
if (watch) {
  const watching = await context(options);
  await watching.watch();
} else {
  await build(options);
}
