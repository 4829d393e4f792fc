import { assert, describe, layer } from "@effect/vitest"
import { Effect, Layer } from "effect"
import { Warehouse } from "#core/warehouse/Warehouse.ts"
import { dirt } from "#pipelines/sources/sample/dirt.ts"
import { generateSample } from "#pipelines/sources/sample/generateSample.ts"
import { stagingSql } from "#pipelines/sources/sample/stagingSql.ts"
import { vocabulary } from "#pipelines/sources/sample/vocabulary.ts"
import { numbers, usual } from "./sampleOf.ts"

const sample = Layer.effectDiscard(generateSample({ ...usual, subjects: 1000 }, () => {})).pipe(
  Layer.provideMerge(Warehouse.memory)
)

/** How each kind of dirt shows in the text: stream, kind, which rows show it, among which rows. */
const visible: ReadonlyArray<readonly [keyof typeof dirt, string, string, string]> = [
  ["accounts", "missing_phone", "phone is null", "true"],
  ["accounts", "missing_state", "state is null", "true"],
  ["accounts", "spelled_region", "region like '%地区'", "true"],
  ["accounts", "missing_industry", "industry is null", "kind = 'company'"],
  ["contacts", "missing_role", "role is null", "true"],
  ["contacts", "spelled_role", "list_contains($variants, role)", "true"],
  ["contacts", "spaces", "name like ' %'", "true"],
  ["leads", "missing_phone", "phone is null", "true"],
  ["opportunities", "missing_amount", "amount is null", "true"],
  ["opportunities", "format_amount", "amount like '¥%'", "true"],
  ["orders", "missing_subject", "account_id is null", "true"],
  ["orders", "missing_channel", "channel is null", "true"],
  ["orders", "missing_state", "state is null", "true"],
  ["orders", "spelled_region", "region like '%地区'", "true"],
  ["orders", "spaces", "category like ' %'", "true"],
  ["orders", "format_time", "ordered_at like '%/%'", "true"],
  ["order_lines", "missing_quantity", "quantity is null", "true"],
  ["order_lines", "format_amount", "unit_price like '¥%'", "true"],
  ["subscriptions", "missing_usage", "active_users is null", "true"],
  ["tickets", "missing_category", "category is null", "true"],
  ["interactions", "late", "received_at::timestamp - try_cast(occurred_at as timestamp) >= interval 1 day", "true"],
  ["interactions", "missing_subject", "account_id is null", "true"],
  ["interactions", "missing_role", "contact_role is null", "opportunity_id is not null"],
  ["interactions", "spelled_role", "list_contains($variants, contact_role)", "opportunity_id is not null"],
  ["interactions", "spaces", "contact_role like ' %'", "opportunity_id is not null"],
  ["interactions", "spelled_channel", "list_contains($channels, channel)", "true"],
  ["interactions", "missing_text", "text is null", "true"],
  ["interactions", "format_time", "occurred_at like '%/%'", "true"]
]

const keys = {
  accounts: "account_id",
  contacts: "contact_id",
  leads: "lead_id",
  opportunities: "opportunity_id",
  orders: "order_id",
  order_lines: "order_id, line_number",
  subscriptions: "subscription_id",
  tickets: "ticket_id",
  interactions: "interaction_id"
} as const

/** The seed is fixed, so that a bound of five standard deviations and two rows more never fails by chance. */
function assertRate(share: number, found: number, among: number, what: string): void {
  assert.isAtMost(Math.abs(found - share * among), 5 * Math.sqrt(among * share * (1 - share)) + 2, what)
}

describe("dirt", () => {
  layer(sample)((it) => {
    it.effect("shows in the tables at the stated rates", () =>
      Effect.gen(function* () {
        const warehouse = yield* Warehouse
        const params = { variants: [...vocabulary.roleVariants], channels: [...vocabulary.interactionChannelVariants] }
        for (const [stream, kind, predicate, base] of visible) {
          const share = (dirt[stream] as Readonly<Record<string, number>>)[kind]!
          const used = Object.fromEntries(Object.entries(params).filter(([name]) => predicate.includes(`$${name}`)))
          const [row] = yield* warehouse.query<{ found: number; among: number }>(
            `select count(*) filter (${predicate}) as found, count(*) as among from _stage.sample__${stream} where ${base}`,
            used
          )
          assertRate(share, row!.found, row!.among, `${stream} ${kind}`)
          if (share * row!.among > 10) assert.isAbove(row!.found, 0, `${stream} ${kind}`)
        }
      })
    )

    it.effect("doubles rows under the same key at the stated rates and nowhere else", () =>
      Effect.gen(function* () {
        const warehouse = yield* Warehouse
        for (const [stream, key] of Object.entries(keys)) {
          const { among, distinct, different } = yield* numbers(
            warehouse,
            `select count(*) as among, count(distinct (${key})) as distinct, (select count(*) from (select distinct * from _stage.sample__${stream})) as different
            from _stage.sample__${stream}`
          )
          assert.strictEqual(distinct, different, `${stream}: doubled rows are equal rows`)
          assertRate(dirt[stream as keyof typeof keys].doubled, among! - distinct!, distinct!, `${stream} doubled`)
        }
        const grants = yield* numbers(
          warehouse,
          "select count(*) - count(distinct account_id) as doubled from _stage.sample__grants"
        )
        assert.strictEqual(grants["doubled"], 0)
      })
    )

    it.effect("gives some companies a second account number with the same telephone and another spelling", () =>
      Effect.gen(function* () {
        const warehouse = yield* Warehouse
        const { twins, same, companies } = yield* numbers(
          warehouse,
          `with company as (select distinct on (account_id) * from _stage.sample__accounts where kind = 'company')
          select count(*) as twins, count(*) filter (a.name = b.name) as same, (select count(*) from company) as companies
          from company as a join company as b on a.email = b.email and a.account_id > b.account_id`
        )
        assertRate(dirt.accounts.twin, twins!, companies!, "accounts twin")
        assert.isAbove(twins!, 0)
        assert.strictEqual(same, 0)
      })
    )

    it.effect("leaves most rows of every stream clean", () =>
      Effect.sync(() => {
        for (const [stream, rates] of Object.entries(dirt)) {
          const total = Object.values(rates as Readonly<Record<string, number>>).reduce((sum, share) => sum + share, 0)
          assert.isBelow(total, 0.15, stream)
        }
      })
    )

    it.effect("throws when a stream's SQL names a parameter that nobody fills", () =>
      Effect.sync(() => assert.throws(() => stagingSql("accounts", {}), RangeError))
    )
  })
})
