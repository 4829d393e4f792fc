import type { EmbedToken } from "../../../api/embed/EmbedToken.ts"
import type { Language } from "../../format/Language.ts"

/** What a page of others has to hold. A token's target and secret are of letters, digits, `_`, `-` and `.` alone, so nothing needs quoting. */
export function snippetOf(
  house: string,
  { kind, target }: Pick<EmbedToken, "kind" | "target">,
  secret: string,
  language: Language
): string {
  const element = (name: string): string => `<${name} ${kind}="${target}" token="${secret}"></${name}>`
  return [
    `<script src="${house}/embed.js" data-language="${language}" defer></script>`,
    ...(kind === "product" ? [element("assay-price")] : []),
    element("assay-lineage")
  ].join("\n")
}
