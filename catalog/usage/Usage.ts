import { Context, DateTime, Effect, Layer } from "effect"
import { Records } from "#core/records/Records.ts"
import type { RecordsError } from "#core/records/Records.ts"
import { recordUsage } from "./recordUsage.ts"
import type { Metered } from "./recordUsage.ts"
import type { UsageEvent } from "./UsageEvent.ts"

/** What one tenant used of one version in one month. */
export interface UsageTotal {
  readonly tenant: string
  readonly meter: string
  readonly product: string
  readonly version: string
  readonly period: string
  readonly quantity: number
  readonly events: number
  /** Of them, those that belong to a month that was invoiced before they came. */
  readonly late: number
  /** 64 hexadecimal digits; commits to every event in the order of arrival. */
  readonly evidence: string
}

/** One counted use. */
export interface UsageLine {
  readonly id: string
  readonly source: string
  readonly quantity: number
  /** ISO instant. */
  readonly at: string
  /** The id that it corrects; null for a use. */
  readonly corrects: string | null
}

/** The meter: counts every use once, for ever. */
export class Usage extends Context.Service<
  Usage,
  {
    /** Takes up a batch for a buyer: all or nothing. `Refused` where an id comes again with another content. */
    record(tenant: string, events: ReadonlyArray<UsageEvent>): Effect.Effect<Metered, RecordsError>
    /** Totals by month, newest first; of one buyer if given. */
    totals(tenant?: string): Effect.Effect<ReadonlyArray<UsageTotal>, RecordsError>
    /** The events behind one total, newest first, at most a hundred. */
    events(
      of: Pick<UsageTotal, "tenant" | "meter" | "product" | "version" | "period">
    ): Effect.Effect<ReadonlyArray<UsageLine>, RecordsError>
    /** Counts every event again and names the totals that differ; empty in a sound house. */
    readonly problems: Effect.Effect<ReadonlyArray<string>, RecordsError>
  }
>()("catalog/Usage") {
  static readonly layer: Layer.Layer<Usage, never, Records> = Layer.effect(
    Usage,
    Effect.gen(function* () {
      const records = yield* Records
      return Usage.of({
        record: Effect.fn("Usage.record")(function* (tenant: string, events: ReadonlyArray<UsageEvent>) {
          const now = DateTime.formatIso(yield* DateTime.now)
          return yield* records.write((db) => recordUsage(db, tenant, events, now))
        }),
        totals: Effect.fn("Usage.totals")((tenant?: string) =>
          records.read((db) =>
            db.all<UsageTotal & object>(
              `select tenant, meter, product, version, period, quantity, events, late, lower(hex(chain)) as evidence
               from usage_total where tenant = coalesce($tenant, tenant)
               order by period desc, tenant, meter, product, version`,
              { tenant: tenant ?? null }
            )
          )
        ),
        events: Effect.fn("Usage.events")(({ tenant, meter, product, version, period }) =>
          records.read((db) =>
            db.all<UsageLine & object>(
              `select id, source, quantity, at, corrects from usage_event
               where tenant = $tenant and meter = $meter and product = $product and version = $version and period = $period
               order by at desc, id limit 100`,
              { tenant, meter, product, version, period }
            )
          )
        ),
        problems: records.read((db) =>
          db
            .all<{ tenant: string; meter: string; product: string; period: string }>(
              `with counted as (
                 select tenant, meter, product, version, period, sum(quantity) as quantity, count(*) as events
                 from usage_event group by 1, 2, 3, 4, 5)
               select coalesce(t.tenant, c.tenant) as tenant, coalesce(t.meter, c.meter) as meter,
                 coalesce(t.product, c.product) as product, coalesce(t.period, c.period) as period
               from usage_total t full join counted c using (tenant, meter, product, version, period)
               where t.quantity is not c.quantity or t.events is not c.events order by 1, 2, 3, 4`
            )
            .map(
              ({ meter, product, period }) =>
                `The total of ${meter} for ${product} in ${period} differs from its events.`
            )
        )
      })
    })
  )
}
