import { assert, describe, layer } from "@effect/vitest"
import { Effect, Layer } from "effect"
import { Warehouse } from "#core/warehouse/Warehouse.ts"
import { generateSample } from "#pipelines/sources/sample/generateSample.ts"
import { numbers, usual } from "./sampleOf.ts"

const sample = Layer.effectDiscard(generateSample({ ...usual, subjects: 1000 }, () => {})).pipe(
  Layer.provideMerge(Warehouse.memory)
)

describe("the sample", () => {
  layer(sample)((it) => {
    it.effect("writes its texts in Chinese", () =>
      Effect.gen(function* () {
        const { share, distinct } = yield* numbers(
          yield* Warehouse,
          `select sum(length(regexp_replace(text, '[^\\p{Han}，。？！、：【】（）]', '', 'g'))) / sum(length(text)) as share,
          count(distinct text) / count(text) as distinct from _stage.sample__interactions`
        )
        assert.isAbove(share!, 0.8)
        assert.isAbove(distinct!, 0.5)
      })
    )

    it.effect("mentions a telephone number of the speaker now and then, of a segment that no carrier uses", () =>
      Effect.gen(function* () {
        const { share, foreign, matching } = yield* numbers(
          yield* Warehouse,
          `with said as (select contact_id, account_id, regexp_extract(text, '电话(\\d+)', 1) as phone from _stage.sample__interactions where text is not null)
          select count(*) filter (phone <> '') / count(*) as share,
          count(*) filter (phone <> '' and not regexp_full_match(phone, '154\\d{8}')) as foreign,
          count(*) filter (phone in (select phone from _stage.sample__contacts as c where c.contact_id = said.contact_id)) as matching
          from said`
        )
        assert.isAbove(share!, 0.02)
        assert.isBelow(share!, 0.0625)
        assert.strictEqual(foreign, 0)
        assert.isAbove(matching!, 50)
      })
    )

    it.effect("sells most on Singles' day and in the evening, and talks to companies on working days", () =>
      Effect.gen(function* () {
        const warehouse = yield* Warehouse
        const shop = yield* numbers(
          warehouse,
          `with o as (select distinct order_id, try_cast(ordered_at as timestamp) as t from _stage.sample__orders where business = 'commerce')
          select count(*) / 730 as usual, count(*) filter (month(t) = 11 and day(t) between 9 and 12) / 8 as singles,
          count(*) filter (hour(t) between 19 and 22) / count(*) as evening from o`
        )
        assert.isAbove(shop["singles"]!, 2.5 * shop["usual"]!)
        assert.isAbove(shop["evening"]!, 0.25)
        const { weekend } = yield* numbers(
          warehouse,
          `select count(*) filter (isodow(try_cast(occurred_at as timestamp)) > 5) / count(*) as weekend
          from _stage.sample__interactions where opportunity_id is not null and days_since_touch is null`
        )
        assert.isBelow(weekend!, 0.1)
      })
    )

    it.effect("is skewed: few buyers place many orders and few classes make most of the business", () =>
      Effect.gen(function* () {
        const warehouse = yield* Warehouse
        const { top } = yield* numbers(
          warehouse,
          `with buyer as (select account_id, count(*) as n from _stage.sample__orders where business = 'commerce' group by account_id)
          select (select sum(n) from (select n from buyer order by n desc limit (select count(*) // 10 from buyer))) / sum(n) as top from buyer`
        )
        assert.isAbove(top!, 0.3)
        const { ratio } = yield* numbers(
          warehouse,
          `with class as (select equipment_class, count(*) as n from _stage.sample__opportunities group by 1) select max(n) / min(n) as ratio from class`
        )
        assert.isAbove(ratio!, 2)
      })
    )

    it.effect("lets roles differ by stage and preferences by region", () =>
      Effect.gen(function* () {
        const warehouse = yield* Warehouse
        const { early, late } = yield* numbers(
          warehouse,
          `select count(*) filter (contact_role = '技术评估' and stage = '技术评审') / count(*) filter (stage = '技术评审') as early,
          count(*) filter (contact_role = '技术评估' and stage = '合同签订') / count(*) filter (stage = '合同签订') as late
          from _stage.sample__interactions`
        )
        assert.isAbove(early!, 2 * late!)
        const { leaders } = yield* numbers(
          warehouse,
          `with cell as (select region, category, count(*) as n from _stage.sample__orders where business = 'commerce' and region not like '%地区' group by all),
          leader as (select arg_max(category, n) as category from cell group by region)
          select count(distinct category) as leaders from leader`
        )
        assert.isAbove(leaders!, 2)
      })
    )

    it.effect("counts the days between the touches of one opportunity", () =>
      Effect.gen(function* () {
        const { touches, wrong, first } = yield* numbers(
          yield* Warehouse,
          `with t as (
            select distinct interaction_id, opportunity_id, days_since_touch::integer as gap, try_cast(occurred_at as timestamp)::date as d
            from _stage.sample__interactions where opportunity_id is not null),
          o as (select *, d - lag(d) over (partition by opportunity_id order by interaction_id) as days from t)
          select count(days) as touches, count(*) filter (days <> gap) as wrong, count(*) filter (gap is null) / count(distinct opportunity_id) as first from o`
        )
        assert.isAbove(touches!, 3000)
        // A second touch within the hour may fall behind midnight.
        assert.isBelow(wrong! / touches!, 0.002)
        assert.closeTo(first!, 1, 0.02)
      })
    )

    it.effect("ties usage and answers to one digital maturity", () =>
      Effect.gen(function* () {
        const { answers, usage, outside } = yield* numbers(
          yield* Warehouse,
          `with s as (select try_cast(maturity_data as integer) as data, try_cast(maturity_tools as integer) as tools,
            try_cast(active_users as integer) / seats::integer as active, status from _stage.sample__subscriptions)
          select corr(data, tools) as answers, corr(data, active) filter (status in ('使用中', '已续约')) as usage,
          count(*) filter (data not between 1 and 5) as outside from s`
        )
        assert.isAbove(answers!, 0.5)
        assert.isAbove(usage!, 0.4)
        assert.strictEqual(outside, 0)
      })
    )

    it.effect("lets about four of five subjects allow market research until after its day", () =>
      Effect.gen(function* () {
        const { share } = yield* numbers(
          yield* Warehouse,
          `select count(*) filter (purposes like '%dpv:MarketResearch%' and actions like '%aggregate%' and expires_at > '2026-03-31') / 1000 as share
          from _stage.sample__grants`
        )
        assert.closeTo(share!, 0.81, 0.05)
      })
    )
  })
})
