// Opens the bench: the page at once, the shop behind its previews as soon as it is there.
import { effect } from '@preact/signals'
import { render } from 'preact'
import { shops } from '../shop/shops.ts'
import { App } from './App.tsx'
import './bench.css'
import './controls.css'
import './stage.css'
import { guardFocus } from './focus.ts'
import { back, calm, forth, language, text, theme, world } from './model.ts'
import { paint } from './paint.ts'

document.documentElement.lang = language
guardFocus()
document.title = `${text.title} · Muse`
render(<App />, document.querySelector('#bench')!)
effect(() => {
  const now = theme.value
  paint(now, () => {
    calm.value = now
  })
})

addEventListener('keydown', (event) => {
  const isTyping = event.target instanceof HTMLTextAreaElement || (event.target instanceof HTMLInputElement && event.target.type === 'text')
  if (!(event.ctrlKey || event.metaKey) || isTyping || !/^[zy]$/i.test(event.key)) return
  event.preventDefault()
  if (event.shiftKey || event.key.toLowerCase() === 'y') forth()
  else back()
})

try {
  if (!('serviceWorker' in navigator)) throw new Error('no service worker')
  // Server, database and service worker are most of the bytes, and the page is there before them.
  const { openWorld } = await import('../shop/world.ts')
  world.value = await openWorld(shops)
} catch (why) {
  console.warn(why)
  world.value = false
}
