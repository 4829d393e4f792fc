import { Effect } from "effect"
import { Inbox } from "#catalog/notice/Inbox.ts"
import type { Notice } from "#catalog/notice/Notice.ts"
import { Recalls } from "#catalog/recall/Recalls.ts"
import type { Recall } from "#catalog/recall/recallsOf.ts"
import type { BuyerNotice } from "../../../api/buyer/BuyerNotice.ts"

/** What a buyer was told, newest first, with what they declared of recalls. */
export const noticesOf = Effect.fn("noticesOf")(function* (buyer: string) {
  const recalls = yield* (yield* Recalls).list(buyer)
  return (yield* (yield* Inbox).list(buyer)).map((notice) => noticeOf(notice, recalls))
})

/** Marks a notice as read. */
export const readNotice = Effect.fn("readNotice")(function* (id: string, buyer: string) {
  const notice = yield* (yield* Inbox).read(buyer, id)
  return noticeOf(notice, yield* (yield* Recalls).list(buyer))
})

function noticeOf(notice: Notice, recalls: ReadonlyArray<Recall>): BuyerNotice {
  const found = recalls.find(({ id }) => id === notice.facts["recall"])
  return {
    ...notice,
    recall: found === undefined ? null : { id: found.id, order: found.order, attestedAt: found.attestedAt }
  }
}
