import type { AttackName } from "#privacy/disclosure/attack/AttackReport.ts"
import type { Saying } from "./say.ts"

const words = (en: string, zh: string): Saying => ({ en, zh })

export const attackWords: Readonly<Record<AttackName, Saying>> = {
  copies: words("copies", "完全复制"),
  "near copies": words("near copies (one cell apart)", "近似复制（至多一格不同）"),
  "key values": words("values of key columns", "键列取值"),
  "singling out": words("singling out", "单独识别"),
  linkability: words("linkability", "可链接性"),
  "attribute inference": words("attribute inference", "属性推断"),
  membership: words("membership", "成员推断")
}

/** What each attack does, in a sentence. */
export const attackSentences: Readonly<Record<AttackName, Saying>> = {
  copies: words(
    "Rows that no one else shares and that stand in the synthetic file as they are.",
    "他人都没有、却原样出现在合成文件中的行。"
  ),
  "near copies": words(
    "Rows far from everybody else's, with a synthetic row that differs in one cell at most.",
    "与他人相距甚远、却有一条合成行至多相差一格的行。"
  ),
  "key values": words(
    "Values of a column whose values all differ (numbers of documents, mails) that come again.",
    "取值几乎各不相同的列（证件号、邮箱等）中再次出现的值。"
  ),
  "singling out": words(
    "People whom a question that fits one synthetic row only (2 to 6 columns) fits alone.",
    "只符合一条合成行的问题（2 至 6 列），恰好也只符合一个真实的人。"
  ),
  linkability: words(
    "Two halves of one's columns lead to the same synthetic row among the ten nearest of each.",
    "一个人的两半列各取最近的十条合成行，其中有同一行。"
  ),
  "attribute inference": words(
    "The synthetic row nearest in all other columns tells the missing one.",
    "由其余各列最近的合成行猜出缺失的一列。"
  ),
  membership: words("How near the synthetic rows are tells who was used.", "由合成行的远近猜测谁的数据被用过。")
}

export const riskWords = {
  title: words("Quality and disclosure of a synthetic file", "合成数据的质量与泄露风险"),
  steward: words(
    "For the data steward. Exact figures of the real file; none of them is paid from the budget, so none may go to a buyer.",
    "仅供数据管家。本页含真实文件的精确统计，未计入隐私预算，不得交给买方。"
  ),
  noValues: words(
    "No value and no record is shown: categories and bins are numbered by how common they are.",
    "不显示任何取值或记录：类别与分箱只按常见程度编号。"
  ),
  found: words("The file gives real people away", "该文件泄露了真实的人"),
  notFound: words("The attacks found nobody", "各项攻击未发现泄露"),
  attacks: words("Attacks", "攻击"),
  attack: words("attack", "攻击"),
  members: words("right on members", "对成员成功"),
  controls: words("right on controls", "对对照成功"),
  risk: words("risk", "风险"),
  interval: words("95 % interval", "95% 区间"),
  pValue: words("p", "p 值"),
  verdict: words("verdict", "结论"),
  leaks: words("leaks", "泄露"),
  quiet: words("nothing", "无"),
  membership: words("Membership", "成员推断"),
  auc: words("AUC", "AUC"),
  rateAt: words("members named at a false rate of", "误报率下认出的成员："),
  epsilon: words("epsilon refuted with 95 % confidence: at least", "以 95% 置信度否定的 ε：至少"),
  nearer: words(
    "Note only: share of synthetic rows nearer to a member than to a control (one half means nothing, and so may any other value)",
    "仅供参考：合成行中离成员比离对照更近的比例（一半不说明问题，其他值也未必）"
  ),
  quality: words("Quality", "质量"),
  laws: words("How far the laws of columns are off", "各列分布的偏差"),
  ways: words("columns together", "联合列数"),
  mean: words("mean TVD", "平均总变差"),
  worst: words("worst TVD", "最大总变差"),
  sets: words("sets", "组数"),
  column: words("column", "列"),
  kind: words("kind", "类型"),
  number: words("number", "数值"),
  category: words("category", "类别"),
  key: words("key", "键"),
  variation: words("total variation", "总变差"),
  pairs: words("Total variation of each pair", "每对列的总变差"),
  subsamples: words("Like a random share of the real file", "相当于真实文件的随机子样"),
  share: words("share", "比例"),
  score: words("k-marginal score", "k 边际得分"),
  columnLaws: words("Column by column: real and synthetic", "逐列：真实与合成"),
  real: words("real", "真实"),
  synthetic: words("synthetic", "合成"),
  holdout: words("holdout", "留出"),
  code: words("number", "编号"),
  models: words("Models trained on synthetic, tested on real", "用合成数据训练、在真实数据上检验"),
  target: words("target", "目标列"),
  trainedReal: words("AUC, trained on real", "真实训练 AUC"),
  trainedSynthetic: words("AUC, trained on synthetic", "合成训练 AUC"),
  testRows: words("test rows", "检验行数"),
  apart: words("Can a model tell the files apart?", "模型能区分两个文件吗？"),
  pmse: words("pMSE", "pMSE"),
  files: words("files", "文件"),
  association: words("Cramer's V, mean and largest difference", "Cramér V 平均与最大差"),
  rules: words("Rules", "规则"),
  rule: words("synthetic rows that", "合成行"),
  declared: words("Declared rules", "声明的规则"),
  declaredRule: words("rule", "规则"),
  columns: words("columns", "列"),
  brokenSynthetic: words("broken by synthetic rows", "违反的合成行"),
  brokenReal: words("by real rows", "违反的真实行"),
  range: words("go beyond the range of the real ones", "超出真实取值范围"),
  unseen: words("hold a category that no real row has", "含有真实数据没有的类别"),
  together: words("join two values that are common and never meet", "组合了常见却从不同时出现的两个值"),
  any: words("do any of these", "任一情形"),
  rows: words("rows", "行数"),
  identifiers: words("Identifiers in the synthetic file", "合成文件中的标识符"),
  holding: words("texts that hold one", "含有的文本数"),
  sampled: words("of texts looked at", "已查看的文本数"),
  none: words("none found", "未发现"),
  anonymity: words("Groups of the synthetic file", "合成文件的分组"),
  noBound: words(
    "No composition bound: two such files together may tell what neither tells.",
    "无组合上界：两个这样的文件合起来可能泄露各自都未泄露的内容。"
  ),
  how: words("How this was made", "如何得出")
} satisfies Readonly<Record<string, Saying>>
