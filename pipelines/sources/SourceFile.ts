import { Schema } from "effect"

/** Lower-case names without a double underscore, since raw tables are named `<source>__<stream>`. */
const Name = Schema.String.check(
  Schema.isPattern(/^(?!.*__)[a-z][a-z0-9_]{0,47}$/, {
    expected: "a name of lower-case letters, digits and single underscores that starts with a letter"
  })
)
const Text = Schema.NonEmptyString
const Day = Schema.String.check(
  Schema.isPattern(/^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/, { expected: "a day such as 2028-12-31" })
)
const Currency = Schema.String.check(Schema.isPattern(/^[A-Z]{3}$/, { expected: "a currency code such as CNY" }))
const Share = Schema.Number.check(Schema.isBetween({ minimum: 0, maximum: 1 }))
const OneCharacter = Schema.String.check(
  Schema.isPattern(/^[\t -~]$/, { expected: 'one printable ASCII character or tab, such as ";" or "\\t"' })
)
const Tag = Schema.String.check(
  Schema.isPattern(/^[a-z][a-z0-9_]{0,30}\.[a-z][a-z0-9_]{0,30}$/, {
    expected: "a name of the house in two parts, such as crm.decision_maker"
  })
)
const list = <S extends Schema.Top>(item: S) => Schema.Array(item)
const maybe = Schema.optionalKey

/** What cannot be seen in a file with certainty, or should not be guessed. What is left out is sniffed. */
const ReadOptions = Schema.Struct({
  delimiter: maybe(OneCharacter),
  quote: maybe(OneCharacter),
  escape: maybe(OneCharacter),
  header: maybe(Schema.Boolean),
  encoding: maybe(Schema.Literals(["utf-8", "utf-16", "utf-16le", "utf-16be", "latin-1", "gb18030", "gbk", "big5"])),
  /** Texts that mean "missing"; raw tables keep them, typed tables do not. */
  null: maybe(list(Schema.String)),
  /** The share of rows, 0 to 1, that may be bad without failing the load. */
  tolerate: maybe(Share)
})

/** What the source's owner asserts may be done with every record of a stream. */
const Licence = Schema.Struct({
  basis: Text,
  notice: maybe(Text),
  actions: list(Schema.Literals(["collect", "store", "derive", "aggregate", "train", "display", "share", "sell"])),
  purposes: list(Text),
  recipients: list(Text),
  expires: maybe(Day),
  evidence: Schema.Literals(["E1", "E2", "E3"])
})

const FieldMapping = Schema.Union([Text, Schema.Struct({ from: Text, currency: maybe(Currency), format: maybe(Text) })])

const Stream = Schema.Struct({
  stream: Name,
  /** A path or glob below the root. */
  path: Text,
  options: maybe(ReadOptions),
  /** The fields that should tell two records apart; a doubled key is reported, never dropped. */
  key: maybe(list(Text)),
  time: maybe(Schema.Struct({ field: Text, format: maybe(Text) })),
  /** The field that names the subject. */
  subject: maybe(Text),
  licence: maybe(Licence),
  /** Field to category; what is not named stays inside the house. */
  categories: maybe(Schema.Record(Schema.String, Text)),
  /** Field to names of the house, such as crm.decision_maker, by which access is decided beside its category. */
  tags: maybe(Schema.Record(Schema.String, list(Tag))),
  /** Canonical stream such as `order`; left out, the stream is its own core table. */
  as: maybe(
    Schema.Literals([
      "account",
      "contact",
      "lead",
      "opportunity",
      "order",
      "order_line",
      "product",
      "subscription",
      "ticket",
      "interaction"
    ])
  ),
  fields: maybe(Schema.Record(Schema.String, FieldMapping))
})

/** A source file as its owner writes it; `readSourceFile` adds what spans several fields. */
export const SourceFile = Schema.Struct({
  source: Name,
  kind: Schema.Literals(["files", "sample", "postgres", "singer", "events"]),
  /** Relative to the source file; only below it may be read. */
  root: maybe(Text),
  streams: maybe(list(Stream))
})
