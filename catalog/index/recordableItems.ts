/** What only people can vouch for; everything else of an index the house measures itself. */
export const recordableItems: ReadonlySet<string> = new Set([
  "approvals",
  "open_issues",
  "value_hypothesis",
  "attack_results",
  "api_availability",
  "exports",
  "restore_drill",
  "trial_to_paid",
  "registration",
  "disclosure",
  "G5",
  "G6",
  "G7",
  "G10",
  "G11"
])
