// Mozilla's store check (`web-ext lint`) on an unpacked extension.
// Exactly one warning is expected, by name; more, fewer or others fail.
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

// One manifest serves both browsers; Firefox takes `scripts` and says that it ignores `service_worker`.
const EXPECTED = ["BACKGROUND_SERVICE_WORKER_IGNORED"];

const webExt = fileURLToPath(new URL("../../node_modules/.bin/web-ext", import.meta.url));
const folder = process.argv[2];
const lint = spawnSync(webExt, ["lint", "--source-dir", folder, "--output", "json", "--boring"], { encoding: "utf8" });
if (!lint.stdout) {
  throw new Error(`web-ext lint gave no answer: ${lint.stderr}`);
}
const { errors, warnings, notices } = JSON.parse(lint.stdout);
const said = [...errors, ...warnings, ...notices];
for (const { code, message, file, line } of said) {
  console.log(`${code} ${file ?? ""}${line ? `:${line}` : ""}: ${message}`);
}
const codes = said.map(({ code }) => code).sort();
if (JSON.stringify(codes) !== JSON.stringify(EXPECTED)) {
  console.error(`expected ${EXPECTED}, got ${codes.length > 0 ? codes : "nothing"}`);
  process.exit(1);
}
