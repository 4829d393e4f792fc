import { canonicalJson } from "#core/json/canonicalJson.ts"
import { sha256Hex } from "#core/json/sha256Hex.ts"
import type { StreamSpec } from "../SourceSpec.ts"

/** A digest of the options that change how a file is read; a file read otherwise counts as changed. */
export function settingsOf(stream: StreamSpec): string {
  const { delimiter, quote, escape, header, encoding } = stream.options ?? {}
  return sha256Hex(canonicalJson({ delimiter, quote, escape, header, encoding })).slice(0, 16)
}
