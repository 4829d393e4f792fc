import { Effect, FileSystem } from "effect"
import { stampParquet } from "./stampParquet.ts"

/** The length of the footer and the magic number. */
const tail = 8

/** Writes key-value metadata into a Parquet file of our own, in place: its data is not read. */
export const writeStamped = Effect.fn("writeStamped")(function* (
  file: string,
  entries: Readonly<Record<string, string>>
) {
  const files = yield* FileSystem.FileSystem
  const handle = yield* files.open(file, { flag: "r+" })
  const { size } = yield* handle.stat
  const read = Effect.fnUntraced(function* (from: number, length: number) {
    const bytes = new Uint8Array(length)
    yield* handle.seek(BigInt(from), "start")
    for (let had = 0; had < length;) had += Number(yield* handle.read(bytes.subarray(had)))
    return bytes
  })
  const end = Buffer.from(yield* read(Number(size) - tail, tail))
  const length = end.readUInt32LE(0)
  const start = Number(size) - tail - length
  const stamped = stampParquet(yield* read(start, length), entries)
  const lengthAndMagic = Buffer.from(end)
  lengthAndMagic.writeUInt32LE(stamped.length, 0)
  yield* handle.seek(BigInt(start), "start")
  yield* handle.writeAll(Buffer.concat([stamped, lengthAndMagic]))
}, Effect.scoped)
