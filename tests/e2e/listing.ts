import { writeFileSync } from "node:fs"
import { join } from "node:path"
import { assayJson } from "../assay.ts"

/** What people vouch for in tests that take a product all the way to the shop window. */
const assessmentYaml = `assessment: Seen in a test
statements:
  G5: { value: 1, note: Purposes, territory and retention are in order }
  G7: { value: 1, note: Nobody disputes the records }
  G10: { value: 1, note: The transfer was assessed }
  value_hypothesis: { value: 1, note: It is worth its price if one in ten orders again }
  open_issues: { value: 1, note: None is open }
  exports: { value: 1, note: Exported and validated }
`.replaceAll(/note: (.*) }/g, 'note: "$1" }')

/** Has one person assess and submit a product, and another approve it: the whole way of a real one, through the command line. */
export async function listProduct(at: ReadonlyArray<string>, product: string): Promise<void> {
  const file = join(at[1]!, "assessment.yaml")
  writeFileSync(file, assessmentYaml)
  await assayJson("product", "evidence", product, "all", "--file", file, "--by", "anna", ...at)
  await assayJson("product", "submit", product, "--by", "anna", ...at)
  await assayJson("product", "approve", product, "--by", "boris", ...at)
}
