import { Page } from "../../page/Page.ts"
import type { Words } from "../../words/Words.ts"
import { customerProblemWords } from "./customerProblemWords.ts"

/** What the pages of customers share: words for what stands in their way. */
export abstract class CustomerPage extends Page {
  protected override get words(): Words {
    const words = super.words
    return { ...words, problems: { ...words.problems, ...customerProblemWords(this.language) } }
  }
}
