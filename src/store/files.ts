/** Uploaded bytes on disk, already sealed when they come here. */
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { GatewayError } from '../errors.ts'

/** Keeps files under a folder, two characters of the id a folder, written whole or not at all. */
export function diskFiles(folder: string): {
  put: (id: string, bytes: Buffer) => Promise<void>
  get: (id: string) => Promise<Buffer>
  drop: (id: string) => Promise<void>
} {
  const place = (id: string): string => {
    if (!/^[a-z]+_[0-9a-z]{20,40}$/.test(id)) throw new GatewayError('INTERNAL', { reason: 'file id' })
    return path.join(folder, id.slice(-2), id)
  }
  return {
    put: async (id, bytes) => {
      const file = place(id)
      await mkdir(path.dirname(file), { recursive: true, mode: 0o700 })
      await writeFile(`${file}.part`, bytes, { mode: 0o600 })
      await rename(`${file}.part`, file)
    },
    get: (id) => readFile(place(id)),
    drop: (id) => rm(place(id), { force: true }),
  }
}
