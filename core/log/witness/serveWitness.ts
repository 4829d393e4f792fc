import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, sign } from "node:crypto"
import { createServer } from "node:http"
import type { IncomingMessage } from "node:http"
import type { AddressInfo } from "node:net"
import { folderFiles } from "../LogFiles.ts"
import { signatureLine, verifierKey } from "../LogKey.ts"
import { parseCheckpoint, parseKey, parseNote } from "../verifier/assay-verify.mjs"
import type { Checkpoint } from "../verifier/assay-verify.mjs"
import { considerCheckpoint } from "./considerCheckpoint.ts"

/** A witness that listens. */
export interface Witness {
  readonly url: string
  /** Its key, for a policy. */
  readonly verifier: string
  close(): Promise<void>
}

export interface WitnessOptions {
  /** Holds its key and what it has seen; nobody else may write there. Two witnesses have two folders. */
  readonly folder: string
  /** 0 for any free port of the loopback. */
  readonly port: number
  /** Verifier keys of the logs that it watches. */
  readonly logs: ReadonlyArray<string>
  /** The time in whole seconds since 1970. */
  readonly seconds: () => number
}

/** More than the longest request that the protocol knows: 63 hashes and a note with a few signatures. */
const longestRequest = 64 * 1024

/**
 * Serves the witness protocol on the loopback. What it is about to cosign is durable before the answer goes out, so a restart never makes
 * it forget a tree; requests are decided one after another in one process.
 *
 * @source C2SP tlog-witness (add-checkpoint) and tlog-cosignature (Ed25519)
 */
export function serveWitness({ folder, port, logs, seconds }: WitnessOptions): Promise<Witness> {
  const files = folderFiles(folder)
  const stored = files.read("witness.pem")
  const pem = stored?.toString() ?? freshPem()
  if (stored === undefined) files.replace("witness.pem", Buffer.from(pem))
  const key = createPrivateKey(pem)
  const publicPem = createPublicKey(key).export({ type: "spki", format: "pem" }).toString()
  const name = `assay.local/witness/${createHash("sha256").update(publicPem).digest("hex").slice(0, 16)}`
  const keys = logs.map(parseKey)

  const stateOf = (origin: string): string => `${createHash("sha256").update(origin).digest("hex")}.checkpoint`
  const latest = (origin: string): Checkpoint | undefined => {
    const note = files.read(stateOf(origin))
    return note === undefined ? undefined : parseCheckpoint(note.toString())
  }
  const cosignature = (note: string): string => {
    const time = seconds()
    const stamp = Buffer.alloc(8)
    stamp.writeBigUInt64BE(BigInt(time))
    const message = `cosignature/v1\ntime ${time}\n${parseNote(note).text}`
    return signatureLine(name, 4, publicPem, Buffer.concat([stamp, sign(null, Buffer.from(message), key)]))
  }

  const server = createServer((request, response) => {
    const end = (status: number, body: string): void => {
      const type = status === 409 ? "text/x.tlog.size" : "text/plain; charset=utf-8"
      response.writeHead(status, { "content-type": type }).end(body)
    }
    if (request.method !== "POST" || request.url !== "/add-checkpoint") return end(404, "POST /add-checkpoint\n")
    readBody(request, (text) => {
      if (text === undefined) return end(400, "The request is too long.\n")
      const { status, body, accepted } = considerCheckpoint(text, keys, latest)
      if (accepted === undefined) return end(status, body)
      files.replace(stateOf(accepted.checkpoint.origin), Buffer.from(accepted.note))
      end(status, cosignature(accepted.note))
    })
  })
  return new Promise((resolve, reject) => {
    server.once("error", reject)
    server.listen(port, "127.0.0.1", () => {
      const { port: bound } = server.address() as AddressInfo
      const close = (): Promise<void> =>
        new Promise((done) => {
          server.close(() => done())
          server.closeAllConnections()
        })
      resolve({ url: `http://127.0.0.1:${bound}`, verifier: verifierKey(name, 4, publicPem), close })
    })
  })
}

const freshPem = (): string =>
  generateKeyPairSync("ed25519").privateKey.export({ type: "pkcs8", format: "pem" }).toString()

function readBody(request: IncomingMessage, done: (text: string | undefined) => void): void {
  const chunks: Array<Buffer> = []
  let length = 0
  request.on("data", (chunk: Buffer) => {
    length += chunk.length
    if (length <= longestRequest) chunks.push(chunk)
  })
  request.on("end", () => done(length <= longestRequest ? Buffer.concat(chunks).toString("utf8") : undefined))
}
