// What the theme bench has beside its pages: the widget as it is built, and the workers that answer for the server and the network.
import { createHash } from 'node:crypto'
import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Plugin } from 'vite'

/** Lays the widget and the service worker beside the pages, with the names of all files for it to keep. */
export function besideTheBench(folder: string): Plugin {
  return {
    name: 'beside-the-bench',
    apply: 'build',
    closeBundle() {
      const isPacked = (path: string) => /\.(br|gz)$|\.vite/.test(path)
      cpSync('dist/widget', folder, { recursive: true, filter: (path) => !isPacked(path) })
      cpSync('node_modules/msw/lib/mockServiceWorker.js', join(folder, 'msw.js'))
      // SQLite's ways to a disk, which a database in memory never takes.
      for (const file of readdirSync(join(folder, 'assets'))) if (/^sqlite3-(opfs|worker)/.test(file)) rmSync(join(folder, 'assets', file))
      const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) => /\.\w+$/.test(path) && path !== 'worker.js')
      const stamp = createHash('sha256')
      for (const file of files.sort()) stamp.update(readFileSync(join(folder, file)))
      const worker = readFileSync('demo/bench/worker.js', 'utf8')
        .replace('STAMP', stamp.digest('hex').slice(0, 12))
        .replace('/* FILES */ []', JSON.stringify(['./', ...files.map((file) => file.replaceAll('\\', '/'))]))
      writeFileSync(join(folder, 'worker.js'), worker)
    },
  }
}
