import { bilingual } from "../../words/bilingual.ts"

/** Strings on what the browser's own check of the proofs found. */
export const customerProofWords = bilingual({
  en: {
    checking: "Your browser is checking the proofs …",
    sound: (held: number) => `${held} proofs checked in this browser: all hold`,
    none: "There is nothing to check yet",
    broken: "A proof does not hold",
    brokenHint: "Download the proofs and keep them: they show that the house's account is not the one in its log.",
    cannot: "This browser cannot check signatures",
    cannotHint:
      "Download the proofs and check them with node assay-verify.mjs uses FILE, or open the page in a newer browser.",
    details: "Figures of this check, for whoever wants to repeat it elsewhere",
    log: "Log",
    size: "Entries",
    root: "Root",
    witnesses: "Witnesses",
    noWitness: "none has signed this checkpoint",
    key: "Key of the log"
  },
  zh: {
    checking: "浏览器正在核对证明……",
    sound: (held: number) => `已在本浏览器中核对 ${held} 份证明：全部成立`,
    none: "目前没有需要核对的内容",
    broken: "有一份证明不成立",
    brokenHint: "请下载并保存这些证明：它们表明公司的说法与其日志不符。",
    cannot: "本浏览器无法核对签名",
    cannotHint: "请下载证明并用 node assay-verify.mjs uses 文件 核对，或换用较新的浏览器。",
    details: "本次核对的数据（供在别处重复核对）",
    log: "日志",
    size: "条目数",
    root: "根",
    witnesses: "见证者",
    noWitness: "尚无见证者签署此检查点",
    key: "日志公钥"
  }
})
