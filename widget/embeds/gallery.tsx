// <muse-gallery>: members' photos with their captions, newest first, a page at a time; members can add theirs.
import { useEffect, useRef, useState } from 'preact/hooks'
import type { Gallery } from '../../server/contract.ts'
import { datesIn } from '../panel/dates.ts'
import { isHere } from '../panel/model.ts'
import type { Props } from '../panel/Panel.tsx'
import { Photo } from '../panel/Photo.tsx'
import { Skeleton, Spoken } from '../panel/standing.tsx'
import type { More } from '../text/en-more.ts'
import earn from '../theme/earn.css?inline'
import css from '../theme/page.css?inline'
import type { Site } from './embeds.ts'
import { show } from './place.ts'

export const live = (site: Site) => show(site, earn + css, (model) => <Photos model={model} more={site.text} />)

type Shown = Gallery['photos'][number]

function Photos({ model, more }: Props & { more: More }) {
  const { stage, day, said } = model
  const text = model.text.value
  const [photos, keep] = useState<Shown[]>()
  const [next, goOn] = useState<string | null>(null)
  const [isLost, lose] = useState(false)
  const [month] = useState(() => datesIn(stage.locale, model.program, { day: undefined, month: 'long', timeZone: 'UTC' }))
  const reads = useRef(0)
  const list = useRef<HTMLUListElement>(null)
  const read = async (before?: string | null) => {
    reads.current++
    const turn = reads.current
    try {
      // Browsers keep the gallery for a while, and what was posted here since is not in what they keep.
      const init: RequestInit = { credentials: 'omit', signal: stage.signal, cache: said.value ? 'reload' : 'default' }
      const answer = await fetch(`${stage.api}/gallery${before ? `?before=${encodeURIComponent(before)}` : ''}`, init)
      if (!answer.ok) throw answer
      const page: Gallery = await answer.json()
      // Pressed twice, or with a photo posted meanwhile, what was asked for last is what comes.
      if (turn !== reads.current) return
      keep((all = []) => (before ? [...all, ...page.photos] : page.photos))
      goOn(page.next)
      lose(false)
    } catch {
      if (turn === reads.current) lose(true)
    }
  }
  const readOn = async () => {
    const { length } = list.current!.children
    await read(next)
    // Drawn by then. One reads on where what came begins, unless one has moved on.
    setTimeout(() => {
      if (isHere(model)) (list.current?.children[length] as HTMLElement | undefined)?.focus()
    })
  }
  // A photo that was posted here is in the gallery now, where the shop lets it in at once.
  useEffect(() => void read(), [said.value])
  return (
    <>
      <Upload model={model} more={more} />
      {isLost && (
        <p class="trouble" role="alert">
          {text.failures.unreachable}
        </p>
      )}
      {!photos && !isLost && <Skeleton />}
      {photos?.length === 0 && <p class="quiet">{more.galleryEmpty}</p>}
      <ul class="gallery" ref={list}>
        {photos?.map((photo) => (
          <li key={photo.id} tabIndex={-1}>
            <Framed {...{ photo, more }} api={stage.api} on={day(photo.at)} of={photo.prize && month(photo.prize.month)} />
          </li>
        ))}
      </ul>
      {(next || isLost) && (
        <button type="button" class="plain wide" onClick={readOn}>
          {isLost ? text.retry : text.historyMore}
        </button>
      )}
      <Spoken model={model} />
    </>
  )
}

/** `of`: the month of its prize. */
function Framed({ photo, more, api, on, of }: { photo: Shown; more: More; api: string; on: string; of: string | null }) {
  const { id, width, height, caption, prize } = photo
  const name = on ? more.galleryPhoto(on) : more.photoFile
  return (
    <figure>
      {/* By its id: the answer's own `src` knows nothing of a path that a proxy has put before the API. */}
      <img src={`${api}/photos/${id}`} alt={name} width={width} height={height} loading="lazy" />
      {(caption || prize) && (
        <figcaption>
          {caption}
          {prize && <small>{of && more.galleryPrize(String(prize.place), of)}</small>}
        </figcaption>
      )}
    </figure>
  )
}

/** A member's way to add a photo, while one may be posted. */
function Upload({ model, more }: Props & { more: More }) {
  const [isOpen, open] = useState(false)
  const way = model.wallet.value?.activities.find(({ kind }) => kind === 'photo')
  if (way?.state !== 'open') return null
  const name = model.text.value.activities.photo
  if (isOpen) return <Photo model={model} more={more} close={() => open(false)} />
  return (
    <button type="button" class="main" onClick={() => open(true)}>
      {name}
    </button>
  )
}
