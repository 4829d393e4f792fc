import { createHash } from "node:crypto"
import { mkdir, open } from "node:fs/promises"
import { dirname } from "node:path"

/** What was copied. */
export interface Copied {
  readonly bytes: number
  readonly sha256: string
}

/**
 * Copies a file piece by piece, in constant memory and without holding up whoever else this process serves, and makes the copy durable. Only its
 * owner may read it.
 *
 * @param to  must not exist
 * @throws    the file system's own errors
 */
export async function copyFile(from: string, to: string): Promise<Copied> {
  await mkdir(dirname(to), { recursive: true, mode: 0o700 })
  const source = await open(from, "r")
  try {
    const target = await open(to, "wx", 0o600)
    try {
      const hash = createHash("sha256")
      const piece = Buffer.allocUnsafe(1 << 20)
      let bytes = 0
      for (;;) {
        const { bytesRead } = await source.read(piece, 0, piece.length)
        if (bytesRead === 0) break
        const read = piece.subarray(0, bytesRead)
        hash.update(read)
        await target.write(read)
        bytes += bytesRead
      }
      await target.sync()
      return { bytes, sha256: hash.digest("hex") }
    } finally {
      await target.close()
    }
  } finally {
    await source.close()
  }
}
