// What is measured: a blank page and a bare button as floors, Muse, and widgets of the same kind from the npm registry. Each is put
// into the page as its own guide says. A peer's back end cannot run here: `answers` stand in for it, as short as it takes to open.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Served } from './site.ts'

export interface Variant {
  name: string
  /** What a merchant pastes into the page. */
  body: string
  /** Selectors, `>>>` leading into a shadow root. Without a launcher there is nothing to click. */
  launcher?: string
  /** The opened panel, however empty. */
  shell?: string
  /** What the shopper came for; left out where it would come from a back end that is not here. */
  content?: string
  /** Something in the panel to click. */
  inner?: string
  /** What closes it again. */
  close?: string
  /** Whether it begins to fetch when a pointer comes near. */
  prefetches?: true
  /** What it asks the site for. */
  files?: Record<string, Served>
}

/** Where the shop's API is, and a member's token. */
interface Asked {
  api: string
  token: string
}

export function peers(folder: string): Variant[] {
  const from = (path: string) => join(folder, 'node_modules', path)
  return [sentry(folder), typeform(from), docsearch(from), posthog(from), flowise(from), n8n(from)]
}

type From = (path: string) => string

/** Nothing, and the least that opens something. */
export const floors: Variant[] = [
  { name: 'blank page', body: '' },
  {
    name: 'bare button',
    body: `<button id="launcher" style="position:fixed;bottom:1rem;left:1rem">Open</button>
<div id="panel" hidden style="position:fixed;inset:10rem 30rem"><p>Hello</p><input></div>
<script>launcher.onclick = () => { panel.hidden = !panel.hidden }</script>`,
    ...{ launcher: '#launcher', shell: '#panel', content: '#panel p', inner: '#panel input', close: '#launcher' },
  },
]

/** The least that a launcher can do which bears the shop's name, shows a member's points, and stands where the shopper has put it. */
export const asking = ({ api, token }: Asked): Variant => ({
  name: 'bare asking',
  body: '<script async src="/asking.js"></script>',
  files: {
    '/asking.js': {
      script: `const host = document.createElement('div'), button = document.createElement('button')
host.attachShadow({ mode: 'open' }).append(button)
document.documentElement.append(host)
button.style.transform = localStorage.getItem('place') ?? ''
const ask = (path, headers, tell) => fetch('${api}' + path, { headers }).then((answer) => answer.json()).then(tell)
ask('/program', {}, ({ name }) => { button.textContent = name })
ask('/me', { authorization: 'Bearer ${token}' }, ({ points }) => { button.title = points.available })`,
    },
  },
})

/** Muse as a guest and as a member have it. */
export const muse = (tags: { guest: string; member: string }): Variant[] => {
  const own = {
    launcher: 'muse-widget >>> button',
    shell: 'muse-widget >>> dialog[open]',
    close: 'muse-widget >>> .head .icon',
    prefetches: true as const,
  }
  return [
    { name: 'Muse, guest', body: tags.guest, ...own, content: 'muse-widget >>> .guest h3', inner: 'muse-widget >>> .guest h3' },
    { name: 'Muse, member', body: tags.member, ...own, content: 'muse-widget >>> .figure', inner: 'muse-widget >>> .body button.main' },
  ]
}

const sentry = (folder: string): Variant => ({
  name: 'Sentry feedback',
  body: '<script type="module" src="/sentry.js"></script>',
  launcher: '#sentry-feedback >>> .widget__actor',
  shell: '#sentry-feedback >>> .dialog__content',
  content: '#sentry-feedback >>> .form__input--textarea',
  inner: '#sentry-feedback >>> .form__input--textarea',
  close: '#sentry-feedback >>> .btn-group .btn--default',
  files: { '/sentry.js': { file: join(folder, 'bundled/sentry.js') }, '/api/1/envelope/': { answer: {} } },
})

// Its form is a frame from its makers' server, so there is no content.
const typeform = (from: From): Variant => ({
  name: 'Typeform embed',
  body: '<div data-tf-popover="bench" data-tf-button-text="Open"></div><script src="/typeform/embed.js"></script>',
  launcher: '.tf-v1-popover-button',
  shell: '.tf-v1-popover-wrapper',
  close: '.tf-v1-popover-button',
  files: {
    // It fetches its style sheet from its makers: here from where its script came from.
    '/typeform/embed.js': {
      file: from('@typeform/embed/build/embed.js'),
      change: (source) => source.replaceAll('https://embed.typeform.com/next/css/', '/typeform/'),
    },
    '/typeform/popover.css': { file: from('@typeform/embed/build/css/popover.css') },
  },
})

const docsearch = (from: From): Variant => ({
  name: 'DocSearch',
  body: `<link rel="stylesheet" href="/docsearch.css"><div id="docsearch"></div><script src="/docsearch.js"></script>
<script>docsearch({ container: '#docsearch', appId: 'BENCH', apiKey: 'bench', indices: ['bench'] })</script>`,
  launcher: '.DocSearch-Button',
  shell: '.DocSearch-Modal',
  content: '.DocSearch-Input',
  inner: '.DocSearch-Input',
  close: '.DocSearch-Close',
  files: {
    '/docsearch.css': { file: from('@docsearch/css/dist/style.css') },
    '/docsearch.js': { file: from('@docsearch/js/dist/umd/docsearch.js') },
  },
})

const posthog = (from: From): Variant => ({
  name: 'PostHog surveys',
  body: `<script src="/static/array.js"></script>
<script>posthog.init('bench', { api_host: location.origin, defaults: '2026-01-30', disable_session_recording: true })</script>`,
  launcher: '[class^=PostHogSurvey-] >>> .ph-survey-widget-tab',
  shell: '[class^=PostHogSurvey-] >>> .survey-form',
  content: '[class^=PostHogSurvey-] >>> textarea',
  inner: '[class^=PostHogSurvey-] >>> textarea',
  // Its cross would take the tab away, too.
  close: '[class^=PostHogSurvey-] >>> .ph-survey-widget-tab',
  files: {
    '/static/array.js': { file: from('posthog-js/dist/array.js') },
    [`/static/${versionOf(from('posthog-js'))}/surveys.js`]: { file: from('posthog-js/dist/surveys.js') },
    '/array/bench/config.js': {
      script: '(window._POSTHOG_REMOTE_CONFIG ||= {}).bench = { config: { surveys: true, supportedCompression: [] }, siteApps: [] }',
    },
    '/flags/': { answer: { flags: {}, errorsWhileComputingFlags: false } },
    '/api/surveys/': { answer: { surveys: [survey] } },
    '/e/': { answer: { status: 1 } },
    '/i/v0/e/': { answer: { status: 1 } },
  },
})

const versionOf = (folder: string): string => JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')).version

const survey = {
  id: 'bench',
  name: 'Bench',
  type: 'widget',
  start_date: '2026-01-01T00:00:00Z',
  end_date: null,
  questions: [{ id: 'one', type: 'open', question: 'What do you think?' }],
  appearance: { widgetType: 'tab', widgetLabel: 'Feedback', widgetColor: 'black' },
  conditions: null,
}

const flowise = (from: From): Variant => ({
  name: 'Flowise chat',
  body: `<script type="module">
import Chatbot from '/flowise.js'
Chatbot.init({ chatflowid: 'bench', apiHost: location.origin })
</script>`,
  launcher: 'flowise-chatbot >>> button',
  shell: 'flowise-chatbot >>> .chatbot-container',
  content: 'flowise-chatbot >>> textarea',
  inner: 'flowise-chatbot >>> textarea',
  close: 'flowise-chatbot >>> button',
  files: {
    '/flowise.js': { file: from('flowise-embed/dist/web.js') },
    '/api/v1/public-chatbotConfig/bench': { answer: {} },
    '/api/v1/chatflows-streaming/bench': { answer: { isStreaming: false } },
  },
})

const n8n = (from: From): Variant => {
  const dist = readdirSync(from('@n8n/chat/dist')).filter((name) => /^(style\.css|chat\.bundle\.es\.js|.*\.mjs)$/.test(name))
  return {
    name: 'n8n chat',
    body: `<link rel="stylesheet" href="/n8n/style.css">
<script type="module">
import { createChat } from '/n8n/chat.bundle.es.js'
createChat({ webhookUrl: location.origin + '/n8n/webhook' })
</script>`,
    launcher: '.chat-window-toggle',
    shell: '.chat-window',
    content: '.chat-window textarea',
    inner: '.chat-window textarea',
    close: '.chat-window-toggle',
    files: {
      ...Object.fromEntries(dist.map((name) => [`/n8n/${name}`, { file: from(`@n8n/chat/dist/${name}`) } satisfies Served])),
      '/n8n/webhook': { answer: { data: [] } },
    },
  }
}
