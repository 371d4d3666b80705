import { writeFileSync } from 'node:fs'
import { createKeys } from '../federation/keys.ts'
import { type Args, need } from './args.ts'

/** Makes a `KEYS_FILE` that only its owner can read. An existing file is never overwritten. */
export async function initKeys(args: Args): Promise<string> {
  const out = need(args, 'out')
  writeFileSync(out, JSON.stringify(await createKeys(new Date()), null, 2), { mode: 0o600, flag: 'wx' })
  return `Wrote ${out}: keep it secret, and keep a copy: what it sealed cannot be opened without it.`
}
