import {
  chownSync,
  closeSync,
  fsyncSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import path from 'node:path'
import { readConfig } from '../config.ts'
import { GatewayError } from '../errors.ts'
import { createKeys, type Keys, parseKeys, rotate } from '../federation/keys.ts'
import { type Args, need, option } from './args.ts'

/** Makes a `KEYS_FILE` that only its owner can read. An existing file is never overwritten. */
export async function initKeys(args: Args): Promise<string> {
  const out = need(args, 'out')
  writeFileSync(out, JSON.stringify(await createKeys(new Date()), null, 2), { mode: 0o600, flag: 'wx' })
  return `Wrote ${out}: keep it secret, and keep a copy: what it sealed cannot be opened without it.`
}

/** What may be rotated. The key of pairwise subjects may not: every client knows persons by it. */
const KINDS = {
  signing: 'new tokens are signed by the key that was published as the next one; old tokens still count.',
  sealing:
    'the new key is used in a minute; what the old ones sealed is still opened: keep a copy of the file.',
  index: 'the new key is used in a minute; who was entered under the old ones is still found.',
} as const

/**
 * Rotates one kind of the keys of a gateway that may be running: the file is replaced as a whole, and read again within a
 * second by every process.
 * @throws GatewayError `CONFIGURATION_INVALID` for an unknown kind, and for a file that others than its owner can read
 */
export async function rotateKeys(args: Args): Promise<string> {
  const kind = kindOf(option(args, 'kind') ?? 'signing')
  const file = option(args, 'file') ?? configured()
  // On Windows the mode says nothing of who may read.
  if (process.platform !== 'win32' && (statSync(file).mode & 0o077) !== 0)
    throw new GatewayError('CONFIGURATION_INVALID', {
      variable: 'KEYS_FILE',
      reason:
        'others can read the file: its keys may be known. Take that away (chmod 600), and rotate all kinds',
    })
  replace(file, await rotate(parseKeys(readFileSync(file, 'utf8')), kind, new Date()))
  return `Rotated the ${kind} key in ${file}: ${KINDS[kind]}`
}

function kindOf(text: string): keyof typeof KINDS {
  if (text === 'signing' || text === 'sealing' || text === 'index') return text
  throw new GatewayError('CONFIGURATION_INVALID', { option: '--kind', reason: 'signing, sealing or index' })
}

function configured(): string {
  const { keysFile, dataDir } = readConfig(process.env)
  return keysFile ?? path.join(dataDir, 'keys.json')
}

/**
 * Writes beside the file and renames: a reader sees the old file or the new one, and never a part. The name beside it is also
 * the lock: of two rotations at once the second fails, where it would have undone the first.
 */
function replace(file: string, keys: Keys): void {
  const { uid, gid } = statSync(file)
  const beside = `${file}.new`
  const handle = openSync(beside, 'wx', 0o600)
  try {
    writeFileSync(handle, JSON.stringify(keys, null, 2))
    fsyncSync(handle)
    closeSync(handle)
    // Whoever rotates as root must leave a file that the gateway can read.
    if (process.getuid?.() === 0) chownSync(beside, uid, gid)
    renameSync(beside, file)
  } catch (error) {
    rmSync(beside, { force: true })
    throw error
  }
}
