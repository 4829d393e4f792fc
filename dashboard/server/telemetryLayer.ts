import { Layer } from "effect"
import { FetchHttpClient } from "effect/http"
import { Otlp } from "effect/observability"

/**
 * Sends traces and metrics to a collector that speaks OTLP over HTTP; nothing is sent anywhere without an address. Spans are named after
 * routes and functions and carry no values.
 *
 * @param url such as `http://localhost:4318`
 */
export const telemetryLayer = (url: string | undefined) =>
  url === undefined || url === ""
    ? Layer.empty
    : Otlp.layerJson({
        baseUrl: url,
        resource: { serviceName: "assay" },
        metricsExportInterval: "10 seconds",
        tracerExportInterval: "2 seconds",
        shutdownTimeout: "2 seconds"
      }).pipe(Layer.provide(FetchHttpClient.layer))
