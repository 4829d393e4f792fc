import { describe, expect, it } from "vitest"
import { fieldTags } from "#pipelines/guard/fieldTags.ts"
import type { BoundAsset } from "#pipelines/lineage/BoundAsset.ts"
import type { Connection } from "#pipelines/sources/Connections.ts"
import type { StreamSpec } from "#pipelines/sources/SourceSpec.ts"

const stream: StreamSpec = {
  stream: "deals",
  path: "deals.csv",
  subject: "Account",
  categories: { amount: "dpv-pd:Transactional", name: "dpv-pd:Name", boss: "dpv-pd:Name" },
  tags: { BOSS: ["crm.decision_maker"], budget: ["crm.budget", "crm.money"] }
}
const connected: ReadonlyArray<Connection> = [
  { spec: { source: "crm", kind: "files", file: "", root: "", streams: [stream] }, sample: undefined, addedAt: "" }
]

/** An asset by what each of its columns is made from. */
const bound = (columns: Readonly<Record<string, ReadonlyArray<string>>>): BoundAsset =>
  ({
    columns: Object.keys(columns).map((name) => ({ name, type: "VARCHAR" })),
    lineage: {
      columns: Object.fromEntries(
        Object.entries(columns).map(([name, from]) => [
          name,
          { direct: Object.fromEntries(from.map((one) => [one, []])), indirect: {} }
        ])
      )
    }
  }) as unknown as BoundAsset

describe("the tags of fields", () => {
  const tags = fieldTags(
    new Map([
      ["raw.crm__deals", bound({ Account: [], amount: [], name: [], Boss: [], budget: [], note: [] })],
      [
        "core.deal",
        bound({
          subject_id: ["raw.crm__deals.Account"],
          amount_minor: ["raw.crm__deals.amount"],
          amount_currency: [],
          budget_minor: ["raw.crm__deals.budget"],
          budget_currency: [],
          who: ["raw.crm__deals.name", "raw.crm__deals.Boss"],
          n: []
        })
      ],
      ["feature.deal", bound({ who: ["core.deal.who"], known: ["core.deal.n", "raw.crm__deals.note"] })]
    ]),
    connected
  )
  const of = (asset: string, column: string) => tags.get(asset)!.find(({ name }) => name === column)!.tags

  it("are what the source says, however it spells the field, and identifier for who it is about", () => {
    expect(of("raw.crm__deals", "amount")).toEqual(["dpv-pd:Transactional"])
    expect(of("raw.crm__deals", "Boss")).toEqual(["crm.decision_maker", "dpv-pd:Name"])
    expect(of("raw.crm__deals", "Account")).toEqual(["identifier", "unclassified"])
    expect(of("raw.crm__deals", "budget")).toEqual(["crm.budget", "crm.money", "unclassified"])
    expect(of("raw.crm__deals", "note")).toEqual(["unclassified"])
  })

  it("follow whatever is made from a field, all of them where there are several", () => {
    expect(of("core.deal", "subject_id")).toEqual(["identifier", "unclassified"])
    expect(of("feature.deal", "who")).toEqual(["crm.decision_maker", "dpv-pd:Name"])
    expect(of("feature.deal", "known")).toEqual(["unclassified"])
    expect(of("core.deal", "n")).toEqual([])
  })

  it("of a currency are those of its amount", () => {
    expect(of("core.deal", "amount_currency")).toEqual(["dpv-pd:Transactional"])
    expect(of("core.deal", "budget_currency")).toEqual(["crm.budget", "crm.money", "unclassified"])
  })
})
