import { Effect, Layer } from "effect"
import type { Portfolio } from "#dashboard/api/executive/Portfolio.ts"
import type { Risk } from "#dashboard/api/executive/Risk.ts"
import type { Overview } from "#dashboard/api/steward/Overview.ts"
import { Keyring } from "#privacy/access/passkey/Keyring.ts"
import { OpenId } from "#dashboard/server/openid/OpenId.ts"
import { Embeds } from "#dashboard/server/embed/Embeds.ts"
import { AccessLog } from "#dashboard/server/security/AccessLog.ts"
import { Elevations } from "#dashboard/server/security/Elevations.ts"
import { Principals } from "#dashboard/server/security/Principals.ts"
import { AdminViews } from "#dashboard/server/face/admin/AdminViews.ts"
import { AuditorViews } from "#dashboard/server/face/auditor/AuditorViews.ts"
import { BuyerViews } from "#dashboard/server/face/buyer/BuyerViews.ts"
import { CustomerViews } from "#dashboard/server/face/customer/CustomerViews.ts"
import { ExecutiveViews } from "#dashboard/server/face/executive/ExecutiveViews.ts"
import { ProductViews } from "#dashboard/server/view/ProductViews.ts"
import { StewardViews } from "#dashboard/server/face/steward/StewardViews.ts"

const loss = { rho: 1, epsilon: 9, delta: 1e-9 }

/** Where a steward arrives: a home in which nothing happened yet. */
const overview: Overview = {
  assets: { all: 0, fresh: 0, stale: 0, missing: 0 },
  stale: [],
  failedChecks: [],
  late: [],
  budget: { cap: loss, left: loss, runsOut: null },
  review: [],
  epoch: 0,
  revocations: [],
  suspended: [],
  service: { trials: 0, webhooks: 0, failing: 0 },
  expiring: [],
  runs: [],
  products: []
}

const noQuality = { completeness: null, uniqueness: null, consistency: null, precision: null, accuracy: null }

const asOf = "2026-11-22T00:00:00.000Z"

/** What executives see beside the value of the products: a house that has sold nothing. */
const portfolio: Portfolio = {
  asOf,
  totals: [],
  products: [],
  over: [],
  dataShare: [],
  buyers: [],
  budget: { leftShare: 1, runsOut: null },
  drill: null
}
const risk: Risk = {
  asOf,
  budget: { cap: loss, left: loss, leftShare: 1, runsOut: null },
  drill: null,
  checks: { assets: 0, covered: 0, checks: 0, failing: 0, blocking: 0 },
  consent: [],
  products: []
}

/** Views of the faces that know nothing: whoever asks them has found a bug in the test. */
export const memoryFaces = Layer.mergeAll(
  Layer.mock(AdminViews)({}),
  Layer.mock(AuditorViews)({}),
  Layer.mock(BuyerViews)({ scenarios: () => Effect.succeed([]) }),
  Layer.mock(CustomerViews)({}),
  Layer.mock(ExecutiveViews)({
    portfolio: Effect.succeed(portfolio),
    business: Effect.succeed({ asOf, currencies: [] }),
    risk: Effect.succeed(risk)
  }),
  Layer.mock(ProductViews)({
    lineage: (product) =>
      Effect.succeed({
        of: `release.${product}`,
        nodes: [{ key: `release.${product}`, group: "release", kind: "release", barrier: true }],
        edges: []
      }),
    attack: (product) =>
      Effect.succeed({
        product,
        version: "2026-10.1",
        at: "2026-11-01T00:00:00.000Z",
        currency: "CNY",
        searched: { purchases: 1, columnGroups: 1, slices: 1, accuracies: 1, versions: 1, calls: false },
        offers: []
      }),
    record: (product) => Effect.succeed({ product, assessment: null, quality: noQuality, versions: [] })
  }),
  Layer.mock(StewardViews)({ overview: Effect.succeed(overview) }),
  Layer.mock(AccessLog)({}),
  Layer.mock(Elevations)({}),
  Layer.mock(Embeds)({}),
  Layer.mock(Keyring)({}),
  Layer.mock(OpenId)({ provider: Effect.succeed(undefined) }),
  Layer.mock(Principals)({})
)
