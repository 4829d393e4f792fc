/** Runs of Han, kana and hangul are cut into overlapping pairs, so that any part of a word is found without a dictionary. */
const runs = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]+|[\p{L}\p{N}]+/gu
const paired = /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u

/** The terms of a text, in its order: lower-case words, and pairs of characters where words are not set apart. */
export function searchTokens(text: string): ReadonlyArray<string> {
  return (text.normalize("NFKC").toLowerCase().match(runs) ?? []).flatMap((run) =>
    paired.test(run) ? pairs(run) : [run]
  )
}

function pairs(run: string): ReadonlyArray<string> {
  const characters = Array.from(run)
  if (characters.length === 1) return characters
  return characters.slice(1).map((character, i) => characters[i]! + character)
}

/**
 * What the index is asked for a text: every term must be there, each as the beginning of a word; undefined if the text has no term.
 *
 * Terms are letters and digits only, so nothing of the index's own language can come in.
 */
export function searchQuery(text: string): string | undefined {
  const tokens = [...new Set(searchTokens(text.slice(0, 200)))].slice(0, 16)
  return tokens.length === 0 ? undefined : tokens.map((token) => `"${token}"*`).join(" ")
}
