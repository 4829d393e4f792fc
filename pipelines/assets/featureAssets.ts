import type { Asset, Bilingual } from "../engine/Asset.ts"
import { sqlBeside } from "./coreAssets.ts"

/** What the demo products are made from; only there when the generated sample is connected. */
export const featureAssets: ReadonlyArray<Asset> = [
  feature("decision_edge", ["core.interaction"], ["_event_id", "relation"], {
    en: "Relations between role, stage, delay and equipment class, one a touch",
    zh: "采购决策链关系：角色、阶段、间隔与设备类别"
  }),
  feature("buyer_preference", ["core.order"], ["_event_id", "dimension"], {
    en: "What buyers of each region choose, one row an order and dimension",
    zh: "各地区买家的品类、价格带与渠道选择"
  }),
  feature("digital_maturity", ["core.account", "core.subscription"], ["subject_id"], {
    en: "Subscription, usage and maturity answers of a firm, one row a firm",
    zh: "企业订阅、使用与数字化成熟度自评，每家一行"
  })
]

function feature(
  name: string,
  deps: ReadonlyArray<string>,
  grain: ReadonlyArray<string>,
  description: Bilingual
): Asset {
  return {
    key: `feature.${name}`,
    kind: "full",
    group: "feature",
    owners: ["data-steward"],
    description,
    deps,
    sql: sqlBeside(`./feature/${name}.sql`),
    grain,
    checks: [
      {
        name: "some_rows",
        severity: "warn",
        failing: "select null::uuid as _event_id where not exists (from {table})"
      },
      {
        name: "present_subject_id",
        severity: "warn",
        breaks: "subject_id is null"
      }
    ]
  }
}
