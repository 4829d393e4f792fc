import type { Certificate } from "../../api/Certificate.ts"
import type { Label } from "../../api/Label.ts"

/** Says what a certificate promises to the people in the data, one sentence a promise, each with its numbers. */
export function guaranteeInWords(certificate: Certificate): ReadonlyArray<Label> {
  const { epsilon, delta } = certificate
  const odds = round(Math.exp(epsilon))
  const once = Math.round(1 / delta).toLocaleString("en")
  return [
    {
      zh: `无论还掌握什么别的信息，看到这份数据的人判断“某位客户是否在其中”的胜算，最多提高到原来的 ${odds} 倍（ε = ${round(epsilon)}）；超出这一界限的机会不超过 ${once} 分之一。`,
      en: `Whatever else someone knows, this data can raise their odds that one particular customer is in it at most ${odds}-fold (ε = ${round(epsilon)}), save for a chance of at most 1 in ${once}.`
    },
    ...(certificate.unit === "subject_month" ? [perMonth(certificate.period)] : []),
    ...(certificate.synthesis === undefined ? ofGroups(certificate) : ofRows(certificate, certificate.synthesis)),
    {
      zh: "这份数据可能透露的上限只计一次账，记入覆盖全部产品和全部买方的同一本隐私预算；再次购买得到完全相同的字节，不会透露更多。",
      en: "What this data may reveal is charged once, to one budget over all products and buyers; buying it again returns the same bytes and reveals nothing more."
    }
  ]
}

/** What a release of figures by group promises. */
function ofGroups({ groupsPerSubject: groups, threshold, measures }: Certificate): ReadonlyArray<Label> {
  return [
    {
      zh: `每位客户最多计入 ${groups} 个分组；更多的部分在加噪之前就已舍去。`,
      en: `Each customer counts in at most ${groups} ${groups === 1 ? "group" : "groups"}; whatever goes beyond was left out before any noise was added.`
    },
    ...measures.map(promiseOf),
    threshold === null
      ? {
          zh: "全部分组都来自公开清单并全部列出，包括空的，所以某个分组出现与否不说明任何事。",
          en: "All groups come from a public list and all are shown, empty ones too, so that a group is there says nothing."
        }
      : {
          zh: `只有加噪后的规模达到 ${Math.ceil(threshold)} 的分组才会出现，所以任何分组的出现都不会暴露单独一位客户。`,
          en: `A group appears only if its noisy size reached ${Math.ceil(threshold)}, so no group gives a single customer away.`
        }
  ]
}

/** What synthetic rows promise. */
function ofRows(
  { groupsPerSubject: most }: Certificate,
  { marginals, rules }: NonNullable<Certificate["synthesis"]>
): ReadonlyArray<Label> {
  return [
    {
      zh: `每一行都是生成的，没有任何一行对应某条真实记录；全部行只由 ${marginals} 张加了噪声的边际表生成。`,
      en: `Every row is made up and none stands for a record; all rows were made from ${marginals} noisy marginals and from nothing else.`
    },
    {
      zh: `每位客户在这些边际表中最多计入 ${most} 行；更多的部分在加噪之前就已舍去。`,
      en: `Each customer counts in those marginals with at most ${most} ${most === 1 ? "row" : "rows"}; whatever goes beyond was left out before any noise was added.`
    },
    ...(rules === 0
      ? []
      : [
          {
            zh: `没有任何一行违反所声明的 ${rules} 条规则。`,
            en: `No row breaks any of the ${rules} declared rules.`
          }
        ])
  ]
}

/** What is protected by itself is a month of a customer, and the promise says what that leaves out. */
const perMonth = (month: string): Label => ({
  zh: `这一承诺针对客户在一个月（${month}）内的全部记录：每个已结束的月份只发布一次，只用当月的记录；在多个月份中出现的客户，其损失逐月相加。`,
  en: `This promise is about all records of a customer within one month (${month}): each closed month is released once, from its own records alone; for a customer who is there in several months the losses add up.`
})

function promiseOf({ name, kind, unit, upper, halfWidth }: Certificate["measures"][number]): Label {
  const most = amount(upper, unit)
  const width = amount(halfWidth, unit)
  const part =
    kind === "subjects"
      ? { zh: "每组中一位客户只计一次", en: "one customer counts once in a group" }
      : kind === "rows"
        ? { zh: `每组中一位客户最多计 ${most} 条`, en: `one customer counts for at most ${most} rows in a group` }
        : { zh: `每组中一位客户最多计 ${most}`, en: `one customer counts for at most ${most} in a group` }
  return {
    zh: `“${name}”：${part.zh}；每个数都加了噪声，95 % 的情况下与真实值相差不超过 ${width}。`,
    en: `${name}: ${part.en}; every figure carries noise and in 95 % of cases lies within ${width} of the true one.`
  }
}

const round = (value: number): string => value.toLocaleString("en", { maximumSignificantDigits: 3 })

const amount = (value: number, unit: string): string =>
  /^[A-Z]{3}$/.test(unit)
    ? `${(value / 100).toLocaleString("en", { maximumFractionDigits: 2 })} ${unit}`
    : Math.ceil(value).toLocaleString("en")
