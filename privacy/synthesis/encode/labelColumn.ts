import type { LabelColumn } from "./CodedColumn.ts"

/** A column of labels; the one for what is not listed is added at the end unless it is listed itself. */
export function labelColumn(
  name: string,
  texts: ReadonlyArray<string>,
  sqlType: LabelColumn["sqlType"],
  missing: boolean,
  other?: string
): LabelColumn {
  const labels = other === undefined || texts.includes(other) ? texts : [...texts, other]
  return {
    kind: "labels",
    name,
    labels,
    sqlType,
    ...(other === undefined ? {} : { other: labels.indexOf(other) }),
    ...(missing ? { missing: labels.length } : {}),
    size: labels.length + (missing ? 1 : 0)
  }
}
