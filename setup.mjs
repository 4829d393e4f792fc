// Runs on whatever Node is there (20 or newer) before `npm start` and `npm test`: installs what is missing and builds the
// dashboard's web part when its sources changed. When all is there it does nothing and says nothing.
import { spawnSync } from "node:child_process"
import { createHash } from "node:crypto"
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { fileURLToPath } from "node:url"

const root = fileURLToPath(new URL(".", import.meta.url))
const at = (...parts) => join(root, ...parts)
const read = (path) => (existsSync(path) ? readFileSync(path, "utf8") : "")
const hashOf = (files) => {
  const hash = createHash("sha256")
  for (const file of files)
    hash
      .update(file)
      .update("\0")
      .update(readFileSync(at(file)))
      .update("\0")
  return hash.digest("hex")
}
const say = (text) => process.stderr.write(`${text}\n`)

function run(what, command, args) {
  const done = spawnSync(command, args, {
    cwd: root,
    stdio: ["ignore", "pipe", "pipe"],
    encoding: "utf8",
    shell: process.platform === "win32"
  })
  if (done.status === 0) return
  say(done.stdout ?? "")
  say(done.stderr ?? String(done.error))
  say(`${what} failed. Mend what stands above (a network, a full disk, a proxy), then run the same command again.`)
  process.exit(done.status ?? 1)
}

const packages = hashOf(["package.json", "package-lock.json"])
const installed = at("node_modules", ".assay-packages")
if (read(installed) !== packages) {
  say("Installing packages (once; about half a minute) ...")
  run("Installing packages", "npm", ["ci", "--no-audit", "--no-fund", "--loglevel=error"])
  writeFileSync(installed, packages)
}

const below = (folder) =>
  readdirSync(at(folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.parentPath.includes("dist"))
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length))
    .sort()
const web = hashOf([...below("dashboard/web"), ...below("dashboard/api"), "package-lock.json"])
const built = at("dashboard", "web", "dist", ".assay-build")
if (read(built) !== web) {
  say("Building the dashboard (once; some seconds) ...")
  const node = at("node_modules", ".bin", process.platform === "win32" ? "node.cmd" : "node")
  run("Building the dashboard", node, [
    at("node_modules", "vite", "bin", "vite.js"),
    "build",
    "dashboard/web",
    "--logLevel",
    "error"
  ])
  writeFileSync(built, web)
}
