import type { Problem } from "../../api/Problem.ts"

/** A failing answer, as the server put it. `status` is 0 when there was none. */
export class ApiProblem extends Error {
  readonly status: number
  readonly problem: Problem["error"]

  constructor(status: number, problem: Problem["error"]) {
    super(problem.message)
    this.status = status
    this.problem = problem
  }
}
