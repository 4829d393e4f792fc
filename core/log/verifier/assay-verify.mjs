#!/usr/bin/env node
/**
 * Assay's offline verifier. It runs alone: copy this one file anywhere and call `node assay-verify.mjs help`. It needs no
 * network, no Assay and no package, and it trusts nothing but the keys that its caller names.
 *
 * Hashing and proofs follow RFC 6962 and RFC 9162; files follow C2SP tlog-tiles, tlog-checkpoint, signed-note, tlog-cosignature,
 * tlog-proof and tlog-policy.
 */
import { createHash, createHmac, createPublicKey, timingSafeEqual, verify } from "node:crypto"
import { readFileSync, readdirSync, realpathSync } from "node:fs"
import { join } from "node:path"
import { fileURLToPath } from "node:url"

/** What the process ends with. Each reason has a number of its own. */
export const exitCodes = {
  sound: 0,
  usage: 2,
  signature: 10,
  inclusion: 11,
  consistency: 12,
  quorum: 13,
  damaged: 14,
  malformed: 15,
  presence: 16,
  document: 17,
  late: 18,
  grant: 19
}

/** A check that failed; `reason` is a key of `exitCodes`. */
export class Unsound extends Error {
  constructor(reason, message) {
    super(message)
    this.reason = reason
  }
}

const malformed = (message) => new Unsound("malformed", message)
const half = (n) => Math.floor(n / 2)
const same = (a, b) => a.length === b.length && timingSafeEqual(a, b)

export const leafHash = (entry) => createHash("sha256").update(Uint8Array.of(0)).update(entry).digest()
export const nodeHash = (left, right) =>
  createHash("sha256").update(Uint8Array.of(1)).update(left).update(right).digest()

/** The root over leaf hashes, or over the equally high roots of complete subtrees but for the last ones. */
function rootOver(hashes) {
  if (hashes.length === 0) return createHash("sha256").digest()
  let row = hashes
  while (row.length > 1) {
    const next = []
    for (let i = 0; i + 1 < row.length; i += 2) next.push(nodeHash(row[i], row[i + 1]))
    if (row.length % 2 === 1) next.push(row.at(-1))
    row = next
  }
  return row[0]
}

/** RFC 9162, section 2.1.3.2. */
export function verifyInclusion(leaf, index, size, path, root) {
  if (!(Number.isSafeInteger(index) && index >= 0 && index < size)) return false
  let [fn, sn, r] = [index, size - 1, leaf]
  for (const p of path) {
    if (sn === 0) return false
    if (fn % 2 === 1 || fn === sn) {
      r = nodeHash(p, r)
      while (fn % 2 === 0 && fn !== 0) [fn, sn] = [half(fn), half(sn)]
    } else r = nodeHash(r, p)
    ;[fn, sn] = [half(fn), half(sn)]
  }
  return sn === 0 && same(r, root)
}

/** RFC 9162, section 2.1.4.2; every tree is consistent with the empty one, by an empty proof. */
export function verifyConsistency(first, firstRoot, second, secondRoot, proof) {
  if (!(first >= 0 && first <= second)) return false
  if (first === second) return proof.length === 0 && same(firstRoot, secondRoot)
  if (first === 0) return proof.length === 0 && same(firstRoot, rootOver([]))
  let [fn, sn] = [first - 1, second - 1]
  while (fn % 2 === 1) [fn, sn] = [half(fn), half(sn)]
  const path = fn === 0 ? [firstRoot, ...proof] : proof
  if (path.length === 0) return false
  let [fr, sr] = [path[0], path[0]]
  for (const c of path.slice(1)) {
    if (sn === 0) return false
    if (fn % 2 === 1 || fn === sn) {
      ;[fr, sr] = [nodeHash(c, fr), nodeHash(c, sr)]
      while (fn % 2 === 0 && fn !== 0) [fn, sn] = [half(fn), half(sn)]
    } else sr = nodeHash(sr, c)
    ;[fn, sn] = [half(fn), half(sn)]
  }
  return sn === 0 && same(fr, firstRoot) && same(sr, secondRoot)
}

/** Standard base64, and only the one way to write it: another text for the same bytes would be a change that nobody sees. */
function fromBase64(text) {
  const bytes = Buffer.from(text, "base64")
  if (bytes.toString("base64") !== text) throw malformed("Some base64 is not written in the one canonical way.")
  return bytes
}

function hashFrom(line) {
  const hash = fromBase64(line)
  if (hash.length !== 32) throw malformed("A hash does not have 32 bytes.")
  return hash
}

function sizeFrom(text) {
  if (!/^(?:0|[1-9]\d{0,15})$/.test(text) || !Number.isSafeInteger(Number(text)))
    throw malformed("A size is not a number.")
  return Number(text)
}

const keyId = (name, type, key) =>
  createHash("sha256").update(`${name}\n`).update(Uint8Array.of(type)).update(key).digest().subarray(0, 4)

/** Reads a C2SP verifier key, `name+id+base64(type, key)`; type 1 is a log, type 4 a witness, both Ed25519. */
export function parseKey(text) {
  const [, name, id, encoded] = /^([^\s+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/=]+)$/.exec(text.trim()) ?? []
  if (encoded === undefined) throw malformed("A verifier key is not of the form name+id+base64.")
  const bytes = fromBase64(encoded)
  const [type, key] = [bytes[0], bytes.subarray(1)]
  if ((type !== 1 && type !== 4) || key.length !== 32)
    throw malformed("A verifier key is not an Ed25519 key of a log or a witness.")
  if (keyId(name, type, key).toString("hex") !== id)
    throw malformed("A verifier key's id does not belong to its name and key.")
  const publicKey = createPublicKey({
    key: { kty: "OKP", crv: "Ed25519", x: key.toString("base64url") },
    format: "jwk"
  })
  return { name, id, type, raw: key.toString("hex"), publicKey }
}

/** Splits a signed note into its text, which ends with a newline, and its signatures. */
export function parseNote(note) {
  const end = note.lastIndexOf("\n\n")
  if (end < 0 || !note.endsWith("\n") || !note.isWellFormed() || hasControls(note))
    throw malformed("This is not a signed note.")
  const lines = note.slice(end + 2, -1).split("\n")
  if (lines.length > 32) throw malformed("The note has more than 32 signatures.")
  const signatures = lines.map((line) => {
    const [, name, encoded] = /^\u2014 ([^\s+]+) ([A-Za-z0-9+/=]+)$/.exec(line) ?? []
    if (encoded === undefined) throw malformed("A signature line of the note cannot be read.")
    const bytes = fromBase64(encoded)
    if (bytes.length < 5) throw malformed("A signature of the note is too short.")
    return { name, id: bytes.subarray(0, 4).toString("hex"), bytes: bytes.subarray(4), line }
  })
  return { text: note.slice(0, end + 1), signatures }
}

function hasControls(text) {
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if ((code < 32 && code !== 10) || code === 0xfffd) return true
  }
  return false
}

function signatureHolds(text, signature, key) {
  if (key.type === 1)
    return signature.bytes.length === 64 && verify(null, Buffer.from(text), key.publicKey, signature.bytes)
  if (signature.bytes.length !== 72) return false
  const time = signature.bytes.readBigUInt64BE()
  const message = `cosignature/v1\ntime ${time}\n${text}`
  return time < 2n ** 63n && verify(null, Buffer.from(message), key.publicKey, signature.bytes.subarray(8))
}

/** The keys among `keys` that signed the note. A false signature in the name of one of them spoils the note. */
export function signersOf(note, keys) {
  const { text, signatures } = parseNote(note)
  const signers = new Set()
  for (const signature of signatures) {
    const key = keys.find(({ name, id }) => name === signature.name && id === signature.id)
    if (key === undefined) continue
    if (!signatureHolds(text, signature, key)) throw new Unsound("signature", `The signature of ${key.name} is false.`)
    signers.add(key)
  }
  return signers
}

/** Origin, size and root of a checkpoint, without looking at its signatures. */
export function parseCheckpoint(note) {
  const lines = parseNote(note).text.slice(0, -1).split("\n")
  if (lines.length !== 3 || lines[0] === "") throw malformed("A checkpoint has three lines: origin, size, root.")
  return { origin: lines[0], size: sizeFrom(lines[1]), root: hashFrom(lines[2]) }
}

/** A policy that accepts one log and asks for no witness. */
export const policyOfKey = (text) => ({
  logs: [parseKey(text)],
  witnesses: new Map(),
  groups: new Map(),
  quorum: "none"
})

/** Reads a C2SP tlog-policy file. */
export function parsePolicy(text) {
  const policy = { logs: [], witnesses: new Map(), groups: new Map(), quorum: undefined }
  const used = new Set()
  const known = (name) => policy.witnesses.has(name) || policy.groups.has(name)
  if (/[^\P{Cc}\t\n]/u.test(text)) throw malformed("The policy has a control character.")
  const fresh = (name) => {
    if (name === undefined || name === "none" || known(name))
      throw malformed("A name in the policy is missing or given twice.")
  }
  for (const line of text.split("\n")) {
    const [word, ...rest] = line.split(/[ \t]+/).filter((part) => part !== "")
    if (word === undefined || word.startsWith("#")) continue
    if (word === "log") {
      const key = parseKey(rest[0] ?? "")
      if (policy.logs.some(({ raw }) => raw === key.raw)) throw malformed("Two logs share one key.")
      policy.logs.push(key)
    } else if (word === "witness") {
      fresh(rest[0])
      const key = parseKey(rest[1] ?? "")
      if ([...policy.witnesses.values()].some(({ raw }) => raw === key.raw))
        throw malformed("Two witnesses share one key.")
      if (key.type !== 4) throw malformed("A witness has the key of a log.")
      policy.witnesses.set(rest[0], { ...key, url: rest[2] })
    } else if (word === "group") {
      const [name, rule, ...members] = rest
      fresh(name)
      const need = rule === "any" ? 1 : rule === "all" ? members.length : /^[1-9]\d*$/.test(rule) ? Number(rule) : NaN
      if (!(Number.isInteger(need) && need >= 1 && need <= members.length))
        throw malformed("A group asks for an impossible number.")
      for (const member of members) {
        if (!known(member) || used.has(member)) throw malformed("A member of a group is unknown or counted twice.")
        used.add(member)
      }
      policy.groups.set(name, { need, members })
    } else if (word === "quorum" && policy.quorum === undefined) {
      if (rest[0] !== "none" && !known(rest[0])) throw malformed("The quorum of the policy names nobody.")
      policy.quorum = rest[0]
    } else throw malformed("A line of the policy cannot be read.")
  }
  if (policy.quorum === undefined) throw malformed("The policy has no quorum line.")
  return policy
}

function reached(policy, name, signers) {
  if (name === "none") return true
  const witness = policy.witnesses.get(name)
  if (witness !== undefined) return signers.has(witness)
  const { need, members } = policy.groups.get(name)
  return members.filter((member) => reached(policy, member, signers)).length >= need
}

/** Checks who signed a checkpoint, first the log, then the quorum of witnesses, and gives what it says. */
export function verifyCheckpoint(note, policy) {
  const checkpoint = parseCheckpoint(note)
  const logs = policy.logs.filter(({ name }) => name === checkpoint.origin)
  const signers = signersOf(note, [...logs, ...policy.witnesses.values()])
  if (!logs.some((key) => signers.has(key))) {
    throw new Unsound("signature", "The checkpoint is not signed by a log that the policy accepts.")
  }
  if (!reached(policy, policy.quorum, signers)) {
    throw new Unsound("quorum", "Too few witnesses have cosigned the checkpoint.")
  }
  return checkpoint
}

/** Checks a C2SP tlog-proof whose extra data is the entry itself; gives the entry and the checkpoint. */
export function verifyProof(text, policy) {
  const gap = text.indexOf("\n\n")
  const [title, extra, place, ...path] = text.slice(0, Math.max(gap, 0)).split("\n")
  if (title !== "c2sp.org/tlog-proof@v1" || !extra?.startsWith("extra ") || !place?.startsWith("index ")) {
    throw malformed("This is not a proof with its entry.")
  }
  const entry = fromBase64(extra.slice(6))
  const index = sizeFrom(place.slice(6))
  const checkpoint = verifyCheckpoint(text.slice(gap + 2), policy)
  if (!verifyInclusion(leafHash(entry), index, checkpoint.size, path.map(hashFrom), checkpoint.root)) {
    throw new Unsound("inclusion", `The proof does not lead from entry ${index} to the checkpoint's root.`)
  }
  return { index, entry, checkpoint }
}

/** Reads what a log sends to a witness: `old N`, a consistency proof, an empty line, a checkpoint. */
export function parseGrowth(text) {
  const gap = text.indexOf("\n\n")
  const [old, ...proof] = text.slice(0, Math.max(gap, 0)).split("\n")
  if (!old.startsWith("old ") || proof.length > 63) throw malformed("This is not a proof of growth.")
  return { old: sizeFrom(old.slice(4)), proof: proof.map(hashFrom), note: text.slice(gap + 2) }
}

/** Checks that the tree of one checkpoint grew out of that of an older one, both signed by the same log. */
export function verifyGrowth(text, older, policy) {
  const { old, proof, note } = parseGrowth(text)
  const before = verifyCheckpoint(older, { ...policy, quorum: "none" })
  const after = verifyCheckpoint(note, policy)
  if (before.origin !== after.origin || before.size !== old)
    throw malformed("The proof does not begin at the older checkpoint.")
  if (!verifyConsistency(old, before.root, after.size, after.root, proof)) {
    throw new Unsound(
      "consistency",
      `The tree of ${after.size} entries does not contain the tree of ${old}: a split view.`
    )
  }
  return { before, after }
}

/**
 * Checks a proof about a sorted set: `value` is in it (one neighbour, itself) or not (the neighbours on its two sides, or one
 * at an end). All hashes are hexadecimal. Whether the set is sorted everywhere, only who sees all of it can tell.
 */
export function verifyMembership({ value, size, root, neighbours }) {
  const bytes = (hex) => {
    if (!/^[0-9a-f]{64}$/.test(hex)) throw malformed("A value of the set is not 64 hexadecimal digits.")
    return Buffer.from(hex, "hex")
  }
  if (!(Number.isSafeInteger(size) && size >= 1 && Number.isInteger(Math.log2(size))))
    throw malformed("The set's size is not a power of two.")
  for (const { value: leaf, index, path } of neighbours) {
    if (!verifyInclusion(leafHash(bytes(leaf)), index, size, path.map(bytes), bytes(root))) {
      throw new Unsound("presence", "A neighbour is not in the set.")
    }
  }
  bytes(value)
  const [low, high] = neighbours
  if (low === undefined || neighbours.length > 2) throw malformed("A proof about a set has one or two neighbours.")
  if (high === undefined) {
    if (low.value === value) return "present"
    if ((low.index === 0 && value < low.value) || (low.index === size - 1 && low.value < value)) return "absent"
  } else if (high.index === low.index + 1 && low.value < value && value < high.value) return "absent"
  throw new Unsound("presence", "The neighbours say nothing about the value.")
}

/** Reads JSON that came from elsewhere. */
function jsonFrom(text) {
  try {
    return JSON.parse(text)
  } catch {
    throw malformed("Some JSON cannot be read.")
  }
}

function entryFor(proof, policy, type, operation) {
  const { index, entry, checkpoint } = verifyProof(proof, policy)
  const logged = jsonFrom(entry.toString("utf8"))
  if (logged.type !== type || logged.operation !== operation) {
    throw new Unsound("document", `The proof is of another entry than the ${type} ${String(operation).slice(0, 80)}.`)
  }
  return { index, logged, checkpoint }
}

function saltFrom(hex) {
  if (typeof hex !== "string" || !/^[0-9a-f]{64}$/.test(hex)) throw malformed("A salt is not 64 hexadecimal digits.")
  return Buffer.from(hex, "hex")
}

/**
 * Checks the receipt of a revocation: that the log holds it, under the epoch that it names, and that it is about exactly what is said.
 * Gives what it says, with its place in the log.
 */
export function verifyReceipt(receipt, policy) {
  const said = jsonFrom(receipt.document)
  const { index, logged, checkpoint } = entryFor(receipt.proof, policy, "revoke", said.operation)
  const commitment = createHmac("sha256", saltFrom(receipt.salt)).update(receipt.document).digest("hex")
  if (logged.commitment !== commitment || logged.epoch !== said.epoch || receipt.index !== index) {
    throw new Unsound("document", "The log holds another revocation than the receipt says.")
  }
  return { ...said, index, size: checkpoint.size }
}

/**
 * Checks every use of a subject: that the log holds what was done, and that the subject was, or was not, among those whom it touched.
 * With a receipt, also that nothing that was decided before the revocation came after it, and that nothing after it touched the subject.
 */
export function verifyUses(bundle, policy, receipt) {
  const salt = saltFrom(bundle.salt)
  const revoked = receipt === undefined ? undefined : verifyReceipt(receipt, policy)
  return bundle.uses.map(({ document, proof, member }) => {
    const said = jsonFrom(document)
    const { index, logged } = entryFor(proof, policy, "use", said.operation)
    if (logged.commitment !== createHash("sha256").update(document).digest("hex")) {
      throw new Unsound("document", `The log holds another account of ${said.operation}.`)
    }
    const value = createHmac("sha256", salt).update(said.operation).digest("hex")
    if (member.value !== value || member.root !== said.set.root || member.size !== said.set.size) {
      throw new Unsound("presence", `The proof is not about this subject and ${said.operation}.`)
    }
    const touched = verifyMembership(member)
    if (revoked !== undefined && index > revoked.index && (said.epoch < revoked.epoch || touched === "present")) {
      throw new Unsound("late", `${said.operation} came after the revocation.`)
    }
    const { operation, action, purpose, recipient, asset, epoch, at } = said
    return { operation, action, purpose, recipient, asset, epoch, at, index, member: touched }
  })
}

/** RFC 8785 for what JSON can say. */
function canonical(value) {
  if (typeof value === "string" && !value.isWellFormed()) throw malformed("Some text has half a character.")
  if (value === null || typeof value !== "object") return JSON.stringify(value)
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`
  // The default order is that of UTF-16 code units, as the RFC asks.
  const names = Object.keys(value).toSorted()
  return `{${names.map((name) => `${canonical(name)}:${canonical(value[name])}`).join(",")}}`
}

/** The members of a grant, which has these and no others. */
const grantMembers =
  "basis controller evidence exp id jurisdiction nbf nonce notice prev rules schema separateConsent seq subject v withdrawal"

/** A grant's payload and digest out of its token: signed by a log of the policy, in the one spelling. */
function grantFrom(token, policy) {
  const parts = typeof token === "string" && token.length <= 65536 ? token.split(".") : []
  if (parts.length !== 3 || !parts.every((part) => /^[\w-]+$/.test(part)))
    throw malformed("A token is not three base64url parts.")
  const [header, payload, signature] = parts
  const signer = policy.logs.find(({ publicKey }) => {
    const pem = publicKey.export({ type: "spki", format: "pem" })
    const kid = createHash("sha256").update(pem).digest("hex").slice(0, 16)
    const only = canonical({ alg: "EdDSA", kid, typ: "assay-grant+jws" })
    return header === Buffer.from(only).toString("base64url")
  })
  if (signer === undefined)
    throw new Unsound("signature", "A token does not name the one algorithm, type and a key of the policy.")
  const bytes = Buffer.from(signature, "base64url")
  const holds = bytes.length === 64 && verify(null, Buffer.from(`${header}.${payload}`), signer.publicKey, bytes)
  if (!holds || bytes.toString("base64url") !== signature)
    throw new Unsound("signature", "The signature of a token is false.")
  const text = Buffer.from(payload, "base64url").toString("utf8")
  const grant = jsonFrom(text)
  if (canonical(grant) !== text || Buffer.from(text).toString("base64url") !== payload)
    throw new Unsound("grant", "The grant is not written in its one canonical way.")
  const whole = [grant?.seq, grant?.nbf, grant?.exp].every((n) => Number.isSafeInteger(n) && n >= 0)
  const closed = whole && Object.keys(grant).join(" ") === grantMembers
  if (!closed || grant.v !== 1 || grant.schema !== "assay-grant-1" || grant.exp <= grant.nbf)
    throw new Unsound("grant", "The token holds something else than a grant.")
  return { grant, digest: createHash("sha256").update(text).digest("hex") }
}

/**
 * Checks the grants of one subject, from the first on: every token in its one spelling and signed, each following the one before, all
 * of the subject whose salt is given, and each in the log. So none was slipped in, left out before the last, or replaced.
 */
export function verifyGrants({ salt: hex, grants }, policy) {
  const salt = saltFrom(hex)
  const subject = createHmac("sha256", salt).update("grant-subject").digest("hex")
  let before = null
  return grants.map(({ token, proof }, i) => {
    const { grant, digest } = grantFrom(token, policy)
    if (grant.subject !== subject) throw new Unsound("grant", `Grant ${i + 1} is of another subject.`)
    if (grant.seq !== i + 1 || grant.prev !== before)
      throw new Unsound("grant", `Grant ${i + 1} does not follow the one before it.`)
    before = digest
    const { index, entry } = verifyProof(proof, policy)
    const logged = jsonFrom(entry.toString("utf8"))
    const commitment = createHmac("sha256", salt).update(digest).digest("hex")
    if (logged.type !== "grant" || logged.commitment !== commitment)
      throw new Unsound("document", `The log holds another grant than the ${i + 1}th.`)
    const { seq, nbf, exp, rules } = grant
    return { seq, digest, nbf, exp, rules, index, epoch: logged.epoch }
  })
}

/** The path of a tile or, at level "entries", of a bundle; `width` only where it is partial. */
export function tilePath(level, index, width = 256) {
  const groups = []
  for (let n = index; groups.length === 0 || n > 0; n = Math.floor(n / 1000))
    groups.unshift(String(n % 1000).padStart(3, "0"))
  const name = groups.map((group, i) => (i === groups.length - 1 ? group : `x${group}`)).join("/")
  return `tile/${level}/${name}${width === 256 ? "" : `.p/${width}`}`
}

/** Where each entry of a bundle ends; fewer than `width` if the bundle breaks off. */
function entriesOf(bundle) {
  const entries = []
  for (let at = 0; at + 2 <= bundle.length;) {
    const end = at + 2 + bundle.readUInt16BE(at)
    if (end > bundle.length) break
    entries.push({ bytes: bundle.subarray(at + 2, end), end })
    at = end
  }
  return entries
}

const prefixLength = (a, b) => {
  const length = Math.min(a.length, b.length)
  let i = 0
  while (i < length && a[i] === b[i]) i++
  return i
}

/** Keeps the lowest entry that is bad. */
class Findings {
  firstBad = Infinity
  add(index, file, message) {
    if (index < this.firstBad) [this.firstBad, this.file, this.message] = [index, file, message]
  }
}

/** Partial tiles of earlier checkpoints must be beginnings of the one that holds now. */
function checkEarlier(files, level, index, whole, found, entryAt) {
  const folder = `${tilePath(level, index)}.p`
  for (const name of files.list(folder)) {
    const width = Number(name)
    if (!(width >= 1 && width < whole.width)) continue
    const bytes = files.read(`${folder}/${name}`) ?? Buffer.alloc(0)
    const expected = whole.bytes.subarray(0, whole.end(width))
    const agreed = prefixLength(bytes, expected)
    if (bytes.length !== expected.length || agreed < expected.length) {
      found.add(
        Math.min(entryAt(agreed), entryAt(expected.length - 1)),
        `${folder}/${name}`,
        "An earlier partial tile differs."
      )
    }
  }
}

/** A tile; where a full one has replaced a partial one (a later checkpoint is on its way), the beginning of the full one. */
const readTile = (files, level, index, width) =>
  files.read(tilePath(level, index, width)) ?? files.read(tilePath(level, index))?.subarray(0, width * 32)

function readBundle(files, index, width) {
  const bundle = files.read(tilePath("entries", index, width))
  if (bundle !== undefined || width === 256) return bundle
  const full = files.read(tilePath("entries", index))
  return full?.subarray(0, entriesOf(full)[width - 1]?.end)
}

function checkLeaves(files, index, width, found) {
  const [tileFile, bundleFile] = [tilePath(0, index, width), tilePath("entries", index, width)]
  const [tile, bundle] = [readTile(files, 0, index, width), readBundle(files, index, width)]
  const start = index * 256
  if (tile === undefined) found.add(start, tileFile, "A tile is missing.")
  if (bundle === undefined) found.add(start, bundleFile, "A bundle of entries is missing.")
  if (tile === undefined || bundle === undefined) return undefined
  const entries = entriesOf(bundle)
  const hashes = entries.slice(0, width).map(({ bytes }) => leafHash(bytes))
  for (let i = 0; i < width; i++) {
    const stored = tile.subarray(i * 32, i * 32 + 32)
    if (hashes[i] === undefined) found.add(start + i, bundleFile, "The bundle ends before this entry.")
    else if (!same(hashes[i], stored)) found.add(start + i, bundleFile, "The entry does not have the hash in its tile.")
  }
  if (tile.length !== width * 32) found.add(start + width - 1, tileFile, "The tile has the wrong length.")
  if ((entries.at(-1)?.end ?? 0) !== bundle.length || entries.length !== width) {
    found.add(
      start + Math.min(entries.length, width) - (entries.length >= width ? 1 : 0),
      bundleFile,
      "The bundle has the wrong length."
    )
  }
  const ends = entries.map(({ end }) => end)
  checkEarlier(
    files,
    0,
    index,
    { bytes: tile, width, end: (n) => n * 32 },
    found,
    (byte) => start + Math.floor(byte / 32)
  )
  checkEarlier(files, "entries", index, { bytes: bundle, width, end: (n) => ends[n - 1] ?? 0 }, found, (byte) => {
    const i = ends.findIndex((end) => byte < end)
    return start + (i < 0 ? ends.length - 1 : i)
  })
  return hashes
}

/** Compares the `count` hashes on one level with those that the level below gave; there are fewer of these after a bad entry. */
function checkLevel(files, level, count, hashes, found) {
  const span = 256 ** level
  for (let index = 0; index * 256 < hashes.length; index++) {
    const width = Math.min(256, count - index * 256)
    const expected = Buffer.concat(hashes.slice(index * 256, index * 256 + 256))
    const file = tilePath(level, index, width)
    const tile = readTile(files, level, index, width)
    const entryAt = (byte) => (index * 256 + Math.floor(byte / 32)) * span
    if (tile === undefined) {
      found.add(entryAt(0), file, "A tile is missing.")
      continue
    }
    const agreed = prefixLength(tile, expected)
    if (agreed < expected.length || tile.length !== width * 32) {
      found.add(entryAt(Math.min(agreed, expected.length - 1)), file, "The tile does not follow from its entries.")
    }
    if (expected.length === width * 32) {
      checkEarlier(files, level, index, { bytes: expected, width, end: (n) => n * 32 }, found, entryAt)
    }
  }
}

/**
 * Checks a whole log: its checkpoint, every entry against its hash, every tile against the one below, the root against the
 * checkpoint. `files` is `{ read(path), list(folder) }`. What lies beyond the signed size (a write that was cut off) is not looked at.
 */
export function verifyLog(files, policy) {
  const found = new Findings()
  const bytes = files.read("checkpoint")
  if (bytes === undefined)
    return {
      size: 0,
      root: "",
      sound: false,
      firstBad: 0,
      file: "checkpoint",
      reason: "damaged",
      message: "There is no checkpoint."
    }
  let checkpoint
  try {
    const note = bytes.toString("utf8")
    const keys = [...policy.logs, ...policy.witnesses.values()]
    const strange = parseNote(note).signatures.some(
      ({ name, id }) => !keys.some((key) => key.name === name && key.id === id)
    )
    if (strange) throw new Unsound("signature", "The checkpoint carries a signature of somebody unknown.")
    checkpoint = verifyCheckpoint(note, policy)
  } catch (cause) {
    if (!(cause instanceof Unsound)) throw cause
    return {
      size: 0,
      root: "",
      sound: false,
      firstBad: 0,
      file: "checkpoint",
      reason: cause.reason,
      message: cause.message
    }
  }
  const { size, root } = checkpoint
  // Roots of full tiles, level by level; the last, incomplete tile of each level closes the tree.
  let row = []
  const edges = []
  for (let index = 0; index * 256 < size; index++) {
    const width = Math.min(256, size - index * 256)
    const hashes = checkLeaves(files, index, width, found)
    if (hashes === undefined || found.firstBad < Infinity) break
    if (width === 256) row.push(rootOver(hashes))
    else edges.push(hashes)
  }
  if (size % 256 === 0) edges.push([])
  for (let level = 1; row.length > 0; level++) {
    checkLevel(files, level, Math.floor(size / 256 ** level), row, found)
    const full = Math.floor(row.length / 256)
    edges.push(row.slice(full * 256))
    row = Array.from({ length: full }, (_, i) => rootOver(row.slice(i * 256, i * 256 + 256)))
  }
  if (found.firstBad === Infinity && !same(rootOfEdges(edges), root)) {
    found.add(0, "checkpoint", "The entries do not give the signed root.")
  }
  const sound = found.firstBad === Infinity
  const bad = { firstBad: found.firstBad, file: found.file, reason: "damaged", message: found.message }
  return { size, root: root.toString("hex"), sound, ...(sound ? {} : bad) }
}

/** The root that the first `older` of `size` entries have, from tiles that were checked. */
function rootAt(files, size, older) {
  const edges = []
  for (let level = 0; 256 ** level <= older; level++) {
    const items = Math.floor(older / 256 ** level)
    const index = Math.floor(items / 256)
    const width = Math.min(256, Math.floor(size / 256 ** level) - index * 256)
    const tile = items % 256 === 0 ? Buffer.alloc(0) : readTile(files, level, index, width)
    edges.push(Array.from({ length: items % 256 }, (_, i) => tile.subarray(i * 32, i * 32 + 32)))
  }
  return rootOfEdges(edges)
}

/** Compares a sound log with a checkpoint that somebody kept: a log that was shortened or written anew does not fit it. */
export function compareWithSeen(files, verdict, seen) {
  if (!verdict.sound) return verdict
  const bad = { sound: false, file: "checkpoint", reason: "consistency" }
  if (seen.size > verdict.size) {
    return {
      ...verdict,
      ...bad,
      firstBad: verdict.size,
      message: "The log is shorter than a checkpoint of it that was seen."
    }
  }
  if (same(rootAt(files, verdict.size, seen.size), seen.root)) return verdict
  return {
    ...verdict,
    ...bad,
    firstBad: 0,
    message: "The log is not the one of a checkpoint that was seen: a split view."
  }
}

/** The root of a tree from the incomplete last tile of each level, lowest first. */
function rootOfEdges(edges) {
  let right
  for (const edge of edges) {
    const hashes = [...edge]
    if (right === undefined) {
      if (hashes.length > 0) right = completeRoots(hashes)
    } else right = [...completeRoots(hashes), ...right]
  }
  if (right === undefined) return rootOver([])
  return right.reduceRight((hash, left) => nodeHash(left, hash))
}

/** The roots of the largest complete subtrees over equally high hashes, left to right. */
function completeRoots(hashes) {
  const roots = []
  for (let at = 0; at < hashes.length;) {
    const width = 2 ** Math.floor(Math.log2(hashes.length - at))
    roots.push(rootOver(hashes.slice(at, at + width)))
    at += width
  }
  return roots
}

/** A log in a folder, as `verifyLog` wants it. */
export const filesIn = (folder) => ({
  read: (path) => orMissing(() => readFileSync(join(folder, path)), undefined),
  list: (path) => orMissing(() => readdirSync(join(folder, path)), [])
})

function orMissing(work, missing) {
  try {
    return work()
  } catch (cause) {
    if (cause.code === "ENOENT" || cause.code === "ENOTDIR" || cause.code === "EISDIR") return missing
    throw cause
  }
}

const usage = `node assay-verify.mjs log FOLDER (--key KEY | --policy FILE) [--seen CHECKPOINT]   every byte of a log
node assay-verify.mjs proof FILE (--key KEY | --policy FILE)        an entry is in the log
node assay-verify.mjs growth FILE --from CHECKPOINT (--key KEY | --policy FILE)   nothing was taken back since CHECKPOINT
node assay-verify.mjs member FILE                                   a value is, or is not, in a set
node assay-verify.mjs uses FILE (--key KEY | --policy FILE) [--after RECEIPT]   what used a subject's data, and nothing after a revocation
node assay-verify.mjs receipt FILE (--key KEY | --policy FILE)      a revocation is in the log
node assay-verify.mjs grants FILE (--key KEY | --policy FILE)       a subject's grants: spelling, signatures, chain, places in the log

Exit codes: ${Object.entries(exitCodes)
  .map(([name, code]) => `${code} ${name}`)
  .join(", ")}.
`

function optionsOf(argv) {
  const options = { words: [] }
  for (let i = 0; i < argv.length; i++) {
    if (argv[i].startsWith("--")) options[argv[i].slice(2)] = argv[++i]
    else options.words.push(argv[i])
  }
  return options
}

function answer(argv) {
  const { words, key, policy: policyFile, from, seen, after } = optionsOf(argv)
  const [what, file] = words
  const text = () => readFileSync(file, "utf8")
  const trusted = key !== undefined || policyFile !== undefined
  const policy = () => (policyFile === undefined ? policyOfKey(key) : parsePolicy(readFileSync(policyFile, "utf8")))
  if (what === "log" && file !== undefined && trusted) {
    const verdict = verifyLog(filesIn(file), policy())
    if (seen === undefined) return verdict
    return compareWithSeen(filesIn(file), verdict, verifyCheckpoint(readFileSync(seen, "utf8"), policy()))
  }
  if (what === "proof" && file !== undefined && trusted) {
    const { index, entry, checkpoint } = verifyProof(text(), policy())
    return {
      sound: true,
      index,
      size: checkpoint.size,
      root: checkpoint.root.toString("hex"),
      entry: entry.toString("utf8")
    }
  }
  if (what === "growth" && file !== undefined && from !== undefined && trusted) {
    const { before, after } = verifyGrowth(text(), readFileSync(from, "utf8"), policy())
    return { sound: true, from: before.size, to: after.size, root: after.root.toString("hex") }
  }
  if (what === "uses" && file !== undefined && trusted) {
    const receipt = after === undefined ? undefined : jsonFrom(readFileSync(after, "utf8"))
    return { sound: true, uses: verifyUses(jsonFrom(text()), policy(), receipt) }
  }
  if (what === "receipt" && file !== undefined && trusted) {
    return { sound: true, receipt: verifyReceipt(jsonFrom(text()), policy()) }
  }
  if (what === "grants" && file !== undefined && trusted) {
    return { sound: true, grants: verifyGrants(jsonFrom(text()), policy()) }
  }
  if (what === "member" && file !== undefined) return { sound: true, member: verifyMembership(JSON.parse(text())) }
  return undefined
}

function main(argv) {
  try {
    const found = answer(argv)
    process.stdout.write(found === undefined ? usage : `${JSON.stringify(found)}\n`)
    if (found === undefined) return argv[0] === "help" ? 0 : exitCodes.usage
    return found.sound ? 0 : exitCodes[found.reason]
  } catch (cause) {
    const reason = cause instanceof Unsound ? cause.reason : "malformed"
    const message = cause instanceof Unsound ? cause.message : "A file cannot be read or is not of the expected form."
    process.stdout.write(`${JSON.stringify({ sound: false, reason, message })}\n`)
    return exitCodes[reason]
  }
}

if (process.argv[1] !== undefined && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) {
  process.exitCode = main(process.argv.slice(2))
}
