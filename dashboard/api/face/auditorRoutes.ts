import { Schema } from "effect"
import { CheckCoverage } from "../auditor/CheckCoverage.ts"
import { EntryProof } from "../auditor/EntryProof.ts"
import { LogEntries } from "../auditor/LogEntries.ts"
import { LogState } from "../auditor/LogState.ts"
import { ReleaseEntry } from "../auditor/ReleaseEntry.ts"
import { Verification } from "../auditor/Verification.ts"
import { route } from "../route.ts"

const callers = ["auditor"] as const
const index = Schema.String.check(Schema.isPattern(/^\d{1,15}$/))

/** What auditors may ask of the server beyond what all faces share. */
export const auditorRoutes = {
  auditorLog: route({
    method: "GET",
    path: "/api/auditor/log",
    callers,
    summary: "Shows the log's head, what it speaks of, how it grew and who witnessed it",
    response: LogState
  }),
  auditorEntries: route({
    method: "GET",
    path: "/api/auditor/entries",
    callers,
    summary: "Lists the log's entries, newest first, of one type if one is given",
    query: {
      before: Schema.optionalKey(index),
      type: Schema.optionalKey(Schema.String.check(Schema.isPattern(/^[a-z-]{1,20}$/)))
    },
    response: LogEntries
  }),
  auditorProof: route({
    method: "GET",
    path: "/api/auditor/entries/:index/proof",
    callers,
    summary: "Proves that the log holds an entry",
    response: EntryProof
  }),
  auditorVerify: route({
    method: "POST",
    path: "/api/auditor/verify",
    callers,
    summary: "Reads every byte of the log, recomputes its root, and holds the records against it",
    response: Verification
  }),
  auditorReleases: route({
    method: "GET",
    path: "/api/auditor/releases",
    callers,
    summary: "Lists every release with the privacy loss that its certificate states",
    response: Schema.Array(ReleaseEntry)
  }),
  auditorCertificate: route({
    method: "GET",
    path: "/api/auditor/releases/:id/certificate",
    callers,
    summary: "Shows the signed certificate of a release",
    response: "document"
  }),
  auditorBundle: route({
    method: "GET",
    path: "/api/auditor/bundle",
    callers,
    summary: "Gives the whole log, its key, the offline verifier and every certificate as one archive",
    response: "file"
  }),
  auditorChecks: route({
    method: "GET",
    path: "/api/auditor/checks",
    callers,
    summary: "Shows how far the assets are covered by checks",
    response: Schema.Array(CheckCoverage)
  })
}
