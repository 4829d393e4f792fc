import type { Db } from "../records/Records.ts"
import { clearUnsigned, dropPartials, extendTiles } from "./extendTiles.ts"
import type { LogFiles } from "./LogFiles.ts"
import type { LogKey } from "./LogKey.ts"
import { leafHash, rootOf } from "./merkle.ts"
import { rangeHash } from "./Nodes.ts"
import { signedHead, signHead, unsoundLog } from "./signedHead.ts"
import type { SignedHead } from "./signedHead.ts"
import { tileNodes } from "./tileNodes.ts"

/** One checkpoint speaks for at most so many entries and bytes. @source consent.md, "The log" */
export const group = { entries: 4096, bytes: 2 ** 20 } as const

interface Waiting {
  readonly seq: number
  readonly leaf: Uint8Array
}

/**
 * Moves one group from the outbox into the tree, inside the transaction that `db` is in, so that one process at a time does it: tiles
 * and bundles become durable, then the checkpoint is signed, then the outbox rows go.
 *
 * After a crash at any point the next call ends in the same tree. Rows whose tree was signed already are recognised and only
 * removed; files beyond the signed size are cleared before new ones are written. So no size ever gets a second root.
 *
 * @returns the tree afterwards, and whether more is waiting
 * @throws  Refused `log.unsound` if the folder is not the one that the records know, or its newest tiles do not give the signed root
 */
export function drainGroup(db: Db, files: LogFiles, key: LogKey): SignedHead & { readonly more: boolean } {
  const known = db.get<{ size: number; root: Uint8Array }>("select size, root from log_head")!
  const head = signedHead(files, key)
  if (head.size < known.size) throw unsoundLog(`it holds ${head.size} entries, and ${known.size} were signed.`)
  if (db.get("select 1 as one from outbox limit 1") === undefined && head.size === known.size) {
    return { ...head, more: false }
  }
  const nodes = tileNodes(files, head.size)
  if (head.size > 0 && !equal(rangeHash(nodes, 0, head.size), head.root)) {
    throw unsoundLog("its newest tiles do not give the signed root.")
  }
  if (head.size > known.size) {
    forgetSigned(db, files, known.size, head)
    return { ...head, more: true }
  }
  const rows = nextGroup(db)
  clearUnsigned(files, head.size, group.entries)
  const leaves = rows.map(({ leaf }) => leaf)
  const size = head.size + rows.length
  const root = extendTiles(files, head.size, leaves)
  compareWithTable(db, files, head.size, size)
  signHead(files, key, size, root)
  settle(db, size, root, rows.at(-1)!.seq)
  dropPartials(files, head.size, size)
  return { size, root, more: db.get("select 1 as one from outbox limit 1") !== undefined }
}

const equal = (a: Uint8Array, b: Uint8Array): boolean => Buffer.compare(a, b) === 0

function nextGroup(db: Db): ReadonlyArray<Waiting> {
  const rows = db.all<Waiting>("select seq, leaf from outbox order by seq limit $limit", { limit: group.entries })
  let bytes = 0
  const over = rows.findIndex(({ leaf }, i) => (bytes += leaf.length) > group.bytes && i > 0)
  return over < 0 ? rows : rows.slice(0, over)
}

function settle(db: Db, size: number, root: Uint8Array, seq: number): void {
  db.run("update log_head set size = $size, root = $root", { size, root })
  db.run("delete from outbox where seq <= $seq", { seq })
}

/** Removes the rows that a checkpoint speaks for whose transaction did not come to its end. */
function forgetSigned(db: Db, files: LogFiles, size: number, head: SignedHead): void {
  const count = head.size - size
  const rows = db.all<Waiting>("select seq, leaf from outbox order by seq limit $count", { count })
  const nodes = tileNodes(files, head.size)
  const same = rows.every(({ leaf }, i) => equal(leafHash(leaf), nodes(0, size + i)))
  if (rows.length < count || !same) throw unsoundLog("it holds entries that the records did not put there.")
  settle(db, head.size, head.root, rows.at(-1)!.seq)
}

/** Homes of before the tiles kept their entries in a table; the tree must come out of the move as it was. */
function compareWithTable(db: Db, files: LogFiles, before: number, after: number): void {
  const old = db.get<{ size: number; roots: Uint8Array }>("select size, roots from log_frontier")!
  if (old.size <= before || old.size > after) return
  const roots = Array.from({ length: old.roots.length / 32 }, (_, i) => old.roots.slice(i * 32, i * 32 + 32))
  const moved = rangeHash(tileNodes(files, after), 0, old.size)
  if (!equal(moved, rootOf({ size: old.size, roots }))) {
    throw unsoundLog("the entries of its former table do not give the root that was stored with them.")
  }
}
