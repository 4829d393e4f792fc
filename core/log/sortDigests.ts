/**
 * Sorts 32-byte values in place, ascending. They have to be evenly spread, as hashes are: they are dealt out by their first two bytes, and each
 * handful is sorted by itself, so two million take no objects.
 *
 * @param packed one value after the other
 */
export function sortDigests(packed: Buffer): void {
  const n = packed.length / 32
  const starts = new Uint32Array(65_537)
  for (let i = 0; i < n; i++) starts[packed.readUInt16BE(i * 32) + 1]!++
  for (let b = 0; b < 65_536; b++) starts[b + 1]! += starts[b]!
  const next = starts.slice()
  const dealt = Buffer.allocUnsafe(packed.length)
  for (let i = 0; i < n; i++) {
    const place = next[packed.readUInt16BE(i * 32)]!++
    packed.copy(dealt, place * 32, i * 32, i * 32 + 32)
  }
  const held = Buffer.allocUnsafe(32)
  for (let b = 0; b < 65_536; b++) {
    for (let i = starts[b]! + 1; i < starts[b + 1]!; i++) {
      dealt.copy(held, 0, i * 32, i * 32 + 32)
      let j = i - 1
      while (j >= starts[b]! && dealt.compare(held, 0, 32, j * 32, j * 32 + 32) > 0) {
        dealt.copy(dealt, j * 32 + 32, j * 32, j * 32 + 32)
        j--
      }
      held.copy(dealt, j * 32 + 32)
    }
  }
  dealt.copy(packed)
}
