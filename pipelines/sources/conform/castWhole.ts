/** A whole number; `3.0` is one and `3.7` is none, where the engine's own cast would round. */
export function castWhole(text: string): string {
  return `case when regexp_full_match(${text}, '[+-]?\\d{1,18}(\\.0*)?') then try_cast(${text} as bigint) end`
}
