import { spawn } from "node:child_process"
import { readFileSync } from "node:fs"
import { createServer } from "node:net"
import type { AddressInfo } from "node:net"
import { createInterface } from "node:readline"
import { fileURLToPath } from "node:url"
import { Effect } from "effect"
import type { SalesServices } from "../../../app.ts"
import { salesApp } from "../../../app.ts"
import type { ProcessFigures } from "./ProcessFigures.ts"

const root = fileURLToPath(new URL("../../..", import.meta.url))
const teller = fileURLToPath(new URL("tellProcess.ts", import.meta.url))
const cache = ["--import", "./core/compileCache.mjs"]

async function freePort(): Promise<number> {
  const probe = createServer()
  await new Promise<void>((resolve) => probe.listen(0, "localhost", resolve))
  const { port } = probe.address() as AddressInfo
  await new Promise((resolve) => probe.close(resolve))
  return port
}

/** A home that `assay serve` serves in a process of its own, as users have it. */
export const servedHome = {
  /** Makes the demo of 20,000 subjects. */
  demo: (home: string): Promise<void> =>
    new Promise((resolve, reject) => {
      const words = ["demo", "--subjects", "20000", "--seed", "7", "--home", home]
      spawn(process.execPath, [...cache, "main.ts", ...words], { cwd: root, stdio: "ignore" }).once("exit", (code) =>
        code === 0 ? resolve() : reject(new Error(`the demo ended with ${code}`))
      )
    }),

  /**
   * Starts the server and tells how long it took until the first page came.
   *
   * @param watched it answers what it holds; this slows nothing else down
   */
  async start(home: string, watched?: "watched") {
    const port = await freePort()
    const begun = performance.now()
    const own = watched === undefined ? cache : [...cache, "--import", teller]
    const child = spawn(process.execPath, [...own, "main.ts", "serve", "--port", String(port), "--home", home], {
      cwd: root,
      stdio: ["ignore", "ignore", "pipe", ...(watched === undefined ? [] : (["ipc"] as const))]
    })
    const exited = new Promise<number | null>((resolve) => child.once("exit", (code) => resolve(code)))
    /** Bugs that the server told of on its terminal. */
    const bugs: Array<string> = []
    createInterface({ input: child.stderr! }).on("line", (line) => {
      if (/^bug in |^assay: bug|Error:/.test(line)) bugs.push(line)
    })
    const base = `http://localhost:${port}`
    for (;;) {
      const status = await fetch(`${base}/`).then(
        (answer) => answer.status,
        () => 0
      )
      if (status === 200) break
      if (child.exitCode !== null) throw new Error("the server ended before it answered")
      await new Promise((resolve) => setTimeout(resolve, 5))
    }
    const startMillis = performance.now() - begun
    return {
      port,
      base,
      startMillis,
      bugs,
      /** Seconds of CPU that the server has used; what others do on this machine does not count. */
      cpuSeconds: (): number => {
        const [, user, system] = /\) (?:\S+ ){11}(\d+) (\d+)/.exec(readFileSync(`/proc/${child.pid}/stat`, "utf8"))!
        return (Number(user) + Number(system)) / 100
      },
      figures: (): Promise<ProcessFigures> =>
        new Promise((resolve) => {
          child.once("message", (told) => resolve(told as ProcessFigures))
          child.send("figures")
        }),
      /** Does something with the records of the home beside the server, as verbs do. */
      beside: <A, E>(effect: Effect.Effect<A, E, SalesServices>): Promise<A> =>
        Effect.runPromise(Effect.provide(effect, salesApp(home)) as Effect.Effect<A, E>),
      /** Uses up a one-time link and returns the cookie of the session. */
      openSession: async (link: string): Promise<string> => {
        const answer = await fetch(`${base}/api/sign-in`, {
          method: "POST",
          headers: { "content-type": "application/json", origin: base },
          body: JSON.stringify({ token: link.split("#")[1] })
        })
        return answer.headers.get("set-cookie")!.split(";", 1)[0]!
      },
      /** Tells it to end, and says with which code it did. */
      stop: (): Promise<number | null> => {
        child.kill("SIGTERM")
        return exited
      },
      /** Ends it at once, as a power cut would. */
      kill: async (): Promise<void> => {
        child.kill("SIGKILL")
        await exited
      }
    }
  }
}
