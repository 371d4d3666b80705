/** PostgreSQL refuses to run as root: then it runs as an unprivileged user. */
import { execFileSync, spawnSync } from 'node:child_process'
import { chownSync, lstatSync, readdirSync } from 'node:fs'
import path from 'node:path'

/** A user and group by number. */
export interface Ids {
  readonly uid: number
  readonly gid: number
}

/** Whom the server runs as; nobody else than us where we are not root. */
export function serverUser(): Ids | undefined {
  if (process.platform === 'win32' || process.getuid?.() !== 0) return undefined
  for (const name of ['nobody', 'daemon']) {
    try {
      const [uid, gid] = ['-u', '-g'].map((flag) =>
        Number(execFileSync('id', [flag, name], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })),
      )
      if (uid && gid) return { uid, gid }
    } catch {
      // The next one, then.
    }
  }
  return { uid: 65_534, gid: 65_534 }
}

/** Whether that user can run a program. */
export const canRun = (program: string, user: Ids): boolean =>
  spawnSync(program, ['--version'], { ...user, stdio: 'ignore' }).status === 0

/** Gives a folder and all that is in it to a user. */
export function giveTo(folder: string, user: Ids): void {
  chownSync(folder, user.uid, user.gid)
  for (const name of readdirSync(folder)) {
    const inner = path.join(folder, name)
    if (lstatSync(inner).isDirectory()) giveTo(inner, user)
    else chownSync(inner, user.uid, user.gid)
  }
}
