const raised = "⁰¹²³⁴⁵⁶⁷⁸⁹"

/** A small positive number to one digit as a power of ten, such as 10⁻⁶ or 5×10⁻⁷; zero stays 0. */
export function formatTiny(value: number): string {
  if (value <= 0) return "0"
  const [digit, exponent] = value.toExponential(0).split("e")
  const power = [...String(Math.abs(Number(exponent)))].map((one) => raised[Number(one)]!).join("")
  return `${digit === "1" ? "" : `${digit}×`}10${Number(exponent) < 0 ? "⁻" : ""}${power}`
}
