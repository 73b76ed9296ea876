// What a merchant may write on the tag. Written once, here: a setting's attribute is its name in kebab case (`tokenUrl` is
// `data-token-url`), which is how the browser itself reads `dataset`.

export interface Config {
  /** The shop's id. */
  shop: string
  /** The member token; absent for a guest. */
  token?: string
  /** A storefront address that answers `{"token": "…"}`, or 204 for a guest. */
  tokenUrl?: string
  /** BCP 47; else what `<html lang>` says, else the browser's. */
  locale?: string
  /** `bottom-left` when absent; `none` draws no launcher. */
  position?: 'bottom-left' | 'bottom-right' | 'none'
  /** A theme's name, or JSON of token → value. */
  theme?: string
  /** `auto` when absent: the shopper's own setting. */
  scheme?: 'auto' | 'light' | 'dark'
  /** The cart's total in the currency's minor unit: of an empty cart 0, and nothing can be redeemed for it; left out, it stops nothing. */
  cartTotal?: string
}
