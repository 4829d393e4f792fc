import type { Bilingual } from "./Asset.ts"
import type { KeyRanges } from "./partition/KeyRange.ts"
import { rangeInWords } from "./partition/partitionKeys.ts"
import type { AssetState } from "./staleness.ts"

const mostNamed = 5

/** Why a run would make an asset, or that it would not. */
export function stateInWords(state: AssetState): Bilingual {
  if (state.state === "unchanged") return { en: "unchanged", zh: "无变化" }
  if (state.state === "new") return { en: "never made", zh: "尚未生成" }
  const inputs = state.inputs.join(", ")
  switch (state.reason) {
    case "code":
      return { en: "its definition changed", zh: "定义已更改" }
    case "input":
      return { en: `its inputs moved on: ${inputs}`, zh: `上游有更新：${inputs}` }
    case "partitions": {
      const { missing, touched } = state.due!
      const parts = [
        ...(missing.length === 0 ? [] : [{ en: `never made: ${named(missing)}`, zh: `尚未生成：${named(missing)}` }]),
        ...(touched.length === 0
          ? []
          : [{ en: `what they are made from changed: ${named(touched)}`, zh: `上游有变化：${named(touched)}` }])
      ]
      return { en: parts.map(({ en }) => en).join("; "), zh: parts.map(({ zh }) => zh).join("；") }
    }
  }
}

function named(ranges: KeyRanges): string {
  const first = ranges.slice(0, mostNamed).map((range) => rangeInWords(range).en)
  return ranges.length > mostNamed ? `${first.join(", ")}, … (${ranges.length})` : first.join(", ")
}
