import { html } from "lit"
import { AssayColumns } from "../../element/AssayColumns.ts"
import { AssayCoverage } from "../../element/AssayCoverage.ts"
import { AssayErrorCurve } from "../../element/AssayErrorCurve.ts"
import { AssayGantt } from "../../element/AssayGantt.ts"
import { AssayPartitions } from "../../element/AssayPartitions.ts"
import { AssayTouchpoints } from "../../element/AssayTouchpoints.ts"
import type { PageEntry } from "../../shell/PageEntry.ts"
import { ChargePage } from "./ChargePage.ts"
import { DecisionPanel } from "./DecisionPanel.ts"
import { DesignPage } from "./DesignPage.ts"
import { EvidenceForm } from "./EvidenceForm.ts"
import { HealthPage } from "./HealthPage.ts"
import { HistoryPage } from "./HistoryPage.ts"
import { IdentifiersPage } from "./IdentifiersPage.ts"
import { OverviewPage } from "./OverviewPage.ts"
import { PermissionPage } from "./PermissionPage.ts"
import { ConnectPage } from "./ConnectPage.ts"
import { ProductReviewPage } from "./ProductReviewPage.ts"
import { ReviewPage } from "./ReviewPage.ts"
import { RunPage } from "./RunPage.ts"
import { RunsPage } from "./RunsPage.ts"
import { ServicePage } from "./ServicePage.ts"
import { SourcesPage } from "./SourcesPage.ts"
import { SpendingPage } from "./SpendingPage.ts"
import { StreamPage } from "./StreamPage.ts"
import { TouchpointsPage } from "./TouchpointsPage.ts"
import { TracePage } from "./TracePage.ts"

const elements: ReadonlyArray<readonly [name: string, element: CustomElementConstructor]> = [
  ["assay-columns", AssayColumns],
  ["assay-coverage", AssayCoverage],
  ["assay-error-curve", AssayErrorCurve],
  ["assay-gantt", AssayGantt],
  ["assay-partitions", AssayPartitions],
  ["assay-touchpoints", AssayTouchpoints],
  ["steward-charge", ChargePage],
  ["steward-decision", DecisionPanel],
  ["steward-design", DesignPage],
  ["steward-evidence", EvidenceForm],
  ["steward-health", HealthPage],
  ["steward-history", HistoryPage],
  ["steward-identifiers", IdentifiersPage],
  ["steward-overview", OverviewPage],
  ["steward-permission", PermissionPage],
  ["steward-connect", ConnectPage],
  ["steward-product-review", ProductReviewPage],
  ["steward-review", ReviewPage],
  ["steward-run", RunPage],
  ["steward-runs", RunsPage],
  ["steward-service", ServicePage],
  ["steward-sources", SourcesPage],
  ["steward-spending", SpendingPage],
  ["steward-stream", StreamPage],
  ["steward-touchpoints", TouchpointsPage],
  ["steward-trace", TracePage]
]

for (const [name, element] of elements) if (customElements.get(name) === undefined) customElements.define(name, element)

/** The pages of stewards, loaded when one of them is first opened. */
export const stewardPages: ReadonlyArray<PageEntry> = [
  ["/steward", (params, session) => html`<steward-overview .params=${params} .session=${session}></steward-overview>`],
  ["/steward/sources", (params) => html`<steward-sources .params=${params}></steward-sources>`],
  ["/steward/sources/connect", (params) => html`<steward-connect .params=${params}></steward-connect>`],
  ["/steward/review", (params) => html`<steward-review .params=${params}></steward-review>`],
  ["/steward/review/:product", (params) => html`<steward-product-review .params=${params}></steward-product-review>`],
  ["/steward/sources/identifiers", (params) => html`<steward-identifiers .params=${params}></steward-identifiers>`],
  ["/steward/sources/:source/:stream", (params) => html`<steward-stream .params=${params}></steward-stream>`],
  ["/steward/assets", (params) => html`<steward-health .params=${params}></steward-health>`],
  ["/steward/assets/:key", (params) => html`<steward-history .params=${params}></steward-history>`],
  ["/steward/runs", (params) => html`<steward-runs .params=${params}></steward-runs>`],
  ["/steward/runs/:id", (params) => html`<steward-run .params=${params}></steward-run>`],
  ["/steward/trace", (params) => html`<steward-trace .params=${params}></steward-trace>`],
  ["/steward/trace/:key", (params) => html`<steward-trace .params=${params}></steward-trace>`],
  ["/steward/permission", (params) => html`<steward-permission .params=${params}></steward-permission>`],
  ["/steward/budget", (params) => html`<steward-spending .params=${params}></steward-spending>`],
  ["/steward/budget/:charge", (params) => html`<steward-charge .params=${params}></steward-charge>`],
  ["/steward/design", (params) => html`<steward-design .params=${params}></steward-design>`],
  ["/steward/design/:product", (params) => html`<steward-design .params=${params}></steward-design>`],
  ["/steward/service", (params) => html`<steward-service .params=${params}></steward-service>`],
  ["/steward/touchpoints", (params) => html`<steward-touchpoints .params=${params}></steward-touchpoints>`]
]
