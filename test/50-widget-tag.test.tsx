// @vitest-environment node
// Stage one: the tag draws a launcher named after the program, answers to `window.Muse`, and leaves no trace when it is told to go.
import { waitFor } from '@testing-library/preact'
import { describe, expect, it, vi } from 'vitest'
import type { Command, Muse } from '../widget/muse.ts'
import { leave, onePage, paste } from './50-page.ts'

const page = onePage()
const { network } = page

describe('the launcher', () => {
  it('bears the program’s name and says that it opens a dialog', async () => {
    const { see, says } = await page.visit(undefined)
    const launcher = await see.findByRole('button', { name: 'JeJ Muse' })
    launcher.focus()
    await waitFor(() => expect(launcher.getAttribute('aria-haspopup')).toBe('dialog'))
    expect(launcher.getAttribute('aria-expanded')).toBe('false')
    expect(says()).toBe('JeJ Muse')
  })

  it('shows a member’s balance', async () => {
    await page.shop.grant('hana', 12_345)
    const { says } = await page.visit('hana')
    await waitFor(() => expect(says()).toBe('12,345 pt'))
  })

  it('asks for nothing but program and wallet before it is used', async () => {
    const { says } = await page.visit('hana')
    await waitFor(() => expect(says()).toBe('12,345 pt'))
    expect(network.sent.toSorted()).toEqual(['GET /me', 'GET /program'])
  })

  it('opens and closes the panel, with the focus going in and coming back', async () => {
    const { see, user, root } = await page.open('hana')
    const launcher = see.getByRole('button', { name: 'JeJ Muse' })
    expect(see.getByRole('dialog', { name: 'JeJ Muse' })).toHaveProperty('open', true)
    expect(launcher.getAttribute('aria-expanded')).toBe('true')
    await waitFor(() => expect(root.activeElement).toBe(see.getByRole('heading', { name: 'JeJ Muse' })))
    await user.keyboard('{Escape}')
    expect(see.queryByRole('dialog')).toBeNull()
    expect(launcher.getAttribute('aria-expanded')).toBe('false')
    expect(root.activeElement).toBe(launcher)
  })

  it('is not drawn where the page has none, and the panel opens all the same', async () => {
    const { see, muse } = await page.visit('hana', { 'data-position': 'none' })
    await muse.ready
    expect(see.queryByRole('button')).toBeNull()
    await muse.open()
    await see.findByRole('dialog', { name: 'JeJ Muse' })
  })

  it('goes when there is no such shop', async () => {
    const { root } = await page.visit(undefined, { 'data-shop': 'nobody' })
    await waitFor(() => expect(root.querySelector('button')).toBeNull())
  })
})

describe('the tag', () => {
  it('takes its position and scheme', async () => {
    const { host } = await page.visit(undefined, { 'data-position': 'bottom-right', 'data-scheme': 'dark' })
    expect(host.shadowRoot!.querySelector('button')!.style.left).toContain('safe-area-inset-right')
    expect(host.style.getPropertyValue('--muse-scheme')).toBe('dark')
  })

  it('takes a theme as JSON or by name', async () => {
    const own = await page.visit(undefined, { 'data-theme': '{"accent":"#00aa55"}' })
    await waitFor(() => expect(own.host.style.getPropertyValue('--muse-accent')).toBe('#00aa55'))
    leave()
    const named = await page.visit(undefined, { 'data-theme': 'ink' })
    await waitFor(() => expect(named.host.style.getPropertyValue('--muse-accent')).toContain('#1b1b1b'))
  })

  it('comes before the program, whose theme fills in what the tag does not say', async () => {
    await page.shop.newProgram({ theme: { accent: '#111111', radius: '4px' } })
    const { host, muse } = await page.visit(undefined, { 'data-theme': '{"accent":"#00aa55"}' })
    await muse.ready
    await waitFor(() => expect(host.style.getPropertyValue('--muse-radius')).toBe('4px'))
    expect(host.style.getPropertyValue('--muse-accent')).toBe('#00aa55')
    await page.shop.newProgram({})
  })

  it.each(['{"accent":', 'no-such-theme', '[]'])('goes on without the theme %j, which is none', async (theme) => {
    const { see } = await page.visit(undefined, { 'data-theme': theme })
    await see.findByRole('button', { name: 'JeJ Muse' })
  })

  it('without a shop draws nothing and breaks nothing until there is one', async () => {
    const { host, muse } = await page.visit(undefined, { 'data-shop': '' })
    expect([host, muse]).toEqual([null, undefined])
    // Some loaders write it afterwards.
    const { dataset } = Reflect.get(Document.prototype, 'currentScript') as unknown as HTMLElement
    await new Promise((resolve) => setTimeout(resolve, 50))
    dataset.shop = 'jej'
    await waitFor(() => expect(document.querySelector('muse-widget')?.shadowRoot?.querySelector('button')?.ariaLabel).toBe('JeJ Muse'))
  })

  it('may come twice: the second leaves the page to the first', async () => {
    const first = await page.visit(undefined)
    await first.muse.ready
    await paste()
    expect(document.querySelectorAll('muse-widget')).toHaveLength(1)
    expect(window.Muse).toBe(first.muse)
  })

  it.each([
    ['before the script is there', true],
    ['after', false],
  ])('carries out commands queued %s', async (_, isBefore) => {
    const commands: Command[] = [['setCart', { total: 100 }], ['nothing'], ['constructor'], ['version'], ['open', 'earn']]
    if (isBefore) window.Muse = [...commands]
    const { see, muse } = await page.visit('hana')
    if (!isBefore) (window.Muse as Muse).push(...commands)
    await see.findByRole('heading', { name: 'How to earn' })
    expect(muse.version).toMatch(/^\d+\.\d+\.\d+$/)
  })

  it('tells the page what happens, until it is asked to stop', async () => {
    const told: string[] = []
    const note = ({ type, bubbles }: Event) => told.push(`${type} ${bubbles}`)
    for (const name of ['ready', 'open', 'close', 'wallet']) addEventListener(`muse:${name}`, note)
    const { muse, user, see } = await page.open('hana')
    const heard = vi.fn()
    const stops = ['close', 'muse:close'].map((name) => muse.on(name, heard))
    await user.keyboard('{Escape}')
    for (const stop of stops) stop()
    await user.click(see.getByRole('button', { name: 'JeJ Muse' }))
    muse.close()
    for (const name of ['ready', 'open', 'close', 'wallet']) removeEventListener(`muse:${name}`, note)
    expect(heard).toHaveBeenCalledTimes(2)
    expect(told).toEqual(expect.arrayContaining(['muse:ready true', 'muse:wallet true', 'muse:open true', 'muse:close true']))
  })

  it('opens at the top of a view, however far down one has read', async () => {
    const { muse, root } = await page.open('hana')
    const body = root.querySelector('.body')!
    for (const view of ['earn', 'redeem']) {
      body.scrollTop = 200
      await muse.open(view)
      expect(body.scrollTop, view).toBe(0)
    }
  })

  it('opens at a view', async () => {
    const { see, muse } = await page.visit('hana')
    await muse.open('redeem')
    await see.findByRole('spinbutton', { name: 'Points to redeem' })
    await muse.open('history')
    await see.findByText('gift')
  })

  it('leaves no node, listener or global behind', async () => {
    const kept = new Set<string>()
    const targets: EventTarget[] = [window, document, document.documentElement]
    const spied = targets.map((target) => {
      const add = target.addEventListener.bind(target)
      return vi.spyOn(target, 'addEventListener').mockImplementation((type, listener, options) => {
        kept.add(type)
        if (typeof options === 'object') options.signal?.addEventListener('abort', () => kept.delete(type))
        add(type, listener, options)
      })
    })
    const nodes = document.querySelectorAll('*').length
    const names = Object.keys(window)
    const { muse } = await page.open('hana')
    muse.on('close', () => {})
    expect(kept.size).toBeGreaterThan(0)
    muse.remove()
    expect([...kept]).toEqual([])
    expect(document.querySelectorAll('*')).toHaveLength(nodes)
    expect(Object.keys(window)).toEqual(names)
    expect('Muse' in window).toBe(false)
    for (const spy of spied) spy.mockRestore()
  })
})

it('says nothing more once it is gone, whatever still arrives', async () => {
  let answer = () => {}
  network.fate = () => new Promise((resolve) => (answer = () => resolve(undefined)))
  const heard = vi.fn()
  for (const name of ['ready', 'wallet', 'error']) addEventListener(`muse:${name}`, heard)
  const { muse } = await page.visit('hana')
  await waitFor(() => expect(network.sent).not.toEqual([]))
  muse.remove()
  answer()
  await new Promise((resolve) => setTimeout(resolve, 100))
  for (const name of ['ready', 'wallet', 'error']) removeEventListener(`muse:${name}`, heard)
  expect(heard).not.toHaveBeenCalled()
})

describe('when the server cannot be reached', () => {
  it('says so, and carries on when asked', async () => {
    let isCut = true
    network.fate = () => (isCut ? 'request lost' : undefined)
    const { see, user, balance, says } = await page.visit('hana')
    await user.click(await see.findByRole('button', { name: 'Muse' }))
    await see.findByRole('heading', { name: 'This did not load' })
    isCut = false
    await user.click(see.getByRole('button', { name: 'Try again' }))
    await see.findByRole('heading', { name: 'Discount coupons' })
    expect(balance()).toBe('12,345')
    expect(says()).toBe('12,345 pt')
  })

  it('is asked again by refresh(), and has its name then', async () => {
    let isCut = true
    network.fate = () => (isCut ? 'request lost' : undefined)
    const { muse, says } = await page.visit(undefined)
    await expect(muse.ready).rejects.toThrow()
    isCut = false
    await muse.refresh()
    await waitFor(() => expect(says()).toBe('JeJ Muse'))
  })

  it('is not ready; once it can be, there is another promise, which is kept', async () => {
    let isCut = true
    network.fate = () => (isCut ? 'request lost' : undefined)
    const { see, user, muse } = await page.visit('hana')
    await expect(muse.ready).rejects.toThrow()
    await user.click(await see.findByRole('button', { name: 'Muse' }))
    await see.findByRole('heading', { name: 'This did not load' })
    isCut = false
    await user.click(see.getByRole('button', { name: 'Try again' }))
    await see.findByRole('heading', { name: 'Discount coupons' })
    expect(await muse.ready).toBe(muse)
  })
})
