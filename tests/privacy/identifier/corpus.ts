import type { Finding } from "#privacy/identifier/Finding.ts"
import type { IdentifierKind } from "#privacy/identifier/IdentifierKind.ts"
import { freshFrames, heldOutFrames, tuningFrames } from "./corpusFrames.ts"
import { dice, digits, englishName, broken, pick, values } from "./corpusValues.ts"
import type { Dice } from "./corpusValues.ts"

export interface Sample {
  readonly text: string
  readonly truth: ReadonlyArray<Finding>
}

const kinds = Object.keys(values) as ReadonlyArray<IdentifierKind>

/** What the holes of negative frames hold: numbers that look like identifiers and are none. */
const fillers: Readonly<Record<string, (die: Dice) => string>> = {
  "11": (die) => `1${3 + die.below(7)}${digits(die, 9)}`,
  "8": (die) => `${1 + die.below(9)}${digits(die, 7)}`,
  "10": (die) => `${1 + die.below(9)}${digits(die, 9)}`,
  "12": (die) => `${1 + die.below(9)}${digits(die, 11)}`,
  "13": (die) => `17${digits(die, 11)}`,
  "16": (die) => `${pick(die, ["62", "43", "55", "20"])}${digits(die, 14)}`,
  "18": (die) => `20${digits(die, 2)}1${die.below(3)}2${die.below(9)}${digits(die, 10)}`,
  "19": (die) => `62${digits(die, 17)}`,
  "20": (die) => digits(die, 20),
  E: (die) => `E${digits(die, 8)}`,
  version: (die) => [1 + die.below(20), die.below(30), die.below(90), die.below(200)].join("."),
  badId: broken.residentId,
  badCard: broken.bankCard,
  badCode: broken.creditCode,
  hex: (die) => Array.from({ length: 24 }, () => die.below(16).toString(16)).join(""),
  n: (die) => String(2 + die.below(40))
}

/** A text of one to three sentences: identifiers of drawn kinds in frames, and sentences that hold none. */
function sample(die: Dice, frames: typeof heldOutFrames): Sample {
  const parts: Array<string> = []
  const truth: Array<Finding> = []
  let length = 0
  const add = (text: string): void => {
    parts.push(text)
    length += text.length
  }
  const count = 1 + die.below(3)
  for (let i = 0; i < count; i++) {
    if (i > 0) add(pick(die, ["。", "；", "\n", "。"]))
    if (die.below(5) < 2) {
      const frame = pick(die, frames.negative)
      add(frame.replaceAll(/\{(\w+)\}/g, (_, hole: string) => fillers[hole]!(die)))
      continue
    }
    const kind = pick(die, kinds)
    const english = kind === "name" && die.below(4) === 0
    const frame = pick(die, english ? frames.englishName : frames.positive[kind])
    const value = english ? englishName(die) : values[kind](die)
    const at = frame.indexOf("{}")
    truth.push({ kind, start: length + at, end: length + at + value.length })
    add(frame.replace("{}", value))
  }
  return { text: parts.join(""), truth }
}

const parts = { tuning: tuningFrames, "held out": heldOutFrames, fresh: freshFrames }

export function corpus(seed: number, n: number, part: keyof typeof parts): ReadonlyArray<Sample> {
  const die = dice(seed)
  return Array.from({ length: n }, () => sample(die, parts[part]))
}

export interface Score {
  truths: number
  found: number
  hits: number
}

/**
 * Precision and recall by kind. A finding hits when kind and both ends agree; of an address, whose beginning is a matter of
 * taste, when it shares at least half of the union.
 */
export function score(
  samples: ReadonlyArray<Sample>,
  find: (text: string) => ReadonlyArray<Finding>,
  onMiss?: (what: string) => void
): ReadonlyMap<IdentifierKind | "all", Score> {
  const scores = new Map<IdentifierKind | "all", Score>()
  const of = (kind: IdentifierKind | "all"): Score => {
    if (!scores.has(kind)) scores.set(kind, { truths: 0, found: 0, hits: 0 })
    return scores.get(kind)!
  }
  for (const { text, truth } of samples) {
    const findings = find(text)
    for (const kind of ["all", ...truth.map((one) => one.kind)] as const)
      of(kind).truths += kind === "all" ? truth.length : 1
    for (const finding of findings) {
      const hit = truth.some((one) => agrees(one, finding))
      for (const kind of ["all", finding.kind] as const) {
        of(kind).found += 1
        if (hit) of(kind).hits += 1
      }
      if (!hit) onMiss?.(`extra ${finding.kind} [${text.slice(finding.start, finding.end)}] in ${text}`)
    }
    for (const one of truth)
      if (!findings.some((finding) => agrees(one, finding)))
        onMiss?.(`missed ${one.kind} [${text.slice(one.start, one.end)}] in ${text}`)
  }
  return scores
}

function agrees(truth: Finding, found: Finding): boolean {
  if (truth.kind !== found.kind) return false
  if (truth.kind !== "address") return truth.start === found.start && truth.end === found.end
  const shared = Math.min(truth.end, found.end) - Math.max(truth.start, found.start)
  const union = Math.max(truth.end, found.end) - Math.min(truth.start, found.start)
  return shared * 2 >= union
}
