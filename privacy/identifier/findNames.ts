import type { Finding } from "./Finding.ts"
import { doubleSurnames, surnames } from "./surnames.ts"

const labelled =
  /(?:姓名|联系人|收件人|收货人|签收人|经办人|负责人|申请人|开户人|持卡人|户名|车主|法人|法定代表人|患者|投保人|我叫|名叫|叫做|名字是|名字叫|本人是|接待人|对接人|签字人|委托人|受益人|真实姓名|客户姓名)(?:\s?[:：]\s?|\s?(?:是|为|叫)\s?|\s)?/g
const honorific =
  /先生|女士|小姐|太太|经理|老师|总监|总经理|主任|医生|教授|师傅|同学|律师|阿姨|工程师|主管|店长|董事长|同志|大夫|护士|会计/g
const han = /[\u4e00-\u9fa5]/

/** Signs that no given name begins with, and those that are no second sign of one: what usually goes on behind a name. */
const neverFirst = "的是在说要电手住已到把为您你我他她它这那吗呢了不没就都"
const neverSecond =
  neverFirst + "和与来先女想问于以及将对从向给让被有也还又再能会可请去做买用叫因所经总老师主医教律同工店董护"

const english =
  /(?:\b(?:my name is|name is|this is|i am|i'm|customer|contact|recipient|attn|name)\s?:?\s|\b(?:mr|mrs|ms|miss|dr|prof)\.?\s)(?=[A-Z])/gi
const capitalised = /^[A-Z][A-Za-z'-]{1,15}(?: [A-Z]\.)?(?: [A-Z][A-Za-z'-]{1,30}){0,2}/
const notNames =
  /^(?:The|This|That|There|Here|Not|Sorry|Sure|Yes|Please|Thank|Hello|Hi|Dear|Order|Product|Service|Support|Account|Number|Id|Name|Email|Phone|Address|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|January|February|March|April|May|June|July|August|September|October|November|December|New|Looking|Trying|Calling|Very|Just|Still|Having|Unable|Happy|Glad)\b/

/**
 * People's names that the words around them show to be names: behind 姓名, 收件人, 我叫 and the like, or before a title.
 *
 * A name that stands alone in a sentence is not found: most pairs and triples of signs that begin with a surname are
 * ordinary words. So recall on such text is low, and the evaluation says how low.
 */
export function* findNames(text: string): Generator<Finding> {
  for (const { index, 0: found } of text.matchAll(labelled)) {
    const start = index + found.length
    const length = nameLength(text, start)
    if (length > 0) yield { kind: "name", start, end: start + length }
  }
  for (const { index } of text.matchAll(honorific)) {
    const length = nameBefore(text, index)
    if (length > 0) yield { kind: "name", start: index - length, end: index }
  }
  for (const { index, 0: lead } of text.matchAll(english)) {
    const start = index + lead.length
    const name = capitalised.exec(text.slice(start, start + 60))?.[0]
    if (name === undefined || notNames.test(name)) continue
    const titled = /(?:mr|mrs|ms|miss|dr|prof)\.?\s$/i.test(lead)
    // One capitalised word behind a loose lead (this is Great) is no name.
    if (titled || / /.test(name) || /name/i.test(lead)) yield { kind: "name", start, end: start + name.length }
  }
}

/** How many signs from `start` on are a name: a surname and one or two signs; 0 if they are none. */
function nameLength(text: string, start: number): number {
  const family = doubleSurnames.has(text.slice(start, start + 2)) ? 2 : surnames.has(text[start] ?? "") ? 1 : 0
  if (family === 0) return 0
  const first = text[start + family] ?? ""
  if (!han.test(first) || neverFirst.includes(first)) return 0
  const second = text[start + family + 1] ?? ""
  const titled = text.startsWith("小姐", start + family + 1)
  return family + (han.test(second) && !titled && !neverSecond.includes(second) ? 2 : 1)
}

function nameBefore(text: string, end: number): number {
  for (const length of [4, 3, 2]) {
    const start = end - length
    if (start < 0) continue
    const run = text.slice(start, end)
    if (!/^[\u4e00-\u9fa5]+$/.test(run)) continue
    if (run[0] === "于" && /[位对关由至在属等便鉴]/.test(text[start - 1] ?? "")) continue
    const double = doubleSurnames.has(run.slice(0, 2))
    if (double ? length < 3 : length === 4 || !surnames.has(run[0]!)) continue
    const given = run.slice(double ? 2 : 1)
    if (neverFirst.includes(given[0]!) || neverSecond.includes(given[1] ?? "　")) continue
    if (notGiven.test(run)) continue
    return length
  }
  return 0
}

/** Words before a title that begin like a surname: 高级经理, 项目经理. */
const notGiven =
  /^(?:高级|项目|区域|大区|产品|市场|客户|销售|金融|任课|方案|华北|华东|华南|江苏|安全|文化|安装|程序|金牌|包装|时尚|单位|成都|武汉|白班|管理|卫生|车间|路过|常务|康复|施工|陪同|房产|边上)/
