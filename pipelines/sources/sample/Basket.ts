/** The lines of the order that is being drawn. */
export interface Basket {
  lines: number
  readonly product: Int32Array
  readonly quantity: Int32Array
  readonly price: Int32Array
  freight: number
  /** Where it goes. */
  city: number
  channel: number
  payment: number
  /** Days until it leaves and until it arrives after that. */
  shipDays: number
  travelDays: number
  cancelled: boolean
  returned: boolean
}

export const newBasket = (): Basket => ({
  lines: 0,
  product: new Int32Array(8),
  quantity: new Int32Array(8),
  price: new Int32Array(8),
  freight: 0,
  city: 0,
  channel: 0,
  payment: 0,
  shipDays: 1,
  travelDays: 1,
  cancelled: false,
  returned: false
})
