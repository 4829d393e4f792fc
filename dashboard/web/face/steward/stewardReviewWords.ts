import { bilingual } from "../../words/bilingual.ts"

/** Strings of the page of decisions. */
export const stewardReviewWords = bilingual({
  en: {
    review: {
      title: "Review",
      lead: "What waits for a decision, with its gates and evidence. What one person asks for, another one approves.",
      empty: "Nothing waits for a decision.",
      emptyFix: "A product comes here when its first version was drawn, or when something on sale changes.",
      design: "Design a product",
      waits: {
        assessment: "draft: not submitted",
        approval: "waits for approval",
        version: "a version that breaks its contract",
        resume: "asks to go on sale again",
        attention: "on sale without the evidence for it"
      },
      states: {
        draft: "draft",
        assessed: "assessed",
        registered: "registered",
        listed: "listed",
        suspended: "suspended",
        deprecated: "deprecated",
        retired: "retired"
      },
      levels: { first: "first version", breaking: "breaking", minor: "minor", patch: "patch" },
      since: (at: string): string => `since ${at}`,
      askedBy: (name: string): string => `asked for by ${name}`,
      version: "Version",
      contract: "Contract",
      price: "List price",
      loss: "Privacy loss",
      rows: "Released rows",
      index: "Index if approved",
      indexNow: "Tradability index",
      against: "What stands against it",
      nothingAgainst: "Nothing stands against it.",
      look: "Look at the evidence and decide",
      until: (day: string): string => `may be retired from ${day} on`,
      digest: "A decision rests on",
      reason: "Reason, kept with the decision",
      own: "You asked for this; another person has to approve it.",
      needReason: "Say why.",
      done: (product: string, state: string): string => `${product} is now ${state}.`,
      lives: "Products and their lives",
      product: "Product",
      state: "State",
      listing: "Listing number",
      steps: "Steps",
      by: (name: string, asked: string): string => (asked === "" ? name : `${name}, asked for by ${asked}`),
      none: "none yet"
    }
  },
  zh: {
    review: {
      title: "审核",
      lead: "等待决定的事项及其关口与证据。一人提出，须由另一人批准。",
      empty: "没有等待决定的事项。",
      emptyFix: "产品首个版本抽取之后，或在售内容发生变化时，会出现在这里。",
      design: "设计产品",
      waits: {
        assessment: "草稿：尚未提交",
        approval: "等待批准",
        version: "新版本破坏契约",
        resume: "请求恢复销售",
        attention: "在售但证据不足"
      },
      states: {
        draft: "草稿",
        assessed: "已评估",
        registered: "已登记",
        listed: "已上架",
        suspended: "已暂停",
        deprecated: "已弃用",
        retired: "已下架"
      },
      levels: { first: "首个版本", breaking: "破坏性", minor: "次要", patch: "修补" },
      since: (at: string): string => `自 ${at}`,
      askedBy: (name: string): string => `由 ${name} 提出`,
      version: "版本",
      contract: "契约",
      price: "标价",
      loss: "隐私损失",
      rows: "发布行数",
      index: "批准后的指数",
      indexNow: "可交易性指数",
      against: "尚有障碍",
      nothingAgainst: "没有障碍。",
      look: "查看证据并决定",
      until: (day: string): string => `${day} 起可以下架`,
      digest: "决定所依据的摘要",
      reason: "理由（随决定保存）",
      own: "由您提出，须由另一人批准。",
      needReason: "请说明理由。",
      done: (product: string, state: string): string => `${product} 当前状态：${state}。`,
      lives: "产品及其生命周期",
      product: "产品",
      state: "状态",
      listing: "上架编号",
      steps: "步骤",
      by: (name: string, asked: string): string => (asked === "" ? name : `${name}，由 ${asked} 提出`),
      none: "尚无"
    }
  }
})
