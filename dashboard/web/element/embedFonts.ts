/** Whether a unicode-range such as `U+4E00-4E0F, U+2014` covers any of these characters. */
function covers(range: string, characters: ReadonlySet<number>): boolean {
  return range.split(",").some((part) => {
    const [from, to] = part.trim().replace(/^U\+/i, "").split("-")
    const low = Number.parseInt(from!, 16)
    const high = to === undefined ? low : Number.parseInt(to, 16)
    for (const character of characters) if (character >= low && character <= high) return true
    return false
  })
}

const toBase64 = (bytes: Uint8Array): string => {
  let text = ""
  for (const byte of bytes) text += String.fromCharCode(byte)
  return btoa(text)
}

/** The @font-face rules that a picture of this text needs, fonts included: a picture cannot load anything by itself. */
export async function embedFonts(text: string): Promise<string> {
  const characters = new Set([...text].map((character) => character.codePointAt(0)!))
  const faces = [...document.styleSheets]
    .flatMap((sheet) => [...sheet.cssRules])
    .filter((rule) => rule instanceof CSSFontFaceRule)
    .filter((rule) => covers(rule.style.getPropertyValue("unicode-range"), characters))
  const written = await Promise.all(
    faces.map(async ({ style, parentStyleSheet }) => {
      const address = /url\("?([^")]+)"?\)/.exec(style.getPropertyValue("src"))?.[1]
      if (address === undefined) return ""
      const answer = await fetch(new URL(address, parentStyleSheet?.href ?? document.baseURI))
      const data = toBase64(new Uint8Array(await answer.arrayBuffer()))
      return `@font-face{font-family:'Noto Sans SC';font-weight:${style.getPropertyValue("font-weight")};src:url(data:font/woff2;base64,${data})}`
    })
  )
  return written.join("")
}
