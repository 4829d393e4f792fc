import { Effect } from "effect"
import { Refused } from "../../Refused.ts"
import { consistencyProof } from "../consistencyProof.ts"
import type { LogFiles } from "../LogFiles.ts"
import type { LogKey } from "../LogKey.ts"
import { signedHead } from "../signedHead.ts"
import { tileNodes } from "../tileNodes.ts"
import { parsePolicy, signersOf, Unsound, verifyCheckpoint } from "../verifier/assay-verify.mjs"
import type { Policy, VerifierKey } from "../verifier/assay-verify.mjs"

/** A checkpoint with the cosignatures that came in. */
export interface Cosigned {
  readonly size: number
  readonly note: string
  /** Names, in the policy, of the witnesses that cosigned. */
  readonly witnesses: ReadonlyArray<string>
  /** Those that answered that they know another tree, or one that does not lead to this: the sign of a split view. */
  readonly refused: ReadonlyArray<string>
  /** Those that did not answer, or not in the way of a witness. */
  readonly away: ReadonlyArray<string>
  /** Whether those that cosigned are the quorum of the policy. */
  readonly quorum: boolean
}

/**
 * Asks every witness of a policy to cosign the newest checkpoint. One that is away or refuses is left out: the log itself never
 * waits for witnesses, and the quorum tells whether there were enough.
 *
 * @param seen how many entries the witnesses have cosigned before, as far as is known: saves a second question
 * @throws Refused `log.policy` if the policy cannot be read or does not name this log
 */
export const cosign = Effect.fn("Log.cosign")(function* (files: LogFiles, key: LogKey, policyText: string, seen = 0) {
  const policy = yield* readPolicy(policyText, key)
  const head = signedHead(files, key)
  const names = [...policy.witnesses].filter(([, { url }]) => url !== undefined).map(([name]) => name)
  if (head.note === undefined) {
    return { size: 0, note: "", witnesses: [], refused: [], away: names, quorum: false } satisfies Cosigned as Cosigned
  }
  const note = head.note
  const request = (old: number): string => {
    const proof = consistencyProof(tileNodes(files, head.size), old, head.size)
    return [`old ${old}`, ...proof.map((hash) => Buffer.from(hash).toString("base64")), "", note].join("\n")
  }
  const newest = (): number => signedHead(files, key).size
  const asked = yield* Effect.forEach(
    [...policy.witnesses].filter(([, witness]) => witness.url !== undefined),
    ([name, witness]) =>
      Effect.map(ask(witness.url!, request, { size: head.size, seen, note, newest }, witness), (line) => ({
        name,
        line
      })),
    { concurrency: 8 }
  )
  const willing = asked.filter(({ line }) => line !== undefined && line !== "refused")
  const full = note + willing.map(({ line }) => line).join("")
  const those = (answer: string | undefined) => asked.filter(({ line }) => line === answer).map(({ name }) => name)
  return {
    size: head.size,
    note: full,
    witnesses: willing.map(({ name }) => name),
    refused: those("refused"),
    away: those(undefined),
    quorum: holds(full, policy)
  } satisfies Cosigned as Cosigned
})

/** A policy that names this log. `Refused` with the reason otherwise. */
export const readPolicy = (text: string, key: Pick<LogKey, "origin">): Effect.Effect<Policy, Refused> =>
  Effect.try({
    try: () => {
      const policy = parsePolicy(text)
      if (policy.logs.some(({ name }) => name === key.origin)) return policy
      throw new Unsound("malformed", "The policy does not name this log.")
    },
    catch: (cause) =>
      new Refused({
        code: "log.policy",
        message: cause instanceof Unsound ? cause.message : "The policy cannot be read.",
        fix: "Write a C2SP tlog-policy: `log` with what `assay log key` prints, `witness` lines, and one `quorum`."
      })
  })

function holds(note: string, policy: Policy): boolean {
  try {
    verifyCheckpoint(note, policy)
    return true
  } catch (cause) {
    if (cause instanceof Unsound) return false
    throw cause
  }
}

interface Shown {
  readonly size: number
  readonly seen: number
  readonly note: string
  /** Entries of the log by now. */
  readonly newest: () => number
}

/** The cosignature line of one witness, asked a second time from the size that it says it knows; or that it refused. */
const ask = (
  url: string,
  request: (old: number) => string,
  { size, seen, note, newest }: Shown,
  witness: VerifierKey
): Effect.Effect<string | undefined> =>
  Effect.gen(function* () {
    const from = Math.min(seen, size)
    const first = yield* post(url, request(from))
    const known = first.status === 409 && /^\d{1,15}\n$/.test(first.body) ? Number(first.body) : undefined
    const again = known !== undefined && known !== from && known <= size
    const { status, body } = again ? yield* post(url, request(known)) : first
    // Another process may have shown it a later checkpoint of this log in the meantime.
    if (known !== undefined && known > size && known <= newest()) return undefined
    if (status === 409 || status === 422) return "refused"
    const line = body.split("\n").find((one) => one.startsWith(`\u2014 ${witness.name} `))
    if (status !== 200 || line === undefined) return undefined
    return signersOf(`${note}${line}\n`, [witness]).size === 1 ? `${line}\n` : undefined
  }).pipe(
    Effect.timeout("5 seconds"),
    // A witness that lies, fails or is away is one that did not cosign.
    Effect.catchCause(() => Effect.succeed(undefined))
  )

const longestAnswer = 64 * 1024

/** Follows no redirect, and reads no more than a witness has to say: a policy names addresses, and they answer what they like. */
const post = (url: string, body: string) =>
  Effect.promise(async (signal) => {
    const response = await fetch(`${url}/add-checkpoint`, { method: "POST", body, signal, redirect: "error" })
    const chunks: Array<Uint8Array> = []
    let length = 0
    for await (const chunk of response.body ?? []) {
      chunks.push(chunk)
      length += chunk.length
      if (length > longestAnswer) throw new Error("the answer of a witness is too long")
    }
    return { status: response.status, body: Buffer.concat(chunks).toString("utf8") }
  })
