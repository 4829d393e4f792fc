import { createHash } from "node:crypto"

/** The six stages of a trade at a data exchange, with the letters of their numbers. @source the Shanghai Data Exchange's flow */
export const marketStages = {
  registration: { letters: "DJ", name: { zh: "登记", en: "Registration" } },
  listing: { letters: "GP", name: { zh: "挂牌", en: "Listing" } },
  trade: { letters: "JY", name: { zh: "交易", en: "Trade" } },
  delivery: { letters: "JF", name: { zh: "交付", en: "Delivery" } },
  settlement: { letters: "QS", name: { zh: "清结算", en: "Clearing and settlement" } },
  voucher: { letters: "PZ", name: { zh: "凭证", en: "Voucher" } }
} as const
export type MarketStage = keyof typeof marketStages

const alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"

/**
 * The number of one stage of a trade, such as `JY-20261122-0K3F9A6WQ2ZB-7`: stage, day, 62 bits of a hash of the id that the house gave the thing,
 * and a check character, so that a mistyped number is seen. The same thing has the same number wherever it is written.
 *
 * @param id  of the order, delivery, invoice or decision
 * @param at  ISO instant of the stage
 */
export function marketNumber(stage: MarketStage, id: string, at: string): string {
  const hash = createHash("sha256").update(`${stage}\0${id}`).digest()
  let value = hash.readBigUInt64BE() >> 2n
  let text = ""
  for (let i = 0; i < 12; i++) {
    text = alphabet[Number(value % 36n)]! + text
    value /= 36n
  }
  const body = `${marketStages[stage].letters}-${at.slice(0, 10).replaceAll("-", "")}-${text}`
  return `${body}-${checkCharacter(body)}`
}

/** ISO 7064 MOD 37,36, which sees every single wrong character and nearly every exchange of two. */
export function checkCharacter(body: string): string {
  let rest = 36
  for (const sign of body.replaceAll("-", "")) {
    const sum = (rest + alphabet.indexOf(sign)) % 36 || 36
    rest = (sum * 2) % 37
  }
  return alphabet[(37 - rest) % 36]!
}
