/** A number or text of a JSON document, as it is written there. */
interface Leaf {
  readonly holder: Record<string, unknown>
  readonly key: string
  readonly source: string
  readonly path: string
}

/** `JSON.parse` as Node 24 has it: the reviver is told how a number or text is written. */
type ReviverWithSource = (
  this: Record<string, unknown>,
  key: string,
  value: unknown,
  context: { source?: string }
) => unknown
const parseWithSource = JSON.parse as (text: string, reviver: ReviverWithSource) => unknown

/** Bytes that the search may hash, about a second: a stranger's long document must not hold the process. */
const mostHashed = 1e8

/**
 * Finds the one digit of a JSON object that was changed, by trying every other digit in every place until the hash is right again.
 *
 * A document of a few thousand characters takes a fraction of a second; in one of more than about ten thousand nothing is searched. Two changed
 * digits are not found.
 *
 * @param text    a JSON object
 * @param except  members of the object that the hash does not cover
 * @param isRight  whether a document, given as a plain value, is the original one
 * @returns       the dotted path of the number or text that the digit stands in, or undefined
 */
export function findChangedDigit(
  text: string,
  except: ReadonlyArray<string>,
  isRight: (document: unknown) => boolean
): string | undefined {
  const { document, leaves } = readLeaves(text)
  const covered = leaves.filter(({ path }) => !except.includes(path.split(".")[0]!))
  const written = covered.map(({ key, source }) => key + source).join(",")
  if (written.replaceAll(/\D/g, "").length * 9 * written.length > mostHashed) return undefined
  // Numbers before texts: they are what a price is made of, and few.
  covered.sort((a, b) => Number(a.source.startsWith('"')) - Number(b.source.startsWith('"')))
  for (const { holder, key, source, path } of covered) {
    const found = holder[key]
    for (const candidate of withOneOtherDigit(source)) {
      holder[key] = JSON.parse(candidate)
      if (isRight(document)) return path
    }
    holder[key] = found
  }
  return undefined
}

function* withOneOtherDigit(source: string): Generator<string> {
  const digits = /^"[0-9a-f]{64}"$/.test(source) ? "0123456789abcdef" : "0123456789"
  for (let i = 0; i < source.length; i++) {
    if (!digits.includes(source[i]!)) continue
    for (const digit of digits) {
      if (digit === source[i]) continue
      const candidate = source.slice(0, i) + digit + source.slice(i + 1)
      // 0 before another digit is not JSON, so no document was ever written so.
      if (!/^-?0\d/.test(candidate) && !candidate.includes("\\")) yield candidate
    }
  }
}

function readLeaves(text: string): { document: unknown; leaves: ReadonlyArray<Leaf> } {
  const parents = new Map<unknown, { holder: unknown; key: string }>()
  const written: Array<Omit<Leaf, "path">> = []
  const document = parseWithSource(text, function (key, value, { source }) {
    if (typeof value === "object" && value !== null) parents.set(value, { holder: this, key })
    else if (source !== undefined) written.push({ holder: this, key, source })
    return value
  })
  const pathOf = (holder: unknown): ReadonlyArray<string> => {
    const parent = parents.get(holder)
    return parent === undefined || holder === document ? [] : [...pathOf(parent.holder), parent.key]
  }
  return { document, leaves: written.map((leaf) => ({ ...leaf, path: [...pathOf(leaf.holder), leaf.key].join(".") })) }
}
