// A thousand ways to smuggle a script in, through every text and URL a merchant or shopper can set: none is run. And two hundred ways
// to reach `Object.prototype`: it stays as it was.
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { text } from '../widget/text/en.ts'
import { openSite, panelOf, type Site, tagOf, visit } from './80-site.ts'
import { launch } from './chromium.ts'

const run = 'window.ran=1'
const shapes = [
  `<script>${run}</script>`,
  `<img src=x onerror="${run}">`,
  `<svg/onload=${run}>`,
  `"><svg onload=${run}>`,
  `'-${run}-'`,
  `javascript:${run}`,
  `JaVaScRiPt:${run}//`,
  `\u0001javascript:${run}`,
  `java\tscript:${run}`,
  `data:text/html,<script>${run}</script>`,
  `</style><script>${run}</script>`,
  `<iframe srcdoc="<script>parent.ran=1</script>">`,
  `<a href="javascript:${run}">x</a>`,
  `<details open ontoggle=${run}>`,
  `<style>@import 'javascript:${run}'</style>`,
  `\${${run}}`,
  `{{constructor.constructor('${run}')()}}`,
  `<math><mtext><script>${run}</script>`,
  `<input autofocus onfocus=${run}>`,
  `<body onload=${run}>`,
  `url(javascript:${run})`,
  `;}</style><svg onload=${run}>`,
  `vbscript:${run}`,
  `<template><script>${run}</script></template>`,
  `<object data="javascript:${run}">`,
]
const plain = Object.entries(text).flatMap(([key, sentence]) => (typeof sentence === 'string' ? [key] : []))

let browser: Browser
let site: Site
beforeAll(async () => {
  ;[browser, site] = await Promise.all([launch(), openSite()])
})
afterAll(async () => {
  await browser?.close()
  await site?.close()
})

it('none of a thousand is run', { timeout: 120_000 }, async () => {
  let count = 0
  for (const [index, payload] of shapes.entries()) {
    const isLink = /script:|^data:/i.test(payload) && !payload.startsWith('<')
    await site
      .redesign({
        name: `Muse ${payload}`.slice(0, 80),
        links: isLink ? { signIn: payload, signUp: payload, contact: payload } : {},
        theme: { accent: payload, surface: payload },
        texts: { en: Object.fromEntries(plain.map((key) => [key, payload])) },
      })
      .catch(() => site.redesign({ texts: { en: Object.fromEntries(plain.map((key) => [key, payload])) } }))
    const attributes = {
      'data-theme': `{"accent":${JSON.stringify(payload)}}`,
      'data-scheme': payload,
      'data-position': payload,
      'data-cart-total': payload,
    }
    const member: Record<string, string> = index % 2 ? { 'data-token': await site.token(payload.slice(0, 60)) } : { 'data-locale': payload }
    const url = site.put({
      html: `<!doctype html><html lang="en"><title>Shop</title><body>${tagOf({ ...attributes, ...member, 'data-extra': payload })}`,
    })
    const { page, close } = await visit(browser, url)
    await page.locator('muse-widget button').waitFor()
    await page.evaluate(async () => (window.Muse as unknown as { open(): Promise<void> }).open())
    await page.locator('muse-widget dialog h3').first().waitFor()
    for (const link of await page.locator('muse-widget dialog a').all()) expect(await link.getAttribute('href')).toMatch(/^https?:/)
    for (const view of await page.locator('muse-widget nav button').all()) await view.click()
    await page.waitForTimeout(100)
    expect(await page.evaluate(() => (window as unknown as { ran?: number }).ran), payload).toBeUndefined()
    count += plain.length + 10
    await close()
  }
  expect(count).toBeGreaterThanOrEqual(1_000)
})

it('Object.prototype is out of reach of two hundred', { timeout: 60_000 }, async () => {
  await site.redesign({})
  const paths = ['__proto__', 'constructor', 'prototype', 'constructor.prototype', '__defineGetter__']
  const commands = paths.flatMap((path) => Array.from({ length: 30 }, (_, index) => [path, 'polluted', { __proto__: { polluted: index } }]))
  const themes = paths.flatMap((path) => Array.from({ length: 10 }, (_, index) => `{"${path}":{"polluted":${index}},"accent":"#0a5"}`))
  expect(commands.length + themes.length).toBeGreaterThanOrEqual(200)
  for (const theme of themes.filter((_, index) => index % 10 === 0)) {
    const queue = `<script>window.Muse = ${JSON.stringify(commands)}; for (const t of ${JSON.stringify(themes)}) window.Muse.push(['setCart', JSON.parse(t)])</script>`
    const url = site.put({ html: `<!doctype html><html lang="en"><title>Shop</title><body>${queue}${tagOf({ 'data-theme': theme })}` })
    const { page, troubles, close } = await visit(browser, url)
    await page.evaluate(async () => (window.Muse as unknown as { open(): Promise<void> }).open())
    await panelOf(page).getByRole('heading', { name: 'Points with every order' }).waitFor()
    const reached = await page.evaluate(() => [
      Object.keys(Object.prototype),
      ({} as { polluted?: unknown }).polluted ?? null,
      Object.keys(Function.prototype),
    ])
    expect(reached).toEqual([[], null, []])
    expect(troubles).toEqual([])
    await close()
  }
})
