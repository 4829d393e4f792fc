import { createReadStream } from "node:fs"
import { createGunzip } from "node:zlib"
import { BadInput } from "#core/BadInput.ts"

export interface ChunkOptions {
  readonly gzip: boolean
  readonly signal?: AbortSignal
  /** Sees the bytes as they are stored, before any decompression. */
  readonly onStored?: (bytes: Uint8Array) => void
}

/** Text compresses 10 to 100 times; beyond this ratio only a bomb does. Small files may be as repetitive as they like. */
const maxRatio = 250
const ratioFrom = 64 * 1024 * 1024

/** The content of a file in chunks of up to 1 MiB; gzip is verified to its trailer and limited in ratio. */
export async function* readChunks(path: string, name: string, options: ChunkOptions): AsyncGenerator<Buffer> {
  let stored = 0
  const file = createReadStream(path, {
    highWaterMark: 1 << 20,
    ...(options.signal === undefined ? {} : { signal: options.signal })
  })
  const count = async function* (): AsyncGenerator<Buffer> {
    for await (const chunk of file as AsyncIterable<Buffer>) {
      stored += chunk.length
      options.onStored?.(chunk)
      yield chunk
    }
  }
  if (!options.gzip) return yield* count()
  const gunzip = createGunzip({ chunkSize: 1 << 20 })
  const feed = pump(count(), gunzip)
  let unpacked = 0
  try {
    for await (const chunk of gunzip as AsyncIterable<Buffer>) {
      unpacked += chunk.length
      if (unpacked > ratioFrom && unpacked > stored * maxRatio) {
        throw new BadInput({
          code: "source.gzip_bomb",
          message: `${name} unpacks to more than ${maxRatio} times its size.`,
          fix: "Unpack the file yourself if its content is really that repetitive.",
          where: { file: name }
        })
      }
      yield chunk
    }
    await feed
  } finally {
    gunzip.destroy()
    file.destroy()
  }
}

/** Feeds the decompressor without outrunning it; a read error surfaces at the reader of the decompressor. */
async function pump(chunks: AsyncIterable<Buffer>, into: ReturnType<typeof createGunzip>): Promise<void> {
  try {
    for await (const chunk of chunks) {
      if (into.destroyed) return
      if (!into.write(chunk)) {
        await new Promise<void>((resume) => {
          const go = (): void => {
            into.off("drain", go)
            into.off("close", go)
            resume()
          }
          into.on("drain", go)
          into.on("close", go)
        })
      }
    }
    into.end()
  } catch (cause) {
    into.destroy(cause instanceof Error ? cause : new Error("read"))
  }
}
