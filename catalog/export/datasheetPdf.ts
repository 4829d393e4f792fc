import { readFileSync } from "node:fs"
import { fileURLToPath } from "node:url"
import Pdf from "pdfkit"
import type { Listing } from "../product/Catalog.ts"
import { datasheetSections } from "./datasheetSections.ts"
import { unpackWoff } from "./unpackWoff.ts"

const font = (name: string): Buffer =>
  unpackWoff(
    readFileSync(
      fileURLToPath(import.meta.resolve(`@fontsource/noto-sans-sc/files/noto-sans-sc-${name}-400-normal.woff`))
    )
  )

const page = { margin: 48, width: 595.28, bottom: 841.89 - 56 }
const labels = 150
const ink = { text: "#1d2433", quiet: "#5b6578", line: "#c9d0da" }

/** Stretches of a text that one of the two fonts can draw. */
const runs = (text: string): ReadonlyArray<readonly [font: "latin" | "han", text: string]> =>
  [...text.matchAll(/[\u0020-\u024f\u2013\u2014\u2018-\u201d]+|[^\u0020-\u024f\u2013\u2014\u2018-\u201d]+/g)].map(
    ([run]) => [/^[\u0020-\u024f\u2013\u2014\u2018-\u201d]/.test(run) ? "latin" : "han", run]
  )

/**
 * The bilingual datasheet (产品说明书) of a product as a PDF, with its fonts inside. The same listing gives the same bytes.
 *
 * @returns  A4 pages
 */
export async function datasheetPdf(listing: Listing): Promise<Uint8Array> {
  const { title } = listing.version.offering
  const document = new Pdf({
    size: "A4",
    margin: page.margin,
    info: {
      Title: `${title.zh} · ${title.en}`,
      CreationDate: new Date(listing.at),
      Producer: "Assay",
      Creator: "Assay"
    }
  })
  const bytes: Array<Uint8Array> = []
  document.on("data", (chunk: Uint8Array) => void bytes.push(chunk))
  const ended = new Promise<void>((resolve, reject) => document.on("end", resolve).on("error", reject))
  document.registerFont("latin", font("latin")).registerFont("han", font("chinese-simplified"))

  /** Writes a text at the cursor of a column, in as many lines as it takes, and gives the place below it. */
  const write = (text: string, x: number, y: number, width: number, size: number, colour = ink.text): number => {
    const parts = runs(text)
    document.fillColor(colour).fontSize(size)
    parts.forEach(([name, run], i) => {
      const more = { width, continued: i < parts.length - 1, lineGap: 1.5 }
      document.font(name)
      if (i === 0) document.text(run, x, y, more)
      else document.text(run, more)
    })
    return document.y
  }
  /** Chinese glyphs are one em wide and Latin ones about half, so this errs on the side of a page too early. */
  const height = (lines: ReadonlyArray<string>, width: number, size: number): number =>
    lines.reduce((sum, line) => sum + (Math.floor((line.length * size * 0.8) / width) + 1) * size * 1.6, 0)

  let y = write(title.zh, page.margin, page.margin, page.width - 2 * page.margin, 18)
  y = write(title.en, page.margin, y, page.width - 2 * page.margin, 11, ink.quiet)
  const values = page.width - 2 * page.margin - labels
  const makeRoom = (needed: number): void => {
    if (y + needed <= page.bottom) return
    document.addPage()
    y = page.margin
  }
  for (const { zh, en, facts } of datasheetSections(listing)) {
    makeRoom(70)
    y = write(`${zh} · ${en}`, page.margin, y + 16, page.width - 2 * page.margin, 11)
    document
      .moveTo(page.margin, y + 2)
      .lineTo(page.width - page.margin, y + 2)
      .lineWidth(0.7)
      .stroke(ink.line)
    y += 6
    for (const fact of facts) {
      makeRoom(Math.max(height(fact.lines, values, 9), 30))
      const left = write(
        fact.en,
        page.margin,
        write(fact.zh, page.margin, y, labels - 10, 9),
        labels - 10,
        8,
        ink.quiet
      )
      let right = y
      for (const line of fact.lines) right = write(line, page.margin + labels, right, values, 9)
      y = Math.max(left, right) + 4
    }
  }
  document.end()
  await ended
  return Buffer.concat(bytes)
}
