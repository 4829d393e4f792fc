import { isIPv6 } from "node:net"
import type { Finding } from "./Finding.ts"
import { labelBefore } from "./labelBefore.ts"

const email =
  /(?<![A-Za-z0-9._%+-])[A-Za-z0-9][A-Za-z0-9._%+-]{0,63}@(?:[A-Za-z0-9-]{1,63}\.){1,5}[A-Za-z]{2,24}(?![A-Za-z0-9])/g
const fileEnding = /\.(?:png|jpe?g|gif|svg|webp|ico|css|js|ts|json|html?|zip|pdf|mp4|exe|dll)$/i
const url = /(?<![A-Za-z0-9])(?:https?:\/\/|www\.)[A-Za-z0-9][-A-Za-z0-9._~:/?#@!$&*+=%]{2,2000}/gi
const four = /(?<![\w.-])(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)\.){3}(?:25[0-5]|2[0-4]\d|1?\d?\d)(?![\w-]|\.\d)/g
const six = /(?<![\w:.])[0-9A-Fa-f:]{6,39}(?![\w:])/g
const wechat =
  /(?:微信|威信|薇信|wechat|weixin|(?<![a-z0-9])vx|(?<![a-z0-9])wx|加v|v信)(?<sign>[ ]?(?:号码?|id|账号|帐号|号是)?[ ]?(?:是|为|[:：]|\s){0,3})(?<id>[a-z][-_a-z0-9]{5,19})(?![-_a-z0-9])/gi
const wechatOwn = /(?<![A-Za-z0-9_])wxid_[a-z0-9]{8,20}(?![A-Za-z0-9_])/g
const qq =
  /(?:(?<![a-z0-9])qq|扣扣|企鹅号)[ ]?(?:号码?|群号?|账号)?[ ]?(?:是|为|[:：]|\s){0,3}(?<id>[1-9]\d{4,10})(?![0-9A-Za-z@.])/gi

/** Addresses of the net: e-mail, URL, IP, WeChat, QQ. */
export function* findNet(text: string): Generator<Finding> {
  for (const { index, 0: found } of text.matchAll(url)) {
    const end = index + found.replace(/(?<![.,:;!?])[.,:;!?]+$/, "").length
    if (/[A-Za-z]/.test(found.slice(4))) yield { kind: "url", start: index, end }
  }
  for (const { index, 0: found } of text.matchAll(email)) {
    const remote = found.startsWith("git@") && text[index + found.length] === ":"
    if (!fileEnding.test(found) && !remote && !found.includes("..") && !/@-|-\.|\.-|\.@/.test(found))
      yield { kind: "email", start: index, end: index + found.length }
  }
  for (const { index, 0: found } of text.matchAll(four)) {
    const label = labelBefore(text, index)
    if (label === "version" || label === "order" || label === "amount") continue
    if (/[第见节章条款]\s?$/.test(text.slice(Math.max(0, index - 2), index))) continue
    if (/^ ?(?:版|节|章|条款|小节)/.test(text.slice(index + found.length, index + found.length + 3))) continue
    yield { kind: "ip_address", start: index, end: index + found.length }
  }
  for (const { index, 0: found } of text.matchAll(six)) {
    if (found.split(":").filter(Boolean).length >= 3 && isIPv6(found))
      yield { kind: "ip_address", start: index, end: index + found.length }
  }
  for (const { index, 0: found, groups } of text.matchAll(wechat)) {
    const id = groups!["id"]!
    // A word alone (wechat payment) is no id; one behind `号:` is.
    if (!/[\d_-]/.test(id) && !/[号:：是为d]/i.test(groups!["sign"]!)) continue
    yield { kind: "wechat", start: index + found.length - id.length, end: index + found.length }
  }
  for (const { index, 0: found } of text.matchAll(wechatOwn))
    yield { kind: "wechat", start: index, end: index + found.length }
  for (const { index, 0: found, groups } of text.matchAll(qq))
    yield { kind: "qq", start: index + found.length - groups!["id"]!.length, end: index + found.length }
}
