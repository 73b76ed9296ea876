// Every route there is, by who asks what.
import { activities } from './routes/activities.ts'
import { books } from './routes/books.ts'
import { catalogue } from './routes/catalogue.ts'
import { coupons } from './routes/coupons.ts'
import { gifts } from './routes/gifts.ts'
import { own } from './routes/me.ts'
import { members } from './routes/members.ts'
import { open } from './routes/public.ts'
import type { Route } from './routes/route.ts'

export const routes: Route[] = [...open, ...own, ...members, ...coupons, ...activities, ...gifts, ...catalogue, ...books]
