import type { Label } from "../../api/Label.ts"

/** Says on what rows that leave as they are rest, one sentence a promise. */
export const consentInWords = ({
  recipient,
  until
}: {
  readonly recipient: string
  readonly until: string
}): ReadonlyArray<Label> => [
  {
    zh: `每一行都由客户本人明确许可：只给 ${recipient}，到 ${until} 为止；行末附有许可证。`,
    en: `Each row is there because its customer expressly allowed it, for ${recipient} alone and until ${until}; the row ends with that licence.`
  },
  {
    zh: "这些行未加噪声，也不隐藏客户；不得转交他人。",
    en: "No noise was added and nothing hides a customer in these rows; they may not be passed on."
  },
  {
    zh: "客户撤回后，本版本会被召回，并由不含其数据的新版本代替。",
    en: "When a customer revokes, this version is called back and replaced by one without their rows."
  }
]
