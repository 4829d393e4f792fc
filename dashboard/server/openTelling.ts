import { join } from "node:path"
import { Effect, Layer } from "effect"
import { AccessLog } from "./security/AccessLog.ts"
import { requestLog } from "./requestLog.ts"
import type { ServerOptions } from "./ServerOptions.ts"
import { telemetryLayer } from "./telemetryLayer.ts"

/**
 * What a served home tells of itself: a line a request in `requests.jsonl` of the home, decisions on access in its records, and traces and
 * metrics to the collector that `ASSAY_OTLP_URL` names.
 */
export const openTelling = Effect.fnUntraced(function* (home: string) {
  const onRequest = yield* requestLog(join(home, "requests.jsonl"))
  const access = yield* AccessLog
  const telling: Pick<ServerOptions, "onRequest" | "onJudged"> = {
    onRequest,
    onJudged: (judged) => Effect.runPromise(access.keep(judged))
  }
  const telemetry = yield* Layer.build(telemetryLayer(process.env["ASSAY_OTLP_URL"]))
  return { ...telling, telemetry }
})
