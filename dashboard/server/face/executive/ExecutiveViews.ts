import { Context } from "effect"
import type { Effect } from "effect"
import type { Portfolio } from "../../../api/executive/Portfolio.ts"
import type { ViewsError } from "../../Views.ts"

/** What the pages of executives need of the lower floors, in the pages' own words. */
export class ExecutiveViews extends Context.Service<
  ExecutiveViews,
  { readonly portfolio: Effect.Effect<Portfolio, ViewsError> }
>()("dashboard/ExecutiveViews") {}
