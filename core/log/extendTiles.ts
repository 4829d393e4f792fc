import { leafHash } from "./merkle.ts"
import type { Hash } from "./merkle.ts"
import type { LogFiles } from "./LogFiles.ts"
import { damagedLog, tileHash, tileNodes } from "./tileNodes.ts"
import { tilePath } from "./verifier/assay-verify.mjs"
import { rangeHash } from "./Nodes.ts"

/** Entries are at most this long, since a bundle gives their length in two bytes. @source C2SP tlog-tiles, log entries */
const longestEntry = 65_535

/**
 * Writes the tiles and bundles of a tree that grows from `size` entries by `leaves`, makes them durable, and gives the new root.
 * Nothing that a checkpoint refers to is changed: partial tiles get new names, full ones did not exist.
 *
 * @source C2SP tlog-tiles
 */
export function extendTiles(files: LogFiles, size: number, leaves: ReadonlyArray<Uint8Array>): Hash {
  const grown = size + leaves.length
  const framed = leaves.map((leaf) => {
    if (leaf.length > longestEntry) throw new RangeError("an entry of the log is too long")
    const length = Buffer.alloc(2)
    length.writeUInt16BE(leaf.length)
    return Buffer.concat([length, leaf])
  })
  writeRow(files, "entries", size, framed)
  let row: ReadonlyArray<Buffer> = leaves.map((leaf) => Buffer.from(leafHash(leaf)))
  let before = size
  for (let level = 0; row.length > 0; level++) {
    row = writeRow(files, level, before, row)
    before = Math.floor(before / 256)
  }
  files.sync()
  return rangeHash(tileNodes(files, grown), 0, grown)
}

/** Appends to one level, which had `before` items, and gives the roots of the tiles that became full. */
function writeRow(
  files: LogFiles,
  level: number | "entries",
  before: number,
  items: ReadonlyArray<Buffer>
): ReadonlyArray<Buffer> {
  const roots: Array<Buffer> = []
  const end = before + items.length
  for (let index = Math.floor(before / 256); index * 256 < end; index++) {
    const start = Math.max(before, index * 256)
    const held = start - index * 256
    const width = Math.min(256, end - index * 256)
    const old = held === 0 ? Buffer.alloc(0) : files.read(tilePath(level, index, held))
    if (old === undefined) throw damagedLog(tilePath(level, index, held))
    const bytes = Buffer.concat([old, ...items.slice(start - before, index * 256 + width - before)])
    files.write(tilePath(level, index, width), bytes)
    if (width === 256 && level !== "entries") roots.push(Buffer.from(tileHash(bytes, 0, 256)))
  }
  return roots
}

/**
 * Clears what a write that was cut off may have left beyond `size` entries, so that no file holds bytes that nobody signed. One write
 * adds at most `most` entries.
 */
export function clearUnsigned(files: LogFiles, size: number, most: number): void {
  for (const level of levelsOf(size + most)) {
    const items = Math.floor(size / (level === "entries" ? 1 : 256 ** level))
    const edge = Math.floor(items / 256)
    const partials = `${tilePath(level, edge)}.p`
    for (const name of files.list(partials)) if (Number(name) > items % 256) files.remove(`${partials}/${name}`)
    const reach = Math.ceil(most / (level === "entries" ? 256 : 256 ** (level + 1)))
    for (let index = edge; index <= edge + reach; index++) {
      files.remove(tilePath(level, index))
      if (index > edge) files.remove(`${tilePath(level, index)}.p`)
    }
  }
}

/** Removes the partial tiles that full ones have replaced between two sizes. @source C2SP tlog-tiles, partial tiles */
export function dropPartials(files: LogFiles, before: number, after: number): void {
  for (const level of levelsOf(after)) {
    const span = level === "entries" ? 256 : 256 ** (level + 1)
    const first = Math.floor(before / span)
    // Only the tile that was partial before can have partial files: the others became full in one write.
    if (first < Math.floor(after / span)) files.remove(`${tilePath(level, first)}.p`)
  }
}

/** Every level that a tree of `size` entries has tiles on. */
function levelsOf(size: number): ReadonlyArray<number | "entries"> {
  const levels: Array<number | "entries"> = ["entries"]
  for (let level = 0; 256 ** level <= size; level++) levels.push(level)
  return levels
}
