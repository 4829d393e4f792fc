import { html, render } from "lit"
import { unsafeSVG } from "lit/directives/unsafe-svg.js"

/** Sharp enough for print and dense screens. */
const scale = 2

/**
 * Paints a picture. Its shapes are drawn as an image; its texts are written by the page, which has the fonts: an image cannot
 * load any, and one that carries them is drawn before they are ready.
 */
export async function drawPng(markup: string): Promise<Blob> {
  const stage = document.createElement("div")
  stage.className = "hidden-text"
  document.body.append(stage)
  try {
    render(html`${unsafeSVG(markup)}`, stage)
    const picture = stage.querySelector("svg")!
    const canvas = document.createElement("canvas")
    canvas.width = picture.width.baseVal.value * scale
    canvas.height = picture.height.baseVal.value * scale
    const context = canvas.getContext("2d")!
    const texts = [...picture.querySelectorAll("text")]
    const marks = texts.map(readText)
    for (const text of texts) text.remove()
    context.scale(scale, scale)
    await drawShapes(context, new XMLSerializer().serializeToString(picture))
    for (const mark of marks) await writeText(context, mark)
    return await new Promise((resolve, reject) =>
      canvas.toBlob((blob) => (blob === null ? reject(new Error("no picture")) : resolve(blob)), "image/png")
    )
  } finally {
    stage.remove()
  }
}

interface TextMark {
  readonly text: string
  readonly font: string
  readonly fill: string
  readonly align: CanvasTextAlign
  readonly x: number
  readonly y: number
  readonly matrix: DOMMatrix
}

function readText(element: SVGTextElement): TextMark {
  const style = getComputedStyle(element)
  const size = Number.parseFloat(style.fontSize)
  const of = (name: string): number => Number.parseFloat(element.getAttribute(name) ?? "0")
  const { a, b, c, d, e, f } = element.getCTM()!
  return {
    text: element.textContent,
    font: `${style.fontWeight} ${size}px ${style.fontFamily}`,
    fill: element.getAttribute("fill") ?? "#000",
    align: style.textAnchor === "middle" ? "center" : style.textAnchor === "end" ? "right" : "left",
    x: of("x"),
    // `dy` is given in the text's own size.
    y: of("y") + of("dy") * size,
    matrix: new DOMMatrix([a, b, c, d, e, f])
  }
}

async function drawShapes(context: CanvasRenderingContext2D, markup: string): Promise<void> {
  const address = URL.createObjectURL(new Blob([markup], { type: "image/svg+xml" }))
  try {
    const image = new Image()
    image.src = address
    await image.decode()
    context.drawImage(image, 0, 0)
  } finally {
    URL.revokeObjectURL(address)
  }
}

async function writeText(
  context: CanvasRenderingContext2D,
  { text, font, fill, align, x, y, matrix }: TextMark
): Promise<void> {
  await document.fonts.load(font, text)
  context.save()
  context.transform(matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f)
  context.font = font
  context.fillStyle = fill
  context.textAlign = align
  context.fillText(text, x, y)
  context.restore()
}
