import { Effect } from "effect"
import type { BitSource } from "#core/random/BitSource.ts"
import type { Warehouse } from "#core/warehouse/Warehouse.ts"
import type { WarehouseError } from "#core/warehouse/WarehouseError.ts"
import { canaryBound } from "#privacy/dp/audit/canaryBound.ts"
import { rankTest } from "../statistic/rankTest.ts"
import { riskOf } from "../statistic/riskOf.ts"
import type { Trial } from "../statistic/Trial.ts"
import { wilsonInterval } from "../statistic/wilsonInterval.ts"
import type { CodedTable } from "../table/CodedTable.ts"
import type { CodedTables } from "../table/codeTables.ts"
import { drawRows } from "../table/drawRows.ts"
import type { OpenedTables } from "../table/openTables.ts"
import { pickRows } from "../table/pickRows.ts"
import type { AttackName, AttackReport, AttackResult, Membership } from "./AttackReport.ts"
import { findCopies } from "./findCopies.ts"
import { keyOverlap } from "./keyOverlap.ts"
import { scanTargets } from "./scanTargets.ts"
import type { Scan } from "./scanTargets.ts"
import { singleOut } from "./singleOut.ts"
import { takeSides } from "./takeSides.ts"

/** All tests together call an honest release leaky at most this often. */
const FALSE_ALARM = 0.01
const TARGETS = 1000
const RELEASED = 30_000
const SECRETS = 16
/** Numbers this near in rank, per column, are the same for a near copy. */
const NEAR = 0.002

interface Outcome {
  readonly attack: AttackName
  readonly column?: string
  readonly members: Trial
  readonly controls: Trial
}

/**
 * Attacks a release and compares the success on people whose rows were used with that on people whose rows were not. Each test is
 * exact or nearly so if membership does not matter, and they share one false-alarm rate evenly.
 * @param bits  seeded: which rows are drawn
 */
export const runAttacks = Effect.fn("runAttacks")(function* (
  tables: CodedTables,
  opened: OpenedTables,
  bits: BitSource
): Effect.fn.Return<AttackReport, WarehouseError, Warehouse> {
  const sides = takeSides(tables, bits)
  const some = (table: CodedTable, n: number): CodedTable => pickRows(table, drawRows(table.rows, n, bits))
  const released = some(sides.released, RELEASED)
  const secrets = released.columns.map((_, c) => c).slice(0, SECRETS)
  const [members, controls] = [firstRows(sides.members, TARGETS), firstRows(sides.controls, TARGETS)]
  const own = yield* scanTargets(members, released, secrets)
  const other = yield* scanTargets(controls, released, secrets)
  // How near people are to each other anyway: members and controls in one crowd, so that neither side has it easier.
  const crowd = join(firstRows(sides.members, RELEASED / 2), firstRows(sides.controls, RELEASED / 2))
  const ownCrowd = yield* scanTargets(members, crowd, [], 0)
  const otherCrowd = yield* scanTargets(controls, crowd, [], crowd.rows / 2)
  const near = NEAR * released.columns.filter(({ kind }) => kind === "number").length
  const nearCopies = (scan: Scan, around: Scan): Trial => {
    const alone = scan.trimmed.filter((_, i) => around.trimmed[i]! > near)
    return countWhere(alone, (gap) => gap <= near)
  }
  const keys: Array<Outcome> = []
  for (const { name, kind } of opened.columns)
    if (kind === "key") keys.push({ attack: "key values", column: name, ...(yield* keyOverlap(opened, name)) })
  const outcomes: ReadonlyArray<Outcome> = [
    { attack: "copies", ...findCopies(sides) },
    { attack: "near copies", members: nearCopies(own, ownCrowd), controls: nearCopies(other, otherCrowd) },
    ...keys,
    { attack: "singling out", ...singleOut(sides, bits) },
    { attack: "linkability", members: countWhere(own.linked, Boolean), controls: countWhere(other.linked, Boolean) },
    ...secrets.map((secret, s) => ({
      attack: "attribute inference" as const,
      column: released.columns[secret]!.name,
      members: countWhere(own.guessed[s]!, Boolean),
      controls: countWhere(other.guessed[s]!, Boolean)
    }))
  ]
  // Columns of one attack share its part, so that wide tables do not drown the other attacks.
  const kinds = new Set(outcomes.map(({ attack }) => attack))
  const share = FALSE_ALARM / (kinds.size + 1)
  const attacks = outcomes.map((outcome): AttackResult => {
    const risk = riskOf(outcome.members, outcome.controls)
    const siblings = outcomes.filter(({ attack }) => attack === outcome.attack).length
    return { ...outcome, ...risk, found: risk.p < share / siblings }
  })
  const membership = membershipOf(nearness(own, ownCrowd), nearness(other, otherCrowd), share)
  return {
    control: sides.control,
    falseAlarmRate: FALSE_ALARM,
    tests: outcomes.length + 1,
    attacks,
    membership,
    nearerToMembers: yield* nearerToMembers(some(sides.released, TARGETS), members, controls),
    found: membership.found || attacks.some(({ found }) => found)
  }
})

const firstRows = (table: CodedTable, n: number): CodedTable =>
  pickRows(
    table,
    Uint32Array.from({ length: Math.min(n, table.rows) }, (_, i) => i)
  )

function join(a: CodedTable, b: CodedTable): CodedTable {
  const columns = a.columns.map((column, c) => {
    const codes = new Uint16Array(a.rows + b.rows)
    const place = new Float32Array(a.rows + b.rows)
    codes.set(column.codes)
    codes.set(b.columns[c]!.codes, a.rows)
    place.set(column.place)
    place.set(b.columns[c]!.place, a.rows)
    return { ...column, codes, place }
  })
  return { rows: a.rows + b.rows, columns }
}

function countWhere(values: ArrayLike<number>, test: (value: number) => boolean): Trial {
  let hits = 0
  for (let i = 0; i < values.length; i++) if (test(values[i]!)) hits += 1
  return { hits, n: values.length }
}

/** A release is suspiciously near to somebody when people are not: the log of how much nearer. */
const nearness = (scan: Scan, around: Scan): Float64Array =>
  scan.trimmed.map((gap, i) => Math.log((around.trimmed[i]! + 1e-3) / (gap + 1e-3)))

/** The larger the score, the surer the guess that somebody is a member. */
function membershipOf(members: Float64Array, controls: Float64Array, share: number): Membership {
  const test = rankTest(members, controls)
  const sorted = controls.slice().sort()
  const atFalseRate = [0.01, 0.1].map((falseRate) => {
    const limit = sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * (1 - falseRate)))]!
    const { hits, n } = countWhere(members, (score) => score > limit)
    const [low, high] = wilsonInterval(hits, n, 1.96)
    return { falseRate, rate: hits / n, low, high }
  })
  return {
    ...test,
    atFalseRate,
    epsilonAtLeast: refuted(members, controls),
    targets: members.length,
    found: test.p < share
  }
}

/** Members and controls are as many, so each target is a member by a fair coin; the surest tenth is called members. */
function refuted(members: Float64Array, controls: Float64Array): number {
  const all = Float64Array.from([...members, ...controls])
  // Ties are broken against the attack.
  const order = Uint32Array.from(all, (_, i) => i).sort((a, b) => all[b]! - all[a]! || b - a)
  const guesses = Math.floor(all.length / 10)
  if (guesses === 0) return 0
  let right = 0
  for (let i = 0; i < guesses; i++) if (order[i]! < members.length) right += 1
  return canaryBound(right, guesses, 0)
}

const nearerToMembers = Effect.fnUntraced(function* (released: CodedTable, members: CodedTable, controls: CodedTable) {
  const toMembers = (yield* scanTargets(released, members, [])).distance
  const toControls = (yield* scanTargets(released, controls, [])).distance
  let nearer = 0
  for (let i = 0; i < released.rows; i++) {
    if (toMembers[i]! < toControls[i]!) nearer += 1
    else if (toMembers[i] === toControls[i]) nearer += 0.5
  }
  const [low, high] = wilsonInterval(nearer, released.rows, 1.96)
  return { share: nearer / released.rows, low, high }
})
