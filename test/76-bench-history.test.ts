// The bench's memory: undo and redo by steps as a hand makes them, and a theme in an address.
import * as fc from 'fast-check'
import { expect, it, test } from 'vitest'
import { begin, change, redo, undo } from '../demo/bench/theme/history.ts'
import { linked, themeIn } from '../demo/bench/theme/link.ts'
import { anyTheme } from './themes.ts'

const red = { accent: '#ff0000' }
const blue = { accent: '#0000ff' }
const round = { radius: '4px' }

it('takes a drag as one step, and another token or a pause as the next', () => {
  let history = begin({})
  history = change(history, red, 'accent', 1_000)
  history = change(history, blue, 'accent', 1_300)
  expect(undo(history).now).toEqual({})
  history = change(history, { ...blue, ...round }, 'radius', 1_400)
  expect(undo(history).now).toEqual(blue)
  history = change(history, blue, 'radius', 9_000)
  expect(undo(history).now).toEqual({ ...blue, ...round })
})

it('goes back and forth as often as one likes, and forgets what was ahead when something else is done', () => {
  fc.assert(
    fc.property(fc.array(anyTheme, { maxLength: 20 }), (themes) => {
      const end = themes.reduce((history, theme, at) => change(history, theme, `step ${at}`, at * 10_000), begin({}))
      let back = end
      while (back.past.length) back = undo(back)
      expect(back.now).toEqual({})
      expect(undo(back).now).toEqual({})
      let forth = back
      while (forth.future.length) forth = redo(forth)
      expect(forth.now).toEqual(end.now)
      expect(redo(forth).now).toEqual(end.now)
    }),
    { numRuns: 30 },
  )
  const other = change(undo(change(begin({}), red, 'accent', 0)), blue, 'accent', 10)
  expect([other.now, other.future]).toEqual([blue, []])
})

it('changes nothing where nothing changes, and keeps no endless past', () => {
  const history = change(begin(red), { ...red }, 'accent', 0)
  expect(history.past).toEqual([])
  let long = begin({})
  for (let step = 0; step < 1_000; step++) long = change(long, { radius: `${step % 40}px` }, `${step}`, step)
  expect(long.past).toHaveLength(200)
})

it('comes back from an address as it went in, a thousand times', () => {
  fc.assert(
    fc.property(anyTheme, (theme) => {
      const hash = linked(theme)
      expect(hash).toMatch(/^(theme=[\w-]+)?$/)
      expect(themeIn(`#${hash}`) ?? {}).toEqual(theme)
    }),
    { numRuns: 1000 },
  )
})

test.each(['', '#', '#theme=', '#theme=%%', '#theme=abc', '#theme=W10', '#other=e30'])(
  'an address with %j behind it breaks nothing',
  (hash) => {
    expect(themeIn(hash) ?? {}).toEqual({})
  },
)
