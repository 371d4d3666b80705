import { generateKeyPairSync, randomBytes } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { parseClients } from '../http/oidc/clients.ts'
import { type Args, need } from './args.ts'

const wordsOf = (args: Args, name: string): readonly string[] | undefined =>
  args.values[name]?.split(' ').filter(Boolean)
const member = (name: string, words: readonly string[] | undefined) => (words ? { [name]: words } : {})

/** A pair on the curve P-256 for one use. */
function keyPair(use: 'sig' | 'enc', alg: string) {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const kid = randomBytes(8).toString('hex')
  return {
    open: { ...publicKey.export({ format: 'jwk' }), kid, alg, use },
    secret: { ...privateKey.export({ format: 'jwk' }), kid, alg },
  }
}

/**
 * Adds a client to a client directory, and writes its private keys to files of their own: the one with which it signs to `--key-out`, the one
 * with which it opens photos and licences that are handed to it to the same name with `.enc` behind it.
 */
export async function addClient(args: Args): Promise<string> {
  const [file, id, keyFile] = [need(args, 'directory'), need(args, 'id'), need(args, 'key-out')]
  const known = existsSync(file) ? parseClients(JSON.parse(readFileSync(file, 'utf8'))) : []
  const [signing, encryption] = [keyPair('sig', 'ES256'), keyPair('enc', 'ECDH-ES+A256KW')]
  const entry = {
    client_id: id,
    client_name: args.values['name'] ?? id,
    scope: args.values['scope'] ?? 'cases convert',
    grant_types: wordsOf(args, 'grants') ?? ['client_credentials'],
    ...member('redirect_uris', wordsOf(args, 'redirect-uris')),
    ...member('purposes', wordsOf(args, 'purposes')),
    ...member('divisions', wordsOf(args, 'divisions')),
    jwks: { keys: [signing.open, encryption.open] },
  }
  // Whatever the gateway would not start with is told now, and nothing is written.
  parseClients({ clients: [entry] })
  const secrets = { mode: 0o600, flag: 'wx' } as const
  writeFileSync(keyFile, JSON.stringify(signing.secret, null, 2), secrets)
  writeFileSync(`${keyFile}.enc`, JSON.stringify(encryption.secret, null, 2), secrets)
  writeFileSync(
    file,
    JSON.stringify({ clients: [...known.filter((one) => one.client_id !== id), entry] }, null, 2),
  )
  return `Added ${id} to ${file}; its private keys are in ${keyFile} (signing) and ${keyFile}.enc (opening what is handed to it).`
}
