/**
 * Proofs of the log over WebCrypto and nothing else, for `inBrowser.ts`. Each decides as its namesake in `assay-verify.mjs` does.
 *
 * @source RFC 6962, RFC 9162; C2SP signed-note, tlog-checkpoint, tlog-proof
 */
import type { SetProof } from "./assay-verify.mjs"

/** A check that failed; the message is a sentence for whoever asked. */
export class Unproven extends Error {
  /** The entry of the log that does not hold, where that is known. */
  entry: number | undefined
}

/** The key of a log. */
export interface WebKey {
  readonly name: string
  readonly id: string
  readonly key: CryptoKey
}

/** An entry that is in the log. */
export interface Proven {
  readonly index: number
  readonly entry: string
  readonly size: number
}

type Bytes = Uint8Array<ArrayBuffer>

/** Reads a C2SP verifier key of a log. */
export async function parseKey(text: string): Promise<WebKey> {
  const [, name, id, encoded] = /^([^\s+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/=]+)$/.exec(text.trim()) ?? []
  if (encoded === undefined) throw new Unproven("A verifier key is not of the form name+id+base64.")
  const bytes = fromBase64(encoded)
  if (bytes[0] !== 1 || bytes.length !== 33) throw new Unproven("This is not the Ed25519 key of a log.")
  const expected = toHex((await sha256(concat(utf8(`${name}\n`), bytes))).subarray(0, 4))
  if (expected !== id) throw new Unproven("A verifier key's id does not belong to its name and key.")
  const key = await crypto.subtle.importKey("raw", bytes.slice(1), { name: "Ed25519" }, false, ["verify"])
  return { name: name!, id, key }
}

/** A tlog-proof whose extra data is the entry, under a log's key. */
export async function verifyProof(text: string, key: WebKey): Promise<Proven> {
  const gap = text.indexOf("\n\n")
  const [title, extra, place, ...path] = text.slice(0, Math.max(gap, 0)).split("\n")
  if (title !== "c2sp.org/tlog-proof@v1" || !extra?.startsWith("extra ") || !place?.startsWith("index ")) {
    throw new Unproven("This is not a proof with its entry.")
  }
  const entry = fromBase64(extra.slice(6))
  const index = sizeFrom(place.slice(6))
  const { size, root } = await verifyCheckpoint(text.slice(gap + 2), key)
  if (!(await includes(await leafHash(entry), index, size, path.map(hashFrom), root))) {
    throw new Unproven(`The proof does not lead from entry ${index} to the checkpoint's root.`)
  }
  return { index, entry: new TextDecoder().decode(entry), size }
}

async function verifyCheckpoint(note: string, { name, id, key }: WebKey) {
  const end = note.lastIndexOf("\n\n")
  if (end < 0 || !note.endsWith("\n")) throw new Unproven("This is not a signed note.")
  const text = note.slice(0, end + 1)
  const lines = text.slice(0, -1).split("\n")
  if (lines.length !== 3 || lines[0] !== name) throw new Unproven("The checkpoint is not of this log.")
  let signed = false
  for (const line of note.slice(end + 2, -1).split("\n")) {
    const [, signer, encoded] = /^\u2014 ([^\s+]+) ([A-Za-z0-9+/=]+)$/.exec(line) ?? []
    if (encoded === undefined) throw new Unproven("A signature line of the note cannot be read.")
    const bytes = fromBase64(encoded)
    if (signer !== name || toHex(bytes.subarray(0, 4)) !== id) continue
    if (!(await crypto.subtle.verify("Ed25519", key, bytes.slice(4), utf8(text)))) {
      throw new Unproven(`The signature of ${name} is false.`)
    }
    signed = true
  }
  if (!signed) throw new Unproven("The checkpoint is not signed by this log.")
  return { size: sizeFrom(lines[1]!), root: hashFrom(lines[2]!) }
}

/** RFC 9162, section 2.1.3.2. */
async function includes(leaf: Bytes, index: number, size: number, path: ReadonlyArray<Bytes>, root: Bytes) {
  if (!(Number.isSafeInteger(index) && index >= 0 && index < size)) return false
  let [fn, sn, r] = [index, size - 1, leaf]
  for (const p of path) {
    if (sn === 0) return false
    if (fn % 2 === 1 || fn === sn) {
      r = await nodeHash(p, r)
      while (fn % 2 === 0 && fn !== 0) [fn, sn] = [Math.floor(fn / 2), Math.floor(sn / 2)]
    } else r = await nodeHash(r, p)
    ;[fn, sn] = [Math.floor(fn / 2), Math.floor(sn / 2)]
  }
  return sn === 0 && toHex(r) === toHex(root)
}

/** Whether a value is in a sorted set, from its neighbours. */
export async function verifyMembership({ value, size, root, neighbours }: SetProof): Promise<"present" | "absent"> {
  if (!(Number.isSafeInteger(size) && size >= 1 && Number.isInteger(Math.log2(size)))) {
    throw new Unproven("The set's size is not a power of two.")
  }
  for (const { value: leaf, index, path } of neighbours) {
    if (!(await includes(await leafHash(fromHex(leaf)), index, size, path.map(fromHex), fromHex(root)))) {
      throw new Unproven("A neighbour is not in the set.")
    }
  }
  const [low, high] = neighbours
  if (low === undefined || neighbours.length > 2) throw new Unproven("A proof about a set has one or two neighbours.")
  if (high === undefined) {
    if (low.value === value) return "present"
    if ((low.index === 0 && value < low.value) || (low.index === size - 1 && low.value < value)) return "absent"
  } else if (high.index === low.index + 1 && low.value < value && value < high.value) return "absent"
  throw new Unproven("The neighbours say nothing about the value.")
}

/** Keyed hash of a text, as hexadecimal digits. */
export async function hmacHex(key: string, text: string): Promise<string> {
  const hash = { name: "HMAC", hash: "SHA-256" }
  const hmac = await crypto.subtle.importKey("raw", fromHex(key), hash, false, ["sign"])
  return toHex(new Uint8Array(await crypto.subtle.sign("HMAC", hmac, utf8(text))))
}

/** SHA-256 of a text, as hexadecimal digits. */
export const sha256Of = async (text: string): Promise<string> => toHex(await sha256(utf8(text)))

const utf8 = (text: string): Bytes => new TextEncoder().encode(text)
const sha256 = async (bytes: Bytes): Promise<Bytes> => new Uint8Array(await crypto.subtle.digest("SHA-256", bytes))
const leafHash = (entry: Bytes): Promise<Bytes> => sha256(concat(Uint8Array.of(0), entry))
const nodeHash = (left: Bytes, right: Bytes): Promise<Bytes> => sha256(concat(Uint8Array.of(1), left, right))
const toHex = (bytes: Bytes): string => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("")

function concat(...parts: ReadonlyArray<Bytes>): Bytes {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}

/** Reads JSON that came from elsewhere. */
export function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new Unproven("Some JSON cannot be read.")
  }
}

function fromHex(text: string): Bytes {
  if (!/^[0-9a-f]{64}$/.test(text)) throw new Unproven("A hash is not 64 hexadecimal digits.")
  return Uint8Array.from(text.match(/../g)!, (pair) => Number.parseInt(pair, 16))
}

/** Only the one canonical way of writing it. */
function fromBase64(text: string): Bytes {
  let binary: string
  try {
    binary = atob(text)
  } catch {
    throw new Unproven("Some base64 cannot be read.")
  }
  if (btoa(binary) !== text) throw new Unproven("Some base64 is not written in the one canonical way.")
  return Uint8Array.from(binary, (letter) => letter.charCodeAt(0))
}

function hashFrom(line: string): Bytes {
  const hash = fromBase64(line)
  if (hash.length !== 32) throw new Unproven("A hash does not have 32 bytes.")
  return hash
}

function sizeFrom(text: string): number {
  if (!/^(?:0|[1-9]\d{0,15})$/.test(text) || !Number.isSafeInteger(Number(text))) {
    throw new Unproven("A size is not a number.")
  }
  return Number(text)
}
