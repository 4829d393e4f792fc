import { AssayBars } from "./element/AssayBars.ts"
import { AssayBudget } from "./element/AssayBudget.ts"
import { AssayForecast } from "./element/AssayForecast.ts"
import { AssayLineage } from "./element/AssayLineage.ts"
import { AssayPairs } from "./element/AssayPairs.ts"
import { AssayPrice } from "./element/AssayPrice.ts"
import { AssayRevenue } from "./element/AssayRevenue.ts"
import { AssayValue } from "./element/AssayValue.ts"
import { AssayTtl } from "./element/AssayTtl.ts"
import { AssetPage } from "./page/AssetPage.ts"
import { AssetsPage } from "./page/AssetsPage.ts"
import { BudgetPage } from "./page/BudgetPage.ts"
import { CatalogPage } from "./page/CatalogPage.ts"
import { MissingPage } from "./page/MissingPage.ts"
import { OrderDownload } from "./page/OrderDownload.ts"
import { OrdersPage } from "./page/OrdersPage.ts"
import { ProductPage } from "./page/ProductPage.ts"
import { QuotePage } from "./page/QuotePage.ts"
import { SignInPage } from "./page/SignInPage.ts"
import { AssayApp } from "./shell/AssayApp.ts"
import { dressPage } from "./shell/dressPage.ts"

const elements: ReadonlyArray<readonly [name: string, element: CustomElementConstructor]> = [
  ["assay-bars", AssayBars],
  ["assay-budget", AssayBudget],
  ["assay-forecast", AssayForecast],
  ["assay-lineage", AssayLineage],
  ["assay-pairs", AssayPairs],
  ["assay-price", AssayPrice],
  ["assay-revenue", AssayRevenue],
  ["assay-ttl", AssayTtl],
  ["assay-value", AssayValue],
  ["asset-page", AssetPage],
  ["assets-page", AssetsPage],
  ["budget-page", BudgetPage],
  ["catalog-page", CatalogPage],
  ["missing-page", MissingPage],
  ["order-download", OrderDownload],
  ["orders-page", OrdersPage],
  ["product-page", ProductPage],
  ["quote-page", QuotePage],
  ["sign-in-page", SignInPage],
  ["assay-app", AssayApp]
]

dressPage()
for (const [name, element] of elements) customElements.define(name, element)
