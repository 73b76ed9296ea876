// Backup and restore: every book of a data folder copied while its server runs, and put back into an empty one. Both hosts keep
// their books as SQLite files with a write-ahead log, so one way does for both: a second connection reads, at one instant a book.
import { createHash } from 'node:crypto'
import {
  chmodSync,
  closeSync,
  copyFileSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  renameSync,
  rmdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join, resolve, sep } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { audit } from '../../ledger/audit.ts'
import { scripts } from '../../ledger/schema.ts'
import type { Sql, Value } from '../../ledger/sql.ts'
import { folders, saying, shelf } from './shelf.ts'

/** One file of a backup. */
export interface Copied {
  /** Its path in the data folder, and below the backup. */
  file: string
  sha256: string
  /** How many transfers the book has; null where the file is not a book. */
  transfers: number | null
}

/** What a backup holds, as its `backup.json` says. It is written last: a folder without it is not a whole backup. */
export interface Manifest {
  at: string
  files: Copied[]
}

const MANIFEST = 'backup.json'
const KEY = 'operator-key'
/** Below the data folder, where a restore puts everything before it puts it in its place. */
const STAGED = 'restoring'

/** Copies all of `data` into the folder `into`, which is made or must be empty, and audits every copy. The server may run. */
export function backup(data: string, into: string, now: number): Manifest {
  const found = shelf(data)
  if (found.length === 0) throw new Error(`There are no books in ${data}.`)
  mustBeElsewhere(into, data)
  mustBeEmpty(into)
  mkdirSync(into, { recursive: true, mode: 0o700 })
  const files = found.map(({ file, mustBeSame }) => {
    const copied = saying(join(data, file), (from) => copyBook(from, join(into, file)))
    mustBeSame(join(into, file))
    return { file, ...copied }
  })
  if (existsSync(join(data, KEY))) files.push({ file: KEY, sha256: copyFile(join(data, KEY), join(into, KEY)), transfers: null })
  const manifest = { at: new Date(now).toISOString(), files }
  writeFileSync(join(into, MANIFEST), `${JSON.stringify(manifest, null, 2)}\n`, { mode: 0o600 })
  for (const path of [MANIFEST, ...new Set(files.map(({ file }) => dirname(file))), '.']) sync(join(into, path))
  return manifest
}

/** Puts a backup into the data folder, which is made or must be empty. What is not the backup as it was made is refused. */
export function restore(from: string, data: string): Manifest {
  const manifest = manifestOf(from)
  const staged = join(data, STAGED)
  mustBeEmpty(data, STAGED)
  for (const copied of manifest.files) mustBeWhole(from, copied)
  stage(from, staged, manifest)
  // A folder of books appears at once or not at all, so that no server can start on half of them; and not before its key.
  for (const name of [KEY, ...folders].filter((name) => existsSync(join(staged, name)))) renameSync(join(staged, name), join(data, name))
  rmdirSync(staged)
  sync(data)
  return manifest
}

// What was staged when an earlier restore broke off is staged anew; what does not fit on the disk leaves nothing behind.
function stage(from: string, staged: string, { files }: Manifest): void {
  rmSync(staged, { recursive: true, force: true })
  try {
    for (const { file, sha256 } of files)
      if (copyFile(join(from, file), join(staged, file)) !== sha256) throw new Error(`${file} changed while it was copied.`)
    for (const path of new Set(files.map(({ file }) => dirname(file)))) sync(join(staged, path))
  } catch (error) {
    rmSync(staged, { recursive: true, force: true })
    throw error
  }
}

// Among the books it would be backed up itself the next time.
function mustBeElsewhere(into: string, data: string): void {
  const books = folders.map((folder) => resolve(data, folder) + sep)
  if (books.some((folder) => (resolve(into) + sep).startsWith(folder))) throw new Error(`${into} is where the books are kept.`)
}

function mustBeEmpty(folder: string, besides?: string): void {
  // A disk of its own begins with a lost+found.
  const found = existsSync(folder) ? readdirSync(folder).filter((name) => name !== 'lost+found' && name !== besides) : []
  if (found.length > 0) throw new Error(`${folder} is not empty: nothing was touched.`)
}

function copyBook(file: string, copy: string): Omit<Copied, 'file'> {
  mkdirSync(dirname(copy), { recursive: true, mode: 0o700 })
  const source = new DatabaseSync(file, { readOnly: true, timeout: 10_000 })
  try {
    source.prepare('VACUUM INTO ?').run(copy)
  } finally {
    source.close()
  }
  chmodSync(copy, 0o600)
  sync(copy)
  return { sha256: hashOf(copy), transfers: transfersOf(copy) }
}

/** Reads a copy through and counts its transfers; null for what is no book. Throws on whatever is wrong with it. */
function transfersOf(file: string): number | null {
  const database = new DatabaseSync(file, { readOnly: true })
  try {
    const all = <Row>(sql: string, ...values: Value[]) => database.prepare(sql).all(...values) as Row[]
    const sql: Sql = { all, transaction: (fn) => fn(), memtables: new Map() }
    const [check] = sql.all<{ integrity_check: string }>('PRAGMA integrity_check(1)')
    if (check?.integrity_check !== 'ok') throw new Error(`${file} is damaged: ${check?.integrity_check}.`)
    if (sql.all("SELECT 1 FROM sqlite_master WHERE name = 'scripts'").length === 0) return null
    const [{ newest } = { newest: 0 }] = sql.all<{ newest: number }>('SELECT MAX(number) AS newest FROM scripts')
    if (newest > scripts.length) throw new Error(`${file} was written by a newer Muse than this one.`)
    // An older book is audited once a server has brought it up to date; here it is only read.
    if (newest === scripts.length) {
      const { ok, problems } = audit(sql)
      if (!ok) throw new Error(`${file} does not add up: ${problems[0]}.`)
    }
    return sql.all<{ transfers: number }>('SELECT COUNT(*) AS transfers FROM transfers')[0]?.transfers ?? 0
  } finally {
    database.close()
  }
}

function manifestOf(from: string): Manifest {
  const file = join(from, MANIFEST)
  if (!existsSync(file)) throw new Error(`${from} is not a whole backup: it has no ${MANIFEST}.`)
  const manifest = readManifest(file)
  if (!manifest) throw new Error(`${from} is not a whole backup: its ${MANIFEST} is damaged.`)
  return manifest
}

function readManifest(file: string): Manifest | undefined {
  try {
    const { at, files } = JSON.parse(readFileSync(file, 'utf8')) as Manifest
    const isFile = (it: Copied) => typeof it?.file === 'string' && typeof it.sha256 === 'string'
    return typeof at === 'string' && files.length > 0 && files.every(isFile) ? { at, files } : undefined
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof TypeError) return undefined
    throw error
  }
}

function mustBeWhole(from: string, { file, sha256, transfers }: Copied): void {
  const path = join(from, file)
  const known = file === KEY || folders.some((folder) => file.startsWith(`${folder}/`) && !file.includes('..'))
  if (!known) throw new Error(`${file} has no place in a data folder.`)
  if (!existsSync(path)) throw new Error(`${file} is missing from the backup.`)
  if (hashOf(path) !== sha256) throw new Error(`${file} is not what was backed up: its checksum differs.`)
  if (file !== KEY && saying(path, transfersOf) !== transfers) throw new Error(`${file} is not a whole book.`)
}

/** Copies a file onto the disk; gives the checksum of what arrived. */
function copyFile(file: string, copy: string): string {
  mkdirSync(dirname(copy), { recursive: true, mode: 0o700 })
  copyFileSync(file, copy)
  chmodSync(copy, 0o600)
  sync(copy)
  return hashOf(copy)
}

function hashOf(file: string): string {
  const hash = createHash('sha256')
  const chunk = new Uint8Array(1 << 20)
  const handle = openSync(file, 'r')
  for (let read = readSync(handle, chunk); read > 0; read = readSync(handle, chunk)) hash.update(chunk.subarray(0, read))
  closeSync(handle)
  return hash.digest('hex')
}

function sync(path: string): void {
  const handle = openSync(path, 'r')
  fsyncSync(handle)
  closeSync(handle)
}
