/** What a plan released in a period: asked again in that period, it is given again, nothing drawn, nothing charged. */
export interface Answer {
  readonly planHash: string
  readonly period: string
  readonly releaseId: string
  /** id of the stored bytes, such as the hash of the Parquet file on the shelf */
  readonly version: string
  /** the signed certificate, JSON text */
  readonly certificate: string
}
