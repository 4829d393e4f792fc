import { createHash } from "node:crypto"
import { existsSync, rmSync } from "node:fs"
import { createConnection, createServer } from "node:net"
import type { Server } from "node:net"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { createInterface } from "node:readline"
import type { Io } from "./Io.ts"

/** One thing said over the socket: the request, or a piece of the answer. */
type Message =
  | { readonly argv: ReadonlyArray<string>; readonly cwd: string; readonly live: boolean }
  | { readonly out: string }
  | { readonly err: string }
  | { readonly exit: number }

/** Where the server of a home listens; in the temporary folder when the home's path is longer than a socket's name may be. */
export function socketPath(home: string): string {
  if (process.platform === "win32")
    return `\\\\.\\pipe\\assay-${createHash("sha256").update(home).digest("hex").slice(0, 32)}`
  const inside = join(home, "assay.sock")
  if (inside.length < 100) return inside
  return join(tmpdir(), `assay-${createHash("sha256").update(home).digest("hex").slice(0, 32)}.sock`)
}

/** Lets other processes of the same user run verbs in this one, which holds the warehouse. */
export function acceptVerbs(
  home: string,
  run: (argv: ReadonlyArray<string>, io: Io, signal: AbortSignal) => Promise<number>
): Server {
  const path = socketPath(home)
  // Only one process can hold the home, so a socket that is there belongs to one that was killed.
  if (process.platform !== "win32" && existsSync(path)) rmSync(path)
  const server = createServer((socket) => {
    const send = (message: Message): void => void socket.write(`${JSON.stringify(message)}\n`)
    const stopping = new AbortController()
    socket.on("error", () => socket.destroy())
    socket.on("close", () => stopping.abort())
    const answer = async (argv: ReadonlyArray<string>, io: Io): Promise<void> => {
      send({ exit: await run(argv, io, stopping.signal) })
      socket.end()
    }
    createInterface({ input: socket }).once("line", (line) => {
      const request = JSON.parse(line) as { argv: ReadonlyArray<string>; cwd: string; live: boolean }
      const io: Io = {
        cwd: request.cwd,
        live: request.live,
        out: (text) => send({ out: text }),
        err: (text) => send({ err: text })
      }
      void answer(request.argv, io)
    })
  })
  server.listen(path)
  return server
}

/** Hands a verb to the server that holds the home and repeats what it says; undefined when no server answers. */
export function handOver(
  home: string,
  argv: ReadonlyArray<string>,
  io: Io,
  signal: AbortSignal
): Promise<number | undefined> {
  return new Promise((resolve) => {
    const socket = createConnection(socketPath(home))
    signal.addEventListener("abort", () => socket.destroy(), { once: true })
    let exit: number | undefined
    socket.on("connect", () => {
      socket.write(`${JSON.stringify({ argv, cwd: io.cwd, live: io.live } satisfies Message)}\n`)
    })
    createInterface({ input: socket }).on("line", (line) => {
      const message = JSON.parse(line) as Message
      if ("out" in message) io.out(message.out)
      else if ("err" in message) io.err(message.err)
      else if ("exit" in message) exit = message.exit
    })
    socket.on("error", () => resolve(undefined))
    socket.on("close", () => resolve(exit))
  })
}
