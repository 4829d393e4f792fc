import { readdirSync, readFileSync, statSync } from "node:fs"
import { dirname, join, relative, resolve } from "node:path"
import { fileURLToPath } from "node:url"
import { assert, describe, it } from "@effect/vitest"

const root = fileURLToPath(new URL("..", import.meta.url))
const floors = ["core", "privacy", "pipelines", "pricing", "catalog", "dashboard", "app.ts", "main.ts"]
const folders = floors.filter((floor) => !floor.endsWith(".ts"))

const filesBelow = (folder: string): ReadonlyArray<string> =>
  readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !/node_modules|[/\\]dist([/\\]|$)/.test(entry.parentPath))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)))

const house = [...folders.flatMap(filesBelow), "app.ts", "main.ts"].filter((file) => file.endsWith(".ts"))
const floorOf = (file: string): number => floors.indexOf(file.split(/[/\\]/)[0]!)
const importsOf = (file: string): ReadonlyArray<string> =>
  [...readFileSync(join(root, file), "utf8").matchAll(/(?:from|import)\s*\(?\s*"([^"]+)"/g)].map((match) => match[1]!)

const withoutComments = (text: string): string => text.replaceAll(/\/\*[\s\S]*?\*\/|\/\/[^\n]*/g, "")

/** Where an import points: a file of the house, or undefined for a package. */
function target(file: string, specifier: string): string | undefined {
  if (specifier.startsWith("#")) return specifier.slice(1)
  if (specifier.startsWith(".")) return relative(root, resolve(root, dirname(file), specifier))
  return undefined
}

describe("the house", () => {
  it("imports only from its own floor or a lower one", () => {
    const upward = house.flatMap((file) =>
      importsOf(file)
        .map((specifier) => target(file, specifier))
        .filter((to) => to !== undefined && floorOf(to) > floorOf(file))
        .map((to) => `${file} -> ${to}`)
    )
    assert.deepStrictEqual(upward, [])
  })

  it("names other floors by # and its own by a path, so that the floor shows in the text", () => {
    const wrong = house.flatMap((file) =>
      importsOf(file)
        .filter((specifier) => {
          const to = target(file, specifier)
          return to !== undefined && specifier.startsWith(".") && floorOf(to) !== floorOf(file) && floorOf(file) < 6
        })
        .map((specifier) => `${file} -> ${specifier}`)
    )
    assert.deepStrictEqual(wrong, [])
  })

  it("is imported by nothing from tests or bench", () => {
    const wrong = house.flatMap((file) =>
      importsOf(file).filter((specifier) => /(?:^|\/)(?:tests|bench)\//.test(target(file, specifier) ?? ""))
    )
    assert.deepStrictEqual(wrong, [])
  })

  it("has no file over 400 lines", () => {
    const long = [...house, ...filesBelow("tests"), ...filesBelow("bench")]
      .filter((file) => /\.(?:ts|sql|css)$/.test(file))
      .map((file) => ({ file, lines: readFileSync(join(root, file), "utf8").split("\n").length }))
      .filter(({ lines }) => lines > 400)
    assert.deepStrictEqual(long, [])
  })

  it("keeps plain randomness away from noise and money", () => {
    const wrong = house
      .filter((file) => /^(?:core|privacy|pipelines|pricing|catalog)[/\\]/.test(file))
      .filter((file) =>
        /Math\.random\(|[^a-z_.]random\(\)/.test(withoutComments(readFileSync(join(root, file), "utf8")))
      )
    assert.deepStrictEqual(wrong, [])
  })

  it("has only the agreed folders and files at its top", () => {
    const known =
      /^(?:core|privacy|pipelines|pricing|catalog|dashboard|tests|bench|docs|examples|node_modules|\..*|app\.ts|main\.ts|setup\.mjs|README\.md|package(?:-lock)?\.json|tsconfig\.json|knip\.json|vitest\.config\.ts)$/
    const strange = readdirSync(root).filter((name) => !known.test(name))
    assert.deepStrictEqual(strange, [])
  })

  it("keeps addresses of registries out of the lock file", () => {
    assert.notMatch(readFileSync(join(root, "package-lock.json"), "utf8"), /"resolved": *"http/)
    assert.isAbove(statSync(join(root, "package-lock.json")).size, 10_000)
  })
})
