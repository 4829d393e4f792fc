import { html, nothing } from "lit"
import type { TemplateResult } from "lit"
import type { LicenceChange } from "../../../api/customer/LicenceChange.ts"
import type { Licences } from "../../../api/customer/Licences.ts"
import type { Language } from "../../format/Language.ts"
import { customerWords } from "./customerWords.ts"

/**
 * The form in which a customer chooses; the choice is read from it when it is sent.
 *
 * @param wrongDay what is wrong with the last day; undefined where nothing is
 */
export function choiceForm(
  licences: Licences,
  language: Language,
  chosen: (change: LicenceChange) => void,
  wrongDay: string | undefined
): TemplateResult {
  const words = customerWords(language).licences
  const { purposes, recipients, cells, categories, until } = licences
  const named = (label: { readonly zh: string; readonly en: string }): string =>
    language === "en" ? label.en : label.zh
  const begun = cells.some(({ answer }) => answer === "permitted")
  return html`<form
    class="choice"
    @submit=${(event: SubmitEvent) => {
      event.preventDefault()
      chosen(choiceOf(new FormData(event.currentTarget as HTMLFormElement)))
    }}
  >
    <div class="wide" tabindex="0" role="region" aria-label=${words.chart}>
      <table>
        <thead>
          <tr>
            <th scope="col">${words.purpose}</th>
            ${recipients.map(({ name }) => html`<th scope="col" class="box">${named(name)}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${purposes.map(
            (purpose, i) =>
              html`<tr>
                <th scope="row">${named(purpose.name)}</th>
                ${recipients.map(
                  (recipient, j) =>
                    html`<td class="box">
                      <input
                        type="checkbox"
                        name="cell"
                        value=${`${purpose.id} ${recipient.id}`}
                        aria-label=${`${named(purpose.name)}: ${named(recipient.name)}`}
                        ?checked=${cells[i * recipients.length + j]?.answer === "permitted"}
                      />
                    </td>`
                )}
              </tr>`
          )}
        </tbody>
      </table>
    </div>
    <fieldset>
      <legend>${words.kinds}</legend>
      ${categories.map(
        ({ id, name, permitted }) =>
          html`<label class="check"
            ><input type="checkbox" name="category" value=${id} ?checked=${permitted || !begun} /> ${named(name)}</label
          >`
      )}
    </fieldset>
    <p class="actions">
      <label
        >${words.lastDay}
        <input
          type="date"
          name="until"
          required
          min=${tomorrow()}
          value=${until ?? inAYear()}
          aria-invalid=${wrongDay === undefined ? "false" : "true"}
          aria-describedby="wrong-day"
      /></label>
      <span id="wrong-day" class="mark-text">${wrongDay ?? nothing}</span>
      <button class="button first">${words.preview}</button>
    </p>
  </form>`
}

const tomorrow = (): string => new Date(Date.now() + 86_400_000).toISOString().slice(0, 10)
const inAYear = (): string => new Date(Date.now() + 365 * 86_400_000).toISOString().slice(0, 10)

function choiceOf(form: FormData): LicenceChange {
  const cells = form.getAll("cell").map((value) => {
    const [purpose = "", recipient = ""] = String(value).split(" ")
    return { purpose, recipient }
  })
  return { cells, categories: form.getAll("category").map(String), until: String(form.get("until")) }
}
