import { Effect, Schema, SchemaIssue } from "effect"
import { BadInput } from "../BadInput.ts"
import { Refused } from "../Refused.ts"
import { ReleaseSpec } from "./ReleaseSpec.ts"

/** Where the release part stands: the file, and the line of a field given as a path such as `["measures", 0, "sum"]`. */
export interface ReleasePlace {
  readonly file?: string
  readonly lineOf?: (path: ReadonlyArray<PropertyKey>) => number | undefined
}

const kinds = ["dp_aggregate", "synthetic", "consented"]
const toIssues = SchemaIssue.makeFormatterStandardSchemaV1()

/**
 * Decodes the `release:` part of a product file.
 *
 * Fails with `BadInput` naming the first wrong field and its line, or with `Refused` for a kind of release that this
 * version does not make.
 */
export const decodeRelease = Effect.fn("decodeRelease")(function* (
  release: unknown,
  place: ReleasePlace = {}
): Effect.fn.Return<ReleaseSpec, BadInput | Refused> {
  const kind = typeof release === "object" && release !== null && "kind" in release ? release.kind : undefined
  if (kind === "synthetic" || kind === "consented") {
    return yield* new Refused({
      code: "release.kind",
      message: `Releases of kind ${kind} are not available in this version.`,
      fix: "Use `kind: dp_aggregate`.",
      where: locate(place, ["kind"])
    })
  }
  return yield* Schema.decodeUnknownEffect(ReleaseSpec)(release, { onExcessProperty: "error" }).pipe(
    Effect.mapError((error) => {
      const issue = toIssues(error.issue).issues[0]
      const path = (issue?.path ?? []).map((step) => (typeof step === "object" ? step.key : step))
      const field = ["release", ...path.map(String)].join(".")
      return new BadInput({
        code: "release.format",
        message: `The field ${field} is missing, unknown or not of the right form.`,
        fix:
          path.at(-1) === "kind"
            ? `Write one of ${kinds.join(", ")}.`
            : `Compare ${field} with the example of a release in docs/glossary.md or in examples/.`,
        where: locate(place, path)
      })
    })
  )
})

function locate(place: ReleasePlace, path: ReadonlyArray<PropertyKey>): NonNullable<BadInput["where"]> {
  const line = place.lineOf?.(path)
  return {
    ...(place.file === undefined ? {} : { file: place.file }),
    ...(line === undefined ? {} : { line }),
    field: ["release", ...path.map(String)].join(".")
  }
}
