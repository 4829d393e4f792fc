import { spawn } from "node:child_process"
import type { ChildProcess } from "node:child_process"
import { existsSync, mkdtempSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"

const main = fileURLToPath(new URL("../main.ts", import.meta.url))

/** The folder of real CRM files, beside the repository; undefined where it is not there. */
export const sharedData = ((): string | undefined => {
  const folder = fileURLToPath(new URL("../../shared/data", import.meta.url))
  return existsSync(join(folder, "expected.json")) ? folder : undefined
})()

export const freshHome = (): string => join(mkdtempSync(join(tmpdir(), "assay-home-")), "home")

export interface Spoken {
  readonly exit: number | null
  readonly out: string
  readonly err: string
}

/** Starts the command line as a user would, in a process of its own. */
export function startAssay(args: ReadonlyArray<string>): ChildProcess {
  // Compiled modules are kept between the many processes of a test run; nothing else differs from what a user starts.
  const env = { ...process.env, NODE_COMPILE_CACHE: join(tmpdir(), "assay-compile-cache") }
  return spawn(process.execPath, [main, ...args], { env, stdio: ["ignore", "pipe", "pipe"] })
}

export function spoken(child: ChildProcess): Promise<Spoken> {
  let out = ""
  let err = ""
  child.stdout!.setEncoding("utf8").on("data", (text: string) => (out += text))
  child.stderr!.setEncoding("utf8").on("data", (text: string) => (err += text))
  return new Promise((resolve) => child.on("close", (exit) => resolve({ exit, out, err })))
}

/** Runs one verb to its end. */
export const assay = (...args: ReadonlyArray<string>): Promise<Spoken> => spoken(startAssay(args))

/** Runs one verb with `--json` and gives its document; throws with what it said when it did not end well. */
export async function assayJson<A>(...args: ReadonlyArray<string>): Promise<A> {
  const { exit, out, err } = await assay(...args, "--json")
  if (exit !== 0) throw new Error(`assay ${args.join(" ")} ended with ${exit}:\n${err}${out}`)
  return JSON.parse(out) as A
}
