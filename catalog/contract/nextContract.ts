import type { ContractLevel } from "./Contract.ts"

/**
 * The semantic version of a contract after a change: 1.0.0 first, a higher first number for a breaking change, a higher second for one that
 * adds, a higher third for new data.
 *
 * @param before such as `1.2.3`
 * @source semver.org 2.0.0
 */
export function nextContract(before: string, level: ContractLevel): string {
  if (level === "first") return "1.0.0"
  const [major = 1, minor = 0, patch = 0] = before.split(".").map(Number)
  if (level === "breaking") return `${major + 1}.0.0`
  return level === "minor" ? `${major}.${minor + 1}.0` : `${major}.${minor}.${patch + 1}`
}
