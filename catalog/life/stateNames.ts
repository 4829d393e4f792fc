import type { Label } from "#pricing/quote/Explanation.ts"
import type { LifeState } from "./LifeState.ts"

/** What a state is called. */
export const stateNames: Readonly<Record<LifeState, Label>> = {
  draft: { zh: "草稿", en: "draft" },
  assessed: { zh: "已评估", en: "assessed" },
  registered: { zh: "已登记", en: "registered" },
  listed: { zh: "已挂牌", en: "listed" },
  suspended: { zh: "已暂停", en: "suspended" },
  deprecated: { zh: "待退市", en: "deprecated" },
  retired: { zh: "已退市", en: "retired" }
}
