import { createCipheriv, createHash, randomFillSync } from "node:crypto"

/** A source of independent uniform 32-bit words. Noise draws from `secureBits`; only samples and tests may be seeded. */
export interface BitSource {
  u32(): number
}

const poolBytes = 65_536

function pooled(fill: (pool: Uint8Array) => void): BitSource {
  const bytes = new Uint8Array(poolBytes)
  const words = new Uint32Array(bytes.buffer)
  let next = words.length
  return {
    u32() {
      if (next === words.length) {
        fill(bytes)
        next = 0
      }
      return words[next++]!
    }
  }
}

/** The operating system's generator behind a pool of 64 KiB, so that a draw's latency says nothing about its value. */
export function secureBits(): BitSource {
  return pooled((pool) => {
    randomFillSync(pool)
  })
}

/** A reproducible stream: AES-256 in counter mode under the SHA-256 of the seed. Never near noise. */
export function seededBits(seed: string | number): BitSource {
  const key = createHash("sha256").update(String(seed)).digest()
  const cipher = createCipheriv("aes-256-ctr", key, new Uint8Array(16))
  const zeros = new Uint8Array(poolBytes)
  return pooled((pool) => {
    pool.set(cipher.update(zeros))
  })
}
