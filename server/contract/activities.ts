// Activities on the wire: follows, reviews, photos and gifts, the gallery and its prizes.
import * as z from 'zod'
import { closed, Id, Points } from './values.ts'
import { Activity, Gift, Wallet } from './wallet.ts'

/** The merchant's decision on a review, a photo or a gift. */
export const Decision = closed({ state: z.enum(['accepted', 'declined']) })
export type Decision = z.infer<typeof Decision>
/** Where a review, a photo or a gift stands: until the shop decides, it is pending (a gift: waiting). */
export const Standing = z.enum(['pending', 'accepted', 'declined'])
export type Standing = z.infer<typeof Standing>

export const Followed = z.object({ activity: Activity, wallet: Wallet })

export const Review = closed({
  order: Id,
  sku: Id,
  rating: z.int().min(1).max(5),
  text: z.string().max(5_000),
})
export type Review = z.infer<typeof Review>

/** What was posted, with the points it brought: 0 while the shop has not decided. */
export const Posted = z.object({ id: z.string(), state: Standing, points: Points, wallet: Wallet })
export const Decided = z.object({ id: z.string(), state: Standing, points: Points, member: z.string() })

/** A review as a product page shows it. `rewarded` says that points were given for it, whatever its rating. */
export const ShownReview = z.object({
  id: z.string(),
  sku: z.string(),
  rating: z.int(),
  text: z.string(),
  at: z.string(),
  rewarded: z.boolean(),
})
export const Reviews = z.object({ reviews: z.array(ShownReview) })
/** A review as the merchant sees it. */
export const MerchantReviews = z.object({
  reviews: z.array(ShownReview.extend({ member: z.string(), order: z.string(), state: Standing, points: Points })),
})

/** A photo as its form sends it, but for the picture itself, of which this has the SHA-256. */
export const Upload = closed({ digest: z.string(), caption: z.string().max(500) })
export type Upload = z.infer<typeof Upload>

/** A picture's bytes: one that is sent, or, always as JPEG, one that is shown. */
export const PictureFile = z.string().meta({ description: 'The bytes of a picture' })

/** A picture of the gallery. `src` is its address below the server; `prize` the place it won in a month's selection, the latest one. */
const GalleryPhoto = z.object({
  id: z.string(),
  src: z.string(),
  width: z.int(),
  height: z.int(),
  caption: z.string(),
  at: z.string(),
  prize: z.object({ month: z.string(), place: z.int() }).nullable(),
})
export const Gallery = z.object({ photos: z.array(GalleryPhoto), next: z.string().nullable() })
export type Gallery = z.infer<typeof Gallery>
export const MerchantPhotos = z.object({
  photos: z.array(GalleryPhoto.extend({ member: z.string(), state: Standing })),
  next: z.string().nullable(),
})

export const AskGift = closed({ gift: Id })
export const AskedGift = z.object({ id: z.string(), state: Gift.shape.state, points: Points, wallet: Wallet })
export const DecidedGift = Gift.extend({ member: z.string() })
export const MerchantGifts = z.object({ gifts: z.array(DecidedGift) })

/** The month's selection: photo ids, first place first, each once. */
export const Prizes = closed({
  photos: z
    .array(Id)
    .min(1)
    .max(100)
    .refine((photos) => new Set(photos).size === photos.length, 'one photo is named twice'),
})
/** A month of the calendar, as in 2026-06. */
export const Month = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/, 'is not a month such as "2026-06"')
export const Awarded = z.object({
  month: z.string(),
  prizes: z.array(z.object({ place: z.int(), photo: z.string(), points: Points })),
})
