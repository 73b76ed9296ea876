// The widget's files, as the build left them beside the Worker.
import type { Env } from './env.ts'

const kinds: Record<string, string> = { js: 'text/javascript; charset=utf-8', css: 'text/css; charset=utf-8' }

/** Whether an address is that of one of the widget's files. */
export const isWidget = (pathname: string) => pathname === '/muse.js' || pathname.startsWith('/chunks/')

/** The file, packed where it may be, or undefined where there is none or it is asked for by another method. Chunks are named by their content and kept for ever; the tag is asked for again after five minutes. */
export async function widgetFile(request: Request, env: Env): Promise<Response | undefined> {
  if (request.method !== 'GET' && request.method !== 'HEAD') return undefined
  const { pathname } = new URL(request.url)
  const packed = /\bbr\b/.test(request.headers.get('Accept-Encoding') ?? '')
    ? await env.ASSETS.fetch(asset(request, `${pathname}.br`))
    : undefined
  const file = packed?.ok ? packed : await env.ASSETS.fetch(asset(request, pathname))
  if (!file.ok) return undefined
  const headers = {
    'Content-Type': kinds[pathname.split('.').at(-1) ?? ''] ?? 'application/octet-stream',
    'Cache-Control': pathname.startsWith('/chunks/') ? 'public, max-age=31536000, immutable' : 'public, max-age=300',
    'Access-Control-Allow-Origin': '*',
    'Cross-Origin-Resource-Policy': 'cross-origin',
    'X-Content-Type-Options': 'nosniff',
    Vary: 'Accept-Encoding',
    ...(packed?.ok ? { 'Content-Encoding': 'br' } : {}),
  }
  return new Response(file.body, { headers, ...(packed?.ok ? { encodeBody: 'manual' } : {}) })
}

const asset = (request: Request, pathname: string) => new Request(new URL(pathname, request.url))
