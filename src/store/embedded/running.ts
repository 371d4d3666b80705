/** The embedded server that a running gateway has up, for a command beside it. */
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { homeOf, isAlive } from './server.ts'
import { serverUser } from './user.ts'

/** The address of the server that uses a data directory now; `undefined` when none does. */
export function runningServer(dataDir: string): string | undefined {
  const folder = homeOf(path.resolve(dataDir), serverUser())
  const [pidFile, passwordFile] = [
    path.join(folder, 'cluster', 'postmaster.pid'),
    path.join(folder, 'password'),
  ]
  if (!existsSync(pidFile) || !existsSync(passwordFile)) return undefined
  // Its lines, by PostgreSQL's own description: pid, data directory, start time, port, socket's folder, address, shared memory.
  const [pid, , , port, socket] = readFileSync(pidFile, 'utf8').split('\n')
  if (!pid || !isAlive(Number(pid)) || !port) return undefined
  const host = socket ? encodeURIComponent(socket) : '127.0.0.1'
  return `postgres://delta:${readFileSync(passwordFile, 'utf8')}@${host}:${port}/postgres`
}
