import { Effect, FileSystem, Path } from "effect"
import { Home } from "#core/home/Home.ts"
import { Anchor } from "#core/log/Anchor.ts"
import { anchorHead } from "#core/log/anchorHead.ts"
import { compareWithAnchor } from "#core/log/compareWithAnchor.ts"
import { Log } from "#core/log/Log.ts"
import { askWitnesses } from "#core/log/witness/askWitnesses.ts"
import { cosign, readPolicy } from "#core/log/witness/cosign.ts"
import { witnessNotes } from "#core/log/witness/WitnessNotes.ts"
import { witnessState } from "#core/log/witness/witnessState.ts"
import type { WitnessState } from "#core/log/witness/witnessState.ts"
import type { Records } from "#core/records/Records.ts"
import { Refused } from "#core/Refused.ts"
import { Unavailable } from "#core/Unavailable.ts"
import { compareLedger } from "#catalog/audit/compareLedger.ts"
import { languageOf } from "../languageOf.ts"
import { table } from "../table.ts"
import type { Call, Verb } from "../Verb.ts"
import { readText } from "./salesVerbs.ts"

type Needs = Home | Log | Records | FileSystem.FileSystem | Path.Path

const verify: Verb<Needs> = {
  usage: "log verify",
  about: "read every byte of the log, recompute its root, and hold the ledger against it",
  flags: [],
  words: 0,
  run: Effect.fn("log verify")(function* ({ flags }) {
    const verdict = yield* (yield* Log).verify
    if (!verdict.sound) {
      return yield* new Refused({
        code: "log.unsound",
        message: `The log was changed: entry ${verdict.firstBad} is the first that cannot be trusted. ${verdict.message ?? ""}`,
        fix: "Restore the home from a backup made before, and find out who could write to it.",
        where: { file: verdict.file ?? "checkpoint" }
      })
    }
    const { compared, differences } = yield* compareLedger()
    const [first] = differences
    if (first !== undefined) {
      return yield* new Refused({
        code: "log.ledger",
        message: `The log is sound, and the records are not what it says: the ${first.type} ${first.operation} is ${first.what}.`,
        fix: "Restore the records from a backup that fits the log, and find out who could write to the home."
      })
    }
    const witnesses = yield* witnessState(verdict)
    if (witnesses.state === "split") {
      return yield* new Refused({
        code: "log.split",
        message: `The log is sound in itself, and not the one that its witnesses know${witnesses.refused.length > 0 ? ` (${witnesses.refused.join(", ")})` : ""}.`,
        fix: "Compare the checkpoint that the witness keeps with `witnesses/cosigned`: somebody showed two histories, or restored an old home."
      })
    }
    return {
      json: { ...verdict, compared, witnesses },
      text: `${verdict.size} entries, root ${verdict.root}: sound; ${compared} rows of the ledger are as the log says\n${witnessWords(witnesses, verdict.size)[languageOf(flags)]}`
    }
  })
}

/** What a person should know of the witnesses, in a line. */
function witnessWords({ state, size, witnesses, away }: WitnessState, entries: number) {
  const who = witnesses.join(", ")
  const gone = {
    zh: away.length > 0 ? `；未应答：${away.join("、")}` : "",
    en: away.length > 0 ? `; no answer from ${away.join(", ")}` : ""
  }
  const words = {
    none: {
      zh: "没有见证人（assay log witnesses --policy FILE）",
      en: "No witnesses are asked (assay log witnesses --policy FILE)"
    },
    alone: { zh: "尚无见证人副署", en: "No witness has cosigned yet" },
    short: {
      zh: `见证人 ${who} 副署了前 ${size} 条，未达法定数`,
      en: `Cosigned to entry ${size} by ${who}: too few for the quorum`
    },
    cosigned: {
      zh: `见证人 ${who} 副署了前 ${size} 条（共 ${entries} 条），已达法定数`,
      en: `Cosigned to entry ${size} of ${entries} by ${who}: the quorum`
    },
    split: { zh: "", en: "" }
  }[state]
  return { zh: words.zh + gone.zh, en: words.en + gone.en }
}

const witnesses: Verb<Needs> = {
  usage: "log witnesses [--policy FILE]",
  about:
    "whom `serve` asks to cosign each new checkpoint: keep a C2SP policy with their addresses, or show how the last round ended",
  flags: ["policy"],
  words: 0,
  run: Effect.fn("log witnesses")(function* ({ flags, io }) {
    const { key } = yield* Log
    const notes = witnessNotes((yield* Home).path)
    if (typeof flags["policy"] === "string") {
      const text = yield* readText(flags["policy"], io.cwd)
      yield* readPolicy(text, key)
      notes.keep("policy", text)
    }
    const round = yield* askWitnesses()
    const columns = { zh: ["见证人", "状态"], en: ["witness", "state"] }[languageOf(flags)]
    const rows = [
      ...(round?.witnesses ?? []).map((name) => [name, "cosigned"]),
      ...(round?.refused ?? []).map((name) => [name, "refused"]),
      ...(round?.away ?? []).map((name) => [name, "away"])
    ]
    return { json: round ?? null, text: table(columns, rows), ...(round?.quorum === false ? { exit: 3 } : {}) }
  })
}

/** Writes what a verb made where `--out` says, if it says. */
const writeOut = Effect.fnUntraced(function* ({ flags, io }: Call, text: string) {
  const out = flags["out"]
  if (typeof out !== "string") return
  const file = (yield* Path.Path).resolve(io.cwd, out)
  yield* Effect.mapError(
    (yield* FileSystem.FileSystem).writeFileString(file, text),
    () =>
      new Unavailable({
        code: "file.write",
        message: `${out} cannot be written.`,
        fix: "Give --out a file in a folder that exists and may be written."
      })
  )
})

/** The newest checkpoint with the cosignatures of the policy that `--policy` names. */
const cosigned = Effect.fnUntraced(function* ({ flags, io }: Call) {
  const { files, key } = yield* Log
  return yield* cosign(files, key, yield* readText(String(flags["policy"]), io.cwd))
})

const prove: Verb<Needs> = {
  usage: "log prove ENTRY [--policy FILE] [--out FILE]",
  about: "a proof that the log holds an entry (its number or an operation's id), cosigned if a policy is given",
  flags: ["policy", "out"],
  words: 1,
  run: Effect.fn("log prove")(function* (call) {
    const log = yield* Log
    yield* log.drain
    const wanted = call.words[0]!
    const { index, entry, proof } = yield* log.prove(/^\d{1,15}$/.test(wanted) ? Number(wanted) : wanted)
    let whole = proof
    if (call.flags["policy"] !== undefined) {
      const { note, size, quorum } = yield* cosigned(call)
      const [path, plain] = [proof.slice(0, proof.indexOf("\n\n") + 2), proof.slice(proof.indexOf("\n\n") + 2)]
      if (!quorum || !note.startsWith(plain)) {
        return yield* new Refused({
          code: "log.quorum",
          message: `Too few witnesses have cosigned the tree of ${size} entries.`,
          fix: "Start the witnesses that the policy names, then ask again."
        })
      }
      whole = path + note
    }
    yield* writeOut(call, whole)
    const json = { index, entry: JSON.parse(entry) as unknown, key: log.key.verifier, proof: whole }
    return { json, text: whole.trimEnd() }
  })
}

const cosignVerb: Verb<Needs> = {
  usage: "log cosign --policy FILE [--out FILE]",
  about: "ask the witnesses of a policy to cosign the newest checkpoint",
  flags: ["policy", "out"],
  words: 0,
  run: Effect.fn("log cosign")(function* (call) {
    yield* (yield* Log).drain
    const { size, note, witnesses, quorum } = yield* cosigned(call)
    yield* writeOut(call, note)
    return { json: { size, witnesses, quorum, checkpoint: note }, text: note.trimEnd(), ...(quorum ? {} : { exit: 3 }) }
  })
}

const anchor: Verb<Needs> = {
  usage: "log anchor FILE",
  about: "hold the log against the heads in a file that only grows, then put the newest head there",
  flags: [],
  words: 1,
  run: Effect.fn("log anchor")(function* ({ words, io }) {
    const file = (yield* Path.Path).resolve(io.cwd, words[0]!)
    const work = Effect.gen(function* () {
      const verdict = yield* compareWithAnchor()
      return { verdict, head: verdict.sound ? yield* anchorHead() : undefined }
    })
    const { verdict, head } = yield* Effect.provide(work, Anchor.file(file), { local: true })
    if (head === undefined) {
      return yield* new Refused({
        code: "log.unsound",
        message: `The log is not the one that was anchored: entry ${verdict.firstBad} is the first that cannot be trusted. ${verdict.message ?? ""}`,
        fix: "Restore the home from a backup made before, and find out who could write to it.",
        where: { file: verdict.file ?? "checkpoint" }
      })
    }
    const { size, root, anchored } = head
    return {
      json: head,
      text: `${size} entries, root ${root}: ${anchored ? "anchored" : "not anchored"}`,
      ...(anchored ? {} : { exit: 5 })
    }
  })
}

const key: Verb<Needs> = {
  usage: "log key",
  about: "the key that others check the log with",
  flags: [],
  words: 0,
  run: Effect.fn("log key")(function* () {
    const { origin, verifier } = (yield* Log).key
    return { json: { origin, key: verifier }, text: verifier }
  })
}

export const logVerbs = {
  "log verify": verify,
  "log prove": prove,
  "log cosign": cosignVerb,
  "log witnesses": witnesses,
  "log anchor": anchor,
  "log key": key
}
