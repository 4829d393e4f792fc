import { bilingual } from "../../words/bilingual.ts"

/** What the tables of the house hold, said to whoever is in them. */
export const customerTableWords = bilingual({
  en: {
    known: {
      account: "Your company's file",
      contact: "People to talk to",
      lead: "Enquiries",
      opportunity: "Sales talks",
      order: "Orders",
      order_line: "Items of orders",
      product: "Products bought",
      subscription: "Subscriptions",
      ticket: "Service cases",
      interaction: "Calls, visits and messages",
      invoice: "Bills",
      payment: "Payments",
      purchases: "Purchases"
    } as Readonly<Record<string, string>>,
    other: (name: string) => `A table of this house (${name})`
  },
  zh: {
    known: {
      account: "贵公司的档案",
      contact: "联系人",
      lead: "咨询记录",
      opportunity: "商务洽谈",
      order: "订单",
      order_line: "订单明细",
      product: "所购产品",
      subscription: "订阅",
      ticket: "服务工单",
      interaction: "通话、拜访与消息",
      invoice: "账单",
      payment: "付款",
      purchases: "购买记录"
    } as Readonly<Record<string, string>>,
    other: (name: string) => `本公司内部的一张表（${name}）`
  }
})
