import { Page } from "../../page/Page.ts"
import { formatNumber } from "../../format/formatNumber.ts"
import type { Words } from "../../words/Words.ts"
import { stewardProblemWords } from "./stewardProblemWords.ts"
import { stewardWords } from "./stewardWords.ts"

/** What the pages of stewards share: their words and whole numbers. */
export abstract class StewardPage extends Page {
  protected get own(): ReturnType<typeof stewardWords> {
    return stewardWords(this.language)
  }

  /** The server speaks English and knows the particulars; a reader of another language is told by the code. */
  protected override get words(): Words {
    const words = super.words
    const { language } = this
    return language === "en" ? words : { ...words, problems: { ...words.problems, ...stewardProblemWords(language) } }
  }

  /** A count in full. */
  protected whole(n: number): string {
    return formatNumber(n, this.language, 15)
  }
}
