// What is no photo, and what is no form: refused, with nothing kept of it.
import { beforeAll, describe, expect, test } from 'vitest'
import { createUploads } from '../server/http/upload.ts'
import { form, openGallery, picture, post, refusal, shown } from './gallery.ts'
import type { Bytes } from './pictures/files.ts'
import type { Story } from './story.ts'

test('forms hold so much of the memory together and no more, until their pictures have been made', async () => {
  const uploads = createUploads(Date.now)
  let sender = 0
  const sent = new Response(form(new Uint8Array(7 * 2 ** 20)))
  const [body, headers] = [await sent.arrayBuffer(), sent.headers]
  const send = <T>(use: () => Promise<T>) => uploads(new Request('http://muse.test', { method: 'POST', body, headers }), `${sender++}`, use)
  const ends: (() => void)[] = []
  const inHand = (read: () => void) =>
    send(async () => {
      read()
      await new Promise<void>((end) => ends.push(end))
    })
  const four: Promise<void>[] = []
  for (let count = 0; count < 4; count++) await new Promise<void>((read) => four.push(inHand(read)))
  await expect(send(async () => 'read')).rejects.toMatchObject({ code: 'storefront-unavailable' })
  for (const end of ends) end()
  await Promise.all(four)
  expect(await send(async () => 'read')).toBe('read')
})

/** A form of seven megabytes that comes as far as it is let, and no further until it is. */
function slowForm(boundary = 'x') {
  let pieces!: ReadableStreamDefaultController<Uint8Array>
  const body = new ReadableStream<Uint8Array>({
    start: (stream) => {
      pieces = stream
    },
  })
  const headers = { 'Content-Type': `multipart/form-data; boundary=${boundary}` }
  const request = new Request('http://muse.test', { method: 'POST', body, headers, duplex: 'half' } as RequestInit)
  const head = `--${boundary}\r\nContent-Disposition: form-data; name="photo"; filename="a"\r\n\r\n`
  const send = (bytes: number) => pieces.enqueue(new Uint8Array(bytes))
  pieces.enqueue(new TextEncoder().encode(head))
  const end = () => {
    pieces.enqueue(new TextEncoder().encode(`\r\n--${boundary}--\r\n`))
    pieces.close()
  }
  return { request, send, end }
}

const turns = () => new Promise<void>((later) => setTimeout(later, 20))

test('who stops in the middle of a form keeps nobody else’s away; who goes on, however slowly, is not stopped', async () => {
  let now = 0
  const uploads = createUploads(() => now)
  const read = (request: Request, who: string) => uploads(request, who, async ({ photo }) => photo.length)
  const forms = Array.from({ length: 4 }, slowForm.bind(null, 'x'))
  const four = forms.map(({ request }, index) => read(request, `${index}`).catch((error) => error.code))
  for (const { send } of forms) send(8 * 2 ** 20 - 100_000)
  await turns()
  const other = () => {
    const { request, send, end } = slowForm()
    send(2 ** 20)
    end()
    return read(request, 'other').catch((error) => error.code)
  }
  expect(await other()).toBe('storefront-unavailable')
  now += 9_000
  forms[0]?.send(70_000)
  await turns()
  now += 1_000
  expect(await other()).toBe(2 ** 20)
  forms[0]?.end()
  expect(await Promise.all(four)).toEqual([8 * 2 ** 20 - 30_000, ...Array(3).fill('storefront-unavailable')])
})

test('one member takes no more than half of the memory, nor of everybody’s time, and another one has theirs', async () => {
  const uploads = createUploads(Date.now)
  const read = (request: Request, who: string) => uploads(request, who, async ({ photo }) => photo.length).catch((error) => error.code)
  for (const [size, many] of [
    [8 * 2 ** 20 - 1000, 2],
    [1000, 8],
  ] as const) {
    const forms = Array.from({ length: many + 2 }, slowForm.bind(null, 'x'))
    const all = forms.map(({ request }, index) => read(request, index <= many ? 'shop/c1' : 'shop/other'))
    for (const { send } of forms) send(size)
    await turns()
    for (const { end } of forms) end()
    expect(await Promise.all(all)).toEqual([...Array(many).fill(size), 'storefront-unavailable', size])
  }
})

describe('no photo is', () => {
  let shop: Story
  beforeAll(async () => {
    shop = await openGallery({ photo: { points: 10, perDay: 100 } })
  })
  const text = (of: string) => new TextEncoder().encode(of)
  const files: [what: string, bytes: () => Bytes, code?: string][] = [
    ['nothing', () => text('')],
    ['text', () => text('a picture of a dress')],
    ['a page', () => text('<!doctype html><script>alert(1)</script>')],
    ['a drawing with a script', () => text('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>')],
    ['half a picture', () => picture(0).slice(0, picture(0).length >> 1)],
    ['a picture and its end only', () => picture(0).slice(-100)],
    ['the first bytes of one', () => picture(0).slice(0, 8)],
    ['10 MB', () => new Uint8Array(10_000_000), 'too-large'],
    ['a picture with 10 MB behind it', () => new Uint8Array([...picture(0), ...new Uint8Array(10_000_000)]), 'too-large'],
  ]
  test.each(files)('%s', async (_, bytes, code = 'invalid-request') => {
    expect(await post(shop, bytes())).toMatchObject(refusal(code))
    expect(await shown(shop)).toEqual([])
  })

  const forms: [what: string, form: () => unknown][] = [
    ['a form without one', () => new FormData()],
    ['a form with a text in its place', () => one('photo', 'x')],
    ['a form with two', () => append(form(picture(0)), 'photo', new Blob([picture(1)]))],
    ['one with two captions', () => append(form(picture(0), { caption: 'a' }), 'caption', 'b')],
    ['one with a field nobody knows', () => form(picture(0), { points: '1000' })],
    ['one with a long caption', () => form(picture(0), { caption: 'x'.repeat(501) })],
    ['one with a file for a caption', () => append(form(picture(0)), 'caption', new Blob(['x']))],
    ['JSON', () => ({ photo: 'x' })],
    ['what says that it is a form', () => 'photo=1'],
  ]
  test.each(forms)('%s', async (_, form) => {
    expect((await shop.member('c1').post('/me/photos', form())).body).toMatchObject({ status: 400, code: 'invalid-request' })
    expect(await shown(shop)).toEqual([])
  })

  test('a form that breaks off', async () => {
    const token = await shop.token('c1')
    for (const body of ['', '--b', '--b\r\nContent-Disposition: form-data; name="photo"; filename="a"\r\n\r\nabc', 'x'.repeat(1000)]) {
      const headers = { 'Content-Type': 'multipart/form-data; boundary=b' }
      const { body: problem } = await shop.ask(() => token)('POST', '/me/photos', body, undefined, headers)
      expect(problem).toMatchObject({ status: 400, code: 'invalid-request' })
    }
  })

  const one = (name: string, value: string) => append(new FormData(), name, value)
  function append(form: FormData, name: string, value: string | Blob) {
    if (typeof value === 'string') form.append(name, value)
    else form.append(name, value, 'file')
    return form
  }
})
