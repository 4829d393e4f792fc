import { bilingual } from "../../words/bilingual.ts"

/** What stands in a customer's way, by code, said to somebody who never heard of grants and digests. */
export const customerProblemWords = bilingual<
  Readonly<Record<string, { readonly message: string; readonly fix: string }>>
>({
  en: {
    "customer.subject": {
      message: "This account does not belong to any customer of this house.",
      fix: "Ask the house for an invitation: it is a link for you alone."
    },
    "licence.choice": {
      message: "The choice no longer fits this page.",
      fix: "Load the page again and choose once more."
    },
    "licence.until": {
      message: "The last day has to be a day to come, within twenty years.",
      fix: "Choose another last day."
    },
    "licence.notice": {
      message: "What would be agreed to is not what you were shown. Nothing was changed.",
      fix: "Press “Show what this means” again, read it, and confirm that."
    },
    "licence.passkey": {
      message: "This account has no such passkey.",
      fix: "Load the page again and sign with a passkey that it shows."
    },
    "licence.unsigned": {
      message: "You have a passkey, so this has to be signed with it. Nothing was changed.",
      fix: "Sign with your passkey. If you lost it, remove it under Security; then a click is enough."
    },
    "grant.passkey": {
      message: "The signature is not one of your passkey. Nothing was changed.",
      fix: "Try again with the passkey that you made for this account."
    },
    "grant.nonce": {
      message: "Too much time went by before you signed. Nothing was changed.",
      fix: "Press “Show what this means” again; you then have ten minutes."
    },
    "grant.order": {
      message: "Your licence was changed in the meantime, perhaps in another window.",
      fix: "Load the page again to see what holds now."
    },
    "grant.chain": {
      message: "Your licence was changed in the meantime, perhaps in another window.",
      fix: "Load the page again to see what holds now."
    },
    "grant.unknown": { message: "There is no such licence of yours.", fix: "Choose one from your receipts." },
    "subject.erased": { message: "Everything of yours was erased here.", fix: "There is nothing left to change." },
    "passkey.declined": {
      message: "Your device did not confirm. Nothing was changed.",
      fix: "Try again, and confirm with your fingerprint, face or PIN."
    },
    "access.stepup": {
      message: "Before this step you have to show again that it is you.",
      fix: "Confirm with your passkey. Without one, sign in again with a new link and come back within five minutes."
    }
  },
  zh: {
    "customer.subject": {
      message: "这个账户不对应本公司的任何客户。",
      fix: "请向公司索取邀请：那是只给您一个人的链接。"
    },
    "licence.choice": { message: "所选内容与页面不再一致。", fix: "请刷新页面，重新选择。" },
    "licence.until": { message: "最后一天必须在今天之后、二十年之内。", fix: "请另选一天。" },
    "licence.notice": {
      message: "将要同意的内容与您看到的不一致，没有作任何更改。",
      fix: "请重新点击“看看这意味着什么”，阅读后再确认。"
    },
    "licence.passkey": { message: "这个账户没有这把通行密钥。", fix: "请刷新页面，用页面上列出的通行密钥签署。" },
    "licence.unsigned": {
      message: "您有通行密钥，因此需要用它签署，没有作任何更改。",
      fix: "请用通行密钥签署。若已遗失，请在“安全”页面移除；之后点击确认即可。"
    },
    "grant.passkey": {
      message: "签名不是由您的通行密钥作出的，没有作任何更改。",
      fix: "请用为本账户创建的通行密钥重试。"
    },
    "grant.nonce": {
      message: "签署前等待的时间太长，没有作任何更改。",
      fix: "请重新点击“看看这意味着什么”，之后十分钟内有效。"
    },
    "grant.order": { message: "您的许可在此期间已经更改，可能是在另一个窗口中。", fix: "请刷新页面，查看现在的内容。" },
    "grant.chain": { message: "您的许可在此期间已经更改，可能是在另一个窗口中。", fix: "请刷新页面，查看现在的内容。" },
    "grant.unknown": { message: "您没有这份许可。", fix: "请在“凭证”页面中选择。" },
    "subject.erased": { message: "您在这里的全部内容已经删除。", fix: "没有可以更改的内容了。" },
    "passkey.declined": { message: "设备没有确认，没有作任何更改。", fix: "请重试，并用指纹、面容或 PIN 确认。" },
    "access.stepup": {
      message: "这一步之前需要再次确认是您本人。",
      fix: "请用通行密钥确认；没有的话，请用新链接重新登录，并在五分钟内回到这里。"
    }
  }
})
