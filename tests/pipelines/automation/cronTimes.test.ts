import { assert, describe, it } from "@effect/vitest"
import { seededBits } from "#core/random/BitSource.ts"
import { uniformInt } from "#core/random/uniformInt.ts"
import { cronTimes } from "#pipelines/automation/cronTimes.ts"

const at = (text: string): number => Date.parse(`${text}:00Z`)
const told = (millis: number | undefined): string | undefined =>
  millis === undefined ? undefined : new Date(millis).toISOString().slice(0, 16)

describe("cronTimes", () => {
  it("names the next time of fields with lists, ranges and steps", () => {
    const next = (times: string, from: string): string | undefined => told(cronTimes(times).after(at(from)))
    assert.strictEqual(next("0 6 * * *", "2026-11-22T05:59"), "2026-11-22T06:00")
    assert.strictEqual(next("0 6 * * *", "2026-11-22T06:00"), "2026-11-23T06:00")
    assert.strictEqual(next("*/15 8-18 * * 1-5", "2026-11-20T18:45"), "2026-11-23T08:00")
    assert.strictEqual(next("0 0 29 2 *", "2026-11-22T00:00"), "2028-02-29T00:00")
    assert.strictEqual(next("30 12 1,15 * *", "2026-11-15T12:30"), "2026-12-01T12:30")
    // Sunday has two numbers, and a day of the month beside a weekday means either.
    assert.strictEqual(next("0 0 * * 7", "2026-11-22T00:00"), "2026-11-29T00:00")
    assert.strictEqual(next("0 0 13 * 5", "2026-11-22T00:00"), "2026-11-27T00:00")
    assert.isUndefined(next("0 0 30 2 *", "2026-11-22T00:00"))
  })

  it("finds the last time in between, and none where there is none", () => {
    const last = (times: string, from: string, to: string): string | undefined =>
      told(cronTimes(times).lastBetween(at(from), at(to)))
    assert.strictEqual(last("0 6 * * *", "2026-11-19T07:00", "2026-11-22T05:59"), "2026-11-21T06:00")
    assert.isUndefined(last("0 6 * * *", "2026-11-21T06:00", "2026-11-22T05:59"))
    assert.strictEqual(last("0 6 * * *", "2026-11-21T05:59", "2026-11-21T06:00"), "2026-11-21T06:00")
  })

  it("agrees with a walk through every minute", () => {
    const bits = seededBits(7)
    const number = (least: number, most: number): number => least + uniformInt(bits, most - least + 1)
    for (let i = 0; i < 40; i++) {
      const [m, h, d, w] = [number(0, 59), number(0, 23), number(1, 28), number(0, 6)]
      const times = [`${m} ${h} * * *`, `${m} */5 * * ${w}`, `${m} ${h} ${d} * ${w}`, `*/7 ${h} * 11 *`][i % 4]!
      const from = at("2026-11-22T00:00") + number(0, 5000) * 60_000
      const { after, lastBetween } = cronTimes(times)
      const [minutes, hours, days, months, weekdays] = times.split(" ")
      const fits = (field: string, n: number): boolean =>
        field === "*" || (field.startsWith("*/") ? n % Number(field.slice(2)) === 0 : Number(field) === n)
      const hit = (millis: number): boolean => {
        const date = new Date(millis)
        const onDay = fits(days!, date.getUTCDate())
        const onWeekday = fits(weekdays!, date.getUTCDay())
        const day = days !== "*" && weekdays !== "*" ? onDay || onWeekday : onDay && onWeekday
        return (
          fits(minutes!, date.getUTCMinutes()) &&
          fits(hours!, date.getUTCHours()) &&
          fits(months!, date.getUTCMonth() + 1) &&
          day
        )
      }
      let expected: number | undefined
      for (let k = 1; k < 20_000 && expected === undefined; k++)
        if (hit(from + k * 60_000)) expected = from + k * 60_000
      if (expected === undefined) continue
      assert.strictEqual(told(after(from)), told(expected), times)
      assert.strictEqual(told(lastBetween(from, expected)), told(expected), times)
    }
  })

  it("refuses what names no times", () => {
    for (const times of [
      "",
      "* * * *",
      "60 * * * *",
      "* * 0 * *",
      "5-1 * * * *",
      "a * * * *",
      "*/0 * * * *",
      "1, * * * *"
    ]) {
      assert.throws(() => cronTimes(times), /names no times/, times)
    }
  })
})
