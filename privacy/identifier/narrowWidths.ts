/** Signs with another meaning in half width than their offset by 0xFEE0 gives. */
const others: Readonly<Record<string, string>> = {
  "\u3000": " ",
  "\u00A0": " ",
  "\u2010": "-",
  "\u2011": "-",
  "\u2012": "-",
  "\u2013": "-",
  "\u2014": "-",
  "\u2212": "-"
}

/**
 * The text with full-width digits, letters and signs in half width, same length, so that offsets hold for both.
 *
 * Full-width commas, colons and the like stay: they end a label, and the half-width ones may be part of a number.
 */
export function narrowWidths(text: string): string {
  return text.replaceAll(
    /[\u3000\u00A0\u2010-\u2014\u2212]|[\uFF10-\uFF19\uFF21-\uFF3A\uFF41-\uFF5A\uFF08-\uFF0B\uFF0D-\uFF0F\uFF20\uFF3F]/g,
    (sign) => others[sign] ?? String.fromCharCode(sign.charCodeAt(0) - 0xfee0)
  )
}
