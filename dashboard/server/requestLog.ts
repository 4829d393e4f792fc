import { createWriteStream, renameSync, statSync } from "node:fs"
import type { WriteStream } from "node:fs"
import { Effect } from "effect"
import type { Scope } from "effect"
import type { RequestLine } from "./http/RequestLine.ts"

/** The file is put aside beyond this; one old one is kept. */
const mostBytes = 16 * 1024 * 1024
/** What waits for a slow disk is bounded: lines are dropped before memory is. */
const mostWaiting = 4 * 1024 * 1024

/** Appends a line of JSON a request to a file for its owner alone, until the scope closes. */
export const requestLog = (path: string): Effect.Effect<(line: RequestLine) => void, never, Scope.Scope> =>
  Effect.map(
    Effect.acquireRelease(
      Effect.sync(() => new Lines(path)),
      (lines) => Effect.promise(() => lines.close())
    ),
    (lines) => (line: RequestLine) => lines.write(line)
  )

class Lines {
  readonly #path: string
  #stream: WriteStream
  #bytes: number

  constructor(path: string) {
    this.#path = path
    this.#bytes = statSync(path, { throwIfNoEntry: false })?.size ?? 0
    this.#stream = this.#open()
  }

  write(line: RequestLine): void {
    if (this.#stream.writableLength > mostWaiting) return
    const text = `${JSON.stringify(line)}\n`
    this.#bytes += text.length
    this.#stream.write(text)
    if (this.#bytes < mostBytes) return
    this.#stream.end()
    renameSync(this.#path, `${this.#path}.1`)
    this.#bytes = 0
    this.#stream = this.#open()
  }

  close(): Promise<void> {
    return new Promise((resolve) => this.#stream.end(() => resolve()))
  }

  #open(): WriteStream {
    const stream = createWriteStream(this.#path, { flags: "a", mode: 0o600 })
    // A disk that is full must not end the server.
    stream.on("error", () => undefined)
    return stream
  }
}
