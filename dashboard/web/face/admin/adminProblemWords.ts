import { bilingual } from "../../words/bilingual.ts"

/** What admins are refused, by code, in the words of these pages: no verbs of the terminal. */
export const adminProblemWords = bilingual<
  Readonly<Record<string, { readonly message: string; readonly fix: string }>>
>({
  en: {
    "cap.approver": {
      message: "You asked for this raise and cannot approve it as well: two people decide.",
      fix: "Let another admin approve it."
    },
    "cap.raise": {
      message: "This raise waits no longer: it was approved, or another word on the same cap replaced it.",
      fix: "Load the page again."
    },
    "buyer.same-person": {
      message: "You made this check, and a check is confirmed by another person.",
      fix: "Have another admin confirm it."
    },
    "buyer.tax-id": {
      message: "The tax number is not in its form.",
      fix: "Write digits, capital letters and hyphens."
    },
    "block.same-person": {
      message: "You barred this buyer and cannot lift it as well: two people decide.",
      fix: "Let another admin lift it."
    },
    "block.none": { message: "This buyer is not barred.", fix: "Load the page again." },
    "backup.running": { message: "A backup is under way already.", fix: "Wait until it is done." },
    "backup.exists": { message: "A backup of this very second is there already.", fix: "Try again." },
    "drill.house": {
      message: "This server cannot open a second house, so nothing was restored.",
      fix: "Run the drill at the terminal: assay backup FOLDER --drill"
    },
    "restore.unsound": {
      message: "What was restored is not sound. Do not rely on this backup.",
      fix: "Look at the drill's problems, and at the disk that the home lies on."
    },
    "flag.month": { message: "This is no month.", fix: "Write it as 2026-11." },
    "money.form": { message: "The amount cannot be read.", fix: "Write it as 1250000.00 CNY." },
    "revenue.file": {
      message: "The file has no columns month,total, no months, or a line that has not two cells.",
      fix: "Write the first line month,total and then lines such as 2026-11,1250000.00 CNY."
    },
    "comparables.json": {
      message: "The file of comparables is not JSON.",
      fix: "Compare it with the example beside the form."
    },
    "comparables.price": {
      message: "A price is not above zero, or not in the currency of the first.",
      fix: "Convert all comparables to one currency at the rate of their date."
    },
    "value.currency": {
      message: "The amounts are in another currency than the product's price.",
      fix: "Convert them at the rate of their date."
    },
    "request.body": { message: "A field is not in its form.", fix: "Compare each with the words under it." }
  },
  zh: {
    "cap.approver": { message: "此提高由您申请，不能由您批准：须两人决定。", fix: "请另一位管理员批准。" },
    "cap.raise": { message: "此提高已不在等待：已批准，或被同一上限的新决定取代。", fix: "请重新加载本页。" },
    "buyer.same-person": { message: "此核验由您作出，须由他人确认。", fix: "请另一位管理员确认。" },
    "buyer.tax-id": { message: "税号格式不正确。", fix: "请写数字、大写字母和连字符。" },
    "block.same-person": { message: "该买方由您禁止，不能由您解禁：须两人决定。", fix: "请另一位管理员解禁。" },
    "block.none": { message: "该买方未被禁止。", fix: "请重新加载本页。" },
    "backup.running": { message: "已有备份正在进行。", fix: "请等待其完成。" },
    "backup.exists": { message: "同一秒的备份已经存在。", fix: "请重试。" },
    "drill.house": {
      message: "此服务无法打开第二个数据屋，未作恢复。",
      fix: "请在终端运行演练：assay backup FOLDER --drill"
    },
    "restore.unsound": {
      message: "恢复的内容有问题。请勿依赖此备份。",
      fix: "请查看演练所列问题，并检查数据所在磁盘。"
    },
    "flag.month": { message: "这不是月份。", fix: "请写成 2026-11。" },
    "money.form": { message: "无法读取金额。", fix: "请写成 1250000.00 CNY。" },
    "revenue.file": {
      message: "文件缺少 month,total 两列、没有月份，或有一行不是两格。",
      fix: "第一行写 month,total，其后每行如 2026-11,1250000.00 CNY。"
    },
    "comparables.json": { message: "可比交易文件不是 JSON。", fix: "请与表单旁的示例对照。" },
    "comparables.price": { message: "有价格不大于零，或货币与第一条不同。", fix: "请按当日汇率换算为同一货币。" },
    "value.currency": { message: "金额的货币与产品价格的货币不同。", fix: "请按当日汇率换算。" },
    "request.body": { message: "有字段格式不正确。", fix: "请与其下方说明对照。" }
  }
})
