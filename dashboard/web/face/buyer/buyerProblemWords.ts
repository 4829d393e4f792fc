import { bilingual } from "../../words/bilingual.ts"

/** What buyers are refused, by code, in the words of the one who reads it. */
export const buyerProblemWords = bilingual<
  Readonly<Record<string, { readonly message: string; readonly fix: string }>>
>({
  en: {
    "product.not-listed": {
      message: "This product is not on sale at the moment.",
      fix: "Look in the catalogue for what is, or wait for word in your inbox."
    },
    "product.suspended": {
      message: "This product is suspended, and its rows are not handed over meanwhile.",
      fix: "Your inbox says when it is sold again."
    },
    "accuracy.reserved": {
      message: "The privacy loss of this accuracy is reserved for an order that is open.",
      fix: "Wait until that order is paid or called off, or take a lower accuracy."
    },
    "accuracy.superseded": {
      message: "A newer version has come, so the higher accuracy of the old one is not made any more.",
      fix: "Get a quote for the newest version."
    },
    "budget.exhausted": {
      message: "The privacy budget does not allow this release any more.",
      fix: "Choose a lower accuracy, or wait for the next period."
    },
    "budget.lapsed": {
      message: "What was reserved for this order has lapsed.",
      fix: "Get a new quote and order again."
    },
    "buyer.unknown": {
      message: "The seller has not verified your company yet, and this product asks for that.",
      fix: "Ask the seller to verify your legal entity and country."
    },
    "buyer.blocked": {
      message: "The seller has barred this account from new orders.",
      fix: "Ask the seller why, and what would lift it."
    },
    "terms.purpose": {
      message: "The terms of this product do not allow your purpose.",
      fix: "Choose a product whose terms do: the catalogue can be narrowed by purpose."
    },
    "terms.territory": {
      message: "The terms of this product do not allow your territory.",
      fix: "Choose a product whose terms do: the catalogue can be narrowed by territory."
    },
    "terms.cross-border": {
      message: "This product may not leave the country yet: its cross-border assessment is open.",
      fix: "Ask the seller when it will be done."
    },
    "order.cancelled": { message: "The order was called off.", fix: "Get a new quote and order again." },
    "order.paid": {
      message: "The order is paid and cannot be changed any more.",
      fix: "Ask the seller for a credit note if something is wrong."
    },
    "quote.changed": {
      message: "The quote does not agree with what it was made from.",
      fix: "Get a new quote on the product's page."
    },
    "delivery.ended": {
      message: "What this order entitled to has ended.",
      fix: "Order the product again to be delivered it again."
    },
    "delivery.state": {
      message: "The more accurate release that was ordered is paid and not made yet.",
      fix: "It is made within a minute while the server runs; then download it."
    },
    "delivery.arrow": { message: "This product cannot be written as Arrow.", fix: "Choose Parquet or CSV." },
    "delivery.disk": {
      message: "The delivery could not be prepared.",
      fix: "Try again in a while; if it goes on, tell the seller."
    },
    "certificate.unknown": {
      message: "Nothing of this order was delivered in this format yet.",
      fix: "Download the file first; its certificate is made with it."
    },
    "shelf.missing": {
      message: "The file of this version cannot be read from the seller's shelf.",
      fix: "Tell the seller; a restore from the backup brings it back."
    },
    "recall.unknown": { message: "There is no such recall notice to you.", fix: "Choose one of your inbox." },
    "notice.unknown": { message: "There is no such notice in your inbox.", fix: "Choose one that is listed." },
    "access.unknown": {
      message: "You have no such order, trial, key or credential.",
      fix: "Choose one of those listed under My data."
    },
    "trial.unknown": { message: "There is no such trial.", fix: "Choose one of those listed under My data." },
    "trial.tariff": {
      message: "Single lookups of this product have no tariff, so it cannot be tried.",
      fix: "Get a quote for the whole or a part of it."
    },
    "trial.exhausted": { message: "The trial is used up.", fix: "Buy the product to go on." },
    "trial.expired": { message: "The trial has ended.", fix: "Buy the product to go on." },
    "scenario.form": {
      message: "The scenario cannot be read.",
      fix: "Name it in small letters and digits, with at least one required field."
    },
    "request.form": {
      message: "Something in the form is missing or has another form than is asked for.",
      fix: "Look at the hints under the fields."
    },
    "embed.unknown": { message: "There is no such token.", fix: "Choose one of those that are listed." },
    "embed.origin-form": {
      message: "A page is named by its origin: https, the host, and the port where there is one.",
      fix: "Write, for example, https://erp.example.com; http only for localhost."
    },
    "embed.consented": {
      message: "Rows that their subjects permitted to one recipient are not shown to others.",
      fix: "Choose a product of noisy figures or of made-up rows."
    }
  },
  zh: {
    "product.not-listed": { message: "该产品目前不在售。", fix: "请在目录中选择其他产品，或等待通知。" },
    "product.suspended": { message: "该产品已暂停，其数据行暂不交付。", fix: "恢复后会在通知中告知。" },
    "accuracy.reserved": {
      message: "该精度的隐私损失已为另一笔未完成的订单预留。",
      fix: "请等待该订单付款或取消，或选择较低精度。"
    },
    "accuracy.superseded": { message: "已有新版本，旧版本不再制作更高精度。", fix: "请为最新版本重新获取报价。" },
    "budget.exhausted": { message: "隐私预算不足以再做这次发布。", fix: "请选择较低精度，或等待下一期。" },
    "budget.lapsed": { message: "为该订单预留的预算已失效。", fix: "请重新获取报价并下单。" },
    "buyer.unknown": { message: "卖方尚未核验贵公司，而该产品要求核验。", fix: "请联系卖方核验贵公司的主体与国家。" },
    "buyer.blocked": { message: "卖方已停止本账户的新订单。", fix: "请向卖方了解原因及解除方法。" },
    "terms.purpose": { message: "该产品的条款不允许您的用途。", fix: "请选择条款允许的产品：目录可按用途筛选。" },
    "terms.territory": { message: "该产品的条款不允许您所在的地域。", fix: "请选择条款允许的产品：目录可按地域筛选。" },
    "terms.cross-border": { message: "该产品的跨境评估尚未完成，暂不能出境。", fix: "请向卖方了解完成时间。" },
    "order.cancelled": { message: "订单已取消。", fix: "请重新获取报价并下单。" },
    "order.paid": { message: "订单已付款，不能再更改。", fix: "如有问题，请向卖方申请红字发票。" },
    "quote.changed": { message: "报价与其依据不一致。", fix: "请在产品页重新获取报价。" },
    "delivery.ended": { message: "该订单的授权已结束。", fix: "请重新订购后再下载。" },
    "delivery.state": {
      message: "所订的更高精度版本已付款，尚未制作完成。",
      fix: "服务器运行时一分钟内完成，之后即可下载。"
    },
    "delivery.arrow": { message: "该产品不能以 Arrow 格式交付。", fix: "请选择 Parquet 或 CSV。" },
    "delivery.disk": { message: "交付文件未能生成。", fix: "请稍后再试；如仍失败，请告知卖方。" },
    "certificate.unknown": { message: "该订单尚未以此格式交付。", fix: "请先下载文件，证书随文件一并生成。" },
    "shelf.missing": { message: "该版本的文件无法从数据方的存储读取。", fix: "请告知卖方，从备份恢复后即可使用。" },
    "recall.unknown": { message: "没有发给您的这份召回通知。", fix: "请在通知中选择。" },
    "notice.unknown": { message: "通知中没有这一条。", fix: "请在列表中选择。" },
    "access.unknown": { message: "您没有这笔订单、试用、密钥或凭证。", fix: "请在“我的数据”中选择。" },
    "trial.unknown": { message: "没有这个试用。", fix: "请在“我的数据”中选择。" },
    "trial.tariff": { message: "该产品没有逐次查询的费率，不能试用。", fix: "请为整体或其中一部分获取报价。" },
    "trial.exhausted": { message: "试用额度已用尽。", fix: "购买该产品即可继续。" },
    "trial.expired": { message: "试用已到期。", fix: "购买该产品即可继续。" },
    "scenario.form": { message: "无法读取该场景。", fix: "名称请用小写字母和数字，并至少填写一个必需字段。" },
    "request.form": { message: "表单中有缺项或格式不符。", fix: "请查看各字段下的提示。" },
    "embed.unknown": { message: "没有这个令牌。", fix: "请在列表中选择。" },
    "embed.origin-form": {
      message: "页面以其来源命名：https、主机名及端口（如有）。",
      fix: "例如 https://erp.example.com；只有 localhost 可用 http。"
    },
    "embed.consented": {
      message: "数据主体仅同意提供给一个接收方的数据行不能向他人展示。",
      fix: "请选择加噪汇总或合成数据产品。"
    }
  }
})
