import { Effect } from "effect"
import { BadInput } from "#core/BadInput.ts"
import type { auditorRoutes } from "../../../api/face/auditorRoutes.ts"
import type { Handler } from "../../http/Call.ts"
import { AuditorViews } from "./AuditorViews.ts"

/** What answers each route of auditors. */
export const auditorHandlers: { readonly [K in keyof typeof auditorRoutes]: Handler<(typeof auditorRoutes)[K]> } = {
  auditorLog: () => AuditorViews.use((views) => views.log),
  auditorEntries: ({ query }) =>
    AuditorViews.use((views) =>
      views.entries(query.before === undefined ? undefined : Number(query.before), query.type)
    ),
  auditorProof: ({ params }) =>
    /^\d{1,15}$/.test(params["index"]!)
      ? AuditorViews.use((views) => views.proof(Number(params["index"])))
      : Effect.fail(noEntry()),
  auditorVerify: () => AuditorViews.use((views) => views.verify),
  auditorReleases: () => AuditorViews.use((views) => views.releases),
  auditorCertificate: ({ params }) => AuditorViews.use((views) => views.certificate(params["id"]!)),
  auditorBundle: () => AuditorViews.use((views) => views.bundle),
  auditorChecks: () => AuditorViews.use((views) => views.checks)
}

const noEntry = (): BadInput =>
  new BadInput({
    code: "log.entry.unknown",
    message: "The log has no such entry.",
    fix: "Give the number of an entry, counted from 0."
  })
