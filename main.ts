import { resolve } from "node:path"
import { fileURLToPath } from "node:url"
import * as NodeServices from "@effect/platform-node/NodeServices"
import type { FastifyInstance } from "fastify"
import { Cause, Clock, Context, Effect, Exit, FileSystem, Layer, Schedule } from "effect"
import { BadInput } from "#core/BadInput.ts"
import { Home } from "#core/home/Home.ts"
import { watchWitnesses } from "#core/log/witness/watchWitnesses.ts"
import { WarehouseError } from "#core/warehouse/WarehouseError.ts"
import { Automation } from "#pipelines/automation/Automation.ts"
import { Engine } from "#pipelines/engine/Engine.ts"
import { Connections } from "#pipelines/sources/Connections.ts"
import type { BackupManifest } from "#catalog/backup/BackupManifest.ts"
import { checkHome } from "#catalog/backup/checkHome.ts"
import { sampleApproval } from "#catalog/life/sampleApproval.ts"
import { sampleBusiness } from "#catalog/life/sampleBusiness.ts"
import { Catalog } from "#catalog/product/Catalog.ts"
import { ProductFiles } from "#catalog/product/ProductFiles.ts"
import { Webhooks } from "#catalog/webhook/Webhooks.ts"
import { Role } from "#dashboard/api/Role.ts"
import { customerLink } from "#dashboard/server/customerLink.ts"
import { RestoredHouse } from "#dashboard/server/face/admin/RestoredHouse.ts"
import { mintLink } from "#dashboard/server/mintLink.ts"
import { mendWarehouse } from "#dashboard/server/view/mendWarehouse.ts"
import { acceptVerbs, handOver } from "#dashboard/terminal/handOver.ts"
import { alreadyHeld } from "#dashboard/terminal/alreadyHeld.ts"
import { bugText, complain } from "#dashboard/terminal/complain.ts"
import type { Io } from "#dashboard/terminal/Io.ts"
import { parseCall } from "#dashboard/terminal/parseCall.ts"
import { table } from "#dashboard/terminal/table.ts"
import { tellOrdered } from "#dashboard/terminal/tellOrdered.ts"
import type { Answer, Call, Verb, VerbError } from "#dashboard/terminal/Verb.ts"
import { visible, visibleLine } from "#dashboard/terminal/visible.ts"
import { automationVerbs } from "#dashboard/terminal/verbs/automationVerbs.ts"
import { auditVerb } from "#dashboard/terminal/verbs/auditVerb.ts"
import { asOfDay, engineVerbs, reportAnswer, runAndTell } from "#dashboard/terminal/verbs/engineVerbs.ts"
import { budgetVerbs } from "#dashboard/terminal/verbs/budgetVerbs.ts"
import { billingVerbs } from "#dashboard/terminal/verbs/billingVerbs.ts"
import { consentVerbs } from "#dashboard/terminal/verbs/consentVerbs.ts"
import { eraseVerb } from "#dashboard/terminal/verbs/eraseVerb.ts"
import { explainVerb } from "#dashboard/terminal/verbs/explainVerb.ts"
import { lifeVerbs } from "#dashboard/terminal/verbs/lifeVerbs.ts"
import { lineageVerbs } from "#dashboard/terminal/verbs/lineageVerbs.ts"
import { noticeVerbs } from "#dashboard/terminal/verbs/noticeVerbs.ts"
import { pricingVerbs } from "#dashboard/terminal/verbs/pricingVerbs.ts"
import { privacyVerbs } from "#dashboard/terminal/verbs/privacyVerbs.ts"
import { logVerbs } from "#dashboard/terminal/verbs/logVerbs.ts"
import { openIdVerbs } from "#dashboard/terminal/verbs/openIdVerbs.ts"
import { recordVerbs } from "#dashboard/terminal/verbs/recordVerbs.ts"
import { listingJson, salesVerbs } from "#dashboard/terminal/verbs/salesVerbs.ts"
import { productFilesBeside, sourceVerbs } from "#dashboard/terminal/verbs/sourceVerbs.ts"
import { exportVerb } from "#dashboard/terminal/verbs/exportVerb.ts"
import { searchVerb } from "#dashboard/terminal/verbs/searchVerb.ts"
import { backupVerbs } from "#dashboard/terminal/verbs/backupVerbs.ts"
import { moneyVerbs } from "#dashboard/terminal/verbs/moneyVerbs.ts"
import { keyVerbs } from "#dashboard/terminal/verbs/keyVerbs.ts"
import { trialVerbs } from "#dashboard/terminal/verbs/trialVerbs.ts"
import { shareVerbs } from "#dashboard/terminal/verbs/shareVerbs.ts"
import { recallVerbs } from "#dashboard/terminal/verbs/recallVerbs.ts"
import { tariffVerbs } from "#dashboard/terminal/verbs/tariffVerbs.ts"
import { verifyVerb } from "#dashboard/terminal/verbs/verifyVerb.ts"
import { synthVerbs } from "#dashboard/terminal/verbs/synthVerbs.ts"
import { witnessVerbs } from "#dashboard/terminal/verbs/witnessVerbs.ts"
import { houseApp, salesApp } from "./app.ts"
import type { HouseServices, SalesServices } from "./app.ts"

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url))

const wholeNumber = (flags: Call["flags"], name: string, otherwise: number): Effect.Effect<number, BadInput> => {
  const flag = flags[name]
  if (flag === undefined) return Effect.succeed(otherwise)
  if (/^\d{1,15}$/.test(String(flag))) return Effect.succeed(Number(flag))
  const message = `--${name} takes a whole number.`
  return Effect.fail(new BadInput({ code: `flag.${name}`, message, fix: `Write --${name} ${otherwise}.` }))
}

const usualPort = 7007

/** Leaves the port that is served in the home, for `sign-in`, until the scope closes. */
const rememberPort = Effect.fnUntraced(function* ({ path }: Home["Service"], port: number) {
  const files = yield* FileSystem.FileSystem
  const note = resolve(path, "serving.port")
  yield* Effect.acquireRelease(Effect.ignore(files.writeFileString(note, String(port), { mode: 0o600 })), () =>
    Effect.ignore(files.remove(note, { force: true }))
  )
})

const servedPort = Effect.fnUntraced(function* ({ path }: Home["Service"]) {
  const files = yield* FileSystem.FileSystem
  const text = yield* Effect.orElseSucceed(files.readFileString(resolve(path, "serving.port")), () => "")
  return Number(text) || usualPort
})

const demo: Verb<HouseServices> = {
  usage: "demo [--subjects N] [--seed S] [--as-of DAY]",
  about: "generate the sample CRM and take it all the way to listed products",
  flags: ["subjects", "seed", "as-of"],
  words: 0,
  run: Effect.fn("demo")(function* (call: Call) {
    const begun = yield* Clock.currentTimeMillis
    const asOf = yield* asOfDay(call.flags["as-of"])
    const subjects = yield* wholeNumber(call.flags, "subjects", 20_000)
    const seed = yield* wholeNumber(call.flags, "seed", 1)
    call.io.err(`Making the demo: ${subjects.toLocaleString("en")} subjects, seed ${seed}, as of ${asOf}.\n`)
    yield* (yield* Connections).add(here("pipelines/sources/sample/sample.source.yaml"), { seed, subjects, asOf })
    const products = yield* productFilesBeside(here("pipelines/assets/release/index"))
    for (const file of products) yield* (yield* ProductFiles).add(file)
    const report = reportAnswer(yield* runAndTell(call, "", asOf))
    if (report.exit !== undefined) return report
    yield* listSamples(call.io)
    yield* sampleBusiness(asOf)
    const listed = (yield* (yield* Catalog).list).map(listingJson)
    const facts = yield* (yield* Engine).facts
    const events = facts.reduce((sum, { asset, made }) => sum + (asset.kind === "source" ? (made?.rows ?? 0) : 0), 0)
    const seconds = ((yield* Clock.currentTimeMillis) - begun) / 1000
    return {
      json: { products: listed, events, asOf, seconds },
      text: `${events.toLocaleString("en")} events became ${listed.length} listed products in ${seconds.toFixed(1)} s (as of ${asOf}).`
    }
  })
}

/** The demo's products go on sale as others do, on evidence that is marked as sample. What falls short stays a draft, and says why. */
const listSamples = Effect.fnUntraced(function* (io: Io) {
  const files = yield* FileSystem.FileSystem
  const name = "demo.assessment.yaml"
  const bytes = yield* Effect.orDie(files.readFile(here(`pipelines/assets/release/${name}`)))
  for (const { product } of yield* (yield* Catalog).all) {
    yield* Effect.catchTag(sampleApproval(product, { name, bytes }), "Refused", ({ message }) =>
      Effect.sync(() => io.err(`${message}\n`))
    )
  }
})

/** Set once pages are served: whoever is told to stop then has done what was asked of it. */
let serving = false

const serve: Verb<HouseServices> = {
  usage: "serve [--port N]",
  about: "serve the dashboard and the API on this machine until told to stop",
  flags: ["port"],
  words: 0,
  run: Effect.fn("serve")(function* ({ flags, io }: Call) {
    // Loaded late: no other verb needs a web server.
    const { serveDashboard } = yield* Effect.promise(() => import("#dashboard/server/serveDashboard.ts"))
    const { viewsLayer } = yield* Effect.promise(() => import("#dashboard/server/viewsLayer.ts"))
    const { sharingRoutes } = yield* Effect.promise(() => import("#dashboard/server/sharing/sharingRoutes.ts"))
    const home = yield* Home
    const house = yield* Effect.context<HouseServices>()
    const { openTelling } = yield* Effect.promise(() => import("#dashboard/server/openTelling.ts"))
    const restored = Layer.succeed(RestoredHouse, (path: string, manifest: Pick<BackupManifest, "facts">) =>
      mendWarehouse(Effect.scoped(Effect.provide(checkHome(manifest), houseApp(path))))
    )
    const views = Context.merge(house, yield* Layer.build(Layer.provide(viewsLayer, restored)))
    const { telemetry, ...telling } = yield* Effect.provide(openTelling(home.path), views)
    const runtime = { runPromise: Effect.runPromiseWith(Context.merge(views, telemetry)) }
    const onBug = (route: string, cause: unknown): void => io.err(`bug in ${route}: ${bugText(cause)}\n`)
    const { lineageRoutes } = yield* Effect.promise(() => import("#dashboard/server/lineage/lineageRoutes.ts"))
    const { lookupRoutes } = yield* Effect.promise(() => import("#dashboard/server/lookup/lookupRoutes.ts"))
    const mount = (server: FastifyInstance): void => {
      sharingRoutes(server, runtime)
      lineageRoutes(server, runtime)
      lookupRoutes(server, runtime)
    }
    const listen = (port: number) =>
      serveDashboard({ runtime, port, web: here("dashboard/web/dist"), mount, onBug, ...telling })
    const usual = listen(yield* wholeNumber(flags, "port", usualPort))
    const { url, port: bound } = yield* usual.pipe(
      Effect.catch((error) =>
        error.code === "server.port" && flags["port"] === undefined ? listen(0) : Effect.fail(error)
      )
    )
    serving = true
    yield* rememberPort(home, bound)
    yield* Effect.acquireRelease(
      Effect.sync(() => acceptVerbs(home.path, (argv, there, signal) => runVerb(argv, there, signal, house))),
      (server) => Effect.sync(() => server.close())
    )
    const links = yield* Effect.forEach(Role.literals, (role) =>
      Effect.map(role === "customer" ? customerLink(bound) : mintLink(role, bound), (link) => [role, link])
    )
    io.err(
      [
        `\nAssay serves ${url}`,
        "Sign in with one of these links (each works once, within 10 minutes):",
        table(["role", "link"], links),
        "Another one: npm run assay -- sign-in ROLE. Ctrl-C stops the server.\n"
      ].join("\n")
    )
    // What was ordered at a higher accuracy is drawn when it was paid; this process holds the warehouse.
    yield* Effect.forkScoped(Effect.repeat(Effect.ignore(tellOrdered(io)), Schedule.spaced("15 seconds")))
    // Witnesses are shown each new checkpoint while the home is served; without them all goes on.
    yield* Effect.forkScoped(watchWitnesses("2 seconds", (words) => io.err(`witnesses: ${words}\n`)))
    // Buyers' addresses are told within seconds while the home is served; a try that fails is on record and comes again.
    yield* Effect.forkScoped(
      Effect.repeat(Effect.ignore(Webhooks.use((hooks) => hooks.send)), Schedule.spaced("5 seconds"))
    )
    // Schedules, sensors and conditions are answered while the home is served.
    const automation = yield* Automation
    const told = (cause: unknown): void =>
      io.err(`automation: ${cause instanceof Error ? cause.message : String(cause)}\n`)
    return yield* automation.serve(
      "15 seconds",
      (selection) =>
        Effect.flatMap(asOfDay(undefined), (day) => runAndTell({ io }, selection, day, { unattended: true })),
      told
    )
  }, Effect.scoped)
}

const start: Verb<HouseServices> = {
  usage: "start [--port N] [--subjects N] [--seed S] [--as-of DAY]",
  about: "make the demo if the home is empty, then serve",
  flags: [...demo.flags, ...serve.flags],
  words: 0,
  run: Effect.fn("start")(function* (call: Call) {
    const connected = yield* (yield* Connections).all
    if (connected.every(({ sample }) => sample !== undefined)) {
      // A demo that was interrupted goes on with its own settings.
      const settings = connected[0]?.sample
      const flags = settings === undefined ? call.flags : { ...call.flags, ...asFlags(settings) }
      const made = yield* demo.run({ ...call, flags })
      call.io.err(`${made.text}\n`)
      // A product that a rule refuses, such as one of too few subjects, is no reason not to show the rest.
      if (made.exit !== undefined && made.exit !== 3) return made
    }
    return yield* serve.run(call)
  })
}

const asFlags = ({ asOf, ...settings }: { seed: number; subjects: number; asOf: string }): Call["flags"] => ({
  seed: String(settings.seed),
  subjects: String(settings.subjects),
  "as-of": asOf
})

const signIn: Verb<SalesServices> = {
  usage: "sign-in ROLE | sign-in customer [--subject ID]",
  about: `a one-time link for a role: ${Role.literals.join(", ")}`,
  flags: ["port", "subject"],
  words: 1,
  run: Effect.fn("sign-in")(function* ({ words, flags }: Call) {
    const role = Role.literals.find((one) => one === words[0])
    if (role === undefined) {
      const message = `There is no role ${words[0]!.slice(0, 40)}.`
      return yield* new BadInput({ code: "role.unknown", message, fix: `Use one of ${Role.literals.join(", ")}.` })
    }
    const port = yield* wholeNumber(flags, "port", yield* servedPort(yield* Home))
    const { subject } = flags
    if (subject !== undefined && (role !== "customer" || typeof subject !== "string" || subject === "")) {
      const message = "--subject takes the id of a customer, and only a customer's link is for one."
      return yield* new BadInput({ code: "flag.subject", message, fix: "Write sign-in customer --subject c42." })
    }
    const link = yield* role === "customer" ? customerLink(port, subject as string | undefined) : mintLink(role, port)
    return { json: { role, link }, text: link }
  })
}

const backupSide = backupVerbs(houseApp)

/** Needs no home at all. */
const aloneSide: Readonly<Record<string, Verb<NodeServices.NodeServices>>> = {
  ...privacyVerbs,
  ...synthVerbs,
  ...witnessVerbs,
  verify: verifyVerb,
  restore: backupSide.restore
}
/** Works on the records and the shelf, beside whatever process holds the warehouse. */
const salesSide: Readonly<Record<string, Verb<SalesServices>>> = {
  "source inspect": sourceVerbs["source inspect"],
  "source add": sourceVerbs["source add"],
  "source list": sourceVerbs["source list"],
  ...salesVerbs,
  ...lifeVerbs,
  ...noticeVerbs,
  ...billingVerbs,
  ...shareVerbs(servedPort),
  ...keyVerbs,
  ...trialVerbs,
  ...moneyVerbs,
  "backup drills": backupSide["backup drills"],
  search: searchVerb,
  export: exportVerb,
  ...pricingVerbs,
  ...recordVerbs,
  ...budgetVerbs,
  ...logVerbs,
  ...consentVerbs,
  ...recallVerbs,
  ...tariffVerbs,
  ...openIdVerbs,
  "sign-in": signIn
}
/** Needs the warehouse: done here, or by the server that holds it. */
const houseSide: Readonly<Record<string, Verb<HouseServices>>> = {
  start,
  serve,
  demo,
  audit: auditVerb,
  backup: backupSide.backup,
  erase: eraseVerb,
  explain: explainVerb,
  ...engineVerbs,
  ...automationVerbs,
  ...lineageVerbs
}

const help = (): string =>
  [
    "assay VERB [--home FOLDER] [--json] [--lang zh|en]",
    "",
    ...Object.values({ ...houseSide, ...salesSide, ...aloneSide }).map(
      ({ usage, about }) => `  ${usage.padEnd(52)} ${about}`
    ),
    "",
    "Exit codes: 0 done, 1 bug, 2 usage, 3 refused by a rule, 4 bad input, 5 something outside is unavailable, 130 interrupted (0 for a server that was told to stop)."
  ].join("\n")

/** Runs one verb and returns the exit code. `held` is the house of a process that already holds it. */
async function runVerb(
  argv: ReadonlyArray<string>,
  io: Io,
  signal: AbortSignal,
  held?: Context.Context<HouseServices>
): Promise<number> {
  const names = [argv.slice(0, 2).join(" "), argv[0] ?? ""]
  const name = names.find((one) => one in aloneSide || one in salesSide || one in houseSide)
  if (name === undefined) {
    const asked = argv.length === 0 || ["help", "--help", "-h"].includes(argv[0]!)
    ;(asked ? io.out : io.err)(`${asked ? "" : `There is no verb ${visibleLine(argv[0]!)}.\n\n`}${help()}\n`)
    return asked ? 0 : 2
  }
  const verb = aloneSide[name] ?? salesSide[name] ?? houseSide[name]!
  const parsed = parseCall(verb, argv.slice(name.split(" ").length))
  if ("problem" in parsed) {
    io.err(`${parsed.problem}\n`)
    return 2
  }
  const { flags, words } = parsed
  if (flags["help"] === true) {
    io.out(`assay ${verb.usage}\n  ${verb.about}\n`)
    return 0
  }
  const path = resolve(io.cwd, (flags["home"] as string | undefined) ?? ".assay")
  const call: Call = { words, flags, io }
  const work: Effect.Effect<Answer, VerbError> =
    name in aloneSide
      ? Effect.provide(aloneSide[name]!.run(call), NodeServices.layer)
      : held !== undefined
        ? Effect.provideContext(houseSide[name]?.run(call) ?? salesSide[name]!.run(call), held)
        : name in salesSide
          ? Effect.provide(salesSide[name]!.run(call), salesApp(path))
          : Effect.provide(houseSide[name]!.run(call), houseApp(path))
  const exit = await Effect.runPromiseExit(work, { signal })
  if (Exit.isSuccess(exit)) return speak(exit.value, flags["json"] === true, io)
  if (Cause.hasInterruptsOnly(exit.cause)) return serving && held === undefined ? 0 : 130
  const error = Cause.squash(exit.cause)
  if (held === undefined && error instanceof WarehouseError && error.kind === "locked") {
    if (name === "start" || name === "serve") return complain(alreadyHeld(path), flags["json"] === true, io)
    const done = await handOver(path, argv, io, signal)
    if (done !== undefined) return done
  }
  return complain(error, flags["json"] === true, io)
}

function speak(answer: Answer, json: boolean, io: Io): number {
  io.out(json ? `${JSON.stringify(answer.json)}\n` : `${answer.text}\n`)
  return answer.exit ?? 0
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  // Whatever a home holds is for its owner alone, also when its folder was there before.
  process.umask(0o077)
  const stopping = new AbortController()
  for (const name of ["SIGINT", "SIGTERM"] as const) process.once(name, () => stopping.abort())
  // Whoever reads may stop early (`| head`); the work goes on to its end.
  for (const stream of [process.stdout, process.stderr]) stream.on("error", () => undefined)
  const io: Io = {
    out: (text) => void process.stdout.write(visible(text)),
    err: (text) => void process.stderr.write(visible(text)),
    cwd: process.cwd(),
    live: process.stderr.isTTY === true
  }
  process.exitCode = await runVerb(process.argv.slice(2), io, stopping.signal)
}
