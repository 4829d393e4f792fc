import { fakerEN_US, fakerZH_CN } from "@faker-js/faker"
import type { IdentifierKind } from "#privacy/identifier/IdentifierKind.ts"

/** Seeded integers of the corpus; apart from the house's own generators. */
export interface Dice {
  below(n: number): number
}

export function dice(seed: number): Dice {
  let state = (seed * 2654435761) >>> 0
  return {
    below(n) {
      state = (state + 0x6d2b79f5) >>> 0
      let t = Math.imul(state ^ (state >>> 15), state | 1)
      t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
      return ((t ^ (t >>> 14)) >>> 0) % n
    }
  }
}

export const pick = <A>(die: Dice, list: ReadonlyArray<A>): A => list[die.below(list.length)]!
export const digits = (die: Dice, n: number): string => Array.from({ length: n }, () => die.below(10)).join("")
const letters = (die: Dice, n: number, from: string): string =>
  Array.from({ length: n }, () => pick(die, [...from])).join("")
const two = (n: number): string => String(n).padStart(2, "0")

const counties =
  "110101 110108 120103 130102 140105 150202 210102 220104 230103 310115 310104 320106 320505 330106 330782 340111 350203 360102 370202 370602 410105 420106 430102 440106 440305 441900 450103 460105 500103 510107 520103 530102 540102 610113 620102 630104 640106 650102 710000 810000 820000".split(
    " "
  )

/** ISO 7064, the pure-system recursion, not the table of weights that the detector uses. */
function mod11(body: string): string {
  let p = 0
  for (const sign of body) p = ((p + Number(sign)) * 2) % 11
  const check = (12 - p) % 11
  return check === 10 ? "X" : String(check)
}

function residentId(die: Dice): string {
  const body = `${pick(die, counties)}${1940 + die.below(75)}${two(1 + die.below(12))}${two(1 + die.below(28))}${digits(die, 3)}`
  return body + mod11(body)
}

/** From the left by length parity, not from the right. */
function luhn(body: string): string {
  let sum = 0
  const parity = (body.length + 1) % 2
  ;[...body].forEach((sign, i) => {
    const twice = i % 2 === parity ? Number(sign) * 2 : Number(sign)
    sum += Math.floor(twice / 10) + (twice % 10)
  })
  return String((10 - (sum % 10)) % 10)
}

function bankCard(die: Dice): string {
  const [prefix, length] = pick(die, [
    ["622202", 19],
    ["621700", 19],
    ["622848", 19],
    ["625912", 16],
    ["436742", 16],
    ["552534", 16],
    ["370248", 15],
    ["356833", 16],
    ["623058", 18]
  ] as const)
  const body = prefix + digits(die, length - 1 - prefix.length)
  return body + luhn(body)
}

const creditSigns = [..."0123456789ABCDEFGHJKLMNPQRTUWXY"]
function creditCode(die: Dice): string {
  const body =
    pick(die, ["91", "92", "93", "51", "12", "11", "52"]) + pick(die, counties) + letters(die, 9, creditSigns.join(""))
  // Powers by table, summed as BigInt.
  const powers = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28]
  const sum = [...body].reduce((total, sign, i) => total + BigInt(creditSigns.indexOf(sign) * powers[i]!), 0n)
  return body + creditSigns[Number((31n - (sum % 31n)) % 31n)]!
}

function hongKong(die: Dice): string {
  const letter = letters(die, 1, "ABCDEFGHKMPRVYZ")
  const body = digits(die, 6)
  let sum = 324 + (letter.charCodeAt(0) - 55) * 8
  for (let i = 0; i < 6; i++) sum += Number(body[i]) * (7 - i)
  const check = (11 - (sum % 11)) % 11
  return `${letter}${body}(${check === 10 ? "A" : check})`
}

function taiwan(die: Dice): string {
  const places = { A: 10, B: 11, C: 12, D: 13, E: 14, F: 15, H: 17, K: 19, N: 22, P: 23, T: 27 }
  const letter = pick(die, Object.keys(places) as Array<keyof typeof places>)
  const body = `${1 + die.below(2)}${digits(die, 7)}`
  const all = `${places[letter]}${body}`
  const weights = [1, 9, 8, 7, 6, 5, 4, 3, 2, 1]
  const sum = [...all].reduce((total, sign, i) => total + Number(sign) * weights[i]!, 0)
  return `${letter}${body}${(10 - (sum % 10)) % 10}`
}

const plateSigns = "ABCDEFGHJKLMNPQRSTUVWXYZ0123456789"
function plate(die: Dice): string {
  const head =
    pick(die, [..."京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"]) + letters(die, 1, "ABCDEFGH")
  const gap = pick(die, ["", "", "·", " "])
  if (die.below(4) === 0) return `${head}${gap}${pick(die, ["D", "F"])}${digits(die, 5)}`
  return `${head}${gap}${digits(die, 2)}${letters(die, 1, plateSigns)}${digits(die, 2)}`
}

const wide = (text: string): string => text.replaceAll(/[0-9]/g, (d) => String.fromCharCode(d.charCodeAt(0) + 0xfee0))

function mobile(die: Dice): string {
  const number =
    pick(
      die,
      "130 131 135 136 138 139 147 150 152 155 158 166 170 173 176 177 180 183 186 188 189 191 195 198 199".split(" ")
    ) + digits(die, 8)
  const grouped = (gap: string): string => `${number.slice(0, 3)}${gap}${number.slice(3, 7)}${gap}${number.slice(7)}`
  return pick(die, [
    number,
    number,
    number,
    grouped(" "),
    grouped("-"),
    `+86 ${number}`,
    `+86${number}`,
    `86-${number}`,
    wide(number)
  ])
}

function landline(die: Dice): string {
  const area = pick(die, "010 021 022 0512 0571 0755 0531 028 0451 0371 0898".split(" "))
  const number = `${2 + die.below(7)}${digits(die, area.length === 3 ? 7 : 6 + die.below(2))}`
  const own = pick(die, [`${area}-${number}`, `${area}-${number}`, `(${area})${number}`, `${area} ${number}`])
  if (die.below(8) === 0) return `400-${digits(die, 3)}-${digits(die, 4)}`
  return die.below(6) === 0 ? `${own}-${digits(die, 3)}` : own
}

const phone = (die: Dice): string =>
  pick(die, [
    `+1 (${2 + die.below(8)}${digits(die, 2)}) ${2 + die.below(8)}${digits(die, 2)}-${digits(die, 4)}`,
    `(${2 + die.below(8)}${digits(die, 2)}) ${2 + die.below(8)}${digits(die, 2)}-${digits(die, 4)}`,
    `${2 + die.below(8)}${digits(die, 2)}-${2 + die.below(8)}${digits(die, 2)}-${digits(die, 4)}`,
    `+44 20 ${digits(die, 4)} ${digits(die, 4)}`,
    `+49 30 ${digits(die, 8)}`,
    `+852 ${2 + die.below(8)}${digits(die, 3)} ${digits(die, 4)}`,
    `+81-3-${digits(die, 4)}-${digits(die, 4)}`,
    `+65 ${8 + die.below(2)}${digits(die, 3)} ${digits(die, 4)}`
  ])

function iban(die: Dice): string {
  const [country, body] = pick(die, [
    ["DE", digits(die, 18)],
    ["FR", digits(die, 23)],
    ["NL", `ABNA${digits(die, 10)}`],
    ["GB", `BARC${digits(die, 14)}`]
  ] as const)
  const numeric = [...`${body}${country}00`]
    .map((sign) => (/\d/.test(sign) ? sign : String(sign.charCodeAt(0) - 55)))
    .join("")
  const check = two(98 - Number(BigInt(numeric) % 97n))
  const whole = `${country}${check}${body}`
  return die.below(2) === 0 ? whole : whole.replaceAll(/.{4}(?=.)/g, "$& ")
}

const spaced = (number: string): string => number.replaceAll(/\d{4}(?=\d)/g, "$& ")

function address(die: Dice): string {
  const place = pick(die, [
    "浙江省杭州市西湖区",
    "广东省深圳市南山区",
    "上海市浦东新区",
    "北京市海淀区",
    "江苏省苏州市吴中区",
    "成都市武侯区",
    "",
    "四川省绵阳市涪城区",
    "青岛市市南区",
    "天河区"
  ])
  const street = pick(die, [
    "文三路",
    "科技园南路",
    "张江高科技园区祖冲之路",
    "中关村大街",
    "人民东路",
    "解放路",
    "学院南路",
    "金鸡湖大道",
    "幸福巷",
    "长春街道花园路",
    "建设北路二段",
    "梧桐苑"
  ])
  const number = pick(die, [
    `${1 + die.below(900)}号`,
    `${1 + die.below(900)}号`,
    `${1 + die.below(300)}弄${1 + die.below(60)}号`
  ])
  const rest = pick(die, [
    "",
    "",
    `${1 + die.below(20)}栋${1 + die.below(6)}单元${101 + die.below(2000)}室`,
    `${1 + die.below(30)}号楼${101 + die.below(900)}`,
    `${pick(die, ["A", "B"])}座${101 + die.below(2000)}室`
  ])
  return place + street + number + rest
}

const user = (die: Dice): string =>
  letters(die, 1, "abcdefghkmnp") +
  letters(die, 4 + die.below(6), "abcdefghijklmnopqrstuvwxyz0123456789_") +
  digits(die, 2)

/** One value of each kind, from tables and formulas of the corpus alone. */
export const values: Readonly<Record<IdentifierKind, (die: Dice) => string>> = {
  resident_id: (die) => {
    const id = residentId(die)
    return pick(die, [id, id, id, id.toLowerCase(), `${id.slice(0, 6)} ${id.slice(6, 14)} ${id.slice(14)}`])
  },
  hk_id: hongKong,
  tw_id: taiwan,
  passport: (die) =>
    pick(die, [`E${digits(die, 8)}`, `EA${digits(die, 7)}`, `G${digits(die, 8)}`, `EJ${digits(die, 7)}`]),
  travel_permit: (die) =>
    pick(die, [`H${digits(die, 8)}`, `M${digits(die, 10)}`, `C${digits(die, 8)}`, `CB${digits(die, 7)}`]),
  mobile,
  landline,
  phone,
  email: (die) =>
    `${user(die)}${pick(die, ["", ".li", "-w", "+crm"])}@${pick(die, ["qq.com", "163.com", "gmail.com", "mail.example.com.cn", "company.cn", "vip.sina.com", "outlook.co.uk"])}`,
  bank_card: (die) => {
    const card = bankCard(die)
    return card.length >= 16 && die.below(3) === 0 ? spaced(card) : card
  },
  bank_account: iban,
  credit_code: creditCode,
  plate,
  wechat: (die) => user(die),
  qq: (die) => `${1 + die.below(9)}${digits(die, 5 + die.below(5))}`,
  ip_address: (die) =>
    die.below(4) === 0
      ? `2001:db8:${letters(die, 4, "0123456789abcdef")}::${letters(die, 3, "123456789abcdef")}:${die.below(900) + 1}`
      : [10 + die.below(200), die.below(256), die.below(256), 1 + die.below(254)].join("."),
  url: (die) =>
    `https://${pick(die, ["crm", "www", "m"])}.${letters(die, 6, "abcdefgh")}.${pick(die, ["com", "cn", "com.cn"])}/${letters(die, 5, "abcd")}?u=${digits(die, 6)}`,
  address,
  name: (die) => {
    fakerZH_CN.seed(die.below(2 ** 31))
    return fakerZH_CN.person.lastName() + fakerZH_CN.person.firstName()
  }
}

export function englishName(die: Dice): string {
  fakerEN_US.seed(die.below(2 ** 31))
  return `${fakerEN_US.person.firstName()} ${fakerEN_US.person.lastName()}`
}

/** Wrong in the last sign: what a check digit is for. */
export const broken = {
  residentId: (die: Dice): string => {
    const id = residentId(die)
    return (
      id.slice(0, 17) +
      (id[17] === "X" ? "5" : String((Number(id[17]) + 1 + die.below(8)) % 10 || 3)).replace(id[17]!, "X")
    )
  },
  bankCard: (die: Dice): string => {
    const card = bankCard(die)
    return card.slice(0, -1) + String((Number(card.at(-1)) + 1 + die.below(9)) % 10)
  },
  creditCode: (die: Dice): string => {
    const code = creditCode(die)
    return code.slice(0, -1) + creditSigns[(creditSigns.indexOf(code.at(-1)!) + 1 + die.below(30)) % 31]!
  }
}
