import { closeSync, openSync, writeSync } from "node:fs"
import type { Reason } from "./Reason.ts"

/** Takes what a scan finds when the file cannot be handed to the engine as it is. */
export interface RecordSink {
  good(bytes: Uint8Array): void
  bad(line: number, reason: Reason, length: number, bytes: Uint8Array): void
  close(): void
}

const keptBytes = 64 * 1024

/**
 * Writes good records, one a line, and bad ones as `line,reason,length,hex` for raw.quarantine. Of a long bad record the first
 * 64 KiB are kept.
 */
export function fileSink(goodPath: string, badPath: string): RecordSink {
  const good = new BufferedFile(goodPath)
  const bad = new BufferedFile(badPath)
  return {
    good: (bytes) => {
      good.write(bytes)
      good.write(newline)
    },
    bad: (line, reason, length, bytes) => {
      const kept = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, keptBytes))
      bad.write(Buffer.from(`${line},${reason},${length},${kept.toString("hex")}\n`))
    },
    close: () => {
      good.close()
      bad.close()
    }
  }
}

const newline = Buffer.from("\n")

class BufferedFile {
  readonly #file: number
  readonly #buffer = Buffer.allocUnsafe(1 << 20)
  #used = 0

  constructor(path: string) {
    this.#file = openSync(path, "wx", 0o600)
  }

  write(bytes: Uint8Array): void {
    if (this.#used + bytes.length > this.#buffer.length) this.#flush()
    if (bytes.length > this.#buffer.length) {
      this.#send(bytes)
      return
    }
    this.#buffer.set(bytes, this.#used)
    this.#used += bytes.length
  }

  close(): void {
    try {
      this.#flush()
    } finally {
      closeSync(this.#file)
    }
  }

  #flush(): void {
    const used = this.#used
    this.#used = 0
    this.#send(this.#buffer.subarray(0, used))
  }

  #send(bytes: Uint8Array): void {
    for (let sent = 0; sent < bytes.length;) sent += writeSync(this.#file, bytes, sent)
  }
}
