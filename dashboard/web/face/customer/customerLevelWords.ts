import { bilingual } from "../../words/bilingual.ts"

/** Strings on how well a licence is proven to be the customer's own will. */
export const customerLevelWords = bilingual({
  en: {
    title: "How surely this is your own decision",
    lead: "The better it is proven that you decided yourself, the more the house may do with it.",
    yours: "This holds for you now",
    each: [
      {
        name: "The house says so",
        how: "You have not decided anything here. The house states that its contract with you allows it, and answers for that.",
        opens:
          "It may work with your records inside, and publish counts in which nobody can be recognised. It may not hand your records to anybody."
      },
      {
        name: "You clicked",
        how: "You were signed in, read the words on this page and confirmed them.",
        opens: "The house may also hand your records to those whom you ticked, for what you ticked."
      },
      {
        name: "You signed with your passkey",
        how: "Your own device signed exactly these words, after it checked your fingerprint, face or PIN.",
        opens:
          "The same as a click, and nobody can do it in your place: not the house, and not somebody at your open screen."
      }
    ],
    byClick: "Your click counts. A passkey would be a stronger proof.",
    makePasskey: "Make a passkey",
    byPasskey: (label: string) => `Your device will ask you to sign this with your passkey “${label}”.`,
    choose: "Sign with this passkey",
    waiting: "One moment. Your device may ask you to confirm."
  },
  zh: {
    title: "如何证明这是您本人的决定",
    lead: "越能证明是您本人作出的决定，公司据此可以做的就越多。",
    yours: "您目前属于这一级",
    each: [
      {
        name: "公司单方声明",
        how: "您还没有在这里作过决定。公司声明与您的合同允许这样做，并对此负责。",
        opens: "公司可以在内部处理您的记录，并发布看不出任何个人的统计数字；不得把您的记录交给任何人。"
      },
      {
        name: "您点击确认",
        how: "您登录后阅读了本页的告知文字，并点击确认。",
        opens: "公司还可以按您勾选的用途，把您的记录交给您勾选的接收方。"
      },
      {
        name: "您用通行密钥签署",
        how: "您自己的设备先核对您的指纹、面容或 PIN，再对这段文字签名。",
        opens: "允许的内容与点击相同，但谁也不能代您签署：公司不能，坐在您屏幕前的人也不能。"
      }
    ],
    byClick: "点击确认即可生效；使用通行密钥则证明力更强。",
    makePasskey: "创建通行密钥",
    byPasskey: (label: string) => `设备会请您用通行密钥“${label}”签署。`,
    choose: "用这把通行密钥签署",
    waiting: "请稍候，设备可能会请您确认。"
  }
})
