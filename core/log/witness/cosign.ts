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
  /** Whether they are the quorum of the policy. */
  readonly quorum: boolean
}

/**
 * Asks every witness of a policy to cosign the newest checkpoint. One that is away or refuses is left out: the log itself never
 * waits for witnesses, and the quorum tells whether there were enough.
 *
 * @throws Refused `log.policy` if the policy cannot be read or does not name this log
 */
export const cosign = Effect.fn("Log.cosign")(function* (files: LogFiles, key: LogKey, policyText: string) {
  const policy = yield* readPolicy(policyText, key)
  const head = signedHead(files, key)
  if (head.note === undefined) return { size: 0, note: "", witnesses: [], quorum: false } satisfies Cosigned
  const note = head.note
  const request = (old: number): string => {
    const proof = consistencyProof(tileNodes(files, head.size), old, head.size)
    return [`old ${old}`, ...proof.map((hash) => Buffer.from(hash).toString("base64")), "", note].join("\n")
  }
  const asked = yield* Effect.forEach(
    [...policy.witnesses].filter(([, witness]) => witness.url !== undefined),
    ([name, witness]) => Effect.map(ask(witness.url!, request, head.size, note, witness), (line) => ({ name, line })),
    { concurrency: 8 }
  )
  const willing = asked.filter(({ line }) => line !== undefined)
  const full = note + willing.map(({ line }) => line).join("")
  return {
    size: head.size,
    note: full,
    witnesses: willing.map(({ name }) => name),
    quorum: holds(full, policy)
  } satisfies Cosigned
})

const readPolicy = (text: string, key: LogKey): Effect.Effect<Policy, Refused> =>
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

/** The cosignature line of one witness; a second time from the size that it says it knows. */
const ask = (
  url: string,
  request: (old: number) => string,
  size: number,
  note: string,
  witness: VerifierKey
): Effect.Effect<string | undefined> =>
  Effect.gen(function* () {
    const first = yield* post(url, request(size))
    const known = first.status === 409 && /^\d{1,15}\n$/.test(first.body) ? Number(first.body) : undefined
    const { status, body } = known === undefined || known >= size ? first : yield* post(url, request(known))
    const line = body.split("\n").find((one) => one.startsWith(`\u2014 ${witness.name} `))
    if (status !== 200 || line === undefined) return undefined
    return signersOf(`${note}${line}\n`, [witness]).size === 1 ? `${line}\n` : undefined
  }).pipe(
    Effect.timeout("5 seconds"),
    // A witness that lies, fails or is away is one that did not cosign.
    Effect.catchCause(() => Effect.succeed(undefined))
  )

const post = (url: string, body: string) =>
  Effect.promise(async (signal) => {
    const response = await fetch(`${url}/add-checkpoint`, { method: "POST", body, signal })
    return { status: response.status, body: (await response.text()).slice(0, 64 * 1024) }
  })
