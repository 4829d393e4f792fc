import type { Drawing } from "#dashboard/web/chart/Drawing.ts"
import { textWidth } from "#dashboard/web/chart/textWidth.ts"

interface Box {
  readonly left: number
  readonly right: number
  readonly top: number
  readonly bottom: number
  readonly what: string
}

/** How far a stroke or the guess at a text's width may reach over the edge. */
const slack = { shape: 3, text: 8 }
/** Texts that share more than this of the smaller one's area cannot be read. */
const gross = 0.4

/** What is wrong with a picture: numbers that are none, pieces outside the view box, texts on one another. */
export function judgeDrawing({ width, height, body }: Drawing): ReadonlyArray<string> {
  const wrong: Array<string> = []
  const broken = /NaN|Infinity|undefined|\[object/.exec(body.markup)
  if (broken !== null)
    wrong.push(`${broken[0]} in ${body.markup.slice(Math.max(0, broken.index - 60), broken.index + 20)}`)
  if (!(width > 0 && height >= 0 && Number.isFinite(width + height))) wrong.push(`a view box of ${width} by ${height}`)
  const { shapes, texts } = boxesOf(body.markup)
  for (const [boxes, room] of [
    [shapes, slack.shape],
    [texts, slack.text]
  ] as const) {
    for (const box of boxes) {
      const { left, right, top, bottom, what } = box
      if (left < -room || right > width + room || top < -room || bottom > height + room) {
        const [l, r, t, b] = [left, right, top, bottom].map(Math.round)
        wrong.push(`${what} at ${l}..${r} × ${t}..${b} leaves ${width} × ${height}`)
      }
    }
  }
  for (let i = 0; i < texts.length && wrong.length < 4; i++) {
    for (let j = i + 1; j < texts.length; j++) {
      const [a, b] = [texts[i]!, texts[j]!]
      const common =
        Math.max(0, Math.min(a.right, b.right) - Math.max(a.left, b.left)) *
        Math.max(0, Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top))
      const least = Math.min(areaOf(a), areaOf(b))
      if (least > 0 && common / least > gross) wrong.push(`${a.what} stands on ${b.what}`)
    }
  }
  return wrong.slice(0, 4)
}

const areaOf = ({ left, right, top, bottom }: Box): number => (right - left) * (bottom - top)

/** The boxes of shapes and texts, with the moves and quarter turns of what is around them. */
function boxesOf(markup: string): { readonly shapes: ReadonlyArray<Box>; readonly texts: ReadonlyArray<Box> } {
  const shapes: Array<Box> = []
  const texts: Array<Box> = []
  const moves: Array<readonly [x: number, y: number]> = [[0, 0]]
  for (const [, closing, name, inside, empty, text] of markup.matchAll(
    /<(\/?)([a-z]+)((?:\s+[\w:-]+="[^"]*")*)\s*(\/?)>([^<]*)/g
  )) {
    if (closing === "/") {
      if (name === "g") moves.pop()
      continue
    }
    const given = new Map([...inside!.matchAll(/([\w:-]+)="([^"]*)"/g)].map(([, key, value]) => [key!, value!]))
    const [dx, dy] = moves.at(-1)!
    const n = (key: string): number => Number(given.get(key) ?? 0)
    const move = /translate\((\S+) (\S+)\)/.exec(given.get("transform") ?? "")
    if (name === "g") {
      if (empty !== "/") moves.push(move === null ? [dx, dy] : [dx + Number(move[1]), dy + Number(move[2])])
      continue
    }
    const add = (xs: ReadonlyArray<number>, ys: ReadonlyArray<number>): void => {
      if (xs.length === 0 || ys.length === 0) return
      const what = `<${name}${inside!.slice(0, 90)}>`
      const [left, right] = [Math.min(...xs) + dx, Math.max(...xs) + dx]
      shapes.push({ left, right, top: Math.min(...ys) + dy, bottom: Math.max(...ys) + dy, what })
    }
    if (name === "rect") add([n("x"), n("x") + n("width")], [n("y"), n("y") + n("height")])
    if (name === "circle") add([n("cx") - n("r"), n("cx") + n("r")], [n("cy") - n("r"), n("cy") + n("r")])
    if (name === "line") add([n("x1"), n("x2")], [n("y1"), n("y2")])
    if (name === "polygon") {
      const points = (given.get("points") ?? "")
        .split(/[\s,]+/)
        .filter(Boolean)
        .map(Number)
      add(
        points.filter((_, i) => i % 2 === 0),
        points.filter((_, i) => i % 2 === 1)
      )
    }
    if (name === "path") add(...placesOf(given.get("d") ?? ""))
    if (name === "text" && text!.trim() !== "") texts.push(textBox(given, text!, [dx, dy], move))
  }
  return { shapes, texts }
}

function textBox(
  given: ReadonlyMap<string, string>,
  text: string,
  [dx, dy]: readonly [number, number],
  move: RegExpExecArray | null
): Box {
  const size = Number(given.get("font-size") ?? 12)
  const said = text.replaceAll(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)))
  const wide = textWidth(said, size)
  const anchor = given.get("text-anchor") ?? "start"
  const from = anchor === "middle" ? -wide / 2 : anchor === "end" ? -wide : 0
  const down = Number.parseFloat(given.get("dy") ?? "0") * size
  const what = `“${said.slice(0, 40)}”`
  if (/rotate\(-90\)/.test(given.get("transform") ?? "")) {
    const [x, y] = [Number(move![1]) + dx, Number(move![2]) + dy]
    return { left: x - size / 2, right: x + size / 2, top: y - from - wide, bottom: y - from, what }
  }
  const x = Number(given.get("x") ?? 0) + dx
  const y = Number(given.get("y") ?? 0) + dy + down
  return { left: x + from, right: x + from + wide, top: y - size * 0.78, bottom: y + size * 0.2, what }
}

/** Every place that a path's pen is put down at, control points of curves included. */
function placesOf(path: string): [xs: Array<number>, ys: Array<number>] {
  const xs: Array<number> = []
  const ys: Array<number> = []
  let [x, y] = [0, 0]
  for (const [, command, list] of path.matchAll(/([A-Za-z])([^A-Za-z]*)/g)) {
    const numbers = [...list!.matchAll(/-?[\d.]+(?:e-?\d+)?/g)].map(Number)
    const relative = command === command!.toLowerCase()
    const upper = command!.toUpperCase()
    if (upper === "H") numbers.forEach((to) => put(relative ? x + to : to, y))
    else if (upper === "V") numbers.forEach((to) => put(x, relative ? y + to : to))
    else if (upper !== "A") {
      const [fromX, fromY] = [x, y]
      for (let i = 0; i + 1 < numbers.length; i += 2)
        put(relative ? fromX + numbers[i]! : numbers[i]!, relative ? fromY + numbers[i + 1]! : numbers[i + 1]!)
    }
  }
  return [xs, ys]
  function put(toX: number, toY: number): void {
    ;[x, y] = [toX, toY]
    xs.push(x)
    ys.push(y)
  }
}
