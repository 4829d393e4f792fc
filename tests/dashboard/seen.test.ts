import { describe, expect, it } from "vitest"
import { Seen } from "#dashboard/server/view/Seen.ts"
import type { Mask } from "#privacy/access/Mask.ts"

/** Tags are masks here: what is tagged `hidden` is. */
const seen = (columns: Readonly<Record<string, Mask>>): Seen =>
  new Seen(
    new Map([["core.deal", Object.entries(columns).map(([name, mask]) => ({ name, tags: [mask] }))]]),
    (fields) => new Map(fields.map(({ name, tags }) => [name, tags[0] as Mask]))
  )

describe("what somebody may hear of", () => {
  const own = seen({
    boss: "hidden",
    region: "plain",
    email: "hash",
    "a.b(c[": "hidden",
    负责人: "hidden",
    $x: "hidden"
  })

  it("are the columns that are not hidden, and none by the name of a hidden one where nothing is known of it", () => {
    expect(own.names("core.deal", "region")).toBe(true)
    expect(own.mask("core.deal", "email")).toBe("hash")
    expect(own.names("core.deal", "boss")).toBe(false)
    expect(own.names("core.other", "Boss")).toBe(false)
    expect(own.names("core.other", "region")).toBe(true)
    expect(own.mask("core.other", "region")).toBeUndefined()
    expect(own.hidden("core.deal")).toBe(4)
  })

  it("knows a hidden name as a part of another one, and not inside of a word", () => {
    for (const text of [
      "boss",
      "typed_crm_deals_boss",
      "core.deal.BOSS",
      "(boss)",
      "raw a.b(c[ x",
      "typed_负责人",
      "$x"
    ])
      expect(own.mentions(text), text).toBe(true)
    for (const text of ["", "bossy", "emboss", "region", "a.b", "x", "boss1"])
      expect(own.mentions(text), text).toBe(false)
    expect(seen({ region: "plain" }).mentions("boss")).toBe(false)
  })

  it("leaves hidden ones out of a document, wherever they stand in it", () => {
    const document = {
      columns: ["region", "boss"],
      fields: [{ name: "boss", type: "VARCHAR" }, { name: "region" }],
      lineage: { boss: { from: ["x"] }, region: { from: ["raw.deal.boss", "raw.deal.region"] } },
      sql: "select boss from t",
      n: 2,
      none: null
    }
    expect(own.without(document)).toEqual({
      columns: ["region"],
      fields: [{ name: "region" }],
      lineage: { region: { from: ["raw.deal.region"] } },
      n: 2,
      none: null
    })
    const open = seen({ region: "plain" })
    expect(open.without(document)).toBe(document)
  })
})
