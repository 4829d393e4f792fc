import type { Language } from "../../format/Language.ts"

/** An amount in millionths of a minor unit, with as many decimals as it needs: parts of a fen are not rounded away. */
export const formatMicro = (micro: number, currency: string, language: Language): string =>
  new Intl.NumberFormat(language, {
    style: "currency",
    currency,
    currencyDisplay: "narrowSymbol",
    minimumFractionDigits: 2,
    maximumFractionDigits: 6
  }).format(micro / 100_000_000)
