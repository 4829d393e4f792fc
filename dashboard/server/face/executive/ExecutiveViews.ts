import { Context } from "effect"
import type { Effect } from "effect"
import type { Business } from "../../../api/executive/Business.ts"
import type { Portfolio } from "../../../api/executive/Portfolio.ts"
import type { Risk } from "../../../api/executive/Risk.ts"
import type { ViewsError } from "../../Views.ts"

/** What the pages of executives need of the lower floors, in the pages' own words. */
export class ExecutiveViews extends Context.Service<
  ExecutiveViews,
  {
    readonly portfolio: Effect.Effect<Portfolio, ViewsError>
    readonly business: Effect.Effect<Business, ViewsError>
    readonly risk: Effect.Effect<Risk, ViewsError>
  }
>()("dashboard/ExecutiveViews") {}
