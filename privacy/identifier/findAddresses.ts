import type { Finding } from "./Finding.ts"

/** A house number behind a street, a village or a compound. */
const anchor =
  /(?:大街|大道|公路|路|街|巷|弄|胡同|道|村|里|段|苑|园|湾|庄|屯|组|社区|小区|花园|家园|公寓|大厦|广场|新城|城)(?:[东西南北中]{1,2}[路街段侧]?)?\s?(?:[A-Z]区)?[甲乙丙丁]?(?:\d{1,5}(?:[-之]\d{1,4})?|[一二三四五六七八九十]{1,3})(?:号院?|弄|栋|幢|号楼|座|单元|组)/g
const unitAfter =
  /^(?:[\s,，]?(?:\d{1,4}|[A-Z]|[一二三四五六七八九十]{1,3})(?:-\d{1,4}){0,2}(?:号楼|栋|幢|座|单元|层|楼|室|户|号|门|F)|楼|院|(?:\d{3,4})(?![\d元年]))/
const buildingAfter = /^[\u4e00-\u9fa5]{2,10}(?:大厦|广场|中心|小区|花园|公寓|家园|苑|楼)/

/** What may stand before an address and is none of it. */
const before =
  /(?:地址|住址|位于|坐落|家住|住在|住|寄到|寄往|送到|送至|发到|发往|寄|配送|搬到|迁至|前往|来到|在|到|去|是|为|于|往|从|至|址|处|请|我家|公司|单位|快递)/g
/** Of these, what leads to an address and nothing else. */
const lead = /(?:地址|住址|位于|坐落于?|家住|住在)[在是为]?/g
const provinces =
  /北京|天津|上海|重庆|河北|山西|辽宁|吉林|黑龙江|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东|海南|四川|贵州|云南|陕西|甘肃|青海|台湾|内蒙古|广西|西藏|宁夏|新疆|香港|澳门/

const english =
  /(?<![\w.-])\d{1,6}(?:[ -]?[A-Z])? (?:[NSEW]\.? )?(?:[A-Za-z0-9.'-]{1,20} ){1,4}(?:street|st|avenue|ave|road|rd|boulevard|blvd|lane|ln|drive|dr|court|ct|way|place|pl|terrace|square|parkway|highway)\b\.?/gi
const notAStreet =
  /\b(?:the|a|an|in|of|to|my|this|that|on|for|and|or|is|was|are|with|from|people|minutes?|hours?|days?|miles?|km|years?|times?|items?|percent|off|more|your|our|their|at|by|per|no|units?)\b/i

/** How far before the house number an address may begin. */
const REACH = 40

/**
 * Postal addresses that name a house. Where exactly one begins is a guess: after the last word that leads to it, or at the
 * province.
 */
export function* findAddresses(text: string): Generator<Finding> {
  let last = 0
  for (const { index, 0: found } of text.matchAll(anchor)) {
    if (index < last) continue
    const run = /(?<![\u4e00-\u9fa5A-Z0-9·])[\u4e00-\u9fa5A-Z0-9·]*$/.exec(
      text.slice(Math.max(last, index - REACH), index)
    )![0]
    const start = index - run.length + beginning(run)
    // A street has a name: two signs at least before its ending.
    if (index - start < 1 || /^[这那条本该每一]/.test(text.slice(index - 1, index))) continue
    let end = index + found.length
    if (/^(?:线|店|馆|公路|选手|球|字)/.test(text.slice(end, end + 2))) continue
    end += buildingAfter.exec(text.slice(end, end + 14))?.[0].length ?? 0
    for (let part = 0; part < 4; part++) {
      const more = unitAfter.exec(text.slice(end, end + 16))?.[0].length ?? 0
      if (more === 0) break
      end += more
    }
    last = end
    yield { kind: "address", start, end }
  }
  for (const { index, 0: found } of text.matchAll(english)) {
    const middle = found.slice(found.indexOf(" ") + 1, found.lastIndexOf(" "))
    if (!notAStreet.test(middle)) yield { kind: "address", start: index, end: index + found.length }
  }
}

function beginning(run: string): number {
  let at = 0
  for (const { index, 0: word } of run.matchAll(lead)) at = index + word.length
  const province = run.slice(at).search(provinces)
  if (province >= 0) return at + province
  for (const { index, 0: word } of run.matchAll(before)) if (index + word.length < run.length) at = index + word.length
  return at
}
