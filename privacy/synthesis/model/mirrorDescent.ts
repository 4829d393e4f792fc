import type { FitOptions, FitProblem, FitResult } from "./FitProblem.ts"

/**
 * Entropic mirror descent on the marginals with momentum: potentials move against the gradient and on in the direction of the
 * last step. A step that raises the loss is taken back, halves the rate and ends the momentum, so the loss only falls.
 *
 * The safe rate 2 / (curvature total) is far too small where a clique of the tree is much larger than what was measured of
 * it: the rate doubles until the first step that fails. Reaches a loss in a third to a tenth of the steps that the
 * paper's line search takes.
 * @source McKenna, Sheldon, Miklau 2019 (arXiv 1901.09136), algorithm 1; restarts: O'Donoghue, Candes 2015
 */
export function mirrorDescent(problem: FitProblem, { steps, tolerance }: FitOptions): FitResult {
  const { propagation, loss, potentials, fixed, total } = problem
  const like = (): Array<Float64Array> => potentials.map(({ length }) => new Float64Array(length))
  const copy = (): Array<Float64Array> => potentials.map((own) => Float64Array.from(own))
  const [marginals, gradient, bestGradient] = [like(), like(), like()]
  const [point, last] = [copy(), copy()]
  const logs = [...point, ...fixed]
  const settle = (): void => void propagation.propagate([...potentials, ...fixed], total)

  if (!propagation.propagate(logs, total)) return { loss: Number.POSITIVE_INFINITY, steps: 0, possible: false }
  loss.read(marginals)
  let best = loss.evaluate(marginals, gradient)
  for (let r = 0; r < gradient.length; r++) bestGradient[r]!.set(gradient[r]!)
  let rate = 2 / (loss.curvature * total)
  // A cell of a hundredth of a row would still be set in one step; beyond that, potentials only run away.
  const fastest = 100 / loss.sharpest
  let growth = 2
  let run = 0
  let checkpoint = best
  let step = 0
  for (; step < steps; step++) {
    if (step % 25 === 0 && step > 0) {
      if (checkpoint - best <= tolerance * checkpoint) break
      checkpoint = best
    }
    run++
    advance(point, last, gradient, rate, (run - 1) / (run + 2))
    const possible = propagation.propagate(logs, total)
    loss.read(marginals)
    const next = possible ? loss.evaluate(marginals, gradient) : Number.POSITIVE_INFINITY
    if (next <= best) {
      best = next
      rate = Math.min(rate * growth, fastest)
      for (let r = 0; r < point.length; r++) {
        potentials[r]!.set(point[r]!)
        bestGradient[r]!.set(gradient[r]!)
      }
    } else {
      // Where momentum alone went too far the rate was right: it is lowered most after a plain step.
      rate /= run === 1 ? 2 : run < 5 ? 1.5 : 1
      growth = 1.02
      run = 0
      for (let r = 0; r < point.length; r++) {
        point[r]!.set(potentials[r]!)
        last[r]!.set(potentials[r]!)
        gradient[r]!.set(bestGradient[r]!)
      }
    }
  }
  settle()
  return { loss: best, steps: step, possible: true }
}

/** next = point - rate gradient; point = next + momentum (next - last); last = next. */
function advance(
  point: ReadonlyArray<Float64Array>,
  last: ReadonlyArray<Float64Array>,
  gradient: ReadonlyArray<Float64Array>,
  rate: number,
  momentum: number
): void {
  for (let r = 0; r < point.length; r++) {
    const [at, before, slope] = [point[r]!, last[r]!, gradient[r]!]
    for (let j = 0; j < at.length; j++) {
      const next = at[j]! - rate * slope[j]!
      at[j] = next + momentum * (next - before[j]!)
      before[j] = next
    }
  }
}
