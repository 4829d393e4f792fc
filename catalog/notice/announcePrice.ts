import { formatMoney } from "#core/money/formatMoney.ts"
import type { Db } from "#core/records/Records.ts"
import type { ProductVersion } from "../product/ProductVersion.ts"
import { notify } from "./notify.ts"

/** Tells buyers where the owner set another price for a new version. That a price falls with age is in the contract and no news. */
export function announcePrice(db: Db, before: ProductVersion | undefined, after: ProductVersion, at: string): void {
  if (before === undefined || before.policy.base.value === after.policy.base.value) return
  const { product, version, currency, offering } = after
  const [from, to] = [before, after].map(({ policy }) => formatMoney({ minor: policy.base.value, currency })) as [
    string,
    string
  ]
  notify(db, {
    kind: "price",
    product,
    version,
    at,
    text: {
      zh: `「${offering.title.zh}」自版本 ${version} 起基准价由 ${from} 调整为 ${to}；已付订单不受影响。`,
      en: `The base price of ${offering.title.en} is ${to} from version ${version} on; it was ${from}. Paid orders stay as they are.`
    },
    facts: { before: before.policy.base.value, after: after.policy.base.value, currency }
  })
}
