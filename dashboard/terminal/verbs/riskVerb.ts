import { Effect, FileSystem, Path, Schema } from "effect"
import { BadInput } from "#core/BadInput.ts"
import { SynthesisRule } from "#core/release/SynthesisRule.ts"
import { Unavailable } from "#core/Unavailable.ts"
import { Warehouse } from "#core/warehouse/Warehouse.ts"
import { assessRisk } from "#privacy/disclosure/assessRisk.ts"
import type { RiskReport } from "#privacy/disclosure/RiskReport.ts"
import { readYamlFile } from "#pipelines/sources/yaml/readYamlFile.ts"
import { attackWords } from "../../report/riskWords.ts"
import { languageOf } from "../languageOf.ts"
import { table } from "../table.ts"
import type { Call, Verb } from "../Verb.ts"

const Rules = Schema.Array(SynthesisRule)

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`

const words = {
  en: {
    head: ["attack", "members", "controls", "risk", "95 % interval", "verdict"],
    leaks: "LEAKS",
    quiet: "nothing",
    found: "The file gives real people away.",
    notFound: "The attacks found nobody.",
    quality: "quality",
    page: "page",
    declared: (any: number, rows: number, rules: number) =>
      `declared rules: ${any} of ${rows} synthetic rows break one of ${rules}`
  },
  zh: {
    head: ["攻击", "成员", "对照", "风险", "95% 区间", "结论"],
    leaks: "泄露",
    quiet: "无",
    found: "该文件泄露了真实的人。",
    notFound: "各项攻击未发现泄露。",
    quality: "质量",
    page: "报告",
    declared: (any: number, rows: number, rules: number) =>
      `声明的规则：${rows} 行合成数据中有 ${any} 行违反 ${rules} 条规则之一`
  }
}

function textOf({ attacks, quality, declared }: RiskReport, out: string, language: "zh" | "en"): string {
  const own = words[language]
  const rows = attacks.attacks.map((one) => [
    attackWords[one.attack][language] + (one.column === undefined ? "" : `: ${one.column}`),
    `${one.members.hits}/${one.members.n}`,
    `${one.controls.hits}/${one.controls.n}`,
    percent(one.risk),
    `${percent(one.low)} - ${percent(one.high)}`,
    one.found ? own.leaks : own.quiet
  ])
  const { membership, falseAlarmRate, tests, control } = attacks
  return [
    attacks.found ? own.found : own.notFound,
    language === "zh"
      ? `${tests} 项检验，合计误报率 ${percent(falseAlarmRate)}；对照：${control === "holdout" ? "留出文件" : "一半合成行（较弱）"}`
      : `${tests} tests with a false-alarm rate of ${percent(falseAlarmRate)} together; control: ${control === "holdout" ? "the holdout" : "half of the synthetic rows, which is weaker"}`,
    "",
    table(own.head, rows),
    `${attackWords.membership[language]}: AUC ${membership.auc.toFixed(3)} (${membership.low.toFixed(3)} - ${membership.high.toFixed(3)}), epsilon >= ${membership.epsilonAtLeast.toFixed(3)}: ${membership.found ? own.leaks : own.quiet}`,
    "",
    `${own.quality}: k-marginal ${quality.marginalScore.toFixed(0)}, TVD ${quality.marginals.map(({ ways, mean }) => `${ways}-way ${mean.toFixed(4)}`).join(", ")}, pMSE ${quality.propensity.pmse.toFixed(4)}`,
    ...quality.models.map(
      ({ target, real, synthetic }) =>
        `  ${target}: AUC ${synthetic.auc.toFixed(3)} (synthetic) / ${real.auc.toFixed(3)} (real)`
    ),
    ...(declared === undefined ? [] : [own.declared(declared.any, declared.rows, declared.rules.length)]),
    `${own.page}: ${out}`
  ].join("\n")
}

/** Attacks a synthetic file and measures its quality, without a home. */
export const riskVerb: Verb<FileSystem.FileSystem | Path.Path> = {
  usage: "risk REAL SYNTHETIC [--holdout FILE] [--constraints FILE] --out REPORT.html",
  about: "attack a synthetic file and measure its quality; also --target COLUMN, --quasi A,B --sensitive C, --seed S",
  flags: ["holdout", "constraints", "out", "target", "quasi", "sensitive", "seed"],
  words: 2,
  run: Effect.fn("risk")(function* ({ words: [real, synthetic], flags, io }: Call) {
    const paths = yield* Path.Path
    const files = yield* FileSystem.FileSystem
    if (typeof flags["out"] !== "string") {
      return yield* new BadInput({
        code: "flag.out",
        message: "Nothing says where the report goes.",
        fix: "Write --out REPORT.html."
      })
    }
    const seed = Number(flags["seed"] ?? 1)
    if (!Number.isSafeInteger(seed) || seed < 0) {
      return yield* new BadInput({ code: "flag.seed", message: "--seed takes a whole number.", fix: "Write --seed 1." })
    }
    const named = {
      real: paths.resolve(io.cwd, real!),
      synthetic: paths.resolve(io.cwd, synthetic!),
      ...(typeof flags["holdout"] === "string" ? { holdout: paths.resolve(io.cwd, flags["holdout"]) } : {})
    }
    for (const file of Object.values(named)) {
      if (yield* Effect.orElseSucceed(files.exists(file), () => false)) continue
      return yield* new BadInput({
        code: "file.missing",
        message: `There is no file ${file}.`,
        fix: "Check the path.",
        where: { file }
      })
    }
    const rules =
      flags["constraints"] === undefined
        ? {}
        : { rules: yield* readYamlFile(Rules, paths.resolve(io.cwd, String(flags["constraints"]))) }
    const options = {
      ...rules,
      seed,
      ...(typeof flags["target"] === "string" ? { target: flags["target"] } : {}),
      ...(typeof flags["quasi"] === "string" ? { quasi: flags["quasi"].split(",").map((name) => name.trim()) } : {}),
      ...(typeof flags["sensitive"] === "string" ? { sensitive: flags["sensitive"] } : {})
    }
    const report = yield* Effect.provide(
      assessRisk(named, options),
      Warehouse.layer({ path: ":memory:", spill: "", directories: [], files: Object.values(named) })
    )
    // Loaded late: no other verb draws pictures.
    const { riskPage } = yield* Effect.promise(() => import("../../report/riskPage.ts"))
    const out = paths.resolve(io.cwd, flags["out"])
    const language = languageOf(flags)
    yield* Effect.mapError(
      files.writeFileString(out, riskPage(report, language), { mode: 0o600 }),
      () =>
        new Unavailable({
          code: "file.write",
          message: `${out} cannot be written.`,
          fix: "Give a path in a folder that exists."
        })
    )
    return { json: report, text: textOf(report, out, language) }
  })
}
