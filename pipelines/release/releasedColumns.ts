import type { ReleaseDefinition } from "./ReleaseDefinition.ts"

/** The columns of what goes out that hold values of records. */
export const releasedColumns = ({ by, measures }: ReleaseDefinition["spec"]): ReadonlyArray<string> => [
  ...by.flatMap((key) => (typeof key === "string" ? [key] : Object.keys(key))),
  ...measures.filter((measure) => !("count" in measure)).map(({ name }) => name)
]
