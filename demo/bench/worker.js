// @ts-nocheck A service worker has a global scope of its own, which no page knows.
// The bench's service worker: keeps the bench's own files, so that it opens without a network, and leaves everything else to msw, which
// has the app in the page answer. What is named by its content is kept for good; the rest is asked for first.
const kept = 'muse-bench-STAMP'
const files = /* FILES */ []

// The worker stays when the last page closes: without it there is no opening the bench offline.
Object.defineProperty(self.registration, 'unregister', { value: async () => false })

addEventListener('install', (event) => event.waitUntil(caches.open(kept).then((cache) => cache.addAll(files))))
addEventListener('activate', (event) =>
  event.waitUntil(
    caches
      .keys()
      .then((names) => Promise.all(names.filter((name) => /^muse-bench-/.test(name) && name !== kept).map((name) => caches.delete(name)))),
  ),
)
addEventListener('fetch', (event) => {
  const { pathname, origin } = new URL(event.request.url)
  const scope = new URL(self.registration.scope)
  if (event.request.method !== 'GET' || origin !== scope.origin || !pathname.startsWith(scope.pathname)) return
  if (pathname.startsWith(`${scope.pathname}v1/`)) return
  event.stopImmediatePropagation()
  event.respondWith(/-[\w-]{8}\.\w+$/.test(pathname) ? fromCache(event.request) : fromNetwork(event.request))
})

async function fromCache(request) {
  return (await caches.match(request, { ignoreSearch: true })) ?? fromNetwork(request)
}

async function fromNetwork(request) {
  const cache = await caches.open(kept)
  const bare = new URL(request.url)
  bare.search = ''
  try {
    const answer = await fetch(request)
    if (answer.ok && !answer.redirected) await cache.put(bare.href, answer.clone())
    return answer
  } catch (offline) {
    const known =
      (await cache.match(bare.href)) ??
      (request.mode === 'navigate' ? await cache.match(new URL('index.html', self.registration.scope).href) : undefined)
    if (known) return known
    throw offline
  }
}

importScripts('msw.js')
