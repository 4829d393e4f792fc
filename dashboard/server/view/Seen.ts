import type { Mask } from "#privacy/access/Mask.ts"
import type { FieldTags } from "#pipelines/guard/fieldTags.ts"
import type { MasksOf } from "../http/MasksOf.ts"

/** How clearly whoever asks sees the columns of the home, and which they may not hear of at all. */
export class Seen {
  readonly #masks: ReadonlyMap<string, ReadonlyMap<string, Mask>>
  readonly #hidden: RegExp | undefined

  constructor(tags: FieldTags, masksOf: MasksOf) {
    const asked = new Map<string, ReadonlyArray<string>>()
    for (const columns of tags.values()) for (const one of columns) asked.set(one.tags.join(" "), one.tags)
    const decided = masksOf([...asked].map(([name, own]) => ({ name, tags: own })))
    this.#masks = new Map(
      [...tags].map(([asset, columns]) => [
        asset,
        new Map(columns.map((one) => [one.name, decided.get(one.tags.join(" ")) ?? "hidden"]))
      ])
    )
    const hidden = new Set([...this.#masks].flatMap(([, own]) => [...own].filter(isHidden).map(([name]) => name)))
    const spelled = [...hidden].map((name) => name.replaceAll(/[\\^$.*+?()[\]{}|/]/g, String.raw`\$&`))
    // Names of rules and files are made from those of columns, joined by underscores.
    if (hidden.size > 0) {
      this.#hidden = new RegExp(`(?<![\\p{L}\\p{N}])(?:${spelled.join("|")})(?![\\p{L}\\p{N}])`, "iu")
    }
  }

  /** The mask of a column; `hidden` also where nothing is known of it and a hidden one has its name, undefined where there is none such. */
  mask(asset: string, column: string): Mask | undefined {
    return this.#masks.get(asset)?.get(column) ?? (this.mentions(column) ? "hidden" : undefined)
  }

  /** Whether a column may be named. */
  names(asset: string, column: string): boolean {
    return this.mask(asset, column) !== "hidden"
  }

  /** How many columns of an asset are not named. */
  hidden(asset: string): number {
    return [...(this.#masks.get(asset) ?? [])].filter(isHidden).length
  }

  /** Whether a text names a hidden column, alone or as a part of another name. */
  mentions(text: string): boolean {
    return this.#hidden?.test(text) === true
  }

  /** A document without its hidden columns: entries under their names, items that are or name one, and texts that mention one are left out. */
  without<A>(document: A): A {
    return this.#hidden === undefined ? document : (this.#pruned(document) as A)
  }

  #pruned(value: unknown): unknown {
    if (Array.isArray(value)) return value.filter((one) => !this.#isNamed(one)).map((one) => this.#pruned(one))
    if (typeof value !== "object" || value === null) return value
    return Object.fromEntries(
      Object.entries(value)
        .filter(([name, one]) => !this.mentions(name) && !(typeof one === "string" && this.mentions(one)))
        .map(([name, one]) => [name, this.#pruned(one)])
    )
  }

  /** An item that is the name of a hidden column, or an object that has one for a text of its own. */
  #isNamed(item: unknown): boolean {
    if (typeof item === "string") return this.mentions(item)
    if (typeof item !== "object" || item === null || Array.isArray(item)) return false
    return Object.values(item).some((one) => typeof one === "string" && this.mentions(one))
  }
}

const isHidden = ([, mask]: readonly [string, Mask]): boolean => mask === "hidden"
