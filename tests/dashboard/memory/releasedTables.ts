import { seededBits } from "#core/random/BitSource.ts"
import { uniformInt } from "#core/random/uniformInt.ts"
import type { Field } from "#dashboard/api/Field.ts"
import type { ReleasedTable } from "#dashboard/server/view/ReleasedTable.ts"

const text = (name: string, zh: string, en: string): Field => ({
  name,
  label: { zh, en },
  type: "VARCHAR",
  part: "key",
  unit: "",
  note: { zh: "由差分隐私选出的分组", en: "Groups chosen under differential privacy" }
})

const count = (name: string, zh: string, en: string): Field => ({
  name,
  label: { zh, en },
  type: "BIGINT",
  part: "measure",
  unit: "row",
  note: { zh: "加噪后的计数", en: "Noisy count" }
})

const money = (name: string, zh: string, en: string): Field => ({
  name,
  label: { zh, en },
  type: "BIGINT",
  part: "measure",
  unit: "CNY",
  note: { zh: "加噪后的金额，单位为分", en: "Noisy sum, in fen" }
})

/** Every combination of the keys with a skewed, noisy weight: made up, reproducible, of the shape a release has. */
function cross(
  keys: ReadonlyArray<readonly [Field, ReadonlyArray<string>]>,
  measures: ReadonlyArray<readonly [Field, scale: number, halfWidth: number]>,
  seed: number
): ReleasedTable {
  const bits = seededBits(seed)
  const length = keys.reduce((product, [, values]) => product * values.length, 1)
  const values: Record<string, Array<string | number>> = {}
  for (const [field] of [...keys, ...measures]) values[field.name] = []
  for (let i = 0; i < length; i++) {
    let rest = i
    let weight = 1
    for (const [field, list] of keys) {
      const at = rest % list.length
      rest = Math.floor(rest / list.length)
      values[field.name]!.push(list[at]!)
      weight *= 1 / (1 + 0.6 * ((at * 7 + field.name.length) % list.length))
    }
    for (const [field, scale, halfWidth] of measures) {
      const noise = (uniformInt(bits, 2001) / 1000 - 1) * halfWidth
      values[field.name]!.push(Math.max(0, Math.round(scale * weight * (0.7 + uniformInt(bits, 600) / 1000) + noise)))
    }
  }
  return {
    fields: [...keys.map(([field]) => field), ...measures.map(([field]) => field)],
    length,
    values,
    halfWidths: Object.fromEntries(measures.map(([field, , halfWidth]) => [field.name, halfWidth]))
  }
}

const roles = ["设备工程师", "采购经理", "生产总监", "财务负责人", "总经理", "质量主管", "技术总工"]
const stages = ["需求提出", "技术评审", "供应商比选", "商务谈判", "合同审批", "到货验收"]

/** A graph in long form: one row an edge, of several kinds. */
function relations(
  kinds: ReadonlyArray<readonly [relation: string, sources: ReadonlyArray<string>, targets: ReadonlyArray<string>]>,
  seed: number
): ReleasedTable {
  const key = (name: string, zh: string, en: string) => text(name, zh, en)
  const accounts: Field = { ...count("accounts", "企业数（含噪声）", "Companies (noisy)"), unit: "subject" }
  const parts = kinds.map(([, sources, targets], i) =>
    cross(
      [
        [key("source", "起点", "Source"), sources],
        [key("target", "终点", "Target"), targets]
      ],
      [[accounts, 900, 21]],
      seed + i
    )
  )
  const joined = (name: string) => parts.flatMap((part) => Array.from(part.values[name]!))
  return {
    fields: [
      key("relation", "关系类型", "Relation"),
      key("source", "起点（角色或阶段）", "Source (a role or a stage)"),
      key("target", "终点（阶段、间隔或设备）", "Target (a stage, a delay or a class)"),
      accounts
    ],
    length: parts.reduce((sum, part) => sum + part.length, 0),
    values: {
      relation: parts.flatMap((part, i) => Array<string>(part.length).fill(kinds[i]![0])),
      source: joined("source"),
      target: joined("target"),
      accounts: joined("accounts")
    },
    halfWidths: { accounts: 21 }
  }
}

export const releasedTables: Readonly<Record<string, ReleasedTable>> = {
  equipment_decision_chain: relations(
    [
      ["角色→阶段", roles, stages],
      ["阶段→间隔", stages, ["1天内", "2-3天", "4-7天", "8-14天", "15-30天", "30天以上"]],
      ["角色→设备", roles, ["数控机床", "工业机器人", "注塑机", "激光切割"]]
    ],
    11
  ),
  buyer_region_preference: cross(
    [
      [
        text("region", "买家地域", "Buyer region"),
        ["德国", "美国", "日本", "英国", "法国", "越南", "泰国", "巴西", "墨西哥", "阿联酋", "澳大利亚", "波兰"]
      ],
      [
        text("category", "商品类目", "Category"),
        ["家居园艺", "消费电子", "汽摩配件", "户外运动", "服饰箱包", "宠物用品", "美妆个护", "五金工具"]
      ],
      [text("channel", "成交渠道", "Channel"), ["独立站", "第三方平台", "社交电商"]]
    ],
    [
      [count("orders", "订单数", "Orders"), 2600, 34],
      [money("spend_minor", "成交金额", "Spend"), 9_800_000, 410_000]
    ],
    23
  ),
  sme_digital_maturity: cross(
    [
      [text("industry", "行业", "Industry"), ["机械加工", "电子装配", "食品饮料", "纺织服装", "商贸零售", "物流仓储"]],
      [text("maturity", "成熟度等级", "Maturity level"), ["起步", "单点应用", "部门集成", "企业协同", "生态互联"]]
    ],
    [[count("firms", "企业数", "Firms"), 640, 13]],
    37
  )
}
