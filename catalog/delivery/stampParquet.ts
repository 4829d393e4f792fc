/** Where the footer's structure lies and what it holds. */
interface Field {
  readonly id: number
  readonly type: number
  /** Of its header and of its value, in bytes from the start of the footer. */
  readonly at: number
  readonly value: number
  readonly end: number
}

const keyValueField = 5
const [typeBinary, typeList, typeStruct] = [8, 9, 12]

/**
 * Gives the footer of a Parquet file further key-value metadata; everything else in it stays byte for byte, and so does the data.
 *
 * @param footer   the file's metadata in the Thrift compact protocol, without the length and magic number behind it
 * @param entries  keys that the footer does not have yet
 * @throws         RangeError if the bytes are no such structure
 * @source         parquet.thrift, FileMetaData.key_value_metadata; Thrift compact protocol
 */
export function stampParquet(footer: Uint8Array, entries: Readonly<Record<string, string>>): Uint8Array {
  const fields = fieldsOf(footer)
  const own = Object.entries(entries).map(([key, value]) => keyValue(key, value))
  const known = fields.find(({ id }) => id === keyValueField)
  const before = fields.filter(({ id }) => id < keyValueField)
  const next = fields.find(({ id }) => id > keyValueField)
  const start = before.at(-1)?.end ?? 0
  const list = known === undefined ? { count: 0, from: 0 } : listHead(footer, known.value)
  return Buffer.concat([
    footer.subarray(0, start),
    Uint8Array.of(((keyValueField - (before.at(-1)?.id ?? 0)) << 4) | typeList),
    head(list.count + own.length),
    ...(known === undefined ? [] : [footer.subarray(list.from, known.end)]),
    ...own,
    // The next field's number counts from the one before it, which may be another now.
    ...(next === undefined
      ? []
      : [Uint8Array.of(((next.id - keyValueField) << 4) | next.type), footer.subarray(next.value)]),
    ...(next === undefined ? [Uint8Array.of(0)] : [])
  ])
}

/** A list's header: up to 14 elements in the byte itself. */
const head = (count: number): Uint8Array =>
  count < 15
    ? Uint8Array.of((count << 4) | typeStruct)
    : Buffer.concat([Uint8Array.of(0xf0 | typeStruct), varint(count)])

const keyValue = (key: string, value: string): Uint8Array =>
  Buffer.concat([binary(key), binary(value), Uint8Array.of(0)])

const binary = (text: string): Uint8Array => {
  const bytes = Buffer.from(text)
  return Buffer.concat([Uint8Array.of((1 << 4) | typeBinary), varint(bytes.length), bytes])
}

function varint(number: number): Uint8Array {
  const bytes: Array<number> = []
  let rest = number
  for (; rest >= 0x80; rest = Math.floor(rest / 128)) bytes.push((rest & 0x7f) | 0x80)
  bytes.push(rest)
  return Uint8Array.from(bytes)
}

function fieldsOf(footer: Uint8Array): ReadonlyArray<Field> {
  const fields: Array<Field> = []
  let [at, id] = [0, 0]
  while (footer[at] !== 0) {
    const header = byteAt(footer, at)
    // A long header, whose number stands behind it, is written for steps over 15 only: this structure has none.
    if (header >> 4 === 0) throw malformed()
    id += header >> 4
    const type = header & 0x0f
    const end = skip(footer, at + 1, type)
    fields.push({ id, type, at, value: at + 1, end })
    at = end
  }
  if (at !== footer.length - 1) throw malformed()
  return fields
}

const malformed = (): RangeError => new RangeError("stampParquet: not a footer of Parquet")

function byteAt(bytes: Uint8Array, at: number): number {
  const byte = bytes[at]
  if (byte === undefined) throw malformed()
  return byte
}

function readVarint(bytes: Uint8Array, at: number): { value: number; end: number } {
  let [value, scale, end] = [0, 1, at]
  for (;;) {
    const byte = byteAt(bytes, end)
    end += 1
    value += (byte & 0x7f) * scale
    if (byte < 0x80) return { value, end }
    scale *= 128
  }
}

function listHead(bytes: Uint8Array, at: number): { count: number; type: number; from: number } {
  const header = byteAt(bytes, at)
  const type = header & 0x0f
  if (header >> 4 < 15) return { count: header >> 4, type, from: at + 1 }
  const { value, end } = readVarint(bytes, at + 1)
  return { count: value, type, from: end }
}

/** The position behind a value. Booleans outside lists stand in the header of their field. */
function skip(bytes: Uint8Array, at: number, type: number, inList = false): number {
  switch (type) {
    case 1:
    case 2:
      return inList ? at + 1 : at
    case 3:
      return at + 1
    case 4:
    case 5:
    case 6:
      return readVarint(bytes, at).end
    case 7:
      return at + 8
    case typeBinary: {
      const { value, end } = readVarint(bytes, at)
      return end + value
    }
    case typeList:
    case 10: {
      const list = listHead(bytes, at)
      let end = list.from
      for (let i = 0; i < list.count; i++) end = skip(bytes, end, list.type, true)
      return end
    }
    case typeStruct: {
      let end = at
      for (let header = byteAt(bytes, end); header !== 0; header = byteAt(bytes, end)) {
        // The number of a field is of no interest here, but where it is long it has to be stepped over.
        const from = header >> 4 === 0 ? readVarint(bytes, end + 1).end : end + 1
        end = skip(bytes, from, header & 0x0f)
      }
      return end + 1
    }
    default:
      throw malformed()
  }
}
