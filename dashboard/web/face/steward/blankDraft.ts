import type { Drafts } from "../../../api/steward/Drafts.ts"
import type { Draft } from "./Draft.ts"
import { stewardDesignWords } from "./stewardDesignWords.ts"

/** What a new design begins with: the first text column of an asset as key, and customers counted. */
export function blankDraft({ assets, purposes }: Drafts, key: string): Draft {
  const asset = assets.find((one) => one.key === key)
  const text = asset?.columns.find(({ name, type }) => type === "VARCHAR" && !/(^|_)id$/.test(name))?.name
  const purpose = purposes.includes("dpv:MarketResearch") ? "dpv:MarketResearch" : (purposes[0] ?? "")
  const by = text === undefined ? [] : [text]
  return {
    product: "new_product",
    title: { zh: stewardDesignWords("zh-CN").newTitle, en: stewardDesignWords("en").newTitle },
    owner: "sales-ops",
    scenario: { purpose, required: [...by, "customers"], history: "12 months", freshness: "31 days" },
    from: key,
    release: {
      kind: "dp_aggregate",
      unit: "subject_id",
      by,
      ...(text === undefined ? {} : { keys: { [text]: "dp" as const } }),
      measures: [{ name: "customers", count: "subjects" }],
      bounds: { groups_per_subject: 1, rows_per_group: 1 },
      epsilon: 1,
      delta: 1e-6
    },
    terms: { purposes: [purpose], onward: false, territory: ["CN"], retention: "365 days" },
    price: { base: "10000.00 CNY", half_life: "30 days", grace: "31 days", archival: 0.2, floor: "100.00 CNY" }
  }
}
