const block = 512

/**
 * One file of a tar archive: its header, its bytes, and what fills the last block up. Every archive of the same files is the same bytes: owner
 * and time are left at zero.
 *
 * @param path  at most 100 bytes of ASCII
 * @throws      RangeError for a longer path: a bug in the caller
 * @source      POSIX.1-2001, ustar
 */
export function tarEntry(path: string, bytes: Uint8Array): Buffer {
  if (Buffer.byteLength(path) > 100) throw new RangeError(`tarEntry: ${path}`)
  const header = Buffer.alloc(block)
  const put = (text: string, at: number): void => void header.write(text, at, "latin1")
  const octal = (value: number, digits: number): string => `${value.toString(8).padStart(digits, "0")}\0`
  put(path, 0)
  put(octal(0o644, 7), 100)
  put(octal(0, 7), 108)
  put(octal(0, 7), 116)
  put(octal(bytes.length, 11), 124)
  put(octal(0, 11), 136)
  // The checksum is taken with itself as spaces.
  put("        ", 148)
  put("0", 156)
  put("ustar\u000000", 257)
  const sum = header.reduce((total, byte) => total + byte, 0)
  put(`${sum.toString(8).padStart(6, "0")}\0 `, 148)
  const padding = Buffer.alloc((block - (bytes.length % block)) % block)
  return Buffer.concat([header, bytes, padding])
}

/** What ends an archive. */
export const tarEnd = Buffer.alloc(2 * block)
