import type { MomentWidths, NoisyMoments } from "./meanOf.ts"

/**
 * The variance of a group's values from its noisy totals, in squared steps, r^2 + Q/n - (S/n)^2 within 0..r^2, and the
 * half-width of its 95 % interval: how far the variance of any totals within their widths can lie from it.
 */
export function varianceOf(
  { count, sum, square = 0, radius }: NoisyMoments,
  widths: MomentWidths & { readonly square: number }
): { readonly value: number; readonly half: number } {
  const within = (low: number, value: number, high: number): number => Math.min(high, Math.max(low, value))
  const whole = radius ** 2
  const n = Math.max(1, count)
  const value = within(0, whole + square / n - within(-radius, sum / n, radius) ** 2, whole)
  const [least, most] = [Math.max(1, n - widths.count), n + widths.count]
  const shifts = [square - widths.square, square + widths.square].flatMap((q) => [q / least, q / most])
  const means = [sum - widths.sum, sum + widths.sum].flatMap((s) => [s / least, s / most])
  const farthest = within(0, Math.max(...means.map(Math.abs)), radius)
  const crossesZero = Math.min(...means) < 0 && Math.max(...means) > 0
  const nearest = crossesZero ? 0 : within(0, Math.min(...means.map(Math.abs)), radius)
  const low = within(0, whole + Math.min(...shifts) - farthest ** 2, whole)
  const high = within(0, whole + Math.max(...shifts) - nearest ** 2, whole)
  return { value, half: Math.max(value - low, high - value) }
}
