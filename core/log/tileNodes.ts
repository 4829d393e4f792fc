import { Unavailable } from "../Unavailable.ts"
import { nodeHash } from "./merkle.ts"
import type { Hash } from "./merkle.ts"
import type { Nodes } from "./Nodes.ts"
import { tilePath } from "./verifier/assay-verify.mjs"
import type { ReadableFiles } from "./verifier/assay-verify.mjs"

/**
 * Reads the nodes of the first `size` entries from the tiles: one tile holds eight levels of the tree, of which only the lowest is stored.
 *
 * The tiles are believed as they are; who uses the nodes compares the root that they give with a signed one.
 */
export function tileNodes(files: ReadableFiles, size: number): Nodes {
  const tiles = new Map<string, Buffer>()
  const tile = (level: number, index: number): Buffer => {
    const width = Math.min(256, Math.floor(size / 256 ** level) - index * 256)
    const path = tilePath(level, index, width)
    // A full tile may have taken the place of a partial one in the meantime.
    const found = tiles.get(path) ?? files.read(path) ?? files.read(tilePath(level, index))?.subarray(0, width * 32)
    if (found?.length !== width * 32) throw damagedLog(path)
    tiles.set(path, found)
    return found
  }
  const nodes: Nodes = (height, index) => {
    const level = Math.floor(height / 8)
    const above = height % 8
    const first = index * 2 ** above
    const bytes = tile(level, Math.floor(first / 256))
    const at = first % 256
    return tileHash(bytes, at, 2 ** above)
  }
  return nodes
}

/** The root over `count` hashes of a tile from the `from`-th on; `count` is a power of two. */
export function tileHash(tile: Buffer, from: number, count: number): Hash {
  if (count === 1) return tile.subarray(from * 32, from * 32 + 32)
  return nodeHash(tileHash(tile, from, count / 2), tileHash(tile, from + count / 2, count / 2))
}

/** What a reader of the log says when a file is missing or of the wrong length. */
export function damagedLog(file: string): Unavailable {
  return new Unavailable({
    code: "log.damaged",
    message: `The log cannot be read: ${file} is missing or has the wrong length.`,
    fix: "Run `assay log verify` to see where the damage begins, and restore the folder from a backup.",
    where: { file }
  })
}
