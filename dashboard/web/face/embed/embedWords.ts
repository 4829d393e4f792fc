import { bilingual } from "../../words/bilingual.ts"

/** Every string of what is shown on pages of others, and of the page where tokens for it are made. */
export const embedWords = bilingual({
  en: {
    loading: "Asking the house",
    now: (day: string): string => `List price on ${day}`,
    version: (version: string): string => `Version ${version}`,
    open: "Open in the catalogue",
    failed: "This cannot be shown here",
    problems: {
      network: {
        message: "The house did not answer, or its token is not for this page.",
        fix: "Ask the house for a token that names the origin of this page, and look whether its server runs."
      },
      "session.embed": {
        message: "The token is not known.",
        fix: "Take the snippet as the house gave it, or ask for a new one."
      },
      "session.embed-ended": {
        message: "The token has expired or was taken back.",
        fix: "Ask the house for a new one."
      },
      "embed.origin": {
        message: "The token is not for this page.",
        fix: "Ask the house for a token that names the origin of this page."
      },
      "embed.scope": {
        message: "The token is for another product or asset.",
        fix: "Use the token that was made for this one."
      },
      "product.not-listed": {
        message: "The product is not on sale at the moment.",
        fix: "It shows again by itself when it is."
      },
      "asset.unknown": {
        message: "Nothing is known of where this comes from.",
        fix: "Look whether the name in the snippet is right."
      },
      "request.rate": { message: "Too many requests came in a short time.", fix: "Load the page again in a minute." }
    },
    page: {
      title: "Embed",
      lead: "A business system of yours or of a partner can show what a product costs, and why, or what it is made from. A token opens one of them, on the pages that it names and nowhere else.",
      make: "Make a token",
      kind: "What it shows",
      kinds: { product: "A product: its price and its lineage", asset: "An asset: its lineage" },
      product: "Product",
      asset: "Asset",
      origins: "Pages that may show it",
      originsHint: "One origin a line, such as https://erp.example.com; at most eight",
      days: "Good for (days)",
      submit: "Make the token",
      made: "The token was made. Its secret is in this snippet, now and never again.",
      paste: "Paste this where it should show.",
      copy: "Copy",
      copied: "Copied",
      hide: "I have it",
      example: "So it looks",
      exampleNote: "Shown here by the token itself, as on the page of a partner.",
      tokens: "Tokens",
      none: "No token has been made yet. Make one above, and a page of a partner can show a price in a minute.",
      target: "Shows",
      pages: "On",
      state: "State",
      states: { live: "good", expired: "expired", revoked: "taken back" },
      until: (day: string): string => `until ${day}`,
      since: (day: string, by: string): string => `on ${day} by ${by}`,
      used: "Shown",
      times: (shown: string, refused: string): string => `${shown} times, ${refused} refused`,
      last: (at: string): string => `last ${at}`,
      by: "Made by",
      revoke: "Take back",
      revokeOne: (target: string): string => `Take back ${target}`,
      sure: (target: string): string => `Really take back ${target}`,
      keep: "Keep",
      change: "Change",
      safety: "What a partner's page can and cannot do",
      rules: [
        "It sees the list price with its explanation, and the names of what a product is made from: what every buyer sees. No row, no count, no customer.",
        "It works on the origins that you name. A page elsewhere that copies the token is refused by every browser.",
        "No cookie is sent or taken: a visitor who is signed in here gains nothing by it, and loses nothing.",
        "Every time it is shown or refused is kept for auditors. Taking it back works at once."
      ],
      noProducts: "No product is on sale, so there is nothing to show yet."
    }
  },
  zh: {
    loading: "正在查询",
    now: (day: string): string => `${day} 挂牌价`,
    version: (version: string): string => `版本 ${version}`,
    open: "在目录中打开",
    failed: "此处无法显示",
    problems: {
      network: {
        message: "服务器没有应答，或令牌不适用于本页面。",
        fix: "请向数据方索取写明本页面来源的令牌，并确认其服务器正在运行。"
      },
      "session.embed": { message: "令牌无效。", fix: "请原样使用数据方提供的代码，或索取新的令牌。" },
      "session.embed-ended": { message: "令牌已过期或已被收回。", fix: "请向数据方索取新的令牌。" },
      "embed.origin": { message: "令牌不适用于本页面。", fix: "请向数据方索取写明本页面来源的令牌。" },
      "embed.scope": { message: "令牌属于另一个产品或资产。", fix: "请使用为此产品或资产创建的令牌。" },
      "product.not-listed": { message: "该产品目前不在售。", fix: "恢复上架后会自动显示。" },
      "asset.unknown": { message: "没有可显示的来源信息。", fix: "请检查代码中的名称是否正确。" },
      "request.rate": { message: "短时间内请求过多。", fix: "请一分钟后重新加载页面。" }
    },
    page: {
      title: "嵌入",
      lead: "您或合作方的业务系统可以直接显示产品的价格及其依据，或产品的来源。一个令牌只开放一项内容，只在写明的页面上有效。",
      make: "创建令牌",
      kind: "显示内容",
      kinds: { product: "产品：价格与来源", asset: "资产：来源" },
      product: "产品",
      asset: "资产",
      origins: "允许显示的页面",
      originsHint: "每行一个来源，如 https://erp.example.com，最多八个",
      days: "有效天数",
      submit: "创建",
      made: "令牌已创建。密钥在下面的代码中，仅此一次显示。",
      paste: "请把这段代码粘贴到要显示的位置。",
      copy: "复制",
      copied: "已复制",
      hide: "已保存",
      example: "显示效果",
      exampleNote: "此处由该令牌实际加载，与合作方页面所见相同。",
      tokens: "令牌",
      none: "尚未创建令牌。在上方创建一个，合作方页面一分钟内即可显示价格。",
      target: "内容",
      pages: "页面",
      state: "状态",
      states: { live: "有效", expired: "已过期", revoked: "已收回" },
      until: (day: string): string => `至 ${day}`,
      since: (day: string, by: string): string => `${day} 由 ${by} 收回`,
      used: "使用",
      times: (shown: string, refused: string): string => `显示 ${shown} 次，拒绝 ${refused} 次`,
      last: (at: string): string => `最近 ${at}`,
      by: "创建人",
      revoke: "收回",
      revokeOne: (target: string): string => `收回 ${target}`,
      sure: (target: string): string => `确认收回 ${target}`,
      keep: "保留",
      change: "变更",
      safety: "合作方页面能做与不能做的事",
      rules: [
        "只能看到挂牌价及其依据，以及产品由哪些资产制成的名称，与所有买方所见相同。没有数据行、计数或客户信息。",
        "只在您写明的来源上有效。其他页面即使复制了令牌，也会被浏览器拒绝。",
        "不发送也不接受 Cookie：访问者是否在此登录都没有影响。",
        "每次显示或拒绝都留有记录，供审计查阅。收回即时生效。"
      ],
      noProducts: "目前没有在售产品，暂无可显示的内容。"
    }
  }
})
