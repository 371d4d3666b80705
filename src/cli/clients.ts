import { generateKeyPairSync, randomBytes } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { parseClients } from '../http/oidc/clients.ts'
import { type Args, need } from './args.ts'

const wordsOf = (args: Args, name: string): readonly string[] | undefined =>
  args.values[name]?.split(' ').filter(Boolean)
const member = (name: string, words: readonly string[] | undefined) => (words ? { [name]: words } : {})

/** Adds a client to a client directory, and writes its private key (a JWK) to a file of its own. */
export async function addClient(args: Args): Promise<string> {
  const [file, id, keyFile] = [need(args, 'directory'), need(args, 'id'), need(args, 'key-out')]
  const known = existsSync(file) ? parseClients(JSON.parse(readFileSync(file, 'utf8'))) : []
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const kid = randomBytes(8).toString('hex')
  const entry = {
    client_id: id,
    client_name: args.values['name'] ?? id,
    scope: args.values['scope'] ?? 'cases convert',
    grant_types: wordsOf(args, 'grants') ?? ['client_credentials'],
    ...member('redirect_uris', wordsOf(args, 'redirect-uris')),
    ...member('purposes', wordsOf(args, 'purposes')),
    jwks: { keys: [{ ...publicKey.export({ format: 'jwk' }), kid, alg: 'ES256', use: 'sig' }] },
  }
  // Whatever the gateway would not start with is told now, and nothing is written.
  parseClients({ clients: [entry] })
  writeFileSync(
    keyFile,
    JSON.stringify({ ...privateKey.export({ format: 'jwk' }), kid, alg: 'ES256' }, null, 2),
    { mode: 0o600, flag: 'wx' },
  )
  writeFileSync(
    file,
    JSON.stringify({ clients: [...known.filter((one) => one.client_id !== id), entry] }, null, 2),
  )
  return `Added ${id} to ${file}; its private key is in ${keyFile}.`
}
