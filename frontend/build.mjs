// Bundles every src/*.ts to static/*.js and css/app.css to static/app.css, and copies the pictures.
import { context, build } from "esbuild";
import { cpSync, readdirSync, renameSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const target = join(here, "..", "src", "midstance", "web", "static");
const watch = process.argv.includes("--watch");
const draft = watch ? target : `${target}.draft`; // what there was stays until all of the new is there

const entries = readdirSync(join(here, "src"))
  .filter((name) => name.endsWith(".ts") && !name.endsWith(".d.ts"))
  .map((name) => join(here, "src", name));

const options = {
  absWorkingDir: here,
  entryPoints: [...entries, join(here, "css", "app.css")],
  outdir: draft,
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

rmSync(draft, { recursive: true, force: true });
cpSync(join(here, "pictures"), join(draft, "pictures"), { recursive: true });
for (const name of ["@fontsource-variable/inter", "htmx.org", "three"]) {
  const plain = name.replace(/[^a-z]+/g, "-").replace(/^-/, "");
  cpSync(join(here, "node_modules", name, "LICENSE"), join(draft, "licences", `${plain}.txt`)); // they travel along
}
cpSync(join(here, "..", "docs", "model-runner", "runner.glb"), join(draft, "runner.glb"));
if (watch) {
  const watching = await context(options);
  await watching.watch();
} else {
  await build(options);
  rmSync(target, { recursive: true, force: true });
  renameSync(draft, target);
}
