import { bilingual } from "../../words/bilingual.ts"

const types = {
  grant: ["Grant", "许可"],
  revoke: ["Revocation", "撤回"],
  "freeze-ack": ["Freeze acknowledged", "冻结确认"],
  "ingest-binding": ["Binding at ingest", "入库绑定"],
  use: ["Use", "使用"],
  release: ["Release", "发布"],
  budget: ["Budget", "预算"],
  policy: ["Policy", "策略"],
  "access-grant": ["Access granted", "访问授权"],
  price: ["Price", "价格"],
  order: ["Order", "订单"],
  key: ["Key", "密钥"],
  anchor: ["Anchor", "锚定"],
  purge: ["Purge", "清除"]
} as const

const named = (language: 0 | 1): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(types).map(([type, names]) => [type, names[language]]))

/** Every string of the pages under /auditor. */
export const auditorWords = bilingual({
  en: {
    types: named(0),
    growth: { title: "Entries of the log over time", at: "Time", entries: "Entries" },
    coverage: {
      title: "Assets with checks, by group (number of assets)",
      group: "Group",
      all: "Assets",
      covered: "With checks",
      open: "Without checks",
      failing: "Failing checks"
    },
    log: {
      title: "The log",
      lead: "Everything the house did is an entry of a tree that cannot be changed unseen. Check it here, or offline with the key.",
      verify: "Check every byte",
      verifying: "Checking",
      size: "Entries",
      witnesses: "Witnesses",
      witnessed: "Witnessed entries",
      states: {
        none: "nobody is asked",
        alone: "nobody has cosigned",
        short: "too few for the quorum",
        cosigned: "quorum stands behind it",
        split: "a witness knows another log"
      },
      kinds: "What the entries speak of",
      kind: "Kind",
      head: "Head",
      root: "Root (SHA-256)",
      key: "Verifier key",
      names: "Cosigned by",
      nobody: "nobody yet",
      away: "No answer from",
      offline: "The same check runs without this server, on a copy of the log's folder:",
      saveKey: "Save the key",
      bundle: "Save all for offline checking",
      bundleNote: "One archive: the whole log, the key, the verifier that needs nothing else, and every certificate.",
      stepRead: "The server reads every byte and holds the records against the log",
      stepProve: (done: string, all: string): string => `This browser checks proofs itself: ${done} of ${all}`,
      proved: (held: string, all: string, size: string): string =>
        `${held} of ${all} proofs hold, checked in this browser against the key below: the first entry, the newest, and others at random, under the head of ${size} entries.`,
      unproved: (index: string): string =>
        `The proof of entry ${index} does not hold in this browser. Do not trust this server's word.`,

      sound: (size: string, rows: string, millis: string): string =>
        `Sound: ${size} entries read again, the root is the signed one, and ${rows} rows of the records are as the log says (${millis} ms).`,
      broken: (entry: string, file: string): string =>
        `Changed: entry ${entry} is the first that cannot be trusted (file ${file}). Restore the home from a backup.`,
      differs: (kind: string, operation: string): string =>
        `The log is sound, and the records are not what it says: ${kind} ${operation}.`
    },
    entries: {
      title: "Entries",
      lead: "An entry holds its kind, its operation and a commitment, and no personal data. Each proof is checked in this browser.",
      type: "Kind",
      all: "All kinds",
      index: "Entry",
      operation: "Operation",
      epoch: "Epoch",
      commitment: "Commitment",
      proof: "Proof",
      prove: (index: string): string => `Check the proof of entry ${index}`,
      save: (index: string): string => `Save the proof of entry ${index}`,
      check: "Check",
      file: "Save",
      holds: "holds",
      broken: "does not hold",
      older: "Older entries",
      none: "There is no such entry."
    },
    releases: {
      title: "Releases and checks",
      lead: "Every release with the privacy loss that its signed certificate states, and how far the assets behind it are checked.",
      product: "Product",
      version: "Version",
      kind: "Kind",
      issued: "Issued",
      hash: "SHA-256",
      certificate: "Certificate",
      save: (name: string): string => `JSON: the certificate of ${name}`,
      none: "Nothing has been released yet.",
      noneFix: "A release appears here when a run has made it."
    }
  },
  zh: {
    types: named(1),
    growth: { title: "日志条目数随时间的变化", at: "时间", entries: "条目数" },
    coverage: {
      title: "各层有检查的资产（资产数）",
      group: "层",
      all: "资产数",
      covered: "有检查",
      open: "无检查",
      failing: "未通过的检查"
    },
    log: {
      title: "日志",
      lead: "系统所做的一切都是一棵树上的条目，无法暗中更改。可在此校验，也可凭公钥离线校验。",
      verify: "逐字节校验",
      verifying: "校验中",
      size: "条目数",
      witnesses: "见证人",
      witnessed: "已见证条目",
      states: {
        none: "未设见证人",
        alone: "尚无人副署",
        short: "未达法定数",
        cosigned: "已达法定数",
        split: "见证人所知的日志不同"
      },
      kinds: "条目的类别",
      kind: "类别",
      head: "树头",
      root: "根（SHA-256）",
      key: "校验公钥",
      names: "副署人",
      nobody: "暂无",
      away: "未应答",
      offline: "同样的校验可脱离本服务器，在日志文件夹的副本上运行：",
      saveKey: "保存公钥",
      bundle: "保存离线校验所需的全部内容",
      bundleNote: "一个归档：完整日志、公钥、可独立运行的校验程序，以及每份证书。",
      stepRead: "服务器重读全部字节，并将账簿与日志核对",
      stepProve: (done: string, all: string): string => `本浏览器自行校验证明：${done} / ${all}`,
      proved: (held: string, all: string, size: string): string =>
        `${all} 份证明中有 ${held} 份成立，均由本浏览器凭下方公钥校验：首条、最新一条及随机若干条，树头含 ${size} 条。`,
      unproved: (index: string): string => `第 ${index} 条的证明在本浏览器中不成立。请勿相信此服务器的说法。`,

      sound: (size: string, rows: string, millis: string): string =>
        `完好：重读 ${size} 条，树根与签名一致，账簿 ${rows} 行与日志相符（${millis} 毫秒）。`,
      broken: (entry: string, file: string): string =>
        `已被更改：第 ${entry} 条起不可信（文件 ${file}）。请从备份恢复。`,
      differs: (kind: string, operation: string): string => `日志完好，但账簿与其不符：${kind} ${operation}。`
    },
    entries: {
      title: "条目",
      lead: "每条只含类别、操作和承诺值，不含个人数据。每份证明都在本浏览器中校验。",
      type: "类别",
      all: "全部类别",
      index: "条目",
      operation: "操作",
      epoch: "纪元",
      commitment: "承诺值",
      proof: "证明",
      prove: (index: string): string => `校验第 ${index} 条的证明`,
      save: (index: string): string => `保存第 ${index} 条的证明`,
      check: "校验",
      file: "保存",
      holds: "成立",
      broken: "不成立",
      older: "更早的条目",
      none: "没有这样的条目。"
    },
    releases: {
      title: "发布与检查",
      lead: "每次发布及其签名证书所载的隐私损失，以及其背后资产的检查覆盖情况。",
      product: "产品",
      version: "版本",
      kind: "类型",
      issued: "签发时间",
      hash: "指纹（SHA-256）",
      certificate: "证书",
      save: (name: string): string => `JSON：${name} 的证书`,
      none: "尚无发布。",
      noneFix: "运行完成后，发布会出现在这里。"
    }
  }
})
