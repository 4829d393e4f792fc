import type { Db } from "#core/records/Records.ts"
import type { Label } from "#pricing/quote/Explanation.ts"
import type { Announcement, NoticeKind } from "../notice/Notice.ts"
import { notify } from "../notice/notify.ts"
import type { LifeMove } from "./LifeState.ts"

interface Told {
  readonly product: string
  readonly title: Label
  readonly endsOn: string | null
  readonly successor: string | null
  readonly at: string
}

/** Tells buyers of a step that concerns them: what stops, what goes on, and what takes its place. */
export function announceLife(db: Db, move: LifeMove, told: Told): void {
  const news = words[move]?.(told)
  if (news === undefined) return
  const { product, endsOn, successor, at } = told
  const announcement: Announcement = { ...news, product, version: null, at, facts: { endsOn, successor } }
  notify(db, announcement)
}

type News = { readonly kind: NoticeKind; readonly text: Label }

const words: Partial<Readonly<Record<LifeMove, (told: Told) => News>>> = {
  suspend: ({ title }) => ({
    kind: "suspension",
    text: {
      zh: `「${title.zh}」已暂停销售；已购授权按条款继续，含个人原始行的产品暂停交付。`,
      en: `${title.en} is suspended and not sold for now. What you are entitled to goes on; rows of people are not handed over meanwhile.`
    }
  }),
  resume: ({ title }) => ({
    kind: "resumption",
    text: { zh: `「${title.zh}」已恢复销售与交付。`, en: `${title.en} is sold and delivered again.` }
  }),
  deprecate: ({ title, endsOn, successor }) => ({
    kind: "deprecation",
    text: {
      zh: `「${title.zh}」不再新售，将于 ${endsOn} 后退市${successor === null ? "" : `，由 ${successor} 接替`}；已购授权按条款继续。`,
      en: `${title.en} is no longer sold and may be retired from ${endsOn} on${successor === null ? "" : `; ${successor} takes its place`}. What you are entitled to goes on.`
    }
  }),
  retire: ({ title }) => ({
    kind: "retirement",
    text: { zh: `「${title.zh}」已退市。`, en: `${title.en} is retired.` }
  })
}
