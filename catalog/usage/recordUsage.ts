import { createHash, hash } from "node:crypto"
import { BadInput } from "#core/BadInput.ts"
import type { Db } from "#core/records/Records.ts"
import { Refused } from "#core/Refused.ts"
import { chargePeriod } from "./chargePeriod.ts"
import type { UsageEvent } from "./UsageEvent.ts"

/** What became of a batch; a duplicate is a repetition of an event that is known with the same content. */
export interface Metered {
  readonly accepted: number
  readonly duplicates: number
  /** Accepted ones whose month was invoiced, charged in the next. */
  readonly late: number
}

interface Total {
  readonly meter: string
  readonly product: string
  readonly version: string
  readonly period: string
  quantity: number
  events: number
  late: number
  readonly digests: Array<Uint8Array>
}

/** Clocks of honest senders differ by less. */
const aheadSeconds = 300

/**
 * Takes up a batch of uses within the caller's transaction: all of them or, where one contradicts what is known, none.
 *
 * @param now  ISO instant
 * @throws     Refused if an id comes again with another content, or a correction corrects nothing; BadInput if a time lies ahead or is no day
 */
export function recordUsage(db: Db, tenant: string, events: ReadonlyArray<UsageEvent>, now: string): Metered {
  const latest = Date.parse(now) + aheadSeconds * 1000
  const closed = db.get<{ through: string }>("select through from usage_closed where tenant = $tenant", { tenant })
  const totals = new Map<string, Total>()
  let [accepted, duplicates, late] = [0, 0, 0]
  for (const [position, event] of events.entries()) {
    const { source, id, time, data } = event
    if (!(Date.parse(time) <= latest)) throw strangeTime(position)
    const digest = digestOf(tenant, event)
    const period = chargePeriod(time, closed?.through)
    if (data.corrects !== undefined) checkCorrected(db, tenant, event, position)
    else if (data.quantity < 0) throw negative(position)
    const added = db.run(
      `insert or ignore into usage_event
       values ($tenant, $meter, $source, $id, $product, $version, $quantity, $time, $period, $digest, $corrects)`,
      {
        tenant,
        meter: data.meter,
        source,
        id,
        product: data.product,
        version: data.version,
        quantity: data.quantity,
        time,
        period,
        digest,
        corrects: data.corrects ?? null
      }
    )
    if (added === 0) {
      const known = db.get<{ digest: Uint8Array }>(
        "select digest from usage_event where tenant = $tenant and meter = $meter and source = $source and id = $id",
        { tenant, meter: data.meter, source, id }
      )!
      if (Buffer.compare(known.digest, digest) !== 0) throw contradiction(position)
      duplicates += 1
      continue
    }
    accepted += 1
    const isLate = period !== time.slice(0, 7)
    if (isLate) late += 1
    add(totals, data, period, digest, isLate)
  }
  for (const total of totals.values()) keepTotal(db, tenant, total)
  return { accepted, duplicates, late }
}

const digestOf = (tenant: string, { source, id, time, data }: UsageEvent): Uint8Array =>
  hash(
    "sha256",
    JSON.stringify([
      tenant,
      data.meter,
      source,
      id,
      time,
      data.product,
      data.version,
      data.quantity,
      data.corrects ?? null
    ]),
    "buffer"
  )

function add(
  totals: Map<string, Total>,
  { meter, product, version, quantity }: UsageEvent["data"],
  period: string,
  digest: Uint8Array,
  isLate: boolean
): void {
  const key = JSON.stringify([meter, product, version, period])
  let total = totals.get(key)
  if (total === undefined) {
    total = { meter, product, version, period, quantity: 0, events: 0, late: 0, digests: [] }
    totals.set(key, total)
  }
  total.quantity += quantity
  total.events += 1
  if (isLate) total.late += 1
  total.digests.push(digest)
}

/** The chain commits to every event of a total in the order of arrival: chain' = SHA-256(chain, digests of the batch). */
function keepTotal(db: Db, tenant: string, { meter, product, version, period, ...total }: Total): void {
  const key = { tenant, meter, product, version, period }
  const before = db.get<{ chain: Uint8Array; quantity: number }>(
    `select chain, quantity from usage_total
     where tenant = $tenant and meter = $meter and product = $product and version = $version and period = $period`,
    key
  )
  if (!Number.isSafeInteger((before?.quantity ?? 0) + total.quantity)) throw tooMuch()
  const chain = createHash("sha256").update(before?.chain ?? new Uint8Array(32))
  for (const digest of total.digests) chain.update(digest)
  db.run(
    `insert into usage_total values ($tenant, $meter, $product, $version, $period, $quantity, $events, $chain, $late)
     on conflict do update set quantity = quantity + excluded.quantity, events = events + excluded.events,
       chain = excluded.chain, late = late + excluded.late`,
    { ...key, quantity: total.quantity, events: total.events, chain: chain.digest(), late: total.late }
  )
}

function checkCorrected(db: Db, tenant: string, { source, data }: UsageEvent, position: number): void {
  const corrected = db.get<{ quantity: number; product: string; version: string; corrects: string | null }>(
    `select quantity, product, version, corrects from usage_event
     where tenant = $tenant and meter = $meter and source = $source and id = $id`,
    { tenant, meter: data.meter, source, id: data.corrects! }
  )
  const matches = corrected?.product === data.product && corrected.version === data.version
  const others = db.get<{ sum: number | null }>(
    `select sum(quantity) as sum from usage_event
     where tenant = $tenant and meter = $meter and source = $source and corrects = $id`,
    { tenant, meter: data.meter, source, id: data.corrects! }
  )
  const left = (corrected?.quantity ?? 0) + (others?.sum ?? 0) + data.quantity
  if (matches && corrected.corrects === null && left >= 0) return
  throw new Refused({
    code: "usage.correction",
    message: `Event ${position + 1} of the batch corrects an event that is not there, is a correction itself, or would fall below zero.`,
    fix: "Name an event of the same meter, source, product and version, and take back no more than it counted.",
    where: { line: position + 1, field: "data.corrects" }
  })
}

const contradiction = (position: number): Refused =>
  new Refused({
    code: "usage.conflict",
    message: `Event ${position + 1} of the batch repeats an id with another content. Nothing of the batch was counted.`,
    fix: "Give every use an id of its own; to change one that was counted, send a correction with data.corrects.",
    where: { line: position + 1, field: "id" }
  })

const strangeTime = (position: number): BadInput =>
  new BadInput({
    code: "usage.time",
    message: `The time of event ${position + 1} is no real day or lies more than ${aheadSeconds / 60} minutes ahead.`,
    fix: "Check the sender's clock; times are UTC.",
    where: { line: position + 1, field: "time" }
  })

const negative = (position: number): BadInput =>
  new BadInput({
    code: "usage.quantity",
    message: `Event ${position + 1} counts less than nothing.`,
    fix: "Only a correction, which names the event in data.corrects, may be negative.",
    where: { line: position + 1, field: "data.quantity" }
  })

const tooMuch = (): BadInput =>
  new BadInput({
    code: "usage.quantity",
    message: "The quantity is too large to be counted exactly.",
    fix: "Check the unit of the meter.",
    where: { field: "data.quantity" }
  })
