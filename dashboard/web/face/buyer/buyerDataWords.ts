import { bilingual } from "../../words/bilingual.ts"

/** Every string of the inbox, of use and invoices, and of downloads. */
export const buyerDataWords = bilingual({
  en: {
    inbox: {
      unread: (count: string): string => `${count} unread`,
      todo: {
        recall: "Delete every copy, also those that you passed on, then declare it here.",
        price: "Orders that are paid stay as they are. The next quote is at the new price.",
        deprecation: "What you bought goes on. Plan your change before the day.",
        breaking: "Versions that you bought go on. Look at what changed before you take the new one.",
        suspension: "Nothing to do: the inbox says when it is sold again.",
        resumption: "You can order and download again.",
        retirement: "What you are entitled to goes on to the end of its terms."
      },
      endsOn: (day: string): string => `Ends ${day}`,
      successor: "Its successor",
      price: (before: string, after: string): string => `Base price ${before} → ${after}`,
      contract: (contract: string): string => `Contract ${contract}`,
      declare: "Declare it deleted",
      sure: "Yes: nothing of it is left",
      cancel: "Not yet",
      attested: (at: string): string => `Declared ${at}`,
      receipt: "Save the receipt",
      declared:
        "Your declaration is on record. The receipt is signed by the house and can be checked by anybody who has its public key.",
      order: (id: string): string => `Order ${id}`
    },
    bills: {
      lines: (product: string, period: string): string => `The single uses: ${product}, ${period}`,
      more: "At most a hundred, newest first.",
      id: "Id",
      at: "When",
      quantity: "Quantity",
      corrects: (id: string): string => `corrects ${id}`,
      evidence: "Commits to every use",
      meters: {
        lookup: "Single lookups",
        "lookup.owned": "Single lookups of what you bought, not charged",
        licence: "Bought whole"
      },
      open: (number: string): string => `Lines of ${number}`,
      what: "What",
      steps: "Steps of the tariff",
      step: (from: string, to: string): string => `from ${from} below ${to}`,
      last: (from: string): string => `from ${from} on`,
      priced: "Price fixed by",
      proof: "Evidence",
      taxAt: (rate: string): string => `Tax ${rate}`,
      sum: "Sum",
      print: "Print",
      credits: (number: string, reason: string): string => `Credits ${number}: ${reason}`,
      billedTo: "Billed to"
    },
    download: {
      fetching: (name: string): string => `Downloading ${name}`,
      done: (name: string, size: string): string => `${name}, ${size}: every byte arrived`,
      matches: "SHA-256, worked out in this browser; it is the one that the house states",
      differs: "The file is not the one that the house states. Delete it and download again.",
      check: "Check it again at any time, where the file is:",
      certificate: "Save its certificate",
      verify: "The certificate says what was delivered to whom, signed by the house. It is checked with:",
      failed: "The download broke off.",
      large: "The file is large: the browser downloads it by itself. Compare its SHA-256 with this:",
      accuracy:
        "An order of higher accuracy is made as a release of its own after it is paid; its download opens when that is done."
    }
  },
  zh: {
    inbox: {
      unread: (count: string): string => `${count} 条未读`,
      todo: {
        recall: "请删除所有副本（包括已转交他人的），然后在此声明。",
        price: "已付款订单不受影响；之后的报价按新价格。",
        deprecation: "已购内容继续有效。请在该日期前安排替换。",
        breaking: "已购版本继续有效。采用新版本前请先查看变更。",
        suspension: "无需操作：恢复销售时会在此通知。",
        resumption: "可以继续订购和下载。",
        retirement: "已购授权按条款继续到期满。"
      },
      endsOn: (day: string): string => `${day} 终止`,
      successor: "接替产品",
      price: (before: string, after: string): string => `基准价 ${before} → ${after}`,
      contract: (contract: string): string => `契约 ${contract}`,
      declare: "声明已删除",
      sure: "确认：没有任何留存",
      cancel: "尚未",
      attested: (at: string): string => `${at} 已声明`,
      receipt: "保存回执",
      declared: "您的声明已记录在案。回执由数据方签名，持有其公钥者均可验证。",
      order: (id: string): string => `订单 ${id}`
    },
    bills: {
      lines: (product: string, period: string): string => `逐次使用：${product}，${period}`,
      more: "最多一百条，最新在前。",
      id: "编号",
      at: "时间",
      quantity: "数量",
      corrects: (id: string): string => `更正 ${id}`,
      evidence: "对每次使用的承诺值",
      meters: { lookup: "逐次查询", "lookup.owned": "已购版本的逐次查询，不计费", licence: "整体购买" },
      open: (number: string): string => `${number} 的明细`,
      what: "内容",
      steps: "费率阶梯",
      step: (from: string, to: string): string => `${from} 起，不足 ${to}`,
      last: (from: string): string => `${from} 起`,
      priced: "定价依据",
      proof: "证据",
      taxAt: (rate: string): string => `税 ${rate}`,
      sum: "合计",
      print: "打印",
      credits: (number: string, reason: string): string => `冲销 ${number}：${reason}`,
      billedTo: "购买方"
    },
    download: {
      fetching: (name: string): string => `正在下载 ${name}`,
      done: (name: string, size: string): string => `${name}，${size}，已完整接收`,
      matches: "SHA-256，由本浏览器计算，与数据方声明的一致",
      differs: "文件与数据方声明的不一致。请删除后重新下载。",
      check: "随时可在文件所在位置再次核对：",
      certificate: "保存交付证书",
      verify: "证书写明向谁交付了什么，由数据方签名。核验方法：",
      failed: "下载中断。",
      large: "文件较大，由浏览器自行下载。请将其 SHA-256 与此比较：",
      accuracy: "更高精度的订单付款后需单独发布；完成后即可下载。"
    }
  }
})
